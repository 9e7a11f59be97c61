import {
  compare,
  DAY_MS,
  divide,
  HOUR_MS,
  MINUTE_MS,
  multiply,
  ONE,
  type Rational,
  rational,
} from '../base/quantity.ts';

/**
 * Multi-window, multi-burn-rate tiers as data: an alert that fires has spent `budgetShare` of the budget over its long window.
 * Source: Google SRE Workbook, https://sre.google/workbook/alerting-on-slos/ (6: Multiwindow, Multi-Burn-Rate Alerts)
 */
interface TierShape {
  readonly urgency: 'page' | 'ticket';
  readonly budgetShare: Rational;
  /** For an SLO window of 30 days; other windows scale it. */
  readonly longWindowMs: number;
}

const SHAPES: readonly TierShape[] = [
  { urgency: 'page', budgetShare: rational(2, 100), longWindowMs: HOUR_MS },
  { urgency: 'page', budgetShare: rational(5, 100), longWindowMs: 6 * HOUR_MS },
  { urgency: 'ticket', budgetShare: rational(10, 100), longWindowMs: DAY_MS },
  { urgency: 'ticket', budgetShare: rational(10, 100), longWindowMs: 3 * DAY_MS },
];

const REFERENCE_WINDOW_MS = 30 * DAY_MS;

/** The window over which raw counters are read; every longer one is computed from what it recorded. */
export const BASE_WINDOW_MS = 5 * MINUTE_MS;

const SHORTEST_LONG_WINDOW_MS = 2 * BASE_WINDOW_MS;

/** The short window is this part of the long one. Source: as above, "the short window 1/12 the duration of the long window". */
const SHORT_WINDOW_PART = 12;

export interface Tier {
  readonly urgency: 'page' | 'ticket';
  readonly longWindowMs: number;
  /** It clears the alert soon after the errors stop. */
  readonly shortWindowMs: number;
  /** How many times faster than allowed the budget must be spent. */
  readonly burnRate: Rational;
  /** At least this share of the budget is spent when it fires. */
  readonly budgetShare: Rational;
}

function wholeMinutes(ms: number): number {
  return Math.floor(ms / MINUTE_MS) * MINUTE_MS;
}

/** An SLO's rules, panels and pages ask for its tiers again and again, and there are only a few different windows. */
const tiersByWindow = new Map<number, readonly Tier[]>();

/**
 * The tiers for an SLO window: long windows scale with it (whole minutes, at least twice the base window), so that the
 * burn rates stay 14.4, 6, 3 and 1 whatever the window, and no tier fires while the budget lasts. Where a long window
 * cannot shrink any further, the tier keeps its burn rate, and more of the budget is spent when it fires: with the same
 * share a page of a one-day SLO would fire at 2.88, slower than its tickets.
 */
export function tiersFor(windowMs: number): readonly Tier[] {
  const tiers = tiersByWindow.get(windowMs) ?? scaledTiers(windowMs);
  tiersByWindow.set(windowMs, tiers);
  return tiers;
}

function scaledTiers(windowMs: number): readonly Tier[] {
  return SHAPES.map((shape) => {
    const scaledMs = wholeMinutes((shape.longWindowMs * windowMs) / REFERENCE_WINDOW_MS);
    const longWindowMs = Math.max(SHORTEST_LONG_WINDOW_MS, scaledMs);
    const shortWindowMs = Math.max(BASE_WINDOW_MS, wholeMinutes(longWindowMs / SHORT_WINDOW_PART));
    return { urgency: shape.urgency, longWindowMs, shortWindowMs, ...speedOf(shape, windowMs, scaledMs) };
  });
}

function speedOf({ budgetShare, longWindowMs }: TierShape, windowMs: number, scaledMs: number) {
  if (scaledMs >= SHORTEST_LONG_WINDOW_MS) {
    return { budgetShare, burnRate: multiply(budgetShare, rational(windowMs, scaledMs)) };
  }
  const burnRate = multiply(budgetShare, rational(REFERENCE_WINDOW_MS, longWindowMs));
  const spent = multiply(burnRate, rational(SHORTEST_LONG_WINDOW_MS, windowMs));
  return { budgetShare: wholePermille(spent), burnRate };
}

/** Rounded down, so that "more than" stays true. */
function wholePermille({ numerator, denominator }: Rational): Rational {
  return rational((numerator * 1000n) / denominator, 1000n);
}

/** The error ratio above which a tier fires: burn rate × budget. */
export function thresholdRatio(tier: Tier, budgetRatio: Rational): Rational {
  return multiply(tier.burnRate, budgetRatio);
}

/** Whether a tier can fire at all: nothing can exceed an error ratio of 1. */
export function canFire(tier: Tier, budgetRatio: Rational): boolean {
  return compare(thresholdRatio(tier, budgetRatio), ONE) < 0;
}

/** When a burning budget is spent: the SLO window ÷ the burn rate. */
export function exhaustionMs(windowMs: number, burnRate: Rational): number {
  const exact = divide(rational(windowMs), burnRate);
  return Number(exact.numerator / exact.denominator);
}
