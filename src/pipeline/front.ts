import { assemble } from '../kinds/assemble.ts';
import type { LoweredProject } from '../kinds/project/project.ts';
import { kinds } from '../kinds/registry.ts';
import type { Names } from '../model/link.ts';
import type { Environment, Model } from '../model/types.ts';
import { atOtherPlaces, type Checked, hasErrors, merged } from '../source/diagnostic.ts';
import type { Located } from '../source/document.ts';
import { Collection, excludedNames } from './collection.ts';
import { declared, type Entry } from './entry.ts';
import { keyOf, linkAll, standing, usesOf } from './linking.ts';
import { lowerAll } from './lowering.ts';
import { pruned } from './pruning.ts';
import type { Outcome, Reader } from './reading.ts';
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
