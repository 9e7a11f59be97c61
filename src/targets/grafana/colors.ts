import { sortedByNumber } from '../../base/order.ts';
import { add, compare, divide, ONE, type Rational, rational, subtract, toNumber, ZERO } from '../../base/quantity.ts';
import type { ThresholdStep, ValueMapping } from '../../formats/grafana.ts';
import type { BudgetStatus, Condition, Kpi } from '../../model/types.ts';
import { HEALTHY } from '../../slo/budget.ts';
import { mapping } from './view.ts';

export const GOOD = 'green';
const MISSED = 'yellow';
export const BAD = 'red';

/** From mild to severe; a policy of few statuses uses the severe end. */
const STATUS_COLORS = ['yellow', 'orange', 'red'] as const;
const BEYOND_LAST = 'dark-red';

/** The colours of a budget policy's statuses, in their order, without HEALTHY. */
function statusColors(count: number): readonly string[] {
  if (count <= STATUS_COLORS.length) return STATUS_COLORS.slice(STATUS_COLORS.length - count);
  const mild = Array.from({ length: count - STATUS_COLORS.length - 1 }, () => STATUS_COLORS[0]);
  return [...mild, ...STATUS_COLORS, BEYOND_LAST];
}

/** The colours of what is left of a budget. A bound itself has the milder colour: Grafana's steps begin at their value. */
export function budgetSteps(policy: readonly BudgetStatus[]): readonly ThresholdStep[] {
  const colors = [GOOD, ...statusColors(policy.length)];
  const bounds = policy.map((status, index) => ({ color: colors[index]!, value: toNumber(status.atMost) }));
  return [{ color: colors[policy.length]!, value: null }, ...bounds.reverse()];
}

/** Status numbers from `first` on, as the budget rules record them, in words: 0 is HEALTHY, then the policy's own. */
export function statusWords(
  policy: readonly BudgetStatus[],
  first = 0,
): readonly (readonly [string, string, string])[] {
  const colors = [GOOD, ...statusColors(policy.length)];
  const words = [HEALTHY, ...policy.map(({ status }) => status)];
  return words.map((word, index) => [String(first + index), word, colors[index]!]);
}

/** What stays above a bound is good, what falls below it is not. */
export function floorSteps(bound: Rational): readonly ThresholdStep[] {
  return [
    { color: BAD, value: null },
    { color: GOOD, value: toNumber(bound) },
  ];
}

/** 0 is good, everything above it is not. */
export const NONE_IS_GOOD: readonly ThresholdStep[] = [
  { color: GOOD, value: null },
  { color: BAD, value: 1 },
];

const HOLDS: Readonly<Record<Condition['operator'], (order: number) => boolean>> = {
  '<': (order) => order < 0,
  '<=': (order) => order <= 0,
  '>': (order) => order > 0,
  '>=': (order) => order >= 0,
  '==': (order) => order === 0,
  '!=': (order) => order !== 0,
};

function holds(condition: Condition, value: Rational): boolean {
  return HOLDS[condition.operator](compare(value, condition.value));
}

function verdict({ target, critical }: Kpi, value: Rational): string {
  if (critical && holds(critical, value)) return BAD;
  return !target || holds(target, value) ? GOOD : MISSED;
}

/** Where a KPI's verdict can change, ascending. */
function bounds({ target, critical }: Kpi): readonly Rational[] {
  const values = [target, critical].flatMap((condition) => (condition ? [condition.value] : []));
  return sortedByNumber(values, toNumber).filter(
    (value, index, all) => index === 0 || compare(value, all[index - 1]!) !== 0,
  );
}

/**
 * The colours of a KPI: red where it is critical, green where it is on target, yellow between. Judged inside each
 * stretch between its bounds, so that it holds whichever direction is the good one.
 */
export function kpiSteps(kpi: Kpi): readonly ThresholdStep[] | undefined {
  const values = bounds(kpi);
  const [lowest] = values;
  if (!lowest) return undefined;
  const inside = values.map((value, index) => {
    const next = values[index + 1];
    return next ? divide(add(value, next), rational(2)) : add(value, ONE);
  });
  const steps: ThresholdStep[] = [{ color: verdict(kpi, subtract(lowest, ONE)), value: null }];
  values.forEach((value, index) => {
    const color = verdict(kpi, inside[index]!);
    if (color !== steps.at(-1)!.color) steps.push({ color, value: toNumber(value) });
  });
  return steps;
}

/** Single values with a verdict of their own, which no stretch has: `== 1` and `!= 0`. */
export function kpiMappings(kpi: Kpi): readonly ValueMapping[] {
  const points = [kpi.target, kpi.critical].filter((each) => each?.operator === '==' || each?.operator === '!=');
  const options = points.map((each, index) => {
    const value = each?.value ?? ZERO;
    return [String(toNumber(value)), { color: verdict(kpi, value), index }] as const;
  });
  return options.length === 0 ? [] : [{ type: 'value', options: Object.fromEntries(options) }];
}

/** An author's thresholds. Below the lowest it is green, or without colour where the lowest is itself the good one. */
export function authoredSteps(
  thresholds: readonly { readonly above: number; readonly color: string }[],
): readonly ThresholdStep[] | undefined {
  const [lowest, ...others] = sortedByNumber(thresholds, ({ above }) => above);
  if (!lowest) return undefined;
  const steps = others.map(({ above, color }) => ({ color, value: above }));
  if (lowest.above <= 0) return [{ color: lowest.color, value: null }, ...steps];
  const below = /green/.test(lowest.color) ? 'text' : GOOD;
  return [{ color: below, value: null }, { color: lowest.color, value: lowest.above }, ...steps];
}

/** Severities from the most severe on. */
export function severityMapping(severities: readonly { readonly name: string }[]): readonly ValueMapping[] {
  const colors = ['red', 'orange', 'yellow', 'blue'];
  return [mapping(severities.map(({ name }, index) => [name, name, colors[index] ?? 'text']))];
}
