import { describeDuration, describeRoughly, formatNumber, formatPercent } from '../../base/quantity.ts';
import { SLO_SERIES } from '../../model/names.ts';
import type { Slo } from '../../model/types.ts';
import { codeSpan, escapeMarkdown } from '../../output/markdown.ts';
import { budgetMs, budgetRatio } from '../../slo/budget.ts';
import { outageDetectionMs } from '../../slo/detection.ts';
import { BASE_WINDOW_MS, canFire, exhaustionMs, type Tier, thresholdRatio, tiersFor } from '../../slo/tiers.ts';
import { GENERATED } from '../target.ts';
import { dashboardSteps, dependents, recordingsOf, surroundings } from './generated-page.ts';
import { type Guide, type Library, serviceTitle } from './library.ts';
import { escalations, glance, hasActions, policyTable, referenceView, type Table } from './reference.ts';
import { asking, labelMatcher, type Step } from './step.ts';

/** What templates/runbook/slo.hbs shows of an SLO whose author names no runbook. */
export function sloView(library: Library, guide: Guide, slo: Slo) {
  const { model } = library;
  const tiers = activeTiers(slo);
  return {
    generated: GENERATED,
    source: `SLO ${slo.name}`,
    title: guide.title,
    overview: `The error budget of ${slo.title} is being spent faster than the objective allows.`,
    glance: glance(library, guide),
    description: slo.description,
    objective: formatPercent(slo.objectiveRatio),
    window: describeDuration(slo.windowMs),
    allowed: formatPercent(budgetRatio(slo)),
    budget: describeRoughly(budgetMs(slo)),
    bad: badEvent(slo),
    tiers: tierTable(slo, tiers),
    service: serviceTitle(model, slo.service),
    about: model.services.get(slo.service)?.description,
    dependents: dependents(library, slo.service),
    investigate: [
      ...dashboardSteps(library, guide),
      ...budgetSteps(library, slo, tiers),
      ...surroundings(model, slo.service),
    ],
    policy: hasActions(slo) ? policyTable(slo) : undefined,
    escalate: escalations(library, guide),
    reference: referenceView(library, guide),
  };
}

/** What counts against the objective, as finished Markdown. */
function badEvent({ indicator }: Slo): string {
  switch (indicator.type) {
    case 'ratio':
      return 'an event that went wrong';
    case 'latency':
      return `an observation of ${codeSpan(indicator.histogram)} above ${describeDuration(indicator.belowMs)}`;
    case 'threshold':
      return `a slice of ${describeDuration(indicator.sliceMs)} in which ${codeSpan(indicator.query.text)} is not ${codeSpan(indicator.is.text)}`;
  }
}

interface ActiveTier extends Tier {
  readonly severity: string;
}

/** The tiers that can fire and that somebody asked for, with the severity of each. */
function activeTiers(slo: Slo): readonly ActiveTier[] {
  const budget = budgetRatio(slo);
  return tiersFor(slo.windowMs).flatMap((tier) => {
    const severity = slo.alerting[tier.urgency];
    return severity === undefined || !canFire(tier, budget) ? [] : [{ ...tier, severity }];
  });
}

function tierTable(slo: Slo, tiers: readonly ActiveTier[]): Table {
  const budget = budgetRatio(slo);
  const rows = tiers.map((tier) => [
    escapeMarkdown(tier.severity),
    `${formatNumber(tier.burnRate)} ×`,
    formatPercent(thresholdRatio(tier, budget)),
    `${describeDuration(tier.longWindowMs)} and ${describeDuration(tier.shortWindowMs)}`,
    formatPercent(tier.budgetShare),
    describeRoughly(outageDetectionMs(tier, budget, slo.indicator)),
    describeRoughly(exhaustionMs(slo.windowMs, tier.burnRate)),
  ]);
  return {
    headings: [
      'Severity',
      'Burn rate above',
      'Bad share above',
      'Over',
      'Budget spent by then',
      'In a total outage fires after about',
      'At that rate the budget lasts',
    ],
    rows,
  };
}

/** Questions to Prometheus about the budget; only series that the rules really record are asked for. */
function budgetSteps(library: Library, slo: Slo, tiers: readonly ActiveTier[]): readonly Step[] {
  const { model } = library;
  const label = model.project.labelNames.slo;
  const recorded = recordingsOf(library, label, slo.name);
  const series = (name: string, rest = '') =>
    recorded.has(name) ? [`${name}{${labelMatcher(label, [slo.name])}}${rest}`] : [];
  const raw = (name: string) => recorded.get(name)?.expr.text ?? [];
  const perBudget = ` / ${formatNumber(budgetRatio(slo))}`;
  const questions: readonly (readonly [string, readonly string[]])[] = [
    [
      'How fast is the budget being spent? 1 is exactly what the objective allows.',
      windowsToAsk(tiers).flatMap((windowMs) => series(SLO_SERIES.errorRatio(windowMs), perBudget)),
    ],
    ['How much of the budget is left? 1 is untouched, 0 is spent.', series(SLO_SERIES.budgetRemaining)],
    [
      'What goes wrong? Take the query apart and group it by more labels.',
      [raw(SLO_SERIES.errors(BASE_WINDOW_MS))].flat(),
    ],
    [
      'How much goes on at all? A drop, or silence, is a finding of its own.',
      [raw(SLO_SERIES.events(BASE_WINDOW_MS))].flat(),
    ],
  ];
  return questions.flatMap(([text, queries]) => (queries.length === 0 ? [] : [asking(model, text, ...queries)]));
}

/** Now, and over the quickest tier's window: together they say whether it still goes on. */
function windowsToAsk([quickest]: readonly ActiveTier[]): readonly number[] {
  return quickest ? [BASE_WINDOW_MS, quickest.longWindowMs] : [BASE_WINDOW_MS];
}
