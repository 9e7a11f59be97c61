import { closest } from '../base/text.ts';
import { defineCode } from '../source/code.ts';
import { derived, type Place, valueAt } from '../source/derived.ts';
import type { Diagnostic } from '../source/diagnostic.ts';
import type { Located, Path } from '../source/document.ts';
import { declared, inNamespace, type Source } from './entry.ts';

const MATCHES_NOTHING = defineCode<{ what: string; nearest: string | undefined }>({
  code: 'environment/matches-nothing',
  severity: 'error',
  title: 'an environment changes what does not exist',
  explain:
    'Each entry of `override` and `exclude` must match a document. One that matches none is misspelt, or left over: the environment would silently be other than it says.',
  message: ({ what }) => `there is no ${what}`,
  help: ({ nearest }) => (nearest === undefined ? 'correct the entry, or remove it' : `did you mean \`${nearest}\`?`),
});

const NO_SUCH_ITEM = defineCode<{ name: string; nearest: string | undefined }>({
  code: 'environment/no-such-item',
  severity: 'error',
  title: 'an override of an item that the list does not have',
  explain:
    'In a list of named things a mapping changes those whose name is the key: `rules: { ServiceDown: { for: 5m } }`. The names are those of `name`, `alert`, `record` or `title`.',
  message: ({ name }) => `nothing in the list is called \`${name}\``,
  help: ({ nearest }) =>
    nearest === undefined ? 'write a list, which replaces the whole one' : `did you mean \`${nearest}\`?`,
});

export const codes = [MATCHES_NOTHING, NO_SUCH_ITEM];

/** Which documents an entry of `override` or `exclude` is about. */
interface Match {
  readonly kind?: unknown;
  readonly name?: unknown;
  readonly service?: unknown;
  readonly category?: unknown;
}

interface Rule {
  readonly match: Match;
  /** Of the entry in the Environment. */
  readonly path: Path;
  /** Nothing: the documents do not exist here. */
  readonly set?: unknown;
}

/** What the fields of a Project are called in an Environment. */
const PROJECT_FIELDS = ['labels', 'runbooks', 'targets'] as const;

const ITEM_NAMES = ['name', 'alert', 'record', 'title'] as const;

type Mapping = Readonly<Record<string, unknown>>;

function isMapping(value: unknown): value is Mapping {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function rulesOf({ value }: Located): Rule[] {
  const { spec } = value as { spec?: { override?: unknown; exclude?: unknown } };
  const list = (property: 'override' | 'exclude') => {
    const entries = isMapping(spec) && Array.isArray(spec[property]) ? spec[property] : [];
    return entries.flatMap((entry: unknown, index): Rule[] => {
      if (!isMapping(entry)) return [];
      const path = ['spec', property, index];
      return [{ match: entry, path, ...(property === 'override' && { set: entry.set }) }];
    });
  };
  return [...list('exclude'), ...list('override')];
}

function itemName(item: unknown): string | undefined {
  if (!isMapping(item)) return undefined;
  const name = ITEM_NAMES.map((property) => item[property]).find((each) => typeof each === 'string');
  return name as string | undefined;
}

/** Merges what an environment says into a document, and keeps where each part was written. */
class Merger {
  readonly places: [Path, Place][] = [];
  readonly found: Diagnostic[] = [];
  private readonly document: Located;
  private readonly environment: Located;

  constructor(document: Located, environment: Located) {
    this.document = document;
    this.environment = environment;
  }

  merged(base: unknown, patch: unknown, path: Path, from: Path): unknown {
    if (isMapping(patch) && isMapping(base)) return this.mapping(base, patch, path, from);
    if (isMapping(patch) && Array.isArray(base)) return this.list(base, patch, path, from);
    const { document, environment } = this;
    const original = { span: document.at(path), message: 'what it overrides' };
    const via = base === undefined ? {} : { via: () => [original] };
    this.places.push([path, { moved: { document: environment, path: from }, ...via }]);
    return patch;
  }

  private mapping(base: Mapping, patch: Mapping, path: Path, from: Path): Mapping {
    const result: Record<string, unknown> = { ...base };
    for (const [key, part] of Object.entries(patch)) {
      if (part === null) delete result[key];
      else result[key] = this.merged(base[key], part, [...path, key], [...from, key]);
    }
    return result;
  }

  private list(base: readonly unknown[], patch: Mapping, path: Path, from: Path): unknown[] {
    const names = base.flatMap((item) => itemName(item) ?? []);
    for (const name of Object.keys(patch)) {
      if (names.includes(name)) continue;
      const at = this.environment.at([...from, name], 'key');
      this.found.push(NO_SUCH_ITEM.at(at, { name, nearest: closest(name, names) }));
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

/** What an environment does to the documents of a workspace. */
export class Adaptation {
  readonly found: Diagnostic[] = [];
  private readonly environment: Located;
  private readonly rules: readonly Rule[];
  private readonly matched = new Set<Rule>();
  private readonly names = new Map<string, Set<string>>();

  constructor(environment: Located) {
    this.environment = environment;
    this.rules = rulesOf(environment);
  }

  /** The document as it is in the environment; nothing where it does not exist there. */
  applied(source: Source): Source | undefined {
    const { kind, name } = declared(source.document);
    if (kind === undefined || name === undefined) return source;
    const known = inNamespace(source.namespace, name);
    this.names.set(kind, (this.names.get(kind) ?? new Set()).add(known));
    const rules = this.rules.filter(({ match }) => isMatch(match, kind, known, source.document));
    for (const rule of rules) this.matched.add(rule);
    if (rules.some(({ set }) => set === undefined)) return undefined;
    const settings = kind === 'Project' && source.namespace === '' ? this.settings() : [];
    const patches = [...settings, ...rules.map(({ set, path }) => ({ patch: set, from: [...path, 'set'] }))];
    const document = patches.reduce((each, { patch, from }) => this.overridden(each, patch, from), source.document);
    return { ...source, document };
  }

  /** What an environment says about the Project itself. */
  private settings(): { patch: unknown; from: Path }[] {
    const spec = valueAt(this.environment.value, ['spec']);
    if (!isMapping(spec)) return [];
    const own = PROJECT_FIELDS.filter((field) => spec[field] !== undefined);
    return own.map((field) => ({ patch: { [field]: spec[field] }, from: ['spec'] }));
  }

  private overridden(document: Located, patch: unknown, from: Path): Located {
    const merger = new Merger(document, this.environment);
    const whole = isMapping(document.value) ? document.value : {};
    const spec = merger.merged(whole.spec ?? {}, patch, ['spec'], from);
    this.found.push(...merger.found);
    return derived(document, { value: { ...whole, spec }, places: merger.places });
  }

  /** The entries that nothing matched; asked once every document was there. */
  unmatched(): Diagnostic[] {
    return this.rules.flatMap((rule) => {
      if (this.matched.has(rule)) return [];
      const { kind, name } = rule.match;
      const nearest = typeof name === 'string' ? closest(name, this.names.get(String(kind)) ?? []) : undefined;
      const at = this.environment.at(typeof name === 'string' ? [...rule.path, 'name'] : rule.path);
      return [MATCHES_NOTHING.at(at, { what: described(rule.match), nearest })];
    });
  }
}

function isMatch({ kind, name, service, category }: Match, own: string, known: string, document: Located): boolean {
  const spec = valueAt(document.value, ['spec']) as Mapping | undefined;
  const named = name === undefined || name === known;
  const about = service === undefined || (isMapping(spec) && spec.service === service);
  return kind === own && named && about && (category === undefined || (isMapping(spec) && spec.category === category));
}

function described({ kind, name, service, category }: Match): string {
  const of = [
    ...(service === undefined ? [] : [`about the service \`${service}\``]),
    ...(category === undefined ? [] : [`of the category \`${category}\``]),
  ];
  const named = name === undefined ? '' : ` \`${name}\``;
  return [`${kind}${named}`, ...of].join(' ');
}
