import { unreachable } from '../base/assert.ts';
import { formatDuration, formatNumber, inSeconds } from '../base/quantity.ts';
import { SLO_SERIES } from '../model/names.ts';
import type { EventQuery, Indicator, LatencyIndicator, Service, ThresholdIndicator } from '../model/types.ts';
import { type Expression, indented, promql, raw, substitute } from '../promql/expression.ts';
import type { Matcher } from '../promql/selector.ts';
import { printMatchers, printSelector } from '../promql/selector.ts';
import { BASE_WINDOW_MS } from '../slo/tiers.ts';
import { narrowed, withServiceSelector } from './selector.ts';

/** Events per second over a window: a bare selector is summed, an expression is the author's own. */
function rateOf(query: EventQuery, service: Service | undefined, windowMs: number): Expression {
  const window = formatDuration(windowMs);
  if (query.selector) return promql`sum(rate(${narrowed(query.expression, service)}[${window}]))`;
  return substitute(query.expression, { window, selector: printMatchers(service?.selector?.matchers ?? []) });
}

/**
 * A rate that is 0, not absent, while no such event was ever counted but others were.
 * A plain `or vector(0)` would also hide that nothing is measured at all.
 */
function zeroWithout(counted: Expression, total: Expression): Expression {
  return promql`${counted}\nor\n0 * ${parenthesised(total)}`;
}

function parenthesised(expression: Expression): Expression {
  const call = /^[\w:]+\s*\(/.test(expression.text) && closesAtEnd(expression.text);
  return call ? expression : promql`(\n${indented(expression, 2)}\n)`;
}

/** Whether the bracket that opens first closes last: `sum(a)` but not `sum(a) / sum(b)`. */
function closesAtEnd(text: string): boolean {
  let depth = 0;
  for (let index = text.indexOf('('); index < text.length; index++) {
    if (text[index] === '(') depth++;
    if (text[index] === ')' && --depth === 0) return index === text.length - 1;
  }
  return false;
}

function without(total: Expression, good: Expression): Expression {
  return promql`${parenthesised(total)}\n-\n(\n${indented(zeroWithout(good, total), 2)}\n)`;
}

/** `2` as Prometheus 2 and 3 write bucket bounds: `le="2"` and `le="2.0"`. Source: https://prometheus.io/docs/prometheus/latest/migration/ (le and quantile label values) */
function boundMatcher(belowMs: number): Matcher {
  const bound = formatNumber(inSeconds(belowMs));
  return bound.includes('.')
    ? { label: 'le', operator: '=', value: bound }
    : { label: 'le', operator: '=~', value: `${bound}(\\.0)?` };
}

function latencyRates({ histogram, where, belowMs }: LatencyIndicator, service: Service | undefined, windowMs: number) {
  const window = formatDuration(windowMs);
  const own = where.matchers;
  const inherited = (service?.selector?.matchers ?? []).filter(
    ({ label }) => !own.some((each) => each.label === label),
  );
  const matchers = [...own, ...inherited];
  const rate = (suffix: string, ...extra: Matcher[]) => {
    const selector = printSelector({ metric: `${histogram}_${suffix}`, matchers: [...matchers, ...extra] });
    return raw(`sum(rate(${selector}[${window}]))`);
  };
  return { total: rate('count'), good: rate('bucket', boundMatcher(belowMs)) };
}

const OPPOSITE = { '<': '>=', '<=': '>', '>': '<=', '>=': '<', '==': '!=', '!=': '==' } as const;

/** The query's values on one side of the condition; comparisons drop NaN, so a value that is none is never judged. */
function judged({ query, is }: ThresholdIndicator, service: Service | undefined, verdict: 'good' | 'bad'): Expression {
  const value = parenthesised(withServiceSelector(query, service));
  const operator = verdict === 'good' ? is.operator : OPPOSITE[is.operator];
  return promql`${value} ${operator} ${formatNumber(is.value)}`;
}

/** How many values were judged. */
function judgements(indicator: ThresholdIndicator, service: Service | undefined): Expression {
  const [good, bad] = [judged(indicator, service, 'good'), judged(indicator, service, 'bad')];
  return promql`count(\n${indented(promql`${good}\nor\n${bad}`, 2)}\n)`;
}

/** How many of them were bad. */
function failing(indicator: ThresholdIndicator, service: Service | undefined): Expression {
  const bad = promql`count(${judged(indicator, service, 'bad')})`;
  return zeroWithout(bad, judgements(indicator, service));
}

/** All events per second over a window; for a threshold the number of values that were judged. */
export function eventsRate(indicator: Indicator, service: Service | undefined, windowMs: number): Expression {
  switch (indicator.type) {
    case 'ratio':
      return rateOf(indicator.total, service, windowMs);
    case 'latency':
      return latencyRates(indicator, service, windowMs).total;
    case 'threshold':
      return judgements(indicator, service);
    default:
      return unreachable(indicator);
  }
}

/** Bad events per second over a window; for a threshold the number of values that failed. */
export function errorsRate(indicator: Indicator, service: Service | undefined, windowMs: number): Expression {
  switch (indicator.type) {
    case 'ratio': {
      const total = rateOf(indicator.total, service, windowMs);
      const counted = rateOf(indicator.counted, service, windowMs);
      return indicator.counts === 'errors' ? zeroWithout(counted, total) : without(total, counted);
    }
    case 'latency': {
      const { total, good } = latencyRates(indicator, service, windowMs);
      return without(total, good);
    }
    case 'threshold':
      return failing(indicator, service);
    default:
      return unreachable(indicator);
  }
}

/**
 * Bad ÷ all events over a window longer than the base window, from what was recorded over the base window: sums of
 * rates, so every event weighs the same, and silence (0 ÷ 0) leaves no NaN behind.
 */
export function overWindow(indicator: Indicator, selector: string, windowMs: number): Expression {
  const window = formatDuration(windowMs);
  const range = indicator.type === 'threshold' ? `${window}:${formatDuration(indicator.sliceMs)}` : window;
  const sum = (series: string) => `sum_over_time(${series}${selector}[${range}])`;
  return raw(`${sum(SLO_SERIES.errors(BASE_WINDOW_MS))}\n/\n(${sum(SLO_SERIES.events(BASE_WINDOW_MS))} > 0)`);
}
