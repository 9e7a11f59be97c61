import type { Envelope, Reference } from '../kinds/kind.ts';
import type { AnyKind, ReadDocument } from '../kinds/read.ts';
import { derived, replaced, valueAt } from '../source/derived.ts';
import type { Located, Path } from '../source/document.ts';
import type { Span } from '../source/span.ts';
import { type Entry, inNamespace, type Source } from './entry.ts';

/** Names that a kind declares inside itself and that no namespace changes: metrics are called what they are called. */
const GLOBAL: ReadonlySet<string> = new Set(['metric']);

/** The severity as the workspace calls it. */
function severityName(kind: AnyKind, name: string, maps: readonly Readonly<Record<string, string>>[]): string {
  const [package_, ...environment] = maps;
  const known = package_?.[name] ?? name;
  return kind.mapsSeverities ? environment.reduce((each, map) => map[each] ?? each, known) : known;
}

function renamed(
  kind: AnyKind,
  { to, name, side }: Reference,
  namespace: string,
  maps: readonly Readonly<Record<string, string>>[],
): string {
  if (side === 'key' || GLOBAL.has(to)) return name;
  return to === 'severity' ? severityName(kind, name, maps) : inNamespace(namespace, name);
}

function isBelowPath(path: Path, above: Path): boolean {
  return above.length <= path.length && above.every((key, index) => key === path[index]);
}

/** Whether a part of a document was written in another one, which changes it. */
function isWrittenIn({ file, span: whole }: Located, part: Span): boolean {
  return part.file === file && part.start >= whole.start && part.end <= whole.end;
}

/**
 * Gives a document and everything that it refers to the names that they have in the whole workspace. `given`: the parts
 * that its user wrote, whose names are the user's; so are those that an environment wrote.
 */
export function named(
  read: ReadDocument,
  { namespace, severityMap, adaptedBy }: Source,
  environmentMap: Readonly<Record<string, string>>,
  given: readonly Path[] = [],
): Entry {
  const { kind, document } = read;
  const references = kind.references(document.value) as readonly Reference[];
  let value: unknown = document.value;
  for (const reference of references) {
    const theirs =
      given.some((path) => isBelowPath(reference.path, path)) ||
      (namespace !== '' && adaptedBy !== undefined && isWrittenIn(adaptedBy, document.at(reference.path)));
    const name = renamed(kind, reference, theirs ? '' : namespace, [theirs ? {} : severityMap, environmentMap]);
    if (name !== reference.name && valueAt(value, reference.path) === reference.name) {
      value = replaced(value, reference.path, name);
    }
  }
  if (namespace !== '' && !given.some((path) => isBelowPath(['metadata', 'name'], path))) {
    value = replaced(value, ['metadata', 'name'], inNamespace(namespace, document.value.metadata.name));
  }
  if (value === document.value) return { ...read, namespace };
  return { ...read, namespace, document: derived(document, { value, places: [] }) as Located<Envelope> };
}
