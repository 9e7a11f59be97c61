import type { Fault, Range } from './fault.ts';
import { scanHole } from './hole.ts';
import { scanNumber } from './number-literal.ts';
import { scanString } from './string-literal.ts';

/**
 * What a token is. `identifier` has no colon, `metric` has one; `keyword` is a word with a meaning of its own, in any
 * case (inside braces every word is an identifier); `operator` is a sign; `hole` is a `$variable`; `unknown` is a
 * character that PromQL does not have.
 */
export type TokenKind =
  | 'identifier'
  | 'metric'
  | 'keyword'
  | 'number'
  | 'duration'
  | 'string'
  | 'operator'
  | 'open'
  | 'close'
  | 'comma'
  | 'colon'
  | 'hole'
  | 'comment'
  | 'unknown'
  /** After the last token; never among those of `tokenize`. */
  | 'end';

export interface Token extends Range {
  readonly kind: TokenKind;
  /** A keyword in lower case, the name of a hole, otherwise the token's own characters. */
  readonly value: string;
}

/** The operators that sum over series. Source: https://prometheus.io/docs/prometheus/latest/querying/operators/ (Aggregation operators) */
export const AGGREGATIONS: ReadonlySet<string> = new Set([
  ...['sum', 'avg', 'count', 'min', 'max', 'group', 'stddev', 'stdvar', 'quantile'],
  ...['topk', 'bottomk', 'count_values', 'limitk', 'limit_ratio'],
]);

/** Set operators and `atan2`: the binary operators that are words. */
export const WORD_OPERATORS: ReadonlySet<string> = new Set(['and', 'or', 'unless', 'atan2']);

/** Words that begin a list of labels after an aggregation or a binary operator. */
export const GROUPINGS: ReadonlySet<string> = new Set(['by', 'without', 'on', 'ignoring', 'group_left', 'group_right']);

const KEYWORDS: ReadonlySet<string> = new Set([...AGGREGATIONS, ...WORD_OPERATORS, ...GROUPINGS, 'bool', 'offset']);
const SPECIAL_NUMBERS: ReadonlySet<string> = new Set(['inf', 'nan']);
const LONGEST_KEYWORD = Math.max(...[...KEYWORDS].map((word) => word.length));

/** What a character begins. */
const OTHER = 0;
const SPACE = 1;
const LETTER = 2;
const DIGIT = 3;
const QUOTE = 4;
const OPEN = 5;
const CLOSE = 6;
const SIGN = 7;
const COMMA = 8;
const COLON = 9;
const HASH = 10;
const DOLLAR = 11;
const DOT = 12;

const CLASS_OF = new Uint8Array(128);
for (const [characters, kind] of [
  [' \t\n\r', SPACE],
  ['abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_', LETTER],
  ['0123456789', DIGIT],
  ['"\'`', QUOTE],
  ['([{', OPEN],
  [')]}', CLOSE],
  ['+-*/%^=!<>@', SIGN],
  [',', COMMA],
  [':', COLON],
  ['#', HASH],
  ['$', DOLLAR],
  ['.', DOT],
] as const) {
  for (const character of characters) CLASS_OF[character.charCodeAt(0)] = kind;
}

const CLOSER_OF: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' };
const TWO_SIGNS: ReadonlySet<string> = new Set(['==', '!=', '<=', '>=', '=~', '!~']);

/** The bracket that closes an opening one. */
export function closerOf(opener: string): string {
  return CLOSER_OF[opener]!;
}

/**
 * Splits PromQL into tokens: the whole lexical language of Prometheus 3 with the holes of qmon and Grafana. The tokens
 * stand in the order of the text and cover all of it but white space. Never throws; takes time in proportion to the
 * text. Faults are those of single tokens: unclosed strings, unknown escapes, malformed numbers, unknown characters.
 * Source: https://prometheus.io/docs/prometheus/latest/querying/basics/ and the lexer of prometheus/prometheus,
 * promql/parser/lex.go.
 */
export function tokenize(text: string): { readonly tokens: Token[]; readonly faults: Fault[] } {
  const lexer = new Lexer(text);
  lexer.run();
  return { tokens: lexer.tokens, faults: lexer.faults };
}

class Lexer {
  readonly tokens: Token[] = [];
  readonly faults: Fault[] = [];
  private readonly text: string;
  private at = 0;
  /** The closing brackets that are awaited, innermost last, and how many of each. */
  private readonly awaited: string[] = [];
  private readonly counts: Record<string, number> = { ')': 0, ']': 0, '}': 0 };

  constructor(text: string) {
    this.text = text;
  }

  run(): void {
    while (this.at < this.text.length) {
      const code = this.text.charCodeAt(this.at);
      const kind = code < 128 ? CLASS_OF[code]! : OTHER;
      if (kind === SPACE) this.at++;
      else if (kind === LETTER) this.word();
      else this.other(kind);
    }
  }

  private other(kind: number): void {
    const { text, at } = this;
    if (kind === DIGIT) this.number();
    else if (kind === QUOTE) this.string();
    else if (kind === SIGN) this.sign();
    else if (kind === OPEN) this.open();
    else if (kind === CLOSE) this.close();
    else if (kind === COMMA) this.push('comma', at + 1, ',');
    else if (kind === COLON) this.colon();
    else if (kind === HASH) this.comment();
    else if (kind === DOLLAR) this.dollar();
    else if (kind === DOT && CLASS_OF[text.charCodeAt(at + 1) & 127] === DIGIT) this.number();
    else this.unknown();
  }

  private push(kind: TokenKind, end: number, value = this.text.slice(this.at, end)): void {
    this.tokens.push({ kind, start: this.at, end, value });
    this.at = end;
  }

  private word(): void {
    const innermost = this.awaited.at(-1);
    const colons = innermost === undefined || innermost === ')';
    const end = this.wordEnd(this.at + 1, colons);
    const word = this.text.slice(this.at, end);
    if (innermost === '}' || word.length > LONGEST_KEYWORD) this.push(isMetric(word, colons), end, word);
    else this.shortWord(word, end, colons);
  }

  private shortWord(word: string, end: number, colons: boolean): void {
    const lower = word.toLowerCase();
    if (KEYWORDS.has(lower)) this.push('keyword', end, lower);
    else if (SPECIAL_NUMBERS.has(lower)) this.push('number', end, word);
    else this.push(isMetric(word, colons), end, word);
  }

  private wordEnd(from: number, colons: boolean): number {
    const { text } = this;
    let end = from;
    for (; end < text.length; end++) {
      const code = text.charCodeAt(end);
      const kind = code < 128 ? CLASS_OF[code]! : OTHER;
      if (kind !== LETTER && kind !== DIGIT && !(colons && kind === COLON)) break;
    }
    return end;
  }

  private number(): void {
    const { kind, end, fault } = scanNumber(this.text, this.at);
    if (fault) this.faults.push(fault);
    this.push(kind, end);
  }

  private string(): void {
    const { end, closed, faults } = scanString(this.text, this.at);
    for (const fault of faults) this.faults.push(fault);
    if (!closed) {
      const message = 'the string is never closed';
      const help = `close it with \`${this.text[this.at]}\``;
      this.faults.push({ kind: 'syntax', start: this.at, end, message, help });
    }
    this.push('string', end);
  }

  private sign(): void {
    const two = this.text.slice(this.at, this.at + 2);
    if (TWO_SIGNS.has(two)) this.push('operator', this.at + 2, two);
    else if (two[0] === '!') this.unknown('write `!=` or `!~` inside braces, `!=` or `unless` between expressions');
    else this.push('operator', this.at + 1, two[0]!);
  }

  private open(): void {
    const hole = this.text[this.at] === '[' ? scanHole(this.text, this.at) : undefined;
    if (hole) {
      this.push('hole', hole.end, hole.name);
      return;
    }
    const closer = CLOSER_OF[this.text[this.at]!]!;
    this.awaited.push(closer);
    this.counts[closer]!++;
    this.push('open', this.at + 1);
  }

  /** Forgets the brackets inside the one that closes; a closing bracket that nothing awaits changes nothing. */
  private close(): void {
    const closer = this.text[this.at]!;
    while (this.counts[closer]! > 0) {
      const innermost = this.awaited.pop()!;
      this.counts[innermost]!--;
      if (innermost === closer) break;
    }
    this.push('close', this.at + 1, closer);
  }

  private colon(): void {
    const innermost = this.awaited.at(-1);
    if (innermost === ']' || innermost === '}') this.push('colon', this.at + 1, ':');
    else this.push('metric', this.wordEnd(this.at + 1, true));
  }

  private comment(): void {
    const { text } = this;
    let end = this.at + 1;
    while (end < text.length && text[end] !== '\n' && text[end] !== '\r') end++;
    this.push('comment', end);
  }

  private dollar(): void {
    const hole = scanHole(this.text, this.at);
    if (hole) this.push('hole', hole.end, hole.name);
    else this.unknown('write a variable as `$name`');
  }

  private unknown(help?: string): void {
    const character = String.fromCodePoint(this.text.codePointAt(this.at)!);
    const end = this.at + character.length;
    this.faults.push(unknownCharacter(character, { start: this.at, end }, help));
    this.push('unknown', end, character);
  }
}

function isMetric(word: string, colons: boolean): TokenKind {
  return colons && word.includes(':') ? 'metric' : 'identifier';
}

const TYPOGRAPHIC: ReadonlyMap<string, string> = new Map([
  ...[...'“”„«»'].map((character) => [character, 'use the straight quote `"`'] as const),
  ...[...'‘’‚'].map((character) => [character, "use the straight quote `'`"] as const),
  ...[...'–—−'].map((character) => [character, 'use the hyphen `-`'] as const),
  ['×', 'use `*`'],
  ['÷', 'use `/`'],
  ['≤', 'use `<=`'],
  ['≥', 'use `>=`'],
  ['≠', 'use `!=`'],
  ['&', 'use `and`'],
  ['|', 'use `or`'],
]);

const VISIBLE = /^[^\p{C}\p{Z}]$/u;

function unknownCharacter(character: string, at: Range, help: string | undefined): Fault {
  const point = character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0');
  const shown = VISIBLE.test(character) ? `\`${character}\`` : `U+${point}`;
  const advice = help ?? TYPOGRAPHIC.get(character) ?? (/\s/.test(character) ? 'use an ordinary space' : undefined);
  const message = `the character ${shown} has no meaning in PromQL`;
  return { kind: 'syntax', ...at, message, ...(advice && { help: advice }) };
}
