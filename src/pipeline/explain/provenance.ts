import type { ChangedPart } from '../../output/explanation.ts';
import type { Located, Path } from '../../source/document.ts';
import type { RelatedSpan, Span } from '../../source/span.ts';

/** Where the value at a path stands, and behind that the further places that it comes from. */
export function placesOf(document: Located, path: Path, message: string): RelatedSpan[] {
  const span = document.at(path);
  return [{ span, message }, ...(span.via ?? [])];
}

/** What tells the ways apart by which values came into a document. */
function wayOf({ file, via = [] }: Span): string {
  return JSON.stringify([file.path, ...via.map(({ span, message }) => [span.file.path, span.start, message])]);
}

/** The paths of all values that hold no others. */
function leaves(value: unknown, path: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [path];
  const entries = Array.isArray(value) ? value.map((each, index) => [index, each] as const) : Object.entries(value);
  return entries.length === 0 ? [path] : entries.flatMap(([key, each]) => leaves(each, [...path, key]));
}

/** The values of a document that came another way than its name did: an environment set them, or a caller. */
export function changedParts(document: Located): ChangedPart[] {
  const usual = wayOf(document.at(['metadata', 'name']));
  return leaves(document.value).flatMap((path) => {
    if (wayOf(document.at(path)) === usual) return [];
    return [{ path: path.join('.'), places: placesOf(document, path, 'set here') }];
  });
}
