import { sortedByNumber } from '../../base/order.ts';
import { describeDuration, formatDuration, formatNumber, toNumber } from '../../base/quantity.ts';
import type { PanelLinkJson, ThresholdStep } from '../../formats/grafana.ts';
import type { Slo } from '../../model/types.ts';
import { budgetMs } from '../../slo/budget.ts';
import { BASE_WINDOW_MS, type Tier } from '../../slo/tiers.ts';
import type { BoardRow, Scene } from './board.ts';
import { BAD, budgetSteps, floorSteps, GOOD, statusWords } from './colors.ts';
import { runbookLinks } from './links.ts';
import { plainStat, stat } from './panels/stat.ts';
import { textTile } from './panels/text.ts';
import { timeseries } from './panels/timeseries.ts';
import { alertingTiers, burnWindowsMs, fastestWindowMs, grafanaSpan, sloQueries } from './queries.ts';
import { promise, shareDecimals, sloText } from './slo-words.ts';
import { LEGEND, mapping, override, type Tile, tile, type View } from './view.ts';

/** What all panels of an SLO's row read. */
interface Subject {
  readonly slo: Slo;
  readonly queries: ReturnType<typeof sloQueries>;
  readonly links: readonly PanelLinkJson[];
}

const NEUTRAL: readonly ThresholdStep[] = [{ color: 'text', value: null }];
const DASHED = { 'custom.lineStyle': { fill: 'dash', dash: [10, 10] }, 'custom.fillOpacity': 0 };

function fixed(color: string) {
  return { color: { mode: 'fixed', fixedColor: color } };
}

/** The SLO in six numbers. */
function numbers({ slo, queries, links }: Subject): readonly (readonly [typeof stat, View])[] {
  const span = describeDuration(slo.windowMs);
  const share = { unit: 'percentunit', decimals: shareDecimals(slo) };
  const left = { steps: budgetSteps(slo.budgetPolicy), links };
  return [
    [
      plainStat,
      {
        title: 'Status',
        description: 'What the error budget policy says.',
        queries: [{ expr: queries.status }],
        mappings: [mapping(statusWords(slo.budgetPolicy))],
        links,
      },
    ],
    [
      plainStat,
      {
        title: 'Objective',
        description: promise(slo),
        queries: [{ expr: queries.objective }],
        ...share,
        steps: NEUTRAL,
      },
    ],
    [
      stat,
      {
        title: `SLI over ${span}`,
        description: 'The share of good events, weighted by traffic.',
        queries: [{ expr: queries.sli(slo.windowMs) }],
        ...share,
        steps: floorSteps(slo.objectiveRatio),
      },
    ],
    [
      stat,
      { title: 'Budget left', queries: [{ expr: queries.budgetLeft }], unit: 'percentunit', decimals: 1, ...left },
    ],
    [
      plainStat,
      {
        title: 'Budget left as time',
        description: `Of ${describeDuration(budgetMs(slo))} of total failure in ${span}.`,
        queries: [{ expr: queries.budgetLeftSeconds }],
        unit: 's',
        steps: budgetSteps(slo.budgetPolicy).map(({ color, value }) => {
          return { color, value: value === null ? null : (value * budgetMs(slo)) / 1000 };
        }),
      },
    ],
    [
      plainStat,
      {
        title: 'Exhausted in',
        description: `If errors go on as in the last ${describeDuration(fastestWindowMs(slo)).replace(/^1 /, '')}.`,
        queries: [{ expr: queries.exhaustedInSeconds }],
        unit: 's',
        noValue: 'not in sight',
        steps: NEUTRAL,
      },
    ],
  ];
}

function burnDown({ slo, queries }: Subject): View {
  const span = describeDuration(slo.windowMs);
  return {
    title: `Error budget left over ${span}`,
    description:
      `Each point counts the ${span} before it. The dashed line spends the whole budget evenly over the chart: ` +
      'at its right end, above it means that reliability to spare is left.',
    queries: [
      { expr: queries.budgetLeft, legend: 'Budget left' },
      { expr: queries.evenSpending, legend: 'Even spending' },
    ],
    unit: 'percentunit',
    max: 1,
    steps: budgetSteps(slo.budgetPolicy),
    overrides: [override('Budget left', fixed('blue')), override('Even spending', { ...fixed('text'), ...DASHED })],
    timeFrom: grafanaSpan(slo.windowMs),
  };
}

const URGENCY_COLORS = { page: 'red', ticket: 'orange' } as const;
const WINDOW_COLORS = ['purple', 'blue', 'green', 'yellow'] as const;

function tierWords(slo: Slo, tier: Tier): string {
  const rate = formatNumber(tier.burnRate);
  return `${slo.alerting[tier.urgency]} above ${rate} over ${formatDuration(tier.longWindowMs)} and ${formatDuration(tier.shortWindowMs)}`;
}

/** A line where each tier alerts, ascending; where two meet, the first, which pages. */
function tierLines(tiers: readonly Tier[]): readonly ThresholdStep[] {
  const lines = tiers.map((tier) => ({ color: URGENCY_COLORS[tier.urgency], value: toNumber(tier.burnRate) }));
  const distinct = lines.filter(({ value }, index) => lines.findIndex((other) => other.value === value) === index);
  return sortedByNumber(distinct, ({ value }) => value);
}

function burnRates({ slo, queries }: Subject): View {
  const windows = burnWindowsMs(slo);
  const tiers = alertingTiers(slo);
  const lines = tierLines(tiers);
  const alerts =
    tiers.length === 0 ? 'No alert is set.' : `Alerts: ${tiers.map((tier) => tierWords(slo, tier)).join('; ')}.`;
  return {
    title: 'Burn rate',
    description: `How many times faster than allowed the budget is spent: at 1 it lasts just as long as the window. ${alerts}`,
    queries: windows.map((windowMs) => ({ expr: queries.burnRate(windowMs), legend: formatDuration(windowMs) })),
    unit: 'suffix:×',
    min: 0,
    steps: [{ color: 'transparent', value: null }, ...lines],
    custom: { axisSoftMax: 2, fillOpacity: 0 },
    overrides: windows.map((windowMs, index) =>
      override(formatDuration(windowMs), fixed(WINDOW_COLORS[index] ?? 'text')),
    ),
  };
}

function reached({ slo, queries }: Subject): View {
  const [base, whole] = [formatDuration(BASE_WINDOW_MS), formatDuration(slo.windowMs)];
  return {
    title: 'SLI and objective',
    description: `The share of good events over ${base} and over ${whole}.`,
    queries: [
      { expr: queries.sli(BASE_WINDOW_MS), legend: base },
      { expr: queries.sli(slo.windowMs), legend: whole },
      { expr: queries.objective, legend: 'Objective' },
    ],
    unit: 'percentunit',
    max: 1,
    custom: { fillOpacity: 0 },
    overrides: [
      override(base, fixed('light-blue')),
      override(whole, fixed('dark-blue')),
      override('Objective', { ...fixed(BAD), ...DASHED }),
    ],
  };
}

function events({ queries }: Subject): View {
  return {
    title: 'Events per second',
    description: 'Good and bad events, each over five minutes.',
    queries: [
      { expr: queries.good, legend: 'Good' },
      { expr: queries.bad, legend: 'Bad' },
    ],
    unit: 'short',
    min: 0,
    options: { legend: { ...LEGEND, calcs: ['lastNotNull', 'max'] } },
    overrides: [override('Good', fixed(GOOD)), override('Bad', fixed(BAD))],
  };
}

/** Everything about one SLO: six numbers, the budget and how fast it burns, what was reached, and what to do. */
export function sloRow(slo: Slo, scene: Scene): BoardRow {
  const queries = sloQueries(slo, scene.model.project.labelNames);
  const links = runbookLinks(scene, { kind: 'SLO', name: slo.name }, slo.runbook);
  const subject: Subject = { slo, queries, links };
  const chart = (view: View, width: number): Tile => tile(timeseries, view, slo.origin, { width });
  return {
    title: slo.title,
    tiles: [
      ...numbers(subject).map(([visual, view]) => tile(visual, view, slo.origin)),
      chart(burnDown(subject), 12),
      chart(burnRates(subject), 12),
      chart(reached(subject), 8),
      chart(events(subject), 8),
      textTile({ title: 'About this SLO' }, sloText(slo, scene), slo.origin, { width: 8 }),
    ],
    origin: slo.origin,
  };
}
