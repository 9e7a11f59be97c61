import type { Name } from './ast.ts';
import type { Cursor } from './cursor.ts';
import type { Token } from './lexer.ts';
import { unquote } from './string-literal.ts';

const NAME_PARTS: ReadonlySet<string> = new Set(['identifier', 'metric', 'keyword', 'number', 'duration', 'hole']);

/** Whether a name with a hole begins here: `$job`, `${job}_total`, `http_$code`. */
export function seesHole(cursor: Cursor): boolean {
  const { token, next } = cursor;
  if (token.kind === 'hole') return true;
  return next.kind === 'hole' && next.start === token.end && NAME_PARTS.has(token.kind);
}

/** Takes a hole with the words that touch it. */
export function takeHole(cursor: Cursor): Name {
  const first = cursor.take();
  let { end } = first;
  while (cursor.token.start === end && NAME_PARTS.has(cursor.token.kind) && !cursor.ended) end = cursor.take().end;
  return { start: first.start, end, name: cursor.text.slice(first.start, end), hole: true };
}

/** The name that a word or a quoted text is. */
export function nameOf(cursor: Cursor, token: Token): Name {
  const { start, end } = token;
  if (token.kind === 'string') return { start, end, name: unquote(token.value), quoted: true };
  return { start, end, name: cursor.text.slice(start, end) };
}
