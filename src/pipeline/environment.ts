import { closest } from '../base/text.ts';
import { defineCode } from '../source/code.ts';
import { derived, type Place, valueAt } from '../source/derived.ts';
import type { Diagnostic } from '../source/diagnostic.ts';
import type { Located, Path } from '../source/document.ts';
import { declared, inNamespace, type Source } from './entry.ts';
import { isMapping, Misses, Overlay, codes as overlayCodes } from './overlay.ts';

const MATCHES_NOTHING = defineCode<{ what: string; nearest: string | undefined }>({
  code: 'environment/matches-nothing',
  severity: 'error',
  title: 'an environment changes what does not exist',
  explain:
    'Each entry of `override` and `exclude` must match a document. One that matches none is misspelt, or left over: the environment would silently be other than it says.',
  message: ({ what }) => `there is no ${what}`,
  help: ({ nearest }) => (nearest === undefined ? 'correct the entry, or remove it' : `did you mean \`${nearest}\`?`),
});

const OF_EXCLUDED = defineCode<{ what: string }>({
  code: 'environment/override-of-excluded',
  severity: 'error',
  title: 'an environment changes what it excludes',
  explain:
    'Everything that an entry of `override` matches does not exist in the environment, because `exclude` says so. One of the two is not meant.',
  message: ({ what }) => `${what} is excluded here, so it cannot be different`,
  help: () => 'remove one of the two',
});

export const codes = [MATCHES_NOTHING, OF_EXCLUDED, ...overlayCodes];

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
  readonly property: 'override' | 'exclude';
}

/** What the fields of a Project are called in an Environment. */
const PROJECT_FIELDS = ['labels', 'runbooks', 'targets'] as const;

function rulesOf({ value }: Located): Rule[] {
  const { spec } = value as { spec?: { override?: unknown; exclude?: unknown } };
  const list = (property: 'override' | 'exclude') => {
    const entries = isMapping(spec) && Array.isArray(spec[property]) ? spec[property] : [];
    return entries.flatMap((entry: unknown, index): Rule[] => {
      if (!isMapping(entry)) return [];
      return [{ match: entry, path: ['spec', property, index], property }];
    });
  };
  return [...list('exclude'), ...list('override')];
}

/** What an environment does to the documents of a workspace. */
export class Adaptation {
  private readonly environment: Located;
  private readonly rules: readonly Rule[];
  private readonly matched = new Set<Rule>();
  /** Overrides, each with what excludes a document that it is about. */
  private readonly excluded = new Map<Rule, Rule>();
  private readonly misses = new Misses();
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
    const rules = this.rules.filter(({ match }) => isMatch(match, kind, known, source));
    const exclusion = rules.find(({ property }) => property === 'exclude');
    if (exclusion) return this.without(exclusion, rules);
    for (const rule of rules) this.matched.add(rule);
    const settings = kind === 'Project' && source.namespace === '' ? this.settings() : [];
    const own = settings.reduce((each, { patch, from }) => this.overridden(each, patch, from), source.document);
    const document = rules.reduce((each, rule) => this.changed(each, rule), own);
    return document === source.document ? source : { ...source, document, adaptedBy: this.environment };
  }

  private without(exclusion: Rule, rules: readonly Rule[]): undefined {
    for (const rule of rules) {
      if (rule.property === 'exclude') this.matched.add(rule);
      else this.excluded.set(rule, exclusion);
    }
  }

  /** What an environment says about the Project itself. */
  private settings(): { patch: unknown; from: Path }[] {
    const spec = valueAt(this.environment.value, ['spec']);
    if (!isMapping(spec)) return [];
    const own = PROJECT_FIELDS.filter((field) => spec[field] !== undefined);
    return own.map((field) => ({ patch: { [field]: spec[field] }, from: ['spec'] }));
  }

  /** Findings at parts that are as they were may still come from those that are not. */
  private changed(document: Located, { match, path }: Rule): Located {
    const set = valueAt(match, ['set']);
    if (!isMapping(set)) return document;
    const name = declared(this.environment).name ?? '';
    const via = () => [{ span: this.environment.at(path), message: `changed here in \`${name}\`` }];
    return this.overridden(document, set, [...path, 'set'], [[[], { via }]]);
  }

  private overridden(document: Located, patch: unknown, from: Path, places: readonly [Path, Place][] = []): Located {
    const overlay = new Overlay(document, this.environment, this.misses);
    const whole = isMapping(document.value) ? document.value : {};
    const spec = overlay.merged(whole.spec ?? {}, patch, ['spec'], from);
    return derived(document, { value: { ...whole, spec }, places: [...places, ...overlay.places] });
  }

  /** What overrides name and no document has. */
  get found(): readonly Diagnostic[] {
    return this.misses.found;
  }

  /** The entries that nothing matched; asked once every document was there. */
  unmatched(): Diagnostic[] {
    return this.rules.flatMap((rule) => {
      if (this.matched.has(rule)) return [];
      const exclusion = this.excluded.get(rule);
      if (exclusion) return [this.contradiction(rule, exclusion)];
      const { kind, name } = rule.match;
      const nearest = typeof name === 'string' ? closest(name, this.names.get(String(kind)) ?? []) : undefined;
      const at = this.environment.at(typeof name === 'string' ? [...rule.path, 'name'] : rule.path);
      return [MATCHES_NOTHING.at(at, { what: described(rule.match), nearest })];
    });
  }

  private contradiction({ match, path }: Rule, exclusion: Rule): Diagnostic {
    const related = [{ span: this.environment.at(exclusion.path), message: 'excluded here' }];
    return OF_EXCLUDED.at(
      this.environment.at(path),
      { what: `${match.name === undefined ? 'every' : 'the'} ${described(match)}` },
      { related },
    );
  }
}

function isMatch({ kind, name, service, category }: Match, own: string, known: string, source: Source): boolean {
  const spec = valueAt(source.document.value, ['spec']);
  const { service: theirs, category: group } = isMapping(spec) ? spec : ({} as Match);
  const named = name === undefined || name === known;
  const about =
    service === undefined || (typeof theirs === 'string' && inNamespace(source.namespace, theirs) === service);
  return kind === own && named && about && (category === undefined || group === category);
}

function described({ kind, name, service, category }: Match): string {
  const of = [
    ...(service === undefined ? [] : [`about the service \`${service}\``]),
    ...(category === undefined ? [] : [`of the category \`${category}\``]),
  ];
  const named = name === undefined ? '' : ` \`${name}\``;
  return [`${kind}${named}`, ...of].join(' ');
}
