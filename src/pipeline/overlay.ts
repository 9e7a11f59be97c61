import { closest } from '../base/text.ts';
import { defineCode } from '../source/code.ts';
import type { Place } from '../source/derived.ts';
import type { Diagnostic } from '../source/diagnostic.ts';
import type { Located, Path } from '../source/document.ts';
import type { Span } from '../source/span.ts';

const NO_SUCH_ITEM = defineCode<{ name: string; nearest: string | undefined }>({
  code: 'environment/no-such-item',
  severity: 'error',
  title: 'an override of an item that the list does not have',
  explain:
    'In a list of named things a mapping changes those whose name is the key: `rules: { ServiceDown: { for: 5m } }`. The names are those of `name`, `alert`, `record` or `title`. Where an override is about several documents, one of them must have the item.',
  message: ({ name }) => `nothing in the list is called \`${name}\``,
  help: ({ nearest }) =>
    nearest === undefined ? 'write a list, which replaces the whole one' : `did you mean \`${nearest}\`?`,
});

const REMOVES_NOTHING = defineCode<{ name: string; nearest: string | undefined }>({
  code: 'environment/removes-nothing',
  severity: 'error',
  title: 'an override removes what is not there',
  explain:
    '`null` in an override removes a property. One that no document of the override has is misspelt, or left over: the environment would silently be other than it says.',
  message: ({ name }) => `there is no \`${name}\` to remove`,
  help: ({ nearest }) =>
    nearest === undefined ? 'correct the name, or remove the entry' : `did you mean \`${nearest}\`?`,
});

export const codes = [NO_SUCH_ITEM, REMOVES_NOTHING];

const ITEM_NAMES = ['name', 'alert', 'record', 'title'] as const;

type Mapping = Readonly<Record<string, unknown>>;

/** Whether a value of a document is a mapping. */
export function isMapping(value: unknown): value is Mapping {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function itemName(item: unknown): string | undefined {
  if (!isMapping(item)) return undefined;
  const name = ITEM_NAMES.map((property) => item[property]).find((each) => typeof each === 'string');
  return name as string | undefined;
}

/** A name in an override that a document does not have. */
interface Miss {
  readonly code: typeof NO_SUCH_ITEM | typeof REMOVES_NOTHING;
  readonly at: Span;
  readonly name: string;
  /** What the documents have instead. */
  readonly known: readonly string[];
}

/** What overrides named that some documents have and others do not: only what none of them has is a mistake. */
export class Misses {
  private readonly missed = new Map<string, Miss>();
  private readonly met = new Set<string>();

  meet(from: Path): void {
    this.met.add(JSON.stringify(from));
  }

  miss(from: Path, miss: Miss): void {
    const key = JSON.stringify(from);
    const before = this.missed.get(key)?.known ?? [];
    this.missed.set(key, { ...miss, known: [...before, ...miss.known] });
  }

  /** Asked once every document was there. */
  get found(): readonly Diagnostic[] {
    const wrong = [...this.missed].filter(([from]) => !this.met.has(from));
    return wrong.map(([, { code, at, name, known }]) => code.at(at, { name, nearest: closest(name, known) }));
  }
}

/** What a service takes over from a shared document may have been overridden there already. */
function isSameSpan(left: Span, right: Span): boolean {
  return left.file === right.file && left.start === right.start && left.end === right.end;
}

/** Merges what an environment says into a document, and keeps where each part was written. */
export class Overlay {
  readonly places: [Path, Place][] = [];
  private readonly document: Located;
  private readonly environment: Located;
  private readonly misses: Misses;

  constructor(document: Located, environment: Located, misses: Misses) {
    this.document = document;
    this.environment = environment;
    this.misses = misses;
  }

  /** `path`: of the value in the document; `from`: of what is merged into it, in the Environment. */
  merged(base: unknown, patch: unknown, path: Path, from: Path): unknown {
    if (isMapping(patch) && isMapping(base)) return this.mapping(base, patch, path, from);
    if (isMapping(patch) && Array.isArray(base)) return this.list(base, patch, path, from);
    const { document, environment } = this;
    const originals = () => {
      const span = document.at(path);
      const isNew = base === undefined || isSameSpan(span, environment.at(from));
      return isNew ? [] : [{ span, message: 'what it overrides' }];
    };
    this.places.push([path, { moved: { document: environment, path: from }, via: originals }]);
    return this.whole(patch, from);
  }

  private mapping(base: Mapping, patch: Mapping, path: Path, from: Path): Mapping {
    const result: Record<string, unknown> = { ...base };
    for (const [key, part] of Object.entries(patch)) {
      const here = [...from, key];
      if (part !== null) result[key] = this.merged(base[key], part, [...path, key], here);
      else if (Object.hasOwn(base, key)) {
        this.misses.meet(here);
        delete result[key];
      } else this.removesNothing(key, here, Object.keys(base));
    }
    return result;
  }

  private removesNothing(name: string, from: Path, known: readonly string[]): void {
    this.misses.miss(from, { code: REMOVES_NOTHING, at: this.environment.at(from, 'key'), name, known });
  }

  /** Where there was nothing before there is nothing to remove either. */
  private whole(patch: unknown, from: Path): unknown {
    if (!isMapping(patch)) return patch;
    const entries = Object.entries(patch).flatMap(([key, part]) => {
      if (part !== null) return [[key, this.whole(part, [...from, key])]];
      this.removesNothing(key, [...from, key], []);
      return [];
    });
    return Object.fromEntries(entries);
  }

  private list(base: readonly unknown[], patch: Mapping, path: Path, from: Path): unknown[] {
    const names = base.flatMap((item) => itemName(item) ?? []);
    for (const name of Object.keys(patch)) {
      const here = [...from, name];
      const at = this.environment.at(here, 'key');
      if (names.includes(name)) this.misses.meet(here);
      else this.misses.miss(here, { code: NO_SUCH_ITEM, at, name, known: names });
    }
    const kept = base
      .map((item, index) => ({ item, index }))
      .filter(({ item }) => patch[itemName(item) ?? ''] !== null);
    return kept.map(({ item, index }, position) => {
      const here = [...path, position];
      if (position !== index) this.places.push([here, { moved: { document: this.document, path: [...path, index] } }]);
      const name = itemName(item);
      const part = name !== undefined && Object.hasOwn(patch, name) ? patch[name] : undefined;
      return part === undefined ? item : this.merged(item, part, here, [...from, name!]);
    });
  }
}
