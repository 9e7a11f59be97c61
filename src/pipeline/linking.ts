import type { Reference } from '../kinds/kind.ts';
import { type AnyKind, declaredName, type ReadDocument } from '../kinds/read.ts';
import { kinds } from '../kinds/registry.ts';
import { type Declaration, link, type Names, type Use } from '../model/link.ts';
import type { Catalog, Severity } from '../model/types.ts';
import { defineCode } from '../source/code.ts';
import { type Checked, type Diagnostic, hasErrors } from '../source/diagnostic.ts';
import type { Located } from '../source/document.ts';
import type { Workspace } from './workspace.ts';

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
const DEFAULT_LEVELS = ['critical', 'warning'];

interface Surplus {
  readonly document: Located;
  readonly kind: AnyKind;
  readonly first: Located;
}

/** Documents of a kind of which a workspace has only one, beyond the first. */
function surplusOf(documents: readonly ReadDocument[]): Surplus[] {
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

function declarationsOf({ kind, document, beside, sound }: ReadDocument): Declaration[] {
  const own: Declaration = {
    kind: kind.name,
    name: document.value.metadata.name,
    document,
    path: ['metadata', 'name'],
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
    return [own, ...metrics.map(({ name, origin }) => ({ ...own, kind: 'metric', name, path: origin.path }))];
  }
  return [own];
}

function usesOf({ kind, document }: ReadDocument): Use[] {
  const by: Declaration = { kind: kind.name, name: document.value.metadata.name, document, path: [] };
  return (kind.references(document.value) as readonly Reference[]).map(({ path, to, name }) => ({
    kind: to,
    name,
    document,
    path,
    by,
  }));
}

const INSIDE: Readonly<Record<string, string>> = { SeverityScale: 'severity', MetricCatalog: 'metric' };

/** The documents that could not be read, with as much as can be told of what they declare. */
function brokenDocuments(workspace: Workspace, read: readonly ReadDocument[]) {
  const understood = new Set(read.map(({ document }) => document as Located));
  const broken = workspace.documents.filter((document) => !understood.has(document));
  return broken.map((document) => ({ document, declared: declaredName(document) }));
}

/** Kinds of which somebody may have declared a name that qmon could not read: of those nothing can be said to be missing. */
function unknownKinds(workspace: Workspace, read: readonly ReadDocument[]): Set<string> {
  const all = kinds.flatMap(({ name }) => [name, INSIDE[name] ?? name]);
  const broken = brokenDocuments(workspace, read);
  const lost = broken.some(({ declared }) => declared === undefined || !all.includes(declared.kind));
  if (lost || hasErrors(workspace.diagnostics)) return new Set(all);
  const inside = [
    ...broken.map(({ declared }) => declared?.kind),
    ...read.filter(({ sound }) => !sound).map(({ kind }) => kind.name),
  ];
  return new Set(inside.flatMap((kind) => INSIDE[kind ?? ''] ?? []));
}

function brokenDeclarations(workspace: Workspace, read: readonly ReadDocument[]): Declaration[] {
  return brokenDocuments(workspace, read).flatMap(({ document, declared }) =>
    declared === undefined ? [] : [{ ...declared, document, path: ['metadata', 'name'] }],
  );
}

/** The severities that a workspace without a scale has all the same. */
function defaultLevels(read: readonly ReadDocument[]): Declaration[] {
  const project = read.find(({ kind }) => kind.name === 'Project');
  const scale = read.some(({ kind }) => kind.name === 'SeverityScale');
  if (!project || scale) return [];
  return DEFAULT_LEVELS.map((name) => ({ kind: 'severity', name, document: project.document, path: [] }));
}

/** What a surplus document repeats is not reported once more. */
function allDeclarations(read: readonly ReadDocument[], surplus: readonly Surplus[]): Declaration[] {
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
export function linkAll(workspace: Workspace, read: readonly ReadDocument[]): Checked<Names> {
  const surplus = surplusOf(read);
  const broken = brokenDeclarations(workspace, read);
  const declarations = [...allDeclarations(read, surplus), ...broken];
  if (!declarations.some(({ kind }) => kind === 'SeverityScale')) declarations.push(...defaultLevels(read));
  const unknown = unknownKinds(workspace, read);
  const whole = broken.length === 0 && unknown.size === 0 && read.every(({ sound }) => sound);
  const names: Names = {
    declarations,
    uses: read.flatMap(usesOf),
    unknown,
    optional: new Set(['Team']),
    mustBeUsed: new Set(whole ? usedKinds(declarations) : []),
    acyclic: new Set(['Service']),
  };
  return [names, [...tooMany(surplus), ...link(names)]];
}

/** Teams, services, channels and runbooks exist to be referred to; a single channel is everybody's by default. */
function usedKinds(declarations: readonly Declaration[]): string[] {
  const channels = declarations.filter(({ kind }) => kind === 'Channel').length;
  return ['Team', 'Service', 'Runbook', ...(channels > 1 ? ['Channel'] : [])];
}

function keyOf({ kind, document }: ReadDocument): string {
  return `${kind.name}/${document.value.metadata.name}`;
}

/** The documents that are the first of their name, and of their kind where there can be only one. */
function firsts(read: readonly ReadDocument[]): ReadDocument[] {
  const taken = new Set<string>();
  return read.filter((each) => {
    const key = each.kind.count === 'any' ? keyOf(each) : each.kind.name;
    const free = !taken.has(key);
    taken.add(key);
    return free;
  });
}

function leadsNowhere(each: ReadDocument, names: ReadonlySet<string>, teams: boolean): boolean {
  return usesOf(each).some(({ kind, name }) => !names.has(`${kind}/${name}`) && (kind !== 'Team' || teams));
}

/** The sound documents whose references all lead to sound documents; the Project stays whatever it refers to. */
export function standing(read: readonly ReadDocument[]): readonly ReadDocument[] {
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
