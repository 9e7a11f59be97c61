import type { Located, Path } from '../source/document.ts';

/** The offset of a line and column of a generated file; the column counts Unicode characters, none is the line's first word. */
export function offsetAt(text: string, line: number, column?: number): number {
  let start = 0;
  for (let skipped = 1; skipped < line; skipped++) {
    const next = text.indexOf('\n', start);
    if (next === -1) return text.length;
    start = next + 1;
  }
  const end = text.indexOf('\n', start);
  const content = text.slice(start, end === -1 ? text.length : end);
  if (column === undefined) return start + /^(?:\s|- )*/.exec(content)![0].length;
  return start + [...content].slice(0, column - 1).join('').length;
}

/** The offset in a PromQL text of a line and column of promtool, whose columns count bytes of UTF-8. */
export function expressionOffset(expression: string, line: number, column: number): number {
  const lines = expression.split('\n');
  const before = lines.slice(0, line - 1).reduce((sum, each) => sum + each.length + 1, 0);
  let bytes = column - 1;
  let offset = before;
  for (const character of lines[line - 1] ?? '') {
    if (bytes <= 0) break;
    bytes -= Buffer.byteLength(character);
    offset += character.length;
  }
  return Math.min(offset, expression.length);
}

/** The way to the innermost value of a generated document whose text an offset is in. */
export function pathAt(document: Located, offset: number): Path {
  const path: (string | number)[] = [];
  for (;;) {
    const next = lastStarting(document, path, keysOf(valueAt(document.value, path)), offset);
    if (next === undefined) return path;
    path.push(next);
  }
}

/** The child that begins last among those that begin at the offset or before it. */
function lastStarting(
  document: Located,
  path: Path,
  keys: readonly (string | number)[],
  offset: number,
): string | number | undefined {
  let best: string | number | undefined;
  let bestStart = -1;
  for (const key of keys) {
    const { start } = document.at([...path, key], 'key');
    if (start <= offset && start > bestStart) {
      best = key;
      bestStart = start;
    }
  }
  return best;
}

/** The keys of an object, the indexes of an array, nothing of a scalar. */
function keysOf(value: unknown): readonly (string | number)[] {
  if (Array.isArray(value)) return [...value.keys()];
  return typeof value === 'object' && value !== null ? Object.keys(value) : [];
}

/** The value at a path, undefined where there is none. */
export function valueAt(value: unknown, path: Path): unknown {
  let current = value;
  for (const key of path) {
    if (typeof current !== 'object' || current === null) return undefined;
    current = (current as Record<string | number, unknown>)[key];
  }
  return current;
}

/** Every value of a document with the way to it, outermost first, in the order of the document. */
export function* walk(value: unknown, path: Path = []): Generator<{ readonly path: Path; readonly value: unknown }> {
  yield { path, value };
  for (const key of keysOf(value)) {
    yield* walk((value as Record<string | number, unknown>)[key], [...path, key]);
  }
}

/** The JSON pointer of a path. Source: RFC 6901 §3, https://www.rfc-editor.org/rfc/rfc6901#section-3 */
export function pointerOf(path: Path): string {
  return path.map((key) => `/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}
