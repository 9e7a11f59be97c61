import { labelsOfMetric } from '../model/metrics.ts';
import type { Alert, Recording, RuleBook } from '../model/rule.ts';
import type { Model } from '../model/types.ts';
import { mayReturnLabel, returnsOneSeries } from '../promql/labels.ts';
import { renamesOneToOne } from '../rules/service-label.ts';
import { defineCode } from '../source/code.ts';
import type { Diagnostic } from '../source/diagnostic.ts';
import { type Origin, originSpan, originSpanAt, type Path } from '../source/document.ts';
import type { LintRule } from './rule.ts';

const LABEL_COLLISION = defineCode<{ rule: string; label: string; foreign: boolean }>({
  code: 'rule/label-collision',
  severity: 'error',
  title: 'a rule sets a label that its expression returns as well',
  explain:
    'Prometheus lets a rule\'s own label replace the expression\'s. Two series that differ only in that label then become the same, and the whole rule fails at run time with "vector contains metrics with the same labelset". promtool does not see it. Labels that a third-party rule sets itself are its own affair; those that are added to it are reported as a warning.',
  message: ({ rule, label }) => `\`${rule}\` sets the label \`${label}\`, which its expression may return as well`,
  help: ({ label, foreign }) =>
    foreign
      ? `do not add \`${label}\` to these alerts, or see to it that no two of their series differ in it alone`
      : `aggregate \`${label}\` away, rename it with \`label_replace\`, or call our label something else in \`labelNames\` of the Project`,
});

function collisions(model: Model, rule: Recording | Alert): Diagnostic[] {
  const name = rule.type === 'alert' ? rule.alert : rule.record;
  const [piece] = rule.expr.pieces;
  if (!piece) return [];
  if (returnsOneSeries(rule.expr.text)) return [];
  const { foreign = false } = rule;
  const own = foreign ? writtenLabels(rule.origin) : [];
  return Object.keys(rule.labels).flatMap((label) => {
    if (own.includes(label) || (rule.type === 'alert' && keepsApart(model, rule, label))) return [];
    const found = mayReturnLabel(rule.expr.text, label, (metric) => labelsOfMetric(model, metric));
    if (!found) return [];
    const origin = { document: piece.document, path: piece.path, pieces: rule.expr.pieces };
    const at = originSpanAt(origin, found.start, found.end - found.start);
    return [LABEL_COLLISION.at(at, { rule: name, label, foreign }, foreign ? { severity: 'warning' } : {})];
  });
}

/** The labels that a rule of a RuleSet, or its group, had before any were added. */
function writtenLabels({ document, path }: Origin): readonly string[] {
  const labelsAt = (place: Path) => {
    const value = place.reduce<unknown>(
      (outer, key) => (outer as Record<string | number, unknown>)[key],
      document.value,
    );
    return Object.keys((value as { labels?: object | null }).labels ?? {});
  };
  return [...labelsAt(path), ...labelsAt(path.slice(0, -2))];
}

/** The label that names the service, under the name that the series give it: each value becomes another one. */
function keepsApart(model: Model, { serviceFromLabel }: Alert, label: string): boolean {
  return label === serviceFromLabel && label === model.project.labelNames.service && renamesOneToOne(model, label);
}

/** The labels by which a KPI is grouped and which its alerts set: what they read is recorded, so the query does not show it. */
function groupedCollisions(model: Model, { alerts }: RuleBook): Diagnostic[] {
  const alertOf = new Map(alerts.flatMap((each) => (each.source.kind === 'KPI' ? [[each.source.name, each]] : [])));
  return model.kpis.all.flatMap(({ name, groupBy, part }) => {
    const alert = alertOf.get(name);
    return groupBy.flatMap((label, index) => {
      if (!alert || !Object.hasOwn(alert.labels, label)) return [];
      const at = originSpan(part('spec', 'groupBy', 'labels', index));
      return [LABEL_COLLISION.at(at, { rule: alert.alert, label, foreign: false })];
    });
  });
}

/** Labels that a rule sets and its expression may return as well. */
export const labelCollision: LintRule = {
  codes: [LABEL_COLLISION],
  needs: [],
  check: (model, rules) => [
    ...rules.groups.flatMap((group) => group.rules.flatMap((rule) => collisions(model, rule))),
    ...groupedCollisions(model, rules),
  ],
};
