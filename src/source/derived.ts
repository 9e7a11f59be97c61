import type { Located, Path } from './document.ts';
import type { RelatedSpan, Span } from './span.ts';

/** A text that was made of an author's: which of its characters are which of the author's. The gaps were filled in. */
export interface FilledText {
  readonly pieces: readonly { readonly at: number; readonly length: number; readonly offset: number }[];
  /** Length of the author's text. */
  readonly length: number;
}

/** Where a part of a derived document was written. */
export interface Place {
  /** Somewhere else, or elsewhere in the document. */
  readonly moved?: { readonly document: Located; readonly path: Path };
  /** At the same path, as a text with holes. */
  readonly filled?: FilledText;
  /** What a finding about this part says further; about characters of the author's text, where it is about some. */
  readonly via?: (start?: number, end?: number) => readonly RelatedSpan[];
}

export interface Derivation {
  readonly value: unknown;
  /** The parts that were not written where they stand now; of two above a path the deeper one counts. */
  readonly places: readonly (readonly [path: Path, place: Place])[];
  /** What every finding about the document says further. */
  readonly via?: () => readonly RelatedSpan[];
}

/** The author's stretch behind characters `start`…`end` of a filled text; inside what was filled in, the whole hole. */
function behind({ pieces, length }: FilledText, start: number, end: number): readonly [start: number, end: number] {
  const before = (position: number) => pieces.findLast((piece) => piece.at <= position);
  const first = before(start);
  const inFirst = first !== undefined && start < first.at + first.length;
  const from = inFirst ? first.offset + start - first.at : first ? first.offset + first.length : 0;
  const last = before(Math.max(start, end - 1));
  if (last && end <= last.at + last.length) return [from, last.offset + end - last.at];
  const next = pieces.find((piece) => piece.at >= end);
  return [from, Math.max(from, next ? next.offset : length)];
}

function keyOf(path: Path): string {
  return JSON.stringify(path);
}

function withVia(span: Span, ...more: readonly ((() => readonly RelatedSpan[]) | undefined)[]): Span {
  const via = [...(span.via ?? []), ...more.flatMap((each) => each?.() ?? [])];
  return via.length === 0 ? span : { ...span, via };
}

/**
 * A document whose value differs from what stands in its file: an environment overrides parts of it, or a service uses
 * it as a template. Positions lead to where each part was written.
 */
export function derived(document: Located, { value, places, via }: Derivation): Located {
  let byPath: ReadonlyMap<string, Place> | undefined;
  const placeOf = (path: Path): readonly [place: Place, depth: number] | undefined => {
    byPath ??= new Map(places.map(([at, place]) => [keyOf(at), place]));
    for (let depth = path.length; depth >= 0; depth--) {
      const place = byPath.get(keyOf(path.slice(0, depth)));
      if (place) return [place, depth];
    }
    return undefined;
  };
  return {
    file: document.file,
    index: document.index,
    value,
    get span() {
      return withVia(document.span, placeOf([])?.[0].via, via);
    },
    at: (path, part) => {
      const [place, depth] = placeOf(path) ?? [];
      const { document: home, path: start } = place?.moved ?? { document, path: [] };
      const rest = place?.moved ? path.slice(depth) : path;
      return withVia(home.at([...start, ...rest], part), place?.via, via);
    },
    within: (path, start, end) => {
      const [place, depth] = placeOf(path) ?? [];
      if (place?.moved) {
        const { document: home, path: from } = place.moved;
        return withVia(home.within([...from, ...path.slice(depth)], start, end), place.via, via);
      }
      const [first, last] = place?.filled ? behind(place.filled, start, end) : [start, end];
      return withVia(document.within(path, first, last), () => place?.via?.(first, last) ?? [], via);
    },
  };
}

/** A value with the part at a path replaced; what is not on the way there is shared, not copied. */
export function replaced(value: unknown, path: Path, part: unknown): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return part;
  if (Array.isArray(value)) return value.map((each, index) => (index === key ? replaced(each, rest, part) : each));
  const mapping = (typeof value === 'object' && value !== null ? value : {}) as Record<string, unknown>;
  return { ...mapping, [key]: replaced(mapping[key], rest, part) };
}

/** A value with the parts at some paths replaced; what is not on the way to any of them is shared, not copied. */
export function withParts(value: unknown, parts: readonly (readonly [path: Path, part: unknown])[]): unknown {
  type Container = Record<string | number, unknown>;
  const copies = new Set<unknown>();
  const own = (container: unknown): Container => {
    if (copies.has(container)) return container as Container;
    const copy = Array.isArray(container) ? [...container] : { ...(container as object) };
    copies.add(copy);
    return copy as Container;
  };
  let root: unknown = value;
  for (const [path, part] of parts) {
    if (path.length === 0) return part;
    root = own(root);
    let container = root as Container;
    for (const key of path.slice(0, -1)) {
      const copy = own(container[key]);
      put(container, key, copy);
      container = copy;
    }
    put(container, path.at(-1)!, part);
  }
  return root;
}

/** Like an assignment, but `__proto__` is a key like others. */
function put(container: Record<string | number, unknown>, key: string | number, value: unknown): void {
  Object.defineProperty(container, key, { value, writable: true, enumerable: true, configurable: true });
}

/** The value at a path, or nothing where it leads nowhere. */
export function valueAt(value: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (each, key) => (each as Record<string | number, unknown> | null | undefined)?.[key],
    value,
  );
}
