import { groupBy } from '../../base/order.ts';
import { formatDuration } from '../../base/quantity.ts';
import type { Rule, RuleFile, RuleGroup } from '../../formats/prometheus.ts';
import { PATHS, projectSubject } from '../../model/names.ts';
import type { Alert, Group, Recording, RuleBook } from '../../model/rule.ts';
import type { Labels, Model } from '../../model/types.ts';
import type { Artifact, JsonPointer } from '../../output/artifact.ts';
import { writeYaml } from '../../output/block-yaml.ts';
import type { Origin } from '../../source/document.ts';
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
    ...(labels && { labels }),
    ...(annotations && { annotations }),
  };
}

function groupOf(group: Group): RuleGroup {
  return {
    name: group.name,
    ...(group.intervalMs !== undefined && { interval: formatDuration(group.intervalMs) }),
    rules: group.rules.map(ruleOf),
  };
}

/** Where labels or annotations of an alert may be written: in the rule, or for all alerts of a document. */
function placesOf(model: Model, rule: Alert, part: 'labels' | 'annotations'): readonly Origin[] {
  const { document, path } = rule.origin;
  const inRule = rule.source.kind === 'AlertPolicy' ? [[...path, part], path] : [];
  const own = [...inRule, ['metadata', part]].map((each) => ({ document, path: each }));
  const service = model.services.get(rule.service ?? '');
  const inherited = [...(service ? [service.part('metadata', part)] : []), model.project.part('spec', part)];
  return [...own, ...inherited].filter((place) => valueAt(place) !== undefined);
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

/** The rules of one service, or those that belong to none, still without a file. */
export interface RuleDocument {
  readonly service: string | undefined;
  readonly header: string;
  readonly document: RuleFile;
  /** By JSON pointers into the rule file. */
  readonly origins: ReadonlyMap<JsonPointer, Origin>;
}

/** One document per service, and one for what belongs to none; groups stay whole, because Prometheus evaluates them in order. */
export function ruleDocuments(model: Model, { groups }: RuleBook): readonly RuleDocument[] {
  return [...groupBy(groups, (group) => group.service)].map(([service, own]) => {
    const named = (model.services.get(service ?? '') ?? model.project).part('metadata', 'name');
    const subject = service === undefined ? projectSubject(model.project) : `Service ${service}`;
    return {
      service,
      header: `${GENERATED}\n${subject}: recording rules and alerts.`,
      document: { groups: own.map(groupOf) },
      origins: originsOf(model, named, own),
    };
  });
}

/** The rules as Prometheus reads them. */
export function ruleFile({ service, header, document, origins }: RuleDocument): Artifact {
  return {
    path: PATHS.rules(service),
    text: writeYaml(document, { header }),
    target: 'prometheus',
    verifier: 'promtool-rules',
    origins,
  };
}
