import { groupBy } from '../base/order.ts';
import { formatDuration } from '../base/quantity.ts';
import type { Group, RuleBook } from '../model/rule.ts';
import type { Model } from '../model/types.ts';
import { metricNames } from '../promql/metrics.ts';
import { defineCode } from '../source/code.ts';
import type { Diagnostic } from '../source/diagnostic.ts';
import { authoredExpressions, authoredSpan } from './expressions.ts';
import type { LintRule } from './rule.ts';

const OTHER = defineCode<{ name: string; record: string; group: string; lag: string }>({
  code: 'rule/other-group',
  severity: 'info',
  title: 'a recording rule reads what another group records',
  explain:
    'The rules of a group are evaluated one after the other, those of different groups at different times. A recording rule that reads a series of another group sees its last value, which is up to one interval of that group old. In the same group, after the rule that it reads, it sees the value of the same moment.\n\nSource: https://prometheus.io/docs/prometheus/latest/configuration/recording_rules/.',
  message: ({ name, record, group, lag }) =>
    `\`${record}\` reads \`${name}\`, which the group \`${group}\` records: it may be ${lag} old`,
  help: ({ group }) => `move the rule into the group \`${group}\` if that matters`,
});

function check(model: Model, rules: RuleBook): Diagnostic[] {
  const pairs = rules.groups.flatMap((group) =>
    group.rules.flatMap((rule) => (rule.type === 'record' ? [[rule.record, group] as const] : [])),
  );
  const recordedBy = new Map(
    [...groupBy(pairs, ([name]) => name)].map(([name, all]) => [name, all.map(([, group]) => group)]),
  );
  const lagOf = ({ intervalMs }: Group) => intervalMs ?? model.project.prometheus.evaluationIntervalMs;
  return authoredExpressions(model, rules).flatMap((one) => {
    const { rule, group, foreign, expr } = one;
    if (rule?.type !== 'record' || foreign || expr.pieces.length === 0) return [];
    return metricNames(expr.text).flatMap(({ name, start, end }) => {
      const groups = recordedBy.get(name) ?? [];
      const [other] = groups;
      const at = other && !groups.includes(group!) ? authoredSpan(one, start, end) : undefined;
      if (!at || !other) return [];
      return [OTHER.at(at, { name, record: rule.record, group: other.name, lag: formatDuration(lagOf(other)) })];
    });
  });
}

/** Recording rules that are one interval behind, because they read the series of another group. */
export const otherGroup: LintRule = { codes: [OTHER], needs: [], check };
