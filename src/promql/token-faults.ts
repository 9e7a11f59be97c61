import type { Cursor } from './cursor.ts';
import type { LexFault, Range } from './fault.ts';
import type { Token } from './lexer.ts';
import { holeFaults } from './lexical.ts';
import { numberValue } from './number-value.ts';
import { type Fault, faultAt } from './parse-fault.ts';

/** What is wrong with single tokens, those aside that only lack their quotes. */
export function lexFaults(cursor: Cursor, faults: readonly LexFault[]): Fault[] {
  const found: Fault[] = [...faults];
  const holes = cursor.holes === 'grafana' ? [] : holeFaults(cursor.text, cursor.all, cursor.holes);
  found.push(...holes);
  for (const token of cursor.all) {
    const fault = tokenFault(token);
    if (fault && !faults.some(({ start }) => start === token.start)) found.push(fault);
  }
  const { unquoted } = cursor;
  return unquoted.length === 0 ? found : found.filter((fault) => !unquoted.some((range) => within(fault, range)));
}

/** What Go's scanner takes for broken UTF-8. */
const REPLACEMENT = '\ufffd';

function tokenFault(token: Token): Fault | undefined {
  if (token.kind === 'string' && token.value.includes(REPLACEMENT)) {
    return faultAt(token, 'syntax', 'a text holds U+FFFD, which stands for broken UTF-8', 'write the character itself');
  }
  if (token.kind !== 'number' || numberValue(token.value) !== undefined) return undefined;
  return faultAt(token, 'syntax', `the number \`${token.value}\` is out of range`, 'write at most 1.79e308');
}

function within(fault: Range, range: Range): boolean {
  return fault.start >= range.start && fault.start < range.end;
}
