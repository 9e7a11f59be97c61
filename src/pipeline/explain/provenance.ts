import type { ChangedPart } from '../../output/explanation.ts';
import type { Located, Path } from '../../source/document.ts';
import type { RelatedSpan, Span } from '../../source/span.ts';

/** Whether something stands in the document as it was written, and not where an environment or a caller set it. */
function isOwn(document: Located, { file, start }: Span): boolean {
  const { span } = document;
  return file === span.file && start >= span.start && start <= span.end;
}

function identityOf({ span, message }: RelatedSpan): string {
  return JSON.stringify([span.file.path, span.start, message]);
}

/**
 * Where the value at a path stands, and behind that the further places that it comes from: what a service makes of a
 * shared document stands at the service, and leads to the document.
 */
export function placesOf(document: Located, path: Path, message: string): RelatedSpan[] {
  const span = document.at(path);
  const via = span.via ?? [];
  if (isOwn(document, span)) return [{ span, message }, ...via];
  const here = via.length > 0 ? [] : [{ span, message }];
  return [...here, ...via, { span: document.at(['kind']), message: 'made from this' }];
}

/** The paths of all values that hold no others. */
function leaves(value: unknown, path: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [path];
  const entries = Array.isArray(value) ? value.map((each, index) => [index, each] as const) : Object.entries(value);
  return entries.length === 0 ? [path] : entries.flatMap(([key, each]) => leaves(each, [...path, key]));
}

/** The values of a document that somebody else has a hand in: an environment set them, or a caller gave them. */
export function changedParts(document: Located): ChangedPart[] {
  const usual = new Set((document.span.via ?? []).map(identityOf));
  const written = leaves(document.value).filter((path) => path[0] !== 'metadata' || path[1] !== 'name');
  return written.flatMap((path) => {
    const span = document.at(path);
    const via = (span.via ?? []).filter((each) => !usual.has(identityOf(each)));
    if (via.length === 0 && isOwn(document, span)) return [];
    return [{ path: path.join('.'), places: [{ span, message: 'written here' }, ...via] }];
  });
}
