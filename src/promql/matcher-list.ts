import type { Fault, Range } from './fault.ts';
import { containsHole } from './hole.ts';
import type { Token } from './lexer.ts';
import { regexFault } from './regex-syntax.ts';
import { quote, unquote } from './string-literal.ts';

/** What was found between the braces of a selector. */
export interface MatcherListCheck {
  readonly faults: readonly Fault[];
  /** The index of the closing brace, or of the token at which reading had to stop. */
  readonly end: number;
  /** Texts whose tokens mean nothing because they lack their quotes. */
  readonly unquoted: readonly Range[];
  /** Whether there is any matcher or hole. */
  readonly empty: boolean;
}

const OPERATORS: ReadonlySet<string> = new Set(['=', '!=', '=~', '!~']);
const REGEX_OPERATORS: ReadonlySet<string> = new Set(['=~', '!~']);

/**
 * Checks the matchers between braces, from the token after `{` on; stops at `}`, or at a token where a string is left
 * open. `grafana`: strings may hold variables of Grafana, so their regular expressions are not judged.
 */
export function checkMatcherList(
  text: string,
  tokens: readonly Token[],
  from: number,
  grafana: boolean,
): MatcherListCheck {
  const reader = new MatcherListReader(text, tokens, from, grafana);
  reader.read();
  return { faults: reader.faults, end: reader.at, unquoted: reader.unquoted, empty: reader.at === from };
}

class MatcherListReader {
  readonly faults: Fault[] = [];
  readonly unquoted: Range[] = [];
  at: number;
  private readonly text: string;
  private readonly tokens: readonly Token[];
  private readonly grafana: boolean;

  constructor(text: string, tokens: readonly Token[], from: number, grafana: boolean) {
    this.text = text;
    this.tokens = tokens;
    this.at = from;
    this.grafana = grafana;
  }

  private get token(): Token | undefined {
    return this.tokens[this.at];
  }

  private atEnd(): boolean {
    return this.token === undefined || this.token.value === '}';
  }

  private atSeparator(): boolean {
    return this.atEnd() || this.token!.kind === 'comma';
  }

  read(): void {
    while (!this.atEnd()) {
      if (this.token!.kind === 'comma') this.lonelyComma();
      else this.matcher();
    }
  }

  private fault(range: Range, message: string, help?: string): void {
    const { start, end } = range;
    this.faults.push({ kind: 'syntax', start, end, message, ...(help && { help }) });
  }

  private lonelyComma(): void {
    this.fault(this.token!, 'a matcher is missing before this comma', 'remove the comma');
    this.at++;
  }

  private matcher(): void {
    const label = this.token!;
    if (isWildcard(label)) this.skip();
    else if (label.kind !== 'identifier' && label.kind !== 'string') this.noLabel(label);
    else {
      this.at++;
      if (isWildcard(this.token)) this.skip();
      else if (label.kind === 'string' && this.atSeparator()) this.separator();
      else this.operator(label);
    }
  }

  private noLabel(token: Token): void {
    const before = this.tokens[this.at - 1];
    const range = this.skipUnquoted(token.start);
    if (token.value === '{' && before?.value === '{') {
      const help = 'write `$window` and the like: qmon has no templates inside expressions';
      this.fault(range, '`{{` has no meaning in PromQL', help);
      if (this.atEnd() && this.tokens[this.at + 1]?.value === '}') this.at++;
    } else {
      this.fault(range, `a label name is expected, not \`${token.value}\``, 'write matchers as `label="value"`');
    }
  }

  private operator(label: Token): void {
    const token = this.token;
    if (this.atSeparator()) {
      this.fault(
        label,
        `the label \`${label.value}\` has no operator and no value`,
        `write \`${label.value}="value"\``,
      );
      this.separator();
    } else if (token!.kind === 'operator') {
      const help = 'use one of `=`, `!=`, `=~` and `!~`';
      if (!OPERATORS.has(token!.value)) this.fault(token!, `\`${token!.value}\` does not match labels`, help);
      this.at++;
      this.value(label, token!);
    } else if (token!.kind === 'string') {
      const range = { start: label.start, end: token!.end };
      const help = `write \`${label.value}=${token!.value}\``;
      this.fault(range, `\`=\` is missing after the label \`${label.value}\``, help);
      this.at++;
      this.separator();
    } else this.noMatcher(label);
  }

  private noMatcher(label: Token): void {
    const range = this.skipUnquoted(label.start);
    const help = `write matchers as \`${label.value}="value"\`, separated by commas`;
    this.fault(range, `\`${this.text.slice(range.start, range.end)}\` is no matcher`, help);
  }

  private value(label: Token, operator: Token): void {
    const token = this.token;
    if (this.atSeparator()) {
      const range = { start: label.start, end: operator.end };
      const help = `write \`${label.value}${operator.value}"value"\``;
      this.fault(range, `the matcher of \`${label.value}\` has no value`, help);
      this.separator();
    } else if (isWildcard(token)) this.skip();
    else if (token!.kind !== 'string') this.unquotedValue(label, operator);
    else {
      if (REGEX_OPERATORS.has(operator.value)) this.regex(token!);
      this.at++;
      this.separator();
    }
  }

  private unquotedValue(label: Token, operator: Token): void {
    const range = this.skipUnquoted(this.token!.start);
    const value = this.text.slice(range.start, range.end);
    const quoted = /["'`]/.test(value) ? '"value"' : quote(value);
    const help = `write \`${label.value}${operator.value}${quoted}\``;
    this.fault(range, `the value \`${value}\` of the label \`${label.value}\` is not quoted`, help);
  }

  /** After a matcher: a comma, the end, or something that lacks its comma. */
  private separator(): void {
    const token = this.token;
    if (this.atEnd()) return;
    if (token!.kind === 'comma') this.at++;
    else if (isWildcard(token)) this.skip();
    else {
      const range = { start: this.tokens[this.at - 1]!.end, end: token!.end };
      this.fault(range, `a comma is missing before \`${token!.value}\``, 'separate matchers by commas');
      if (token!.kind !== 'identifier' && token!.kind !== 'string') this.skip();
    }
  }

  /** Passes over what cannot be judged, up to the next comma, and says what it was; the comma is consumed. */
  private skip(): Range {
    const start = this.token!.start;
    while (!this.atSeparator()) this.at++;
    const range = { start, end: this.tokens[this.at - 1]!.end };
    if (this.token?.kind === 'comma') this.at++;
    return range;
  }

  /** Passes over words that lack their quotes. */
  private skipUnquoted(start: number): Range {
    const range = { start, end: this.skip().end };
    this.unquoted.push(range);
    return range;
  }

  private regex(token: Token): void {
    if (token.value.length < 2 || !token.value.endsWith(token.value[0]!)) return;
    const value = unquote(token.value);
    if (this.grafana && containsHole(value)) return;
    const found = regexFault(value);
    if (!found) return;
    const literal = token.end - token.start === value.length + 2;
    const start = literal ? token.start + 1 + found.at : token.start;
    const end = literal ? Math.min(start + 1, token.end) : token.end;
    const message = `${token.value} is no regular expression of Prometheus: ${found.message}`;
    this.faults.push({ kind: 'regex', start, end, message, help: found.help });
  }
}

/** A token of which nothing is known: what comes after it is not judged. */
function isWildcard(token: Token | undefined): boolean {
  return token?.kind === 'hole' || token?.kind === 'unknown';
}
