import { assemble } from '../kinds/assemble.ts';
import type { LoweredProject } from '../kinds/project/project.ts';
import type { AnyKind } from '../kinds/read.ts';
import { kinds } from '../kinds/registry.ts';
import type { Template } from '../kinds/template.ts';
import { templateKind, type UseEntry, useEntries } from '../kinds/uses.ts';
import type { Names } from '../model/link.ts';
import type { Environment, Model } from '../model/types.ts';
import { valueAt } from '../source/derived.ts';
import { atOtherPlaces, type Checked, type Diagnostic, hasErrors, merged } from '../source/diagnostic.ts';
import type { Located } from '../source/document.ts';
import { declared, type Entry, inNamespace, type Source } from './entry.ts';
import { Adaptation } from './environment.ts';
import {
  argumentsOf,
  emptySelectors,
  type Instance,
  instance,
  instanceName,
  nameFaults,
  namePath,
} from './instances.ts';
import { type Broken, DEFAULT_LEVELS, keyOf, linkAll, standing, usesOf } from './linking.ts';
import { lowerAll } from './lowering.ts';
import { pruned } from './pruning.ts';
import { type Making, type Outcome, plainOutcome, type Reader, sharedKind, sharedOutcome } from './reading.ts';
import type { Workspace } from './workspace.ts';

/** What a workspace means, as far as its faults leave it standing. */
export interface Linked {
  /** Nothing where the Project itself is broken. */
  readonly model?: Model;
  /** What the documents declare and use, those with faults included. */
  readonly names: Names;
  /** Kinds of which some document is missing in the model, because it is broken or refers to what is. */
  readonly incomplete: ReadonlySet<string>;
}

/** The own documents of a workspace, and those of its packages. */
function sourcesOf({ documents, beside, packages }: Workspace): Source[] {
  const own = documents.map((document) => ({ document, beside, namespace: '', severityMap: {} }));
  const imported = packages.flatMap((each) =>
    each.documents
      .map((document) => ({ ...each, document }))
      .filter(({ document }) => declared(document).kind !== 'Environment'),
  );
  return [...own, ...imported];
}

interface Adapted {
  readonly sources: readonly Source[];
  /** What the environment excludes. */
  readonly excluded: readonly Source[];
}

function excludedNames({ document, namespace }: Source): string[] {
  const { kind, name } = declared(document);
  if (kind === undefined || name === undefined) return [];
  return [kind, templateKind(kind)].map((each) => `${each}/${inNamespace(namespace, name)}`);
}

function adapted(sources: readonly Source[], adaptation: Adaptation | undefined): Adapted {
  if (!adaptation) return { sources, excluded: [] };
  const excluded: Source[] = [];
  const kept = sources.flatMap((source) => {
    const result = adaptation.applied(source);
    if (!result) excluded.push(source);
    return result ? [result] : [];
  });
  return { sources: kept, excluded };
}

/** A service of the workspace itself, with one thing that it takes over. */
interface Taking {
  readonly source: Source;
  readonly service: Located;
  readonly entry: UseEntry;
}

function takingsOf(sources: readonly Source[]): Taking[] {
  const services = sources.filter(
    ({ document, namespace }) => namespace === '' && declared(document).kind === 'Service',
  );
  return services.flatMap((source) =>
    useEntries(source.document.value).map((entry) => ({ source, service: source.document, entry })),
  );
}

/** The name of what a service would take over. */
function unmade({ service, entry }: Taking): Broken {
  const name = instanceName(declared(service).name ?? '', entry);
  return { document: service, kind: entry.kind, name, path: namePath(entry) };
}

/** What a service takes over; or what is wrong with the values that it gives. */
function made(taking: Taking, { kind, template }: { kind: AnyKind; template: Template }): Making {
  const { service, entry } = taking;
  const [values, wrong] = argumentsOf(template, entry, service);
  const found = [
    ...nameFaults(unmade(taking).name ?? '', entry, service),
    ...wrong,
    ...emptySelectors(kind, template, entry, service),
  ];
  const whole = values && !hasErrors(found);
  return {
    template: template.document,
    ...(whole && { instance: instance(kind, template, values, entry, service) }),
    found,
  };
}

/** The scale that holds in the workspace: its own, or that of a package which its Project chooses. */
function scaleOf(sources: readonly Source[]): Source | undefined {
  const own = (kind: string) =>
    sources.find(({ document, namespace }) => namespace === '' && declared(document).kind === kind);
  const chosen = valueAt(own('Project')?.document.value, ['spec', 'severityScale']);
  const scales = sources.filter(({ document }) => declared(document).kind === 'SeverityScale');
  return (
    scales.find(({ document, namespace }) => inNamespace(namespace, declared(document).name ?? '') === chosen) ??
    own('SeverityScale')
  );
}

/** The levels that the scale declares, or those that a workspace without one has. */
function levelsOf(sources: readonly Source[]): ReadonlySet<unknown> {
  const scale = scaleOf(sources);
  if (!scale) return new Set(DEFAULT_LEVELS);
  const written = valueAt(scale.document.value, ['spec', 'levels']);
  return new Set(Array.isArray(written) ? written.map((level) => valueAt(level, ['name'])) : []);
}

/** A map without the levels that do not exist: those are reported where the map is, and not at every alert. */
function knownLevels(map: Readonly<Record<string, string>>, levels: ReadonlySet<unknown>) {
  return Object.fromEntries(Object.entries(map).filter(([, to]) => levels.has(to)));
}

/** Everything that a workspace says in an environment, document by document. */
class Collection {
  readonly outcomes: Outcome[] = [];
  /** `Kind/name` of what the environment excludes, as references to it say. */
  readonly excluded: string[] = [];
  /** The same as documents: what they refer to is not left over. */
  readonly aside: Entry[] = [];
  private readonly reader: Reader;
  /** What reading the files found. */
  private readonly unread: readonly Diagnostic[];
  private readonly adaptation: Adaptation | undefined;
  private environmentMap: Readonly<Record<string, string>>;

  constructor(reader: Reader, unread: readonly Diagnostic[], environment: Located | undefined) {
    this.reader = reader;
    this.unread = unread;
    this.adaptation = environment && new Adaptation(environment);
    const { severityMap } = ((environment?.value as { spec?: unknown })?.spec ?? {}) as {
      severityMap?: Environment['severityMap'];
    };
    this.environmentMap = severityMap ?? {};
  }

  collect(workspace: Workspace): void {
    const { sources, excluded } = adapted(sourcesOf(workspace), this.adaptation);
    const levels = levelsOf(sources);
    this.environmentMap = knownLevels(this.environmentMap, levels);
    this.excluded.push(...excluded.flatMap(excludedNames));
    const takings = takingsOf(sources);
    const used = new Set(takings.map(({ entry }) => `${entry.kind}/${entry.name}`));
    const { environmentMap } = this;
    this.aside.push(...excluded.flatMap((source) => plainOutcome(this.reader, source, { environmentMap }).entry ?? []));
    for (const each of sources) {
      const source = { ...each, severityMap: knownLevels(each.severityMap, levels) };
      const kind = sharedKind(source, used, source.namespace);
      this.outcomes.push(
        kind
          ? sharedOutcome(this.reader, source, kind, { environmentMap })
          : plainOutcome(this.reader, source, { environmentMap }),
      );
    }
    this.instantiate(takings);
  }

  private instantiate(takings: readonly Taking[]): void {
    const shared = new Map(
      this.outcomes.flatMap((each) => (each.entry?.template ? [[keyOf(each.entry), each] as const] : [])),
    );
    const earlier = [...this.unread, ...this.outcomes.flatMap(({ found }) => found)];
    const instances = takings.flatMap((taking) =>
      this.instance(taking, shared.get(`${templateKind(taking.entry.kind)}/${taking.entry.name}`)),
    );
    this.outcomes.push(...instances.map((each) => ({ ...each, found: atOtherPlaces(each.found, earlier) })));
  }

  private instance(taking: Taking, shared: Outcome | undefined): Outcome[] {
    const broken = unmade(taking);
    const { template, kind, sound } = shared?.entry ?? {};
    if (!shared || !kind || !template || !sound) {
      return [{ source: taking.source, broken: { ...broken, isGuess: !shared }, found: [] }];
    }
    const make = () => made(taking, { kind, template });
    const { instance: whole, found } = this.reader.making(template, taking.service, taking.entry.path, make);
    if (!whole) return [{ source: taking.source, broken, found }];
    const outcome = this.taken(whole, shared.source);
    return outcome ? [{ ...outcome, ...(!outcome.entry && { broken }), found: [...found, ...outcome.found] }] : [];
  }

  /** What a service takes over, as the environment has it; nothing where it is excluded. */
  private taken({ document, given }: Instance, from: Source): Outcome | undefined {
    const own = { ...from, document, namespace: '' };
    const result = this.adaptation ? this.adaptation.applied(own) : own;
    if (!result) {
      this.excluded.push(...excludedNames(own));
      return undefined;
    }
    const { environmentMap } = this;
    const { entry, found } = plainOutcome(
      this.reader,
      { ...result, namespace: from.namespace },
      { environmentMap, given },
    );
    return { source: own, ...(entry && { entry: { ...entry, namespace: '' } }), found };
  }

  /** `whole`: every document was there; otherwise an entry that matches nothing may be about one that is broken. */
  found(whole: boolean): readonly Diagnostic[] {
    if (!this.adaptation) return [];
    return [...this.adaptation.found, ...(whole ? this.adaptation.unmatched() : [])];
  }
}

/** What of the packages somebody uses, by whatever detour; what they know of metrics holds in any case. */
function reached(outcomes: readonly Outcome[]): readonly Outcome[] {
  const imported = new Map<string, Outcome>();
  const queue: Entry[] = [];
  const kept = new Set<Outcome>();
  const keep = (outcome: Outcome) => {
    kept.add(outcome);
    if (outcome.entry) queue.push(outcome.entry);
  };
  for (const outcome of outcomes) {
    const { entry, broken, source } = outcome;
    if (entry ? entry.namespace === '' || entry.kind.name === 'MetricCatalog' : source.namespace === '') keep(outcome);
    if (entry) imported.set(keyOf(entry), outcome);
    else if (broken && !broken.path) for (const key of excludedNames(source)) imported.set(key, outcome);
  }
  for (let entry = queue.pop(); entry; entry = queue.pop()) {
    for (const { kind, name } of usesOf(entry)) {
      const target = imported.get(`${kind}/${name}`);
      if (target && !kept.has(target)) keep(target);
    }
  }
  return outcomes.filter((outcome) => kept.has(outcome));
}

/** Kinds of which a document was left out. Where a file could not be read at all, that may be any of them. */
function incompleteKinds(outcomes: readonly Outcome[], whole: readonly Entry[], unreadable: boolean): string[] {
  const all = kinds.map(({ name }) => name);
  if (unreadable) return all;
  const included = new Set(whole);
  return outcomes.flatMap(({ entry, broken }) => {
    if (entry) return included.has(entry) ? [] : [entry.kind.name];
    return broken?.kind !== undefined && all.some((each) => each === broken.kind) ? [broken.kind] : all;
  });
}

/** The environment as it is compiled. */
function environmentOf(entries: readonly Entry[], environment: Located | undefined): Environment | undefined {
  const name = environment && declared(environment).name;
  const entry = entries.find(
    ({ kind, document }) => kind.name === 'Environment' && document.value.metadata.name === name,
  );
  return entry && (entry.kind.lower(entry.document, entry.beside) as Environment);
}

/**
 * From documents to the model: adapts, reads, checks, links and lowers. Documents with faults are left out, and so is what
 * refers to them: what remains can still be checked, but nothing is emitted from it.
 */
export function modelOf(workspace: Workspace, reader: Reader, environment?: Located): Checked<Linked> {
  const collection = new Collection(reader, workspace.diagnostics, environment);
  collection.collect(workspace);
  const outcomes = reached(collection.outcomes);
  const faults = outcomes.flatMap(({ found }) => found);
  const entries = pruned(
    outcomes.flatMap(({ entry }) => entry ?? []),
    collection.excluded,
  );
  const unreadable = hasErrors(workspace.diagnostics);
  const [names, linkFaults] = linkAll({
    entries,
    broken: outcomes.flatMap(({ broken }) => broken ?? []),
    aside: collection.aside,
    known: collection.outcomes.flatMap(({ entry }) => entry ?? []),
    unreadable,
    lost: workspace.lost,
  });
  const diagnostics = merged([
    ...workspace.diagnostics,
    ...workspace.importFaults,
    ...collection.found(!unreadable && !hasErrors(faults)),
    ...faults,
    ...atOtherPlaces(linkFaults, faults),
  ]);
  const whole = hasErrors(diagnostics) ? standing(entries) : entries;
  const incomplete = new Set(incompleteKinds(outcomes, whole, unreadable));
  const lowered = lowerAll(whole);
  const [main] = lowered.Project as readonly LoweredProject[];
  const model = main && assemble(lowered, main, environmentOf(entries, environment));
  return [{ incomplete, names, ...(model && { model }) }, diagnostics];
}
