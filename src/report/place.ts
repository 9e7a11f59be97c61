import type { Diagnostic } from '../source/diagnostic.ts';
import type { Position, Span } from '../source/span.ts';
import { lineIndex } from './lines.ts';

/** A file with lines and columns from 1, in UTF-16 code units; the end is exclusive. */
export interface FilePlace {
  readonly path: string;
  readonly start: Position;
  readonly end: Position;
}

/**
 * The place of a stretch of text. Other programs insist on one for every finding: what concerns the workspace as a whole
 * is at the beginning of its folder.
 */
export function places(folder: string): (span: Span | undefined) => FilePlace {
  const linesOf = lineIndex();
  const beginning = { line: 1, column: 1 };
  return (span) => {
    if (!span) return { path: folder, start: beginning, end: beginning };
    const { file, start, end } = span;
    const lines = linesOf(file);
    return { path: file.path, start: lines.position(start), end: lines.position(Math.max(start, end)) };
  };
}

/** Findings with their places, those of each file together. */
export function byPath<T extends { readonly place: FilePlace }>(
  placed: readonly T[],
): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const each of placed) {
    const group = groups.get(each.place.path) ?? [];
    group.push(each);
    groups.set(each.place.path, group);
  }
  return groups;
}

/** A finding and where it is. */
export interface Placed {
  readonly finding: Diagnostic;
  readonly place: FilePlace;
}
