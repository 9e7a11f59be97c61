import type { Reference } from '../kinds/kind.ts';
import type { AnyKind } from '../kinds/read.ts';
import { kinds } from '../kinds/registry.ts';
import { templateKind, USED_KINDS } from '../kinds/uses.ts';
import { type Declaration, link, type Names, type Use } from '../model/link.ts';
import type { Catalog, Severity } from '../model/types.ts';
import { defineCode } from '../source/code.ts';
import type { Checked, Diagnostic } from '../source/diagnostic.ts';
import type { Located, Path } from '../source/document.ts';
import type { Entry } from './entry.ts';

const ONE_PER_WORKSPACE = defineCode<{ kind: string }>({
  code: 'workspace/one-per-workspace',
  severity: 'error',
  title: 'a kind of which a workspace has only one',
  explain: 'Some kinds hold for the whole workspace, so a second document of the kind would contradict the first.',
  message: ({ kind }) => `the workspace has a ${kind} already`,
  help: () => 'merge the two documents',
});

export const codes = [ONE_PER_WORKSPACE];

/** What the default SeverityScale declares, so that specs may refer to it. */
export const DEFAULT_LEVELS = ['critical', 'warning'];

interface Surplus {
  readonly document: Located;
  readonly kind: AnyKind;
  readonly first: Located;
}

/** Documents of a kind of which a workspace has only one, beyond the first. */
function surplusOf(documents: readonly Entry[]): Surplus[] {
  const firsts = new Map<AnyKind, Located>();
  return documents.flatMap(({ kind, document }) => {
    const first = firsts.get(kind);
    if (!first) firsts.set(kind, document);
    return first && kind.count !== 'any' ? [{ document, kind, first }] : [];
  });
}

/** A second Project was reported when the files were shared out. */
function tooMany(surplus: readonly Surplus[]): Diagnostic[] {
  return surplus
    .filter(({ kind }) => kind.name !== 'Project')
    .map(({ document, kind, first }) => {
      const related = [{ span: first.at(['kind']), message: 'the other one' }];
      return ONE_PER_WORKSPACE.at(document.at(['kind']), { kind: kind.name }, { related });
    });
}

/** The kind under which an entry is declared: what is shared is nothing by itself. */
function declaredKind({ kind, template }: Entry): string {
  return template ? templateKind(kind.name) : kind.name;
}

/** What to do where a service takes the same thing over twice. */
const ANOTHER_NAME = 'give one of the two another name with `as`';

function declarationsOf(entry: Entry): Declaration[] {
  const { kind, document, beside, sound } = entry;
  const own: Declaration = {
    kind: declaredKind(entry),
    name: document.value.metadata.name,
    document,
    path: ['metadata', 'name'],
    ...(entry.given && !entry.template && { instead: ANOTHER_NAME }),
  };
  if (!sound) return [own];
  if (kind.name === 'SeverityScale') {
    const levels = kind.lower(document, beside) as readonly Severity[];
    return [
      own,
      ...levels.map(({ name }, index) => ({ ...own, kind: 'severity', name, path: ['spec', 'levels', index, 'name'] })),
    ];
  }
  if (kind.name === 'MetricCatalog') {
    const { metrics } = kind.lower(document, beside) as Catalog;
    if (entry.namespace !== '') return [own];
    return [own, ...metrics.map(({ name, origin }) => ({ ...own, kind: 'metric', name, path: origin.path }))];
  }
  return [own];
}

/** What an entry refers to; names that only its users know are left to them. */
export function usesOf(entry: Entry): Use[] {
  const { kind, document, given } = entry;
  const by: Declaration = { kind: declaredKind(entry), name: document.value.metadata.name, document, path: [] };
  return (kind.references(document.value) as readonly Reference[]).flatMap(({ path, to, name, side }) => {
    const unknown = entry.template && given?.some((each) => each.every((key, index) => key === path[index]));
    return unknown ? [] : [{ kind: to, name, document, path, by, side }];
  });
}

const INSIDE: Readonly<Record<string, string>> = { SeverityScale: 'severity', MetricCatalog: 'metric' };

/** A document that could not be read, with as much as can be told of what it declares. */
export interface Broken {
  readonly document: Located;
  readonly kind?: string;
  /** In the whole workspace. */
  readonly name?: string;
  /** Where the name stands, for what a service takes over. */
  readonly path?: Path;
  /** What it would be made of does not exist: perhaps it is meant to be something else. */
  readonly isGuess?: boolean;
}

/** What linking looks at. */
export interface Linkable {
  readonly entries: readonly Entry[];
  readonly broken: readonly Broken[];
  /** What an environment excludes: what it refers to is not left over. */
  readonly aside: readonly Entry[];
  /** Everything that could be referred to, packages included: what is meant by a name that nobody declares. */
  readonly known: readonly Entry[];
  /** Whether a file could not be read as YAML: it may have declared anything. */
  readonly unreadable: boolean;
  /** Namespaces of which nothing is known; an empty one may be any. */
  readonly lost: readonly string[];
}

/** Kinds of which somebody may have declared a name that qmon could not read: of those nothing can be said to be missing. */
function unknownKinds({ entries, broken, unreadable, lost: namespaces }: Linkable): Set<string> {
  const all = kinds.flatMap(({ name }) => [name, INSIDE[name] ?? name, templateKind(name)]);
  const lost = broken.some(({ kind, name }) => kind === undefined || name === undefined || !all.includes(kind));
  if (lost || unreadable) return new Set(all);
  const inside = [
    ...broken.map(({ kind }) => kind),
    ...entries.filter(({ sound }) => !sound).map(({ kind }) => kind.name),
  ];
  const names = inside.flatMap((kind) => INSIDE[kind ?? ''] ?? []);
  return new Set(namespaces.length > 0 ? [...names, ...Object.values(INSIDE)] : names);
}

/** Names that are not missing, though what they would be made of is. */
function guessedDeclarations(broken: readonly Broken[]): Declaration[] {
  return brokenDeclarations(broken.map(({ isGuess, ...each }) => (isGuess ? each : { document: each.document })));
}

/** A broken document may have been meant to be shared. */
function brokenDeclarations(broken: readonly Broken[]): Declaration[] {
  return broken.flatMap(({ document, kind, name, path, isGuess }): Declaration[] => {
    if (kind === undefined || name === undefined || isGuess) return [];
    if (path) return [{ kind, name, document, path, instead: ANOTHER_NAME }];
    const own: Declaration = { kind, name, document, path: ['metadata', 'name'] };
    return [own, { ...own, kind: templateKind(kind) }];
  });
}

/** The severities that a workspace without a scale has all the same. */
function defaultLevels(read: readonly Entry[]): Declaration[] {
  const project = read.find(({ kind }) => kind.name === 'Project');
  const scale = read.some(({ kind }) => kind.name === 'SeverityScale');
  const holder = project ?? read[0];
  if (!holder || scale) return [];
  return DEFAULT_LEVELS.map((name) => ({ kind: 'severity', name, document: holder.document, path: [] }));
}

/** What a surplus document repeats is not reported once more. */
function allDeclarations(read: readonly Entry[], surplus: readonly Surplus[]): Declaration[] {
  const spare = new Set(surplus.map(({ document }) => document));
  const main = read.filter(({ document }) => !spare.has(document)).flatMap(declarationsOf);
  const names = new Set(main.map(({ kind, name }) => `${kind}/${name}`));
  const more = read.filter(({ document }) => spare.has(document)).flatMap(declarationsOf);
  return [...main, ...more.filter(({ kind, name }) => !names.has(`${kind}/${name}`))];
}

/**
 * Gathers the names of a workspace and holds them against each other: unknown and repeated ones, circles, what nobody
 * uses, surplus documents.
 */
export function linkAll(linkable: Linkable): Checked<Names> {
  const { entries: read } = linkable;
  const surplus = surplusOf(read);
  const broken = brokenDeclarations(linkable.broken);
  const main = allDeclarations(read, surplus);
  const taken = new Set([...main, ...broken].map(({ kind, name }) => `${kind}/${name}`));
  const guesses = guessedDeclarations(linkable.broken).filter(({ kind, name }) => !taken.has(`${kind}/${name}`));
  const declarations = [
    ...main,
    ...broken,
    ...new Map(guesses.map((each) => [`${each.kind}/${each.name}`, each])).values(),
  ];
  if (!declarations.some(({ kind }) => kind === 'SeverityScale')) declarations.push(...defaultLevels(read));
  const unknown = unknownKinds(linkable);
  const whole = linkable.broken.length === 0 && unknown.size === 0 && read.every(({ sound }) => sound);
  const meant = new Set(read.flatMap(({ kind, document }) => kind.meansAnyOf?.(document.value) ?? []));
  const names: Names = {
    declarations,
    nearby: linkable.known.map((entry) => ({ kind: declaredKind(entry), name: entry.document.value.metadata.name })),
    uses: read.flatMap(usesOf),
    usedElsewhere: [...linkable.aside.flatMap(usesOf), ...read.flatMap(usesOf).flatMap(turned)],
    unknown,
    lost: linkable.lost,
    optional: new Set(['Team']),
    mustBeUsed: new Set(whole ? usedKinds(declarations).filter((kind) => !meant.has(kind)) : []),
    acyclic: new Set(['Service']),
    hint: (use) => sharedHint(use, declarations),
  };
  return [names, [...tooMany(surplus), ...link(names)]];
}

/** A service that takes something over is what that is about. */
function turned(use: Use): Use[] {
  const { by, kind, name } = use;
  return by.kind === 'Service' && kind.startsWith(templateKind(''))
    ? [{ ...use, kind: by.kind, name: by.name, by: { ...by, kind, name } }]
    : [];
}

/** What is shared is nothing by itself: what services make of it has names of its own. */
function sharedHint({ kind, name }: Use, declarations: readonly Declaration[]): string | undefined {
  const others = Object.entries(USED_KINDS).filter(([, each]) => templateKind(each) !== kind);
  const other = others.find(([, each]) =>
    declarations.some((one) => one.kind === templateKind(each) && one.name === name),
  );
  if (other && kind.startsWith(templateKind('')))
    return `\`${name}\` is a shared ${other[1]}: write \`${other[0]}: ${name}\``;
  const shared = declarations.some((each) => each.kind === templateKind(kind) && each.name === name);
  return shared
    ? `\`${name}\` is shared: write the name of what a service makes of it, \`SERVICE-${name}\``
    : undefined;
}

/** Teams, services, channels and runbooks exist to be referred to; a single channel is everybody's by default. */
function usedKinds(declarations: readonly Declaration[]): string[] {
  const channels = declarations.filter(({ kind }) => kind === 'Channel').length;
  const shared = kinds.filter(({ isShared }: AnyKind) => isShared).map(({ name }) => templateKind(name));
  return ['Team', 'Service', 'Runbook', ...shared, ...(channels > 1 ? ['Channel'] : [])];
}

/** The kind under which an entry is declared, and its name. */
export function keyOf(entry: Entry): string {
  return `${declaredKind(entry)}/${entry.document.value.metadata.name}`;
}

/** The documents that are the first of their name, and of their kind where there can be only one. */
function firsts(read: readonly Entry[]): Entry[] {
  const taken = new Set<string>();
  return read.filter((each) => {
    const key = each.kind.count === 'any' ? keyOf(each) : each.kind.name;
    const free = !taken.has(key);
    taken.add(key);
    return free;
  });
}

function leadsNowhere(each: Entry, names: ReadonlySet<string>, teams: boolean): boolean {
  return usesOf(each).some(({ kind, name }) => !names.has(`${kind}/${name}`) && (kind !== 'Team' || teams));
}

/** The sound documents whose references all lead to sound documents; the Project stays whatever it refers to. */
export function standing(read: readonly Entry[]): readonly Entry[] {
  let kept = firsts(read).filter(({ sound }) => sound);
  for (;;) {
    const declarations = [...kept.flatMap(declarationsOf), ...defaultLevels(kept)];
    const names = new Set(declarations.map(({ kind, name }) => `${kind}/${name}`));
    const teams = kept.some(({ kind }) => kind.name === 'Team');
    const next = kept.filter((each) => each.kind.name === 'Project' || !leadsNowhere(each, names, teams));
    if (next.length === kept.length) return kept;
    kept = next;
  }
}
