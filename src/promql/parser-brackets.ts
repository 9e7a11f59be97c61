import type { Cursor } from './cursor.ts';
import type { Token } from './lexer.ts';
import * as say from './syntax-fault.ts';

/** Takes the `)` and gives its end; another bracket is left where it belongs further out, or taken for a slip. */
export function closeParenthesis(cursor: Cursor, opener: Token): number {
  if (cursor.ended) return cursor.token.end;
  cursor.open.pop();
  if (cursor.sees(')')) return cursor.take().end;
  const { token } = cursor;
  cursor.report(say.mismatch(token, opener));
  if (token.kind === 'close' && !cursor.awaits(token.value)) cursor.take();
  cursor.takes(')');
  return cursor.previous!.end;
}

/** Passes over `(label, label)`, which stands at the wrong place. */
export function skipLabels(cursor: Cursor): void {
  if (cursor.takes('(')) skipGroup(cursor, ')');
}

/** Passes over everything up to the bracket that closes what was opened before. */
export function skipGroup(cursor: Cursor, closer: string): void {
  let depth = 0;
  while (!cursor.ended) {
    const { kind, value } = cursor.take();
    if (kind === 'close' && depth === 0 && value === closer) return;
    if (kind === 'open') depth++;
    else if (kind === 'close' && depth > 0) depth--;
  }
}
