import { formatDuration } from '../base/quantity.ts';
import type { RuleBook } from '../model/rule.ts';
import type { ExpressionDemand, Model } from '../model/types.ts';
import { ranges } from '../promql/durations.ts';
import { containsHole } from '../promql/hole.ts';
import { type SelectorAt, selectorsIn } from '../promql/metrics.ts';
import type { Pattern } from '../promql/pattern.ts';
import { defineCode } from '../source/code.ts';
import type { Diagnostic } from '../source/diagnostic.ts';
import { originSpan, originSpanAt } from '../source/document.ts';
import { demandedBy, isJudged } from './demands.ts';
import { type AuthoredExpression, authoredExpressions, authoredSpan, recordedNames } from './expressions.ts';
import type { LintRule } from './rule.ts';

const MATCHER = defineCode<{ selector: string; label: string; pattern: string; value: string | undefined }>({
  code: 'demand/matcher',
  severity: 'error',
  title: 'a selector without a matcher that the policy of the project demands',
  explain:
    'The Project says in `policy.expressions` which labels every selector must narrow, lest a rule reads the series of everybody. `=` and `=~` narrow, `!=` and `!~` do not. Series that rules of the workspace record are not judged, and expressions in the files of a RuleSet only where the demand names the RuleSet.',
  message: ({ selector, label, pattern, value }) =>
    value === undefined
      ? `\`${selector}\` does not narrow the label \`${label}\``
      : `the matcher \`${label}\` of \`${selector}\` is for \`${value}\`, which does not match \`${pattern}\``,
  help: ({ label, pattern, value }) =>
    value === undefined
      ? `add a matcher such as \`${label}="…"\`, or \`$selector\` where the Service has one`
      : `write a text that matches \`${pattern}\``,
});

const RANGE = defineCode<{ range: string; most: string }>({
  code: 'demand/range',
  severity: 'error',
  title: 'a range longer than the policy of the project allows',
  explain:
    'Each evaluation reads all samples in the range: long ranges over many series make a server slow. The Project says in `policy.expressions` how far back authors may read. Record a series over a short range, and read that one over the long range. The windows of SLOs are not judged.',
  message: ({ range, most }) => `the range ${range} is longer than the ${most} of the policy`,
  help: ({ most }) => `write at most \`${most}\`, or record the series over a shorter range first`,
});

/** The texts by which a selector narrows a label. */
function narrowing({ matchers }: SelectorAt, label: string): readonly string[] {
  return matchers
    .filter((each) => each.label === label && (each.operator === '=' || each.operator === '=~') && each.value !== '')
    .map(({ value }) => value);
}

function fits(values: readonly string[], pattern: Pattern): boolean {
  return values.some((value) => containsHole(value) || pattern.matches(value));
}

function unnarrowed(demand: ExpressionDemand, one: AuthoredExpression, recorded: ReadonlySet<string>): Diagnostic[] {
  if (demand.matchers.length === 0) return [];
  const { text } = one.expr;
  return selectorsIn(text).flatMap((selector) => {
    const { metrics, start, end } = selector;
    const name = metrics[0]?.name;
    if (name !== undefined && recorded.has(name)) return [];
    if (demand.metrics && !(name !== undefined && demand.metrics.matches(name))) return [];
    return demand.matchers.flatMap(({ label, value: pattern }) => {
      const values = narrowing(selector, label);
      if (values.length > 0 && fits(values, pattern)) return [];
      const at = authoredSpan(one, start, end) ?? originSpan(one.origin);
      const parameters = { selector: name ?? text.slice(start, end), label, pattern: pattern.text, value: values[0] };
      return [MATCHER.at(at, parameters, demandedBy(demand))];
    });
  });
}

/** Ranges whose brackets and whose duration are both the author's own. */
function tooLong(demand: ExpressionDemand, one: AuthoredExpression): Diagnostic[] {
  const { maxRangeMs } = demand;
  if (maxRangeMs === undefined) return [];
  return ranges(one.expr.text).flatMap(({ kind, ms, start, end }) => {
    if (kind === 'offset' || ms === undefined || ms <= maxRangeMs) return [];
    if (!authoredSpan(one, start, end) || !authoredSpan(one, start + 1, end)) return [];
    const at = originSpanAt(one.origin, start, end - start);
    return [RANGE.at(at, { range: formatDuration(ms), most: formatDuration(maxRangeMs) }, demandedBy(demand))];
  });
}

function check(model: Model, rules: RuleBook): Diagnostic[] {
  const { expressions } = model.project.policy;
  if (expressions.length === 0) return [];
  const recorded = recordedNames(rules);
  const all = authoredExpressions(model, rules);
  return expressions.flatMap((demand) =>
    all
      .filter(({ source, ruleSet, foreign }) => {
        return (demand.from?.includes(source) ?? true) && isJudged(demand, ruleSet, foreign);
      })
      .flatMap((one) => [...unnarrowed(demand, one, recorded), ...tooLong(demand, one)]),
  );
}

/** `policy.expressions`: which labels selectors narrow, and how far back expressions read. */
export const policyExpression: LintRule = { codes: [MATCHER, RANGE], needs: [], check };
