import { assemble, type Lowered } from '../kinds/assemble.ts';
import type { Envelope, Reference } from '../kinds/kind.ts';
import type { LoweredProject } from '../kinds/project/project.ts';
import { type AnyKind, declaredName, type ReadDocument, readDocument } from '../kinds/read.ts';
import { kinds } from '../kinds/registry.ts';
import { type Declaration, link, type Use } from '../model/link.ts';
import type { Metric, Model, Severity } from '../model/types.ts';
import { defineCode } from '../source/code.ts';
import { atOtherPlaces, type Checked, type Diagnostic, hasErrors } from '../source/diagnostic.ts';
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

function tooMany(documents: readonly ReadDocument[]): Diagnostic[] {
  const first = new Map<AnyKind, Located>();
  return documents.flatMap(({ kind, document }) => {
    const other = first.get(kind);
    if (!other) first.set(kind, document);
    if (!other || kind.count === 'any' || kind.name === 'Project') return [];
    const related = [{ span: other.at(['kind']), message: 'the other one' }];
    return [ONE_PER_WORKSPACE.at(document.at(['kind']), { kind: kind.name }, { related })];
  });
}

function declarationsOf({ kind, document, sound }: ReadDocument): Declaration[] {
  const own: Declaration = {
    kind: kind.name,
    name: document.value.metadata.name,
    document,
    path: ['metadata', 'name'],
  };
  if (!sound) return [own];
  if (kind.name === 'SeverityScale') {
    const levels = kind.lower(document) as readonly Severity[];
    return [
      own,
      ...levels.map(({ name }, index) => ({ ...own, kind: 'severity', name, path: ['spec', 'levels', index, 'name'] })),
    ];
  }
  if (kind.name === 'MetricCatalog') {
    const metrics = kind.lower(document) as readonly Metric[];
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

function linkAll(workspace: Workspace, read: readonly ReadDocument[]): Diagnostic[] {
  const broken = brokenDeclarations(workspace, read);
  const declarations = [...read.flatMap(declarationsOf), ...broken];
  if (!declarations.some(({ kind }) => kind === 'SeverityScale')) declarations.push(...defaultLevels(read));
  const unknown = unknownKinds(workspace, read);
  return link({
    declarations,
    uses: read.flatMap(usesOf),
    unknown,
    optional: new Set(['Team']),
    mustBeUsed: new Set(broken.length > 0 || unknown.size > 0 ? [] : usedKinds(declarations)),
    acyclic: new Set(['Service']),
  });
}

/** Teams, services, channels and runbooks exist to be referred to; a single channel is everybody's by default. */
function usedKinds(declarations: readonly Declaration[]): string[] {
  const channels = declarations.filter(({ kind }) => kind === 'Channel').length;
  return ['Team', 'Service', 'Runbook', ...(channels > 1 ? ['Channel'] : [])];
}

function lowerAll(read: readonly ReadDocument[]): Lowered {
  const lowered: Record<string, unknown[]> = Object.fromEntries(kinds.map((kind) => [kind.name, []]));
  for (const { kind, document } of read) lowered[kind.name]!.push(kind.lower(document as Located<Envelope>));
  return lowered as unknown as Lowered;
}

/** What a workspace means, as far as its faults leave it standing. */
export interface Linked {
  /** Nothing where the Project itself is broken. */
  readonly model?: Model;
  /** Kinds of which some document is missing in the model, because it is broken or refers to what is. */
  readonly incomplete: ReadonlySet<string>;
}

function readAll(workspace: Workspace): Checked<readonly ReadDocument[]> {
  const diagnostics: Diagnostic[] = [];
  const read: ReadDocument[] = [];
  for (const document of workspace.documents) {
    const [result, found] = readDocument(document);
    diagnostics.push(...found);
    if (result) read.push(result);
  }
  return [read, diagnostics];
}

/**
 * From documents to the model: reads, checks, links and lowers. Documents with faults are left out, and so is what
 * refers to them: what remains can still be checked, but nothing is emitted from it.
 */
export function modelOf(workspace: Workspace): Checked<Linked> {
  const [read, faults] = readAll(workspace);
  const linkFaults = [...tooMany(read), ...linkAll(workspace, read)];
  const diagnostics = [...workspace.diagnostics, ...faults, ...atOtherPlaces(linkFaults, faults)];
  const whole = hasErrors(diagnostics) ? standing(read) : read;
  const incomplete = new Set(incompleteKinds(workspace, whole));
  const lowered = lowerAll(whole);
  const [main] = lowered.Project as readonly LoweredProject[];
  return [main ? { model: assemble(lowered, main), incomplete } : { incomplete }, diagnostics];
}

/** The sound documents whose references all lead to sound documents; the Project stays whatever it refers to. */
function standing(read: readonly ReadDocument[]): readonly ReadDocument[] {
  const first = new Map(read.map((each) => [`${each.kind.name}/${each.document.value.metadata.name}`, each]));
  const single = new Map(read.filter(({ kind }) => kind.count !== 'any').map((each) => [each.kind, each]));
  let kept = read.filter((each) => {
    const key = `${each.kind.name}/${each.document.value.metadata.name}`;
    return each.sound && first.get(key) === each && (single.get(each.kind) ?? each) === each;
  });
  for (;;) {
    const names = new Set(
      [...kept.flatMap(declarationsOf), ...defaultLevels(kept)].map(({ kind, name }) => `${kind}/${name}`),
    );
    const teams = kept.some(({ kind }) => kind.name === 'Team');
    const next = kept.filter((each) => {
      if (each.kind.name === 'Project') return true;
      return usesOf(each).every(({ kind, name }) => names.has(`${kind}/${name}`) || (kind === 'Team' && !teams));
    });
    if (next.length === kept.length) return kept;
    kept = next;
  }
}

/** Kinds of which a document was left out. Where a file could not be read at all, that may be any of them. */
function incompleteKinds(workspace: Workspace, whole: readonly ReadDocument[]): string[] {
  const all = kinds.map(({ name }) => name);
  if (hasErrors(workspace.diagnostics)) return all;
  const included = new Set(whole.map(({ document }) => document as Located));
  const left = workspace.documents.filter((document) => !included.has(document));
  return left.flatMap((document) => {
    const kind = (document.value as { kind?: unknown } | null)?.kind;
    return typeof kind === 'string' && all.includes(kind) ? [kind] : all;
  });
}
