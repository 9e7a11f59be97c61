import type { Span } from '../source/span.ts';
import type { Lines } from './lines.ts';
import { type Cell, cellsOf, totalWidth } from './width.ts';

/** One line of a code frame: of the file (with its number), or of carets (without). */
export interface FrameLine {
  readonly number?: number;
  readonly text: string;
}

const ELLIPSIS: Cell = { text: '…', width: 1, start: -1, end: -1 };

/** A line far longer than this is cut before it is looked at: single lines can have megabytes. */
const LONGEST_LOOK = 8;

/**
 * The lines around a span with carets below it; nothing for an empty file. Lines wider than `maxWidth` columns are cut, the one with
 * the carets around them. Of a span over several lines, the first is marked and the last named.
 */
export function frameOf(span: Span, lines: Lines, linesBefore: number, maxWidth: number): FrameLine[] {
  if (span.file.text === '') return [];
  const { line, column } = lines.position(span.start);
  const end = lines.position(Math.max(span.end, span.start));
  const before = Array.from({ length: Math.min(linesBefore, line - 1) }, (_, index) => {
    const number = line - Math.min(linesBefore, line - 1) + index;
    return { number, text: textOf(cut(lines.text(number), 0, maxWidth)) };
  });
  const text = lines.text(line);
  const from = Math.min(column - 1, text.length);
  const to = end.line === line ? Math.min(end.column - 1, text.length) : text.trimEnd().length;
  const cells = cut(text, from, maxWidth);
  const lastLine = end.column > 1 ? end.line : end.line - 1;
  const rest = lastLine > line ? ` … to line ${lastLine}` : '';
  return [...before, { number: line, text: textOf(cells) }, { text: `${carets(cells, from, to)}${rest}` }];
}

function textOf(cells: readonly Cell[]): string {
  return cells
    .map(({ text }) => text)
    .join('')
    .trimEnd();
}

/** The cells of a line, at most `maxWidth` columns of them, among which is the one at an offset. */
function cut(line: string, offset: number, maxWidth: number): Cell[] {
  const lookStart = Math.max(0, offset - LONGEST_LOOK * maxWidth);
  const looked = line.slice(lookStart, offset + LONGEST_LOOK * maxWidth);
  const cells = cellsOf(looked).map((cell) => ({ ...cell, start: cell.start + lookStart, end: cell.end + lookStart }));
  if (looked.length === line.length && totalWidth(cells) <= maxWidth) return cells;
  const first = firstCell(cells, offset, maxWidth);
  const isCutBefore = first > 0 || lookStart > 0;
  const room = maxWidth - (isCutBefore ? 2 : 1);
  const kept: Cell[] = [];
  let width = 0;
  for (const cell of cells.slice(first)) {
    width += cell.width;
    if (width > room) break;
    kept.push(cell);
  }
  const isCutAfter = first + kept.length < cells.length || lookStart + looked.length < line.length;
  return [...(isCutBefore ? [ELLIPSIS] : []), ...kept, ...(isCutAfter ? [ELLIPSIS] : [])];
}

/** Where to begin so that a third of the room is left of the offset, more where less is needed on its right. */
function firstCell(cells: readonly Cell[], offset: number, maxWidth: number): number {
  const at = cells.findIndex((cell) => cell.end > offset);
  const target = at === -1 ? cells.length : at;
  let width = totalWidth(cells.slice(0, target));
  if (width < (maxWidth * 2) / 3) return 0;
  let first = 0;
  const right = totalWidth(cells.slice(target));
  const widest = Math.max(maxWidth / 3, maxWidth - right - 2);
  while (first < target && width > widest) width -= cells[first++]!.width;
  return first;
}

/** Carets below the cells that a stretch of the line touches, at least one. */
function carets(cells: readonly Cell[], from: number, to: number): string {
  const before = cells.filter((cell) => cell.end <= from && cell !== ELLIPSIS);
  const marked = cells.filter((cell) => cell.end > from && cell.start < to && cell !== ELLIPSIS);
  const indent = totalWidth(before) + (cells[0] === ELLIPSIS ? 1 : 0);
  return ' '.repeat(indent) + '^'.repeat(Math.max(1, totalWidth(marked)));
}
