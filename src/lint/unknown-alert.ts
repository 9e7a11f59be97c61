import { slipOf } from '../base/text.ts';
import type { RuleBook } from '../model/rule.ts';
import type { Model } from '../model/types.ts';
import { containsHole } from '../promql/hole.ts';
import { selectorsIn } from '../promql/metrics.ts';
import { defineCode } from '../source/code.ts';
import type { Diagnostic } from '../source/diagnostic.ts';
import { type AuthoredExpression, authoredExpressions, authoredSpan } from './expressions.ts';
import type { LintRule } from './rule.ts';

const UNKNOWN = defineCode<{ alert: string; near: string | undefined }>({
  code: 'rule/unknown-alert',
  severity: 'warning',
  title: 'an expression asks for an alert that the workspace does not have',
  explain:
    '`ALERTS` and `ALERTS_FOR_STATE` hold the alerts of a Prometheus by their names. One that no rule raises gives nothing, for ever: the condition never holds, or always does under `unless` and `absent`. Where no alert here has a name like it, it may be one of another project on the same server; then it is only worth knowing.',
  message: ({ alert }) => `no rule raises an alert \`${alert}\``,
  help: ({ near }) =>
    near === undefined ? 'correct the name, unless another project raises the alert' : `did you mean \`${near}\`?`,
});

const ALERT_SERIES: ReadonlySet<string> = new Set(['ALERTS', 'ALERTS_FOR_STATE']);

function inExpression(one: AuthoredExpression, known: ReadonlySet<string>): Diagnostic[] {
  const { text } = one.expr;
  if (one.foreign || !text.includes('ALERTS')) return [];
  const selectors = selectorsIn(text).filter(({ metrics }) => metrics.some(({ name }) => ALERT_SERIES.has(name)));
  return selectors.flatMap(({ matchers }) =>
    matchers.flatMap(({ label, operator, value, span }) => {
      if (label !== 'alertname' || operator !== '=' || known.has(value) || containsHole(value)) return [];
      const at = authoredSpan(one, span!.start, span!.end);
      const near = slipOf(value, known);
      return at ? [UNKNOWN.at(at, { alert: value, near }, near === undefined ? { severity: 'info' } : {})] : [];
    }),
  );
}

function check(model: Model, rules: RuleBook): Diagnostic[] {
  const known = new Set(rules.alerts.map(({ alert }) => alert));
  return authoredExpressions(model, rules).flatMap((one) => inExpression(one, known));
}

/** `ALERTS{alertname="…"}` names an alert that there is. */
export const unknownAlert: LintRule = {
  codes: [UNKNOWN],
  needs: ['AlertPolicy', 'KPI', 'RuleSet', 'SLO'],
  check,
};
