import { multiply, type Rational, rational } from '../base/quantity.ts';
import type { Indicator } from '../model/types.ts';
import { BASE_WINDOW_MS, type Tier, thresholdRatio } from './tiers.ts';

/**
 * How long after the start of a total outage a tier fires, in whole milliseconds, rounded up; before it all was well.
 * Source of the ideal: Google SRE Workbook, https://sre.google/workbook/alerting-on-slos/ (4: Alert on Burn Rate:
 * "(1 − SLO) ÷ error ratio × alerting window size × burn rate"), with the error ratio 1.
 *
 * Long windows are sums of rates over the base window, and such a rate needs the whole base window to see nothing but
 * the outage: what has been seen after `t` is t² ÷ (2 × base) at first and then t − base ÷ 2. Thresholds are judged at once.
 */
export function outageDetectionMs(tier: Tier, budgetRatio: Rational, indicator: Indicator): number {
  const { numerator, denominator } = multiply(thresholdRatio(tier, budgetRatio), rational(tier.longWindowMs));
  const idealMs = Number(numerator) / Number(denominator);
  if (indicator.type === 'threshold') return Math.ceil(idealMs);
  const half = BASE_WINDOW_MS / 2;
  return Math.ceil(idealMs <= half ? Math.sqrt(2 * BASE_WINDOW_MS * idealMs) : idealMs + half);
}
