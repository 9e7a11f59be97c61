import type { Cursor } from './cursor.ts';
import { type Fault, faultAt, type Range } from './fault.ts';
import { holeFaults } from './hole-fault.ts';
import type { Token } from './lexer.ts';
import { numberValue } from './number-value.ts';

/** What is wrong with single tokens, those aside that only lack their quotes. */
export function lexFaults(cursor: Cursor, faults: readonly Fault[]): Fault[] {
  const found: Fault[] = faults.slice();
  const faulty = new Set(faults.map(({ start }) => start));
  const holes =
    cursor.holes === 'grafana' || !MAYBE_HOLE.test(cursor.text)
      ? []
      : holeFaults(cursor.text, cursor.all, cursor.holes);
  for (const fault of holes) found.push(fault);
  for (const token of cursor.all) {
    if (token.kind === 'number' && token.value.includes('_')) cursor.needs('digitSeparator', token);
    const fault = tokenFault(token);
    if (fault && !faulty.has(token.start)) found.push(fault);
  }
  return cursor.unquoted.length === 0 ? found : outside(cursor.unquoted, found);
}

/** The faults that begin in none of the ranges, which stand in the order of the text. */
function outside(ranges: readonly Range[], faults: Fault[]): Fault[] {
  let index = 0;
  return faults
    .sort((left, right) => left.start - right.start)
    .filter((fault) => {
      while (index < ranges.length && ranges[index]!.end <= fault.start) index++;
      return index === ranges.length || fault.start < ranges[index]!.start;
    });
}

const MAYBE_HOLE = /\$|\[\[/;
const SHOWN_DIGITS = 40;

/** What Go's scanner takes for broken UTF-8. */
const REPLACEMENT = '\ufffd';

function tokenFault(token: Token): Fault | undefined {
  if (token.kind === 'string' && token.value.includes(REPLACEMENT)) {
    return faultAt(token, 'syntax', 'a text holds U+FFFD, which stands for broken UTF-8', 'write the character itself');
  }
  if (token.kind !== 'number' || numberValue(token.value) !== undefined) return undefined;
  return faultAt(
    token,
    'syntax',
    `the number \`${token.value.slice(0, SHOWN_DIGITS)}\` is out of range`,
    'write at most 1.79e308',
  );
}

/** Between the bracket of a range and its duration Prometheus reads no comment. Source: promql/parser/lex.go (lexDurationExpr). */
export function checkComments(cursor: Cursor, tokens: readonly Token[]): void {
  for (let index = 1; index < tokens.length; index++) {
    const [before, token] = [tokens[index - 1]!, tokens[index]!];
    if (token.kind !== 'comment' || before.kind !== 'open' || before.value !== '[') continue;
    cursor.fault(
      token,
      'syntax',
      'Prometheus reads no comment between `[` and a duration',
      'move it out of the brackets',
    );
  }
}
