import { closest, enumerate } from '../base/text.ts';
import type { LexFault, Range } from './fault.ts';
import { type Token, tokenize } from './lexer.ts';
import { checkSequence } from './sequence.ts';

export { codes, faultDiagnostic } from './fault.ts';

/** The `$names` that have a meaning at a place, without `$`; `grafana`: any name, in any role. */
export type HoleRules = readonly string[] | 'grafana';

export interface LexicalOptions {
  readonly holes: HoleRules;
  /**
   * Whether `[300]` and `offset 300` count seconds, as from Prometheus 3.0 on. Otherwise such a number is a fault: it is
   * nearly always a forgotten unit, and older versions refuse it.
   */
  readonly numbersAsDurations?: boolean;
}

/**
 * Everything that is wrong with a PromQL expression as far as its tokens show it: empty text, strings and brackets
 * that are never closed, operands without operators and the reverse, malformed durations, matchers and regular
 * expressions, unknown holes. Accepts every expression that some Prometheus from 2.42 on accepts (numbers as durations
 * apart); knows no functions and no types, which only a parser can judge. In order of position.
 */
export function checkLexically(text: string, options: LexicalOptions): LexFault[] {
  const { tokens, faults } = tokenize(text);
  const significant = tokens.filter((token) => token.kind !== 'comment');
  if (significant.length === 0) return [emptyFault(text)];
  const unclosed = significant.findIndex((token) => isUnclosedString(token));
  const sequence = checkSequence(text, unclosed === -1 ? significant : significant.slice(0, unclosed + 1), {
    truncated: unclosed !== -1,
    grafana: options.holes === 'grafana',
    numbersAsDurations: options.numbersAsDurations ?? false,
  });
  const ownFaults = faults.filter((fault) => !sequence.unquoted.some((range) => within(fault, range)));
  const found = [...ownFaults, ...sequence.faults, ...holeFaults(text, significant, options.holes)];
  return found.sort((left, right) => left.start - right.start || left.end - right.end);
}

function emptyFault(text: string): LexFault {
  const help = 'write an expression, or remove the field';
  return { kind: 'empty', start: 0, end: text.length, message: 'the expression is empty', help };
}

function isUnclosedString(token: Token): boolean {
  if (token.kind !== 'string') return false;
  const { value } = token;
  return value.length < 2 || value[0] !== value.at(-1) || endsEscaped(value);
}

/** Whether the last character of a quoted string is escaped, so that it closes nothing. */
function endsEscaped(value: string): boolean {
  if (value[0] === '`') return false;
  let backslashes = 0;
  while (value[value.length - 2 - backslashes] === '\\') backslashes++;
  return backslashes % 2 === 1;
}

function within(fault: Range, range: Range): boolean {
  return fault.start >= range.start && fault.start < range.end;
}

/** Variables that have no meaning, or that stand where nothing is filled in. */
export function holeFaults(text: string, tokens: readonly Token[], holes: HoleRules): LexFault[] {
  if (holes === 'grafana') return [];
  return tokens.flatMap((token) => {
    const written = text.slice(token.start, token.end);
    if (token.kind === 'string') return quotedHoles(written, token, holes);
    return token.kind === 'hole' ? (holeFault(written, token, holes) ?? []) : [];
  });
}

/** Variables inside quotes, where nothing is filled in: `{job="$selector"}` would match a job of that name. */
function quotedHoles(written: string, { start }: Token, holes: readonly string[]): LexFault[] {
  if (!written.includes('$')) return [];
  return [...written.matchAll(/\$\{?(\w+)\}?/g)]
    .filter(([, name]) => holes.includes(name!))
    .map(({ 0: hole, index }) => ({
      kind: 'variable',
      start: start + index,
      end: start + index + hole.length,
      message: `the variable \`${hole}\` stands in quotes, where nothing is filled in`,
      help: 'write it outside of quotes, or a text that does not look like it',
    }));
}

/** A name with more than a name: only Grafana knows formats and fields. */
const FORMATTED = /[:.]/;

function holeFault(written: string, token: Token, holes: readonly string[]): LexFault | undefined {
  const { start, end, value } = token;
  if (!holes.includes(value)) return unknownHole(written, token, holes);
  if (!FORMATTED.test(written)) return undefined;
  const message = `the variable \`${written}\` has a format, which only Grafana fills in`;
  return { kind: 'variable', start, end, message, help: `write \`$${value}\`` };
}

function unknownHole(written: string, token: Token, holes: readonly string[]): LexFault {
  const { start, end, value } = token;
  const nearest = closest(value, holes);
  const names = enumerate(
    holes.map((name) => `\`$${name}\``),
    'and',
  );
  const known = holes.length === 0 ? 'no variable has a meaning here' : `the variables known here are ${names}`;
  const help = nearest ? `did you mean \`$${nearest}\`?` : known;
  return { kind: 'variable', start, end, message: `the variable \`${written}\` is not defined here`, help };
}
