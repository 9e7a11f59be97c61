import type { Position, SourceFile } from '../source/span.ts';

/** The lines of a file, indexed once: many findings may point into one large file. */
export interface Lines {
  readonly count: number;
  /** Line and column of an offset, from 1, in UTF-16 code units: what `positionAt` says. */
  position(offset: number): Position;
  /** The offset at which a line begins. */
  start(line: number): number;
  /** The text of a line, without its line end. */
  text(line: number): string;
}

export function linesOf({ text }: SourceFile): Lines {
  const starts = [0];
  for (let index = text.indexOf('\n'); index !== -1; index = text.indexOf('\n', index + 1)) starts.push(index + 1);
  const start = (line: number) => starts[line - 1] ?? text.length;
  return {
    count: starts.length,
    start,
    text: (line) =>
      text.slice(start(line), line < starts.length ? start(line + 1) - 1 : text.length).replace(/\r$/, ''),
    position(offset) {
      const within = Math.min(Math.max(offset, 0), text.length);
      const line = lastNotAfter(starts, within) + 1;
      return { line, column: within - start(line) + 1 };
    },
  };
}

/** The index of the last of the ascending numbers that is not greater; the first is never greater. */
function lastNotAfter(numbers: readonly number[], limit: number): number {
  let low = 0;
  let high = numbers.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (numbers[middle]! <= limit) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** A lookup of the lines of files that indexes each file once. */
export function lineIndex(): (file: SourceFile) => Lines {
  const known = new Map<SourceFile, Lines>();
  return (file) => {
    const lines = known.get(file) ?? linesOf(file);
    known.set(file, lines);
    return lines;
  };
}
