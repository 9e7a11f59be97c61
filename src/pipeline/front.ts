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
import type { Span } from '../source/span.ts';
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

/** What a surplus document repeats is not reported once more. */
function allDeclarations(read: readonly ReadDocument[], surplus: readonly Surplus[]): Declaration[] {
  const spare = new Set(surplus.map(({ document }) => document));
  const main = read.filter(({ document }) => !spare.has(document)).flatMap(declarationsOf);
  const names = new Set(main.map(({ kind, name }) => `${kind}/${name}`));
  const more = read.filter(({ document }) => spare.has(document)).flatMap(declarationsOf);
  return [...main, ...more.filter(({ kind, name }) => !names.has(`${kind}/${name}`))];
}

function linkAll(workspace: Workspace, read: readonly ReadDocument[], surplus: readonly Surplus[]): Diagnostic[] {
  const broken = brokenDeclarations(workspace, read);
  const declarations = [...allDeclarations(read, surplus), ...broken];
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

/** What the YAML reader found wrong in a document: of the values there nothing more can be said. */
function faultsIn(document: Located, diagnostics: readonly Diagnostic[]): Span[] {
  const faults = diagnostics.flatMap(({ span }) => (span?.file === document.file ? [span] : []));
  if (faults.length === 0) return [];
  const { start, end } = document.span;
  return faults.filter((fault) => fault.start >= start && fault.end <= end);
}

/** Whether a finding is about the very value that could not be read; a tag stands one blank before it. */
function isAbout(fault: Span, { span }: Diagnostic): boolean {
  return span !== undefined && span.start <= fault.end + 1 && fault.start <= span.end;
}

function readAll(workspace: Workspace): Checked<readonly ReadDocument[]> {
  const diagnostics: Diagnostic[] = [];
  const read = workspace.documents.flatMap((document): ReadDocument[] => {
    const faults = faultsIn(document, workspace.diagnostics);
    const [result, found] = readDocument(document);
    diagnostics.push(...found.filter((finding) => !faults.some((fault) => isAbout(fault, finding))));
    return result ? [{ ...result, sound: result.sound && faults.length === 0 }] : [];
  });
  return [read, diagnostics];
}

/**
 * From documents to the model: reads, checks, links and lowers. Documents with faults are left out, and so is what
 * refers to them: what remains can still be checked, but nothing is emitted from it.
 */
export function modelOf(workspace: Workspace): Checked<Linked> {
  const [read, faults] = readAll(workspace);
  const surplus = surplusOf(read);
  const linkFaults = [...tooMany(surplus), ...linkAll(workspace, read, surplus)];
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
