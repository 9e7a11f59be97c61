import type { AnyKind } from '../kinds/read.ts';
import type { Template } from '../kinds/template.ts';
import { templateKind, type UseEntry, useEntries } from '../kinds/uses.ts';
import type { Environment } from '../model/types.ts';
import { valueAt } from '../source/derived.ts';
import { atOtherPlaces, type Diagnostic, hasErrors } from '../source/diagnostic.ts';
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
import { type Broken, DEFAULT_LEVELS, keyOf } from './linking.ts';
import { type Making, type Outcome, plainOutcome, type Reader, sharedKind, sharedOutcome } from './reading.ts';
import type { Workspace } from './workspace.ts';

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

/** `Kind/name` of a document as references to it say, also where it is shared. */
export function excludedNames({ document, namespace }: Source): string[] {
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
export class Collection {
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
