import type { Envelope, Reference } from '../kinds/kind.ts';
import { derived, type Place, valueAt } from '../source/derived.ts';
import type { Located, Path } from '../source/document.ts';
import type { Entry } from './entry.ts';

/** What goes with a name of something that is excluded; a document about a service goes with the service. */
function partOf({ path, part }: Reference): Path {
  if (part) return part;
  return path.length === 2 && path[1] === 'service' ? [] : path;
}

/**
 * The value without a part. A list that is empty then goes, too, with the list item whose list it was: a row without
 * panels. Nothing is left where the whole goes.
 */
function without(value: unknown, path: Path, inList = false): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return undefined;
  const part = without((value as Record<string | number, unknown>)[key], rest, Array.isArray(value));
  if (Array.isArray(value)) {
    const kept = value.flatMap((each, index) => (index !== key ? [each] : part === undefined ? [] : [part]));
    return kept.length === 0 ? undefined : kept;
  }
  if (part === undefined && rest.length > 0 && inList) return undefined;
  const { [key]: _, ...others } = value as Record<string, unknown>;
  return part === undefined ? others : { ...others, [key]: part };
}

/** Where each item of a list stands that moved up because one before it went. */
function shifted(document: Located, part: Path): [Path, Place][] {
  const list = part.slice(0, -1);
  const index = part.at(-1);
  const items = valueAt(document.value, list);
  if (typeof index !== 'number' || !Array.isArray(items)) return [];
  return items.slice(index + 1).map((_, offset) => {
    const place: Place = { moved: { document, path: [...list, index + 1 + offset] } };
    return [[...list, index + offset], place];
  });
}

function isWhole(entry: Entry, value: unknown): boolean {
  const { spec } = (value ?? {}) as { spec?: Record<string, unknown> };
  const { properties } = entry.kind.schema as { properties?: { spec?: { required?: readonly string[] } } };
  return (properties?.spec?.required ?? []).every((property) => spec?.[property] !== undefined);
}

function prune(entry: Entry, excluded: ReadonlySet<string>): Entry | undefined {
  const references = entry.kind.references(entry.document.value) as readonly Reference[];
  const gone = references.find(({ to, name }) => excluded.has(`${to}/${name}`));
  if (!gone) return entry;
  const part = partOf(gone);
  const value = without(entry.document.value, part);
  if (part.length === 0 || !isWhole(entry, value)) return undefined;
  const document = derived(entry.document, { value, places: shifted(entry.document, part) }) as Located<Envelope>;
  return prune({ ...entry, document }, excluded);
}

/**
 * The entries without what refers to documents that an environment excludes: panels and list items go, documents that
 * make no sense without them go altogether. `excluded`: `Kind/name`.
 */
export function pruned(entries: readonly Entry[], excluded: readonly string[]): readonly Entry[] {
  const gone = new Set(excluded);
  let kept = entries;
  for (let size = -1; size !== gone.size; ) {
    size = gone.size;
    kept = kept.flatMap((entry) => {
      const left = entry.sound ? prune(entry, gone) : entry;
      if (!left) gone.add(`${entry.kind.name}/${entry.document.value.metadata.name}`);
      return left ? [left] : [];
    });
  }
  return gone.size === 0 ? entries : kept;
}
