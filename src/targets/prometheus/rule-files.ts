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

/** Where the author wrote a label or an annotation of an alert: in the rule, or for all alerts of a document. */
function authoredParts(model: Model, rule: Recording | Alert): [pointer: string, origin: Origin][] {
  if (rule.type === 'record') return [];
  const { document, path } = rule.origin;
  const service = model.services.get(rule.service ?? '');
  return (['labels', 'annotations'] as const).flatMap((part) =>
    Object.keys(rule[part]).flatMap((name): [string, Origin][] => {
      const inRule =
        rule.source.kind === 'AlertPolicy'
          ? [
              [...path, part, name],
              [...path, name],
            ]
          : [];
      const own = [...inRule, ['metadata', part, name]].map((each) => ({ document, path: each }));
      const inherited = [service?.part('metadata', part, name), model.project.part('spec', part, name)];
      const found = [...own, ...inherited].find((each) => each && hasValue(each.document.value, each.path));
      return found ? [[`${part}/${name}`, found]] : [];
    }),
  );
}

function hasValue(value: unknown, path: Path): boolean {
  return (
    path.reduce<unknown>((at, key) => (at as Record<string | number, unknown> | undefined)?.[key], value) !== undefined
  );
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

/** One file per service, and one for what belongs to none; groups stay whole, because Prometheus evaluates them in order. */
export function ruleFiles(model: Model, { groups }: RuleBook): Artifact[] {
  return [...groupBy(groups, (group) => group.service)].map(([service, own]) => {
    const file: RuleFile = { groups: own.map(groupOf) };
    const named = (model.services.get(service ?? '') ?? model.project).part('metadata', 'name');
    const subject = service === undefined ? `Project ${model.project.name}` : `Service ${service}`;
    return {
      path: PATHS.rules(service),
      text: writeYaml(file as unknown as YamlValue, {
        header: `${GENERATED}\n${subject}: recording rules and alerts.`,
      }),
      target: 'prometheus',
      verifier: 'promtool-rules',
      origins: originsOf(model, named, own),
    };
  });
}
