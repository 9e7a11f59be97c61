import { groupBy } from '../../base/order.ts';
import { formatDuration } from '../../base/quantity.ts';
import type { Rule, RuleFile, RuleGroup } from '../../formats/prometheus.ts';
import { PATHS, projectSubject, RULE_FILE, ruleSetPart } from '../../model/names.ts';
import type { Alert, Group, Recording, RuleBook, RuleSetFile } from '../../model/rule.ts';
import type { Labels, Model } from '../../model/types.ts';
import type { Artifact, JsonPointer } from '../../output/artifact.ts';
import { writeYaml } from '../../output/block-yaml.ts';
import type { Origin, Path } from '../../source/document.ts';
import { GENERATED } from '../target.ts';

function unlessEmpty(labels: Labels): Labels | undefined {
  return Object.keys(labels).length === 0 ? undefined : labels;
}

function ruleOf(rule: Recording | Alert): Rule {
  const labels = unlessEmpty(rule.labels);
  const common = { expr: rule.expr.text, ...(labels && { labels }) };
  if (rule.type === 'record') return { record: rule.record, ...common };
  const annotations = unlessEmpty(rule.annotations);
  return {
    alert: rule.alert,
    expr: rule.expr.text,
    ...(rule.forMs > 0 && { for: formatDuration(rule.forMs) }),
    ...(rule.keepFiringForMs !== undefined && { keep_firing_for: formatDuration(rule.keepFiringForMs) }),
    ...(labels && { labels }),
    ...(annotations && { annotations }),
  };
}

function groupOf(group: Group): RuleGroup {
  return {
    name: group.name,
    ...(group.intervalMs !== undefined && { interval: formatDuration(group.intervalMs) }),
    ...(group.queryOffsetMs !== undefined && { query_offset: formatDuration(group.queryOffsetMs) }),
    ...(group.limit !== undefined && { limit: group.limit }),
    rules: group.rules.map(ruleOf),
  };
}

/** Where labels or annotations of an alert may be written: in the rule, or for all alerts of a document. */
function placesOf(model: Model, rule: Alert, part: 'labels' | 'annotations'): readonly Origin[] {
  const service = model.services.get(rule.service ?? '');
  const inherited = [...(service ? [service.part('metadata', part)] : []), model.project.part('spec', part)];
  return [...ownPlaces(model, rule, part), ...inherited].filter((place) => (valueAt(place) ?? undefined) !== undefined);
}

function ownPlaces(model: Model, rule: Alert, part: 'labels' | 'annotations'): readonly Origin[] {
  const { document, path } = rule.origin;
  const at = (place: Path) => ({ document, path: place });
  if (rule.source.kind === 'RuleSet') {
    const changes = (rule.changes ?? []).map((change) => ({ ...change, path: [...change.path, part] }));
    const set = model.ruleSets.get(rule.source.name);
    return [
      ...changes,
      at([...path, part]),
      at([...path.slice(0, -2), part]),
      ...(set ? [set.part('spec', part)] : []),
    ];
  }
  const inRule = rule.source.kind === 'AlertPolicy' ? [at([...path, part]), rule.origin] : [];
  return [...inRule, at(['metadata', part])];
}

function valueAt({ document, path }: Origin): unknown {
  return path.reduce<unknown>(
    (value, key) => (value as Record<string | number, unknown> | undefined)?.[key],
    document.value,
  );
}

/** Where the author wrote each label and annotation of an alert, as far as an author did. */
function authoredParts(model: Model, rule: Recording | Alert): [pointer: string, origin: Origin][] {
  if (rule.type === 'record') return [];
  return (['labels', 'annotations'] as const).flatMap((part) => {
    const places = placesOf(model, rule, part);
    return Object.keys(rule[part]).flatMap((name): [string, Origin][] => {
      const place = places.find((each) => Object.hasOwn(valueAt(each) as object, name));
      return place ? [[`${part}/${name}`, { document: place.document, path: [...place.path, name] }]] : [];
    });
  });
}

/** `whole`: what the file is about. */
function originsOf(model: Model, whole: Origin, groups: readonly Group[]): Map<string, Origin> {
  const origins = new Map([['', whole]]);
  groups.forEach((group, groupIndex) => {
    if (group.origin) origins.set(`/groups/${groupIndex}`, group.origin);
    group.rules.forEach((rule, index) => {
      const pointer = `/groups/${groupIndex}/rules/${index}`;
      origins.set(pointer, rule.origin);
      const [piece] = rule.expr.pieces;
      const expression = piece && { document: piece.document, path: piece.path, pieces: rule.expr.pieces };
      origins.set(`${pointer}/expr`, expression ?? rule.origin);
      for (const [part, origin] of authoredParts(model, rule)) origins.set(`${pointer}/${part}`, origin);
    });
  });
  return origins;
}

/** Rules that lie in one file, still without a form. */
export interface RuleDocument {
  /** What the file is called: see `RULE_FILE`. */
  readonly stem: string;
  /** What a resource with these rules is called after; missing for those of the whole project. */
  readonly part: string | undefined;
  readonly header: string;
  readonly document: RuleFile;
  /** By JSON pointers into the rule file. */
  readonly origins: ReadonlyMap<JsonPointer, Origin>;
}

interface Subject {
  readonly origin: Origin;
  /** What the file is about, in the lines of its head. */
  readonly head: string;
}

/** A file of a service or, for what belongs to none, of the project. */
function serviceSubject(model: Model, service: string | undefined): Subject {
  const origin = (model.services.get(service ?? '') ?? model.project).part('metadata', 'name');
  const subject = service === undefined ? projectSubject(model.project) : `Service ${service}`;
  return { origin, head: `${subject}: recording rules and alerts.` };
}

/** A file of a RuleSet, with the path that its rules come from and the alerts that were left out of it. */
function ruleSetSubject(model: Model, { ruleSet, name }: RuleSetFile): Subject {
  const file = model.ruleSets.get(ruleSet)?.files.find((each) => each.name === name);
  const source = file?.path === undefined ? 'rules of its own' : `the rules of ${file.path}`;
  const disabled = (file?.disabled ?? []).map(({ alert, reason }) => `Left out: ${alert}: ${reason.trim()}`);
  const origin = file?.origin ?? model.project.part('metadata', 'name');
  return { origin, head: [`RuleSet ${ruleSet}: ${source}.`, ...disabled].join('\n') };
}

function stemOf({ file, service }: Group): string {
  return file ? RULE_FILE.ruleSet(file.ruleSet, file.name) : RULE_FILE.service(service);
}

/**
 * One document per service, one for what belongs to none, and one for each file of a RuleSet; groups stay whole, because
 * Prometheus evaluates them in order.
 */
export function ruleDocuments(model: Model, { groups }: RuleBook): readonly RuleDocument[] {
  return [...groupBy(groups, stemOf)].map(([stem, own]) => {
    const { file, service } = own[0]!;
    const { origin, head } = file ? ruleSetSubject(model, file) : serviceSubject(model, service);
    return {
      stem,
      part: file ? ruleSetPart(file.ruleSet, file.name) : service,
      header: `${GENERATED}\n${head}`,
      document: { groups: own.map(groupOf) },
      origins: originsOf(model, origin, own),
    };
  });
}

/** The rules as Prometheus reads them. */
export function ruleFile({ stem, header, document, origins }: RuleDocument): Artifact {
  return {
    path: PATHS.rules(stem),
    text: writeYaml(document, { header }),
    target: 'prometheus',
    verifier: 'promtool-rules',
    origins,
  };
}
