import { unreachable } from '../base/assert.ts';
import { formatDuration, formatNumber, inSeconds } from '../base/quantity.ts';
import { SLO_SERIES } from '../model/names.ts';
import type { EventQuery, Indicator, LatencyIndicator, Service, ThresholdIndicator } from '../model/types.ts';
import { aggregated, anyOf, binary, compared, orZero, overRange, sumRate } from '../promql/build.ts';
import type { Expression } from '../promql/expression.ts';
import { type Matcher, printSelector } from '../promql/selector.ts';
import { BASE_WINDOW_MS } from '../slo/tiers.ts';
import { filledIn, inherited, narrowed } from './selector.ts';

/** Events per second over a window: a bare selector is summed, an expression is the author's own. */
function rateOf(query: EventQuery, service: Service | undefined, windowMs: number): Expression {
  if (query.selector) return sumRate(narrowed(query.expression, service), windowMs);
  return filledIn(query.expression, service, { window: formatDuration(windowMs) });
}

/** `2` as Prometheus 2 and 3 write bucket bounds: `le="2"` and `le="2.0"`. Source: https://prometheus.io/docs/prometheus/latest/migration/ (le and quantile label values) */
function boundMatcher(belowMs: number): Matcher {
  const bound = formatNumber(inSeconds(belowMs));
  return bound.includes('.')
    ? { label: 'le', operator: '=', value: bound }
    : { label: 'le', operator: '=~', value: `${bound}(\\.0)?` };
}

function latencyRates({ histogram, where, belowMs }: LatencyIndicator, service: Service | undefined, windowMs: number) {
  const matchers = [...where.matchers, ...inherited(where, service)];
  const rate = (suffix: string, ...extra: Matcher[]) =>
    sumRate(printSelector({ metric: `${histogram}_${suffix}`, matchers: [...matchers, ...extra] }), windowMs);
  return { total: rate('count'), good: rate('bucket', boundMatcher(belowMs)) };
}

const OPPOSITE = { '<': '>=', '<=': '>', '>': '<=', '>=': '<', '==': '!=', '!=': '==' } as const;

/** The query's values on one side of the condition; comparisons drop NaN, so a value that is none is never judged. */
function judged({ query, is }: ThresholdIndicator, service: Service | undefined, verdict: 'good' | 'bad'): Expression {
  const operator = verdict === 'good' ? is.operator : OPPOSITE[is.operator];
  return compared(filledIn(query, service), operator, is.value);
}

/** How many values were judged. */
function judgements(indicator: ThresholdIndicator, service: Service | undefined): Expression {
  return aggregated('count', anyOf([judged(indicator, service, 'good'), judged(indicator, service, 'bad')]));
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

/** Bad events per second over a window; for a threshold the number of values that failed. Zero, not absent, while all is well. */
export function errorsRate(indicator: Indicator, service: Service | undefined, windowMs: number): Expression {
  const total = eventsRate(indicator, service, windowMs);
  switch (indicator.type) {
    case 'ratio': {
      const counted = rateOf(indicator.counted, service, windowMs);
      return indicator.counts === 'errors' ? orZero(counted, total) : binary(total, '-', orZero(counted, total));
    }
    case 'latency':
      return binary(total, '-', orZero(latencyRates(indicator, service, windowMs).good, total));
    case 'threshold':
      return orZero(aggregated('count', judged(indicator, service, 'bad')), total);
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
  const sum = (series: string) => overRange('sum_over_time', series + selector, range);
  const errors = sum(SLO_SERIES.errors(BASE_WINDOW_MS));
  return binary(errors, '/', binary(sum(SLO_SERIES.events(BASE_WINDOW_MS)), '>', '0'));
}
