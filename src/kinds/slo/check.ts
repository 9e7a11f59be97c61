import { compare, DAY_MS, MINUTE_MS, ONE, ZERO } from '../../base/quantity.ts';
import type { SLODocument } from '../../generated/slo.ts';
import { raw, withoutComments } from '../../promql/expression.ts';
import { parseMatchers, parseSelector } from '../../promql/selector.ts';
import { defineCode } from '../../source/code.ts';
import type { Diagnostic } from '../../source/diagnostic.ts';
import type { Located, Path } from '../../source/document.ts';
import { checkBudgetPolicy } from '../budget-policy.ts';
import { checkExpression, checkMatchers, EVENT_HOLES, RULE_HOLES } from '../expressions.ts';
import { durationMs, ratio } from '../quantities.ts';

const OBJECTIVE_OUT_OF_RANGE = defineCode<{ value: string }>({
  code: 'slo/objective-out-of-range',
  severity: 'error',
  title: 'an objective must lie between 0 % and 100 %',
  explain:
    'An objective of 100 % leaves no error budget: every burn rate would be infinite, and the first failed request would page. An objective of 0 % promises nothing.',
  message: ({ value }) =>
    `the objective \`${value}\` leaves ${value.startsWith('100') ? 'no error budget' : 'nothing to promise'}`,
  help: () => 'write more than `0%` and less than `100%`, such as `99.9%`',
});

const WINDOW_OUT_OF_RANGE = defineCode<{ value: string }>({
  code: 'slo/window-out-of-range',
  severity: 'error',
  title: 'an SLO window must be from 1 to 365 days',
  explain:
    'Windows below a day are too short for burn-rate alerts: their long windows would shrink to minutes. Windows above a year exceed what Prometheus usually keeps.',
  message: ({ value }) => `the window \`${value}\` is not between 1d and 365d`,
  help: () => 'write a window such as `7d`, `28d`, `30d` or `90d`',
});

const QUERY_WITHOUT_WINDOW = defineCode<{ property: string }>({
  code: 'slo/query-without-window',
  severity: 'error',
  title: 'an expression of an indicator lacks $window',
  explain:
    'qmon evaluates an indicator over several windows. A bare selector gets its `rate(…[window])` from qmon; a whole expression must say where the window goes, as `$window`.',
  message: ({ property }) => `\`${property}\` is an expression without \`$window\``,
  help: () => 'write `sum(rate(metric{…}[$window]))`, or just the selector `metric{…}`',
});

const ERRORS_EQUAL_TOTAL = defineCode<{ property: string }>({
  code: 'slo/errors-equal-total',
  severity: 'error',
  title: 'both parts of a ratio are the same',
  explain:
    'When the counted events and all events are the same query, the ratio is always 1: the objective measures nothing.',
  message: ({ property }) => `\`${property}\` and \`total\` are the same query`,
  help: ({ property }) =>
    `narrow \`${property}\`, for instance with \`{code${property === 'good' ? '!' : '='}~"5.."}\``,
});

const SLICE_OUT_OF_RANGE = defineCode<{ value: string }>({
  code: 'slo/slice-out-of-range',
  severity: 'error',
  title: 'a slice must be from 1 minute to 5 minutes',
  explain:
    'A threshold indicator samples its condition once a slice. The shortest burn-rate window is 5 minutes, so a longer slice would leave it without a sample; slices below a minute are shorter than the usual evaluation interval.',
  message: ({ value }) => `the slice \`${value}\` is not between 1m and 5m`,
  help: () => 'write a slice such as `1m` or `5m`',
});

const LATENCY_NOT_POSITIVE = defineCode<{ value: string }>({
  code: 'slo/latency-not-positive',
  severity: 'error',
  title: 'a latency bound must be above zero',
  explain: 'No event takes less than no time: the bound of a latency indicator must be above zero.',
  message: ({ value }) => `no event can finish in \`${value}\``,
  help: () => 'write a bound such as `500ms` or `2s`',
});

const LATENCY_BUCKET_CHOSEN = defineCode({
  code: 'slo/latency-bucket-chosen',
  severity: 'error',
  title: 'a latency indicator chooses a bucket twice',
  explain:
    'The bound of a latency indicator, `below`, decides which bucket counts the good events. A matcher on `le` in `where` would contradict it, and the count of all events has no `le` at all: nothing would match.',
  message: () => '`below` chooses the bucket already',
  help: () => 'remove the matcher on `le`',
});

export const codes = [
  OBJECTIVE_OUT_OF_RANGE,
  WINDOW_OUT_OF_RANGE,
  QUERY_WITHOUT_WINDOW,
  ERRORS_EQUAL_TOTAL,
  SLICE_OUT_OF_RANGE,
  LATENCY_NOT_POSITIVE,
  LATENCY_BUCKET_CHOSEN,
];

type Document = Located<SLODocument>;

function checkObjective(document: Document): Diagnostic[] {
  const { objective, window } = document.value.spec;
  const value = ratio(objective);
  const windowMs = durationMs(window);
  const found: Diagnostic[] = [];
  if (compare(value, ZERO) <= 0 || compare(value, ONE) >= 0) {
    found.push(OBJECTIVE_OUT_OF_RANGE.at(document.at(['spec', 'objective']), { value: objective }));
  }
  if (windowMs < DAY_MS || windowMs > 365 * DAY_MS) {
    found.push(WINDOW_OUT_OF_RANGE.at(document.at(['spec', 'window']), { value: window }));
  }
  return found;
}

function checkEvents(document: Document, path: Path, property: string, text: string): Diagnostic[] {
  const faults = checkExpression(document, path, text, EVENT_HOLES);
  if (faults.length > 0) return faults;
  const bare = withoutComments(raw(text)).text;
  const complete = parseSelector(bare.trim()) !== undefined || /\$window\b/.test(bare);
  return complete ? [] : [QUERY_WITHOUT_WINDOW.at(document.at(path), { property })];
}

function checkLatency(document: Document, path: Path, { below, where }: { below: string; where?: string }) {
  const found: Diagnostic[] = [];
  if (durationMs(below) === 0) found.push(LATENCY_NOT_POSITIVE.at(document.at([...path, 'below']), { value: below }));
  if (where === undefined) return found;
  found.push(...checkMatchers(document, [...path, 'where'], where));
  const chosen = parseMatchers(where)?.find(({ label }) => label === 'le')?.span;
  if (chosen) {
    found.push(LATENCY_BUCKET_CHOSEN.at(document.within([...path, 'where'], chosen.start, chosen.end), {}));
  }
  return found;
}

function checkIndicator(document: Document): Diagnostic[] {
  const { ratio: events, latency, threshold } = document.value.spec.indicator;
  const path = ['spec', 'indicator'];
  if (events) {
    const property = events.errors === undefined ? 'good' : 'errors';
    const counted = events[property] ?? '';
    const at = [...path, 'ratio', property];
    const same = counted.replace(/\s+/g, '') === events.total.replace(/\s+/g, '');
    return [
      ...checkEvents(document, at, property, counted),
      ...checkEvents(document, [...path, 'ratio', 'total'], 'total', events.total),
      ...(same ? [ERRORS_EQUAL_TOTAL.at(document.at(at), { property })] : []),
    ];
  }
  if (latency) return checkLatency(document, [...path, 'latency'], latency);
  if (!threshold) return [];
  const faults = checkExpression(document, [...path, 'threshold', 'query'], threshold.query, RULE_HOLES);
  const sliceMs = durationMs(threshold.slice ?? '5m');
  if (sliceMs < MINUTE_MS || sliceMs > 5 * MINUTE_MS) {
    faults.push(SLICE_OUT_OF_RANGE.at(document.at([...path, 'threshold', 'slice']), { value: threshold.slice ?? '' }));
  }
  return faults;
}

/** What one SLO document shows to be wrong by itself. */
export function checkSlo(document: Document): Diagnostic[] {
  return [
    ...checkObjective(document),
    ...checkIndicator(document),
    ...checkBudgetPolicy(document, ['spec', 'budgetPolicy'], document.value.spec.budgetPolicy),
  ];
}
