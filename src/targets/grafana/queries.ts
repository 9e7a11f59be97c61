import { present } from '../../base/assert.ts';
import { groupBy, uniqueTexts } from '../../base/order.ts';
import { DAY_MS, formatNumber, HOUR_MS, inSeconds, MINUTE_MS, SECOND_MS } from '../../base/quantity.ts';
import { KPI_SERIES, SLO_SERIES } from '../../model/names.ts';
import type { LabelNames, Slo } from '../../model/types.ts';
import { budgetMs, budgetRatio } from '../../slo/budget.ts';
import { BASE_WINDOW_MS, canFire, type Tier, tiersFor } from '../../slo/tiers.ts';

/** The PromQL of the panels that qmon draws itself, over the series that its rules record. */

/** One label matcher: names of ours need no escaping in a regular expression, quotes are escaped anyway. */
function is(label: string, ...values: readonly string[]): string {
  const [first = '', ...others] = uniqueTexts(values);
  return others.length === 0
    ? `${label}=${JSON.stringify(first)}`
    : `${label}=~${JSON.stringify([first, ...others].join('|'))}`;
}

const SPAN_UNITS = [
  ['d', DAY_MS],
  ['h', HOUR_MS],
  ['m', MINUTE_MS],
  ['s', SECOND_MS],
] as const;

/** A time span in Grafana's words: one whole number and one unit (`36h`), seconds at least; `1d12h` it cannot read. */
export function grafanaSpan(ms: number): string {
  const wholeMs = Math.max(1, Math.ceil(ms / SECOND_MS)) * SECOND_MS;
  const [unit, unitMs] = present(
    SPAN_UNITS.find(([, each]) => wholeMs % each === 0),
    'a unit of time',
  );
  return `${wholeMs / unitMs}${unit}`;
}

/** The value of a KPI. */
export function kpiValue(kpi: string, names: LabelNames): string {
  return `${KPI_SERIES.value}{${is(names.kpi, kpi)}}`;
}

/** The tiers that are alerted on: with a severity, and with a threshold that an error ratio can reach. */
export function alertingTiers(slo: Slo): readonly Tier[] {
  const alerting = tiersFor(slo.windowMs).filter((tier) => slo.alerting[tier.urgency] !== undefined);
  return alerting.filter((tier) => canFire(tier, budgetRatio(slo)));
}

/** The windows over which burn rates are of interest and recorded: those of the alerts, or the base window. */
export function burnWindowsMs(slo: Slo): readonly number[] {
  const windows = new Set(alertingTiers(slo).map(({ longWindowMs }) => longWindowMs));
  return windows.size === 0 ? [BASE_WINDOW_MS] : [...windows];
}

/** The window of the alert that fires first. */
export function fastestWindowMs(slo: Slo): number {
  return Math.min(...burnWindowsMs(slo));
}

/** What one SLO's rules record. */
export function sloQueries(slo: Slo, names: LabelNames) {
  const labels = `{${is(names.slo, slo.name)}}`;
  const perSlo = `on (${names.service}, ${names.slo}) group_left ()`;
  const seconds = formatNumber(inSeconds(slo.windowMs));
  const burnRate = (windowMs: number) =>
    `${SLO_SERIES.errorRatio(windowMs)}${labels} / ${perSlo} ${SLO_SERIES.errorBudget}${labels}`;
  return {
    objective: `${SLO_SERIES.objective}${labels}`,
    status: `${SLO_SERIES.budgetStatus}${labels}`,
    budgetLeft: `${SLO_SERIES.budgetRemaining}${labels}`,
    /** As seconds of total failure. */
    budgetLeftSeconds: `${SLO_SERIES.budgetRemaining}${labels} * ${formatNumber(inSeconds(budgetMs(slo)))}`,
    /** The share of good events. */
    sli: (windowMs: number) => `1 - ${SLO_SERIES.errorRatio(windowMs)}${labels}`,
    burnRate,
    /** Seconds until the budget is spent at the pace of the fastest tier's window; nothing while none is spent. */
    exhaustedInSeconds: [
      `clamp_min(${SLO_SERIES.budgetRemaining}${labels}, 0) * ${seconds}`,
      `/ ${perSlo}`,
      `(${burnRate(fastestWindowMs(slo))} > 0)`,
    ].join('\n'),
    good: `${SLO_SERIES.events(BASE_WINDOW_MS)}${labels} - ${SLO_SERIES.errors(BASE_WINDOW_MS)}${labels}`,
    bad: `${SLO_SERIES.errors(BASE_WINDOW_MS)}${labels}`,
    /** A straight line from the whole budget at the left edge of the chart to none one SLO window later. */
    evenSpending: `1 - (vector(time()) - max_over_time(vector(time())[1m:1m] @ start())) / ${seconds}`,
  };
}

/** The alerts that fire, with these severities (none: all), each with the time since when in milliseconds. */
export function firingAlerts(severities: readonly string[], names: LabelNames): string {
  const severity = severities.length === 0 ? [] : [is(names.severity, ...severities)];
  return [
    `ALERTS_FOR_STATE{${severity.join('')}} * 1000`,
    'and ignoring (alertstate)',
    `ALERTS{${['alertstate="firing"', ...severity].join(', ')}}`,
  ].join('\n');
}

export function firingCount(severities: readonly string[], names: LabelNames): string {
  const severity = severities.length === 0 ? [] : [is(names.severity, ...severities)];
  return `count(ALERTS{${['alertstate="firing"', ...severity].join(', ')}}) or vector(0)`;
}

/** 2 while an alert of the service fires, 1 while it is pending. */
export function alertStates(service: string, names: LabelNames): string {
  const by = `max by (alertname, ${names.severity})`;
  return [
    `${by} (ALERTS{alertstate="firing", ${is(names.service, service)}}) * 2`,
    'or',
    `${by} (ALERTS{alertstate="pending", ${is(names.service, service)}})`,
  ].join('\n');
}

export type FleetQueries = ReturnType<typeof fleetQueries>;

/** One number for each SLO of many: `max` also joins the replicas of a Prometheus pair. */
export function fleetQueries(slos: readonly Slo[], names: LabelNames) {
  const services = is(names.service, ...slos.map(({ service }) => service));
  const by = `max by (${names.service}, ${names.slo})`;
  const on = `on (${names.service}, ${names.slo})`;
  const select = (of: readonly Slo[]) =>
    `{${of.length === slos.length ? services : is(names.slo, ...of.map(({ name }) => name))}}`;
  const ratios = (window: (slo: Slo) => number) =>
    [...groupBy(slos, window)].map(([windowMs, of]) => `${SLO_SERIES.errorRatio(windowMs)}${select(of)}`).join(' or ');
  const firing = `ALERTS{alertstate="firing", ${names.slo}!="", ${services}}`;
  const left = `${SLO_SERIES.budgetRemaining}{${services}}`;
  const status = `${SLO_SERIES.budgetStatus}{${services}}`;
  return {
    select,
    owners: `max by (${names.service}, ${names.slo}, ${names.owner}) (${SLO_SERIES.info}{${services}})`,
    objective: `${by} (${SLO_SERIES.objective}{${services}})`,
    sli: `${by} (1 - (${ratios(({ windowMs }) => windowMs)}))`,
    budgetLeft: `${by} (${left})`,
    burnRate: `${by} (${ratios(fastestWindowMs)})\n/ ${on}\n${by} (${SLO_SERIES.errorBudget}{${services}})`,
    firing: `count by (${names.service}, ${names.slo}) (${firing})\nor\n0 * ${by} (${SLO_SERIES.objective}{${services}})`,
    by,
    count: `count(${by} (${SLO_SERIES.objective}{${services}}))`,
    healthy: `count(${by} (${status}) == 0) or vector(0)`,
    atRisk: `count(${by} (${status}) > 0 unless ${on} ${by} (${left}) <= 0) or vector(0)`,
    exhausted: `count(${by} (${left}) <= 0) or vector(0)`,
    firingCount: `count(${firing}) or vector(0)`,
  };
}
