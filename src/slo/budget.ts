import { multiply, ONE, type Rational, rational, subtract } from '../base/quantity.ts';
import type { BudgetStatus, Slo } from '../model/types.ts';

/** The allowed share of bad events: 0.005 for an objective of 99.5 %. */
export function budgetRatio(slo: Slo): Rational {
  return subtract(ONE, slo.objectiveRatio);
}

/** The error budget as time: 3.6 hours for 99.5 % in 30 days; whole milliseconds, rounded down. */
export function budgetMs(slo: Slo): number {
  const exact = multiply(budgetRatio(slo), rational(slo.windowMs));
  return Number(exact.numerator / exact.denominator);
}

/** The name of the status above all bounds of a budget policy. */
export const HEALTHY = 'HEALTHY';

/** The statuses of an error budget where neither the SLO nor the Project names any. */
export const DEFAULT_BUDGET_POLICY: readonly BudgetStatus[] = [
  { atMost: rational(50, 100), status: 'WARNING' },
  { atMost: rational(10, 100), status: 'CRITICAL' },
  { atMost: rational(0), status: 'EXHAUSTED' },
];
