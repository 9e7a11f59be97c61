import { multiply, ONE, type Rational, rational } from '../base/quantity.ts';
import { type Tier, thresholdRatio } from './tiers.ts';

/**
 * How long after the start of a total outage a tier fires, in whole milliseconds, rounded up; before it all was well.
 * Source: Google SRE Workbook, https://sre.google/workbook/alerting-on-slos/ (4: Alert on Burn Rate: "(1 − SLO) ÷ error
 * ratio × alerting window size × burn rate"), with the error ratio 1.
 */
export function outageDetectionMs(tier: Tier, budgetRatio: Rational): number {
  const share = thresholdRatio(tier, budgetRatio);
  const exact = multiply(share, rational(tier.longWindowMs));
  const whole = exact.numerator / exact.denominator;
  return Number(whole * exact.denominator === exact.numerator ? whole : whole + ONE.numerator);
}
