import { uniqueTexts } from '../../base/order.ts';
import { describeDuration, describeRoughly, formatDuration, formatNumber, formatPercent } from '../../base/quantity.ts';
import { SLO_SERIES, sloAlertName } from '../../model/names.ts';
import type { Slo } from '../../model/types.ts';
import type { Fact, FactTable } from '../../output/explanation.ts';
import { budgetMs, budgetRatio } from '../../slo/budget.ts';
import { outageDetectionMs } from '../../slo/detection.ts';
import { BASE_WINDOW_MS, canFire, exhaustionMs, type Tier, thresholdRatio, tiersFor } from '../../slo/tiers.ts';
import { toldOf } from './alert.ts';
import { fact, type Knowledge } from './knowledge.ts';

/** What an SLO promises, what that leaves to spend, and what is recorded about it. */
export function sloFacts({ recordings, model }: Knowledge, slo: Slo): Fact[] {
  const label = model?.project.labelNames.slo ?? 'slo';
  const own = recordings.filter(({ labels }) => labels[label] === slo.name);
  const expressionOf = (name: string) => own.find(({ record }) => record === name)?.expr.text;
  const budget = `${formatPercent(budgetRatio(slo))} of events, as much as ${describeDuration(budgetMs(slo))} of total outage`;
  return [
    ...fact('title', slo.title),
    ...fact('description', slo.description),
    ...fact('objective', formatPercent(slo.objectiveRatio)),
    ...fact('window', formatDuration(slo.windowMs)),
    ...fact('error budget', budget),
    ...fact('bad events/s', expressionOf(SLO_SERIES.errors(BASE_WINDOW_MS))),
    ...fact('all events/s', expressionOf(SLO_SERIES.events(BASE_WINDOW_MS))),
    ...fact('category', slo.category),
    ...fact('alert', sloAlertName(slo.name)),
    ...fact('budget status', ...slo.budgetPolicy.map(statusText)),
    ...fact('records', ...uniqueTexts(own.map(({ record }) => `${record}{${label}="${slo.name}"}`))),
  ];
}

function statusText({ atMost, status, action }: Slo['budgetPolicy'][number]): string {
  return `${status} at ${formatPercent(atMost)} left or less${action === undefined ? '' : `: ${action}`}`;
}

const HEADINGS = [
  'severity',
  'burn rate above',
  'bad share above',
  'over',
  'and over',
  'budget spent by then',
  'fires in a total outage after',
  'at that rate the budget lasts',
  'tells',
];

/** The burn-rate tiers of an SLO with their arithmetic and who is told; those that alert nobody say why. */
export function tierTable(knowledge: Knowledge, slo: Slo): FactTable {
  const own = knowledge.alerts.filter(({ source }) => source.kind === 'SLO' && source.name === slo.name);
  const rows = tiersFor(slo.windowMs).map((tier) => {
    const alert = own.find(({ labels }) => labels.window === formatDuration(tier.longWindowMs));
    return [...tierRow(slo, tier), alert ? toldOf(knowledge, alert).join('; ') : 'nobody'];
  });
  return { title: 'burn-rate alerts', headings: HEADINGS, rows };
}

function tierRow(slo: Slo, tier: Tier): string[] {
  const budget = budgetRatio(slo);
  const severity = slo.alerting[tier.urgency];
  const fires = canFire(tier, budget);
  return [
    severity ?? `no ${tier.urgency}`,
    formatNumber(tier.burnRate),
    formatPercent(thresholdRatio(tier, budget)),
    formatDuration(tier.longWindowMs),
    formatDuration(tier.shortWindowMs),
    formatPercent(tier.budgetShare),
    fires ? describeRoughly(outageDetectionMs(tier, budget, slo.indicator)) : 'never: it cannot be exceeded',
    describeRoughly(exhaustionMs(slo.windowMs, tier.burnRate)),
  ];
}
