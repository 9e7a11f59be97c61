import { closest, slipOf } from '../base/text.ts';
import type { RuleBook } from '../model/rule.ts';
import type { Model } from '../model/types.ts';
import { metricNames } from '../promql/metrics.ts';
import { defineCode } from '../source/code.ts';
import type { Diagnostic } from '../source/diagnostic.ts';
import { type AuthoredExpression, authoredExpressions, authoredSpan, recordedNames } from './expressions.ts';
import type { LintRule } from './rule.ts';

const UNKNOWN = defineCode<{ name: string; near: string | undefined; ours: boolean }>({
  code: 'rule/unknown-recording',
  severity: 'warning',
  title: 'an expression reads a recorded series that no rule records',
  explain:
    'A name with a colon is that of a recorded series. One that begins with `slo:` or `kpi:`, or is nearly the name of a series that a rule of the workspace records, and that no rule records, is misspelt or left over: the expression gives nothing. A series that rules elsewhere record may be declared in a MetricCatalog.',
  message: ({ name }) => `no rule records \`${name}\``,
  help: ({ near, ours }) => {
    if (near !== undefined) return `did you mean \`${near}\`?`;
    return ours ? 'declare an SLO or a KPI that brings it, or remove it' : 'declare it in a MetricCatalog';
  },
});

const OURS = /^(?:slo|kpi):/;

function inExpression(model: Model, one: AuthoredExpression, recorded: ReadonlySet<string>): Diagnostic[] {
  const { text } = one.expr;
  if (one.foreign || !text.includes(':')) return [];
  return metricNames(text).flatMap(({ name, start, end }) => {
    if (!name.includes(':') || recorded.has(name) || model.metrics.get(name)) return [];
    const ours = OURS.test(name);
    const near = slipOf(name, recorded) ?? (ours ? closest(name, recorded) : undefined);
    const at = ours || near !== undefined ? authoredSpan(one, start, end) : undefined;
    return at ? [UNKNOWN.at(at, { name, near, ours })] : [];
  });
}

function check(model: Model, rules: RuleBook): Diagnostic[] {
  const recorded = recordedNames(rules);
  return authoredExpressions(model, rules).flatMap((one) => inExpression(model, one, recorded));
}

/** Recorded series that are read are recorded. */
export const unknownRecording: LintRule = {
  codes: [UNKNOWN],
  needs: ['AlertPolicy', 'KPI', 'MetricCatalog', 'RuleSet', 'SLO'],
  check,
};
