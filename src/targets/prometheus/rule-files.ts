import { groupBy } from '../../base/order.ts';
import { formatDuration } from '../../base/quantity.ts';
import type { Rule, RuleFile, RuleGroup } from '../../formats/prometheus.ts';
import { PATHS } from '../../model/names.ts';
import type { Alert, Group, Recording, RuleBook } from '../../model/rule.ts';
import type { Labels, Model } from '../../model/types.ts';
import type { Artifact } from '../../output/artifact.ts';
import { writeYaml, type YamlValue } from '../../output/block-yaml.ts';
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

/** Where the author wrote an annotation of a hand-written alert. */
function annotationOrigins(rule: Recording | Alert): [name: string, origin: Origin][] {
  if (rule.type === 'record' || rule.source.kind !== 'AlertPolicy') return [];
  const { document, path } = rule.origin;
  return Object.keys(rule.annotations).flatMap((name): [string, Origin][] => {
    const own = name === 'summary' || name === 'description' ? [...path, name] : [...path, 'annotations', name];
    return hasValue(document.value, own) ? [[name, { document, path: own }]] : [];
  });
}

function hasValue(value: unknown, path: Path): boolean {
  return (
    path.reduce<unknown>((at, key) => (at as Record<string | number, unknown> | undefined)?.[key], value) !== undefined
  );
}

function originsOf(groups: readonly Group[]): Map<string, Origin> {
  const origins = new Map<string, Origin>();
  groups.forEach((group, groupIndex) => {
    group.rules.forEach((rule, index) => {
      const pointer = `/groups/${groupIndex}/rules/${index}`;
      origins.set(pointer, rule.origin);
      const [piece] = rule.expr.pieces;
      const expression = piece && { document: piece.document, path: piece.path, pieces: rule.expr.pieces };
      origins.set(`${pointer}/expr`, expression ?? rule.origin);
      for (const [name, origin] of annotationOrigins(rule)) origins.set(`${pointer}/annotations/${name}`, origin);
    });
  });
  return origins;
}

/** One file per service, and one for what belongs to none; groups stay whole, because Prometheus evaluates them in order. */
export function ruleFiles(model: Model, { groups }: RuleBook): Artifact[] {
  return [...groupBy(groups, (group) => group.service)].map(([service, own]) => {
    const file: RuleFile = { groups: own.map(groupOf) };
    const subject = service === undefined ? `Project ${model.project.name}` : `Service ${service}`;
    return {
      path: PATHS.rules(service),
      text: writeYaml(file as unknown as YamlValue, {
        header: `${GENERATED}\n${subject}: recording rules and alerts.`,
      }),
      target: 'prometheus',
      verifier: 'promtool-rules',
      origins: originsOf(own),
    };
  });
}
