import { sortedByNumber } from '../base/order.ts';
import {
  describeDuration,
  formatDuration,
  formatNumber,
  formatPercent,
  inSeconds,
  MINUTE_MS,
  type Rational,
} from '../base/quantity.ts';
import { generatedDashboard, generatedRunbook, SLO_SERIES, sloAlertName } from '../model/names.ts';
import type { Alert, Group, Recording } from '../model/rule.ts';
import type { Labels, Model, Slo } from '../model/types.ts';
import { binary, compared, inAllWindows } from '../promql/build.ts';
import { type Expression, raw } from '../promql/expression.ts';
import { budgetMs, budgetRatio } from '../slo/budget.ts';
import { BASE_WINDOW_MS, canFire, exhaustionMs, type Tier, thresholdRatio, tiersFor } from '../slo/tiers.ts';
import { defineCode } from '../source/code.ts';
import type { Checked, Diagnostic } from '../source/diagnostic.ts';
import { originSpan } from '../source/document.ts';
import { completeAlert } from './alert.ts';
import { errorsRate, eventsRate, overWindow } from './indicator.ts';
import { literal } from './value.ts';

const TIER_CANNOT_FIRE = defineCode<{
  burnRate: string;
  budget: string;
  ratio: string;
  urgency: string;
  window: string;
}>({
  code: 'slo/tier-cannot-fire',
  severity: 'info',
  title: 'a burn-rate alert that could never fire is left out',
  explain:
    'A burn-rate alert fires when the error ratio exceeds burn rate × error budget. With a low objective that product reaches 100 %, which no error ratio can exceed, so qmon leaves the alert out; the slower ones of the objective remain.',
  message: ({ burnRate, budget, ratio, urgency, window }) =>
    `the ${urgency} alert over ${window} is left out: ${burnRate} × ${budget} = ${ratio} of events can never fail`,
  help: () => 'nothing to do; a higher objective would bring the alert back',
});

const NO_PAGE_CAN_FIRE = defineCode<{ objective: string }>({
  code: 'slo/no-page-can-fire',
  severity: 'warning',
  title: 'no page of an SLO can fire',
  explain:
    'With this objective even a total outage does not burn the budget fast enough for any paging alert. Choose a higher objective, or page on the symptom itself with an AlertPolicy.',
  message: ({ objective }) => `with an objective of ${objective} even a total outage pages nobody`,
  help: () => 'choose a higher objective, or write an AlertPolicy for total outages',
});

export const codes = [TIER_CANNOT_FIRE, NO_PAGE_CAN_FIRE];

/** How often the rules over the whole SLO window run: they read many samples and change slowly; stale only after 5 minutes. */
const BUDGET_INTERVAL_MS = 2 * MINUTE_MS;

interface Context {
  readonly model: Model;
  readonly slo: Slo;
  /** What tells the series of this SLO apart. */
  readonly labels: Labels;
  /** The same as a selector. */
  readonly selector: string;
}

function contextOf(model: Model, slo: Slo): Context {
  const names = model.project.labelNames;
  return {
    model,
    slo,
    labels: { [names.slo]: slo.name, [names.service]: slo.service },
    selector: `{${names.slo}="${slo.name}"}`,
  };
}

function record({ slo, labels }: Context, name: string, expr: Expression, ...path: string[]): Recording {
  return { type: 'record', record: name, expr, labels, origin: slo.part('spec', ...path) };
}

/** The tiers that can fire, and what is to be said of the others. */
function liveTiers(slo: Slo): Checked<readonly Tier[]> {
  const tiers = tiersFor(slo.windowMs).filter((tier) => slo.alerting[tier.urgency] !== undefined);
  const budget = budgetRatio(slo);
  const at = () => originSpan(slo.part('spec', 'objective'));
  const live = tiers.filter((tier) => canFire(tier, budget));
  const dead = tiers.filter((tier) => !canFire(tier, budget));
  const pages = (list: readonly Tier[]) => list.filter((tier) => tier.urgency === 'page');
  const pagesNobody = pages(tiers).length > 0 && pages(live).length === 0;
  const told = pagesNobody ? dead.filter((tier) => tier.urgency !== 'page') : dead;
  const diagnostics: Diagnostic[] = told.map((tier) =>
    TIER_CANNOT_FIRE.at(at(), {
      urgency: tier.urgency,
      window: formatDuration(tier.longWindowMs),
      burnRate: formatNumber(tier.burnRate),
      budget: formatPercent(budget),
      ratio: formatPercent(thresholdRatio(tier, budget)),
    }),
  );
  if (pagesNobody) diagnostics.push(NO_PAGE_CAN_FIRE.at(at(), { objective: formatPercent(slo.objectiveRatio) }));
  return [live, diagnostics];
}

/** Over the windows of all tiers, whether or not they alert: people read burn rates where nobody is called. */
function recordings(context: Context): Recording[] {
  const { slo, selector, model } = context;
  const service = model.services.get(slo.service);
  const events = SLO_SERIES.events(BASE_WINDOW_MS);
  const errors = SLO_SERIES.errors(BASE_WINDOW_MS);
  const windows = new Set(tiersFor(slo.windowMs).flatMap((tier) => [tier.shortWindowMs, tier.longWindowMs]));
  windows.delete(BASE_WINDOW_MS);
  return [
    record(context, events, eventsRate(slo.indicator, service, BASE_WINDOW_MS), 'indicator'),
    record(context, errors, errorsRate(slo.indicator, service, BASE_WINDOW_MS), 'indicator'),
    record(
      context,
      SLO_SERIES.errorRatio(BASE_WINDOW_MS),
      binary(errors + selector, '/', binary(events + selector, '>', '0')),
      'indicator',
    ),
    ...sortedByNumber(windows, (windowMs) => windowMs).map((windowMs) =>
      record(context, SLO_SERIES.errorRatio(windowMs), overWindow(slo.indicator, selector, windowMs), 'indicator'),
    ),
  ];
}

function tierCondition(selector: string, tier: Tier, budget: Rational): Expression {
  const bound = `${formatNumber(tier.burnRate)} * ${formatNumber(budget)}`;
  return inAllWindows([tier.longWindowMs, tier.shortWindowMs], (windowMs) =>
    compared(SLO_SERIES.errorRatio(windowMs) + selector, '>', `(${bound})`),
  );
}

function tierDescription(slo: Slo, tier: Tier): string {
  const window = describeDuration(tier.longWindowMs);
  const budget = `${describeDuration(budgetMs(slo))} in ${describeDuration(slo.windowMs)}`;
  const share = formatPercent(tier.budgetShare);
  const exhaustion = describeDuration(Math.round(exhaustionMs(slo.windowMs, tier.burnRate) / MINUTE_MS) * MINUTE_MS);
  return (
    `{{ $value | humanizePercentage }} of events were bad over the last ${window}: more than ${share} of the error budget ` +
    `(${budget} at an objective of ${formatPercent(slo.objectiveRatio)}) is gone. ` +
    `At a burn rate of ${formatNumber(tier.burnRate)} the whole budget lasts ${exhaustion}.`
  );
}

function alerts({ model, slo, selector }: Context, tiers: readonly Tier[]): Alert[] {
  const budget = budgetRatio(slo);
  const names = model.project.labelNames;
  return tiers.flatMap((tier) => {
    const severity = slo.alerting[tier.urgency];
    if (severity === undefined) return [];
    const draft = {
      alert: sloAlertName(slo.name),
      expr: tierCondition(selector, tier, budget),
      forMs: 0,
      severity,
      service: slo.service,
      category: slo.category,
      labels: { ...slo.alertLabels, [names.slo]: slo.name, window: formatDuration(tier.longWindowMs) },
      annotations: slo.alertAnnotations,
      summary: `${literal(slo.title)}: error budget burn rate above ${formatNumber(tier.burnRate)} over ${formatDuration(tier.longWindowMs)}`,
      description: tierDescription(slo, tier),
      runbook: slo.runbook ?? generatedRunbook.slo(slo.name),
      dashboard: slo.dashboard ?? generatedDashboard.service(slo.service),
      origin: slo.part('spec', 'alerting'),
      source: { kind: 'SLO', name: slo.name } as const,
    };
    return [completeAlert(model, draft)];
  });
}

/** 0 while the budget is healthy, then the position of the status in the budget policy. */
function statusExpression({ slo, selector }: Context): Expression {
  const remaining = `${SLO_SERIES.budgetRemaining}${selector}`;
  const reached = slo.budgetPolicy.map(({ atMost }) => raw(`(${remaining} <= bool ${formatNumber(atMost)})`));
  return reached.reduce((sum, each) => binary(sum, '+', each));
}

function infoLabels({ model, slo, labels }: Context): Labels {
  const names = model.project.labelNames;
  const owner = model.services.get(slo.service)?.owner;
  const { environment } = model.project;
  return {
    ...model.project.labels,
    ...(environment && { [names.environment]: environment.name }),
    ...labels,
    ...(owner !== undefined && { [names.owner]: owner }),
    [names.category]: slo.category,
    objective: formatPercent(slo.objectiveRatio),
    window: formatDuration(slo.windowMs),
  };
}

function budgetRecordings(context: Context): Recording[] {
  const { slo, selector } = context;
  const budget = formatNumber(budgetRatio(slo));
  const ratio = SLO_SERIES.errorRatio(slo.windowMs);
  const info = record(context, SLO_SERIES.info, raw('vector(1)'));
  return [
    record(context, SLO_SERIES.objective, raw(`vector(${formatNumber(slo.objectiveRatio)})`), 'objective'),
    record(context, SLO_SERIES.errorBudget, raw(`vector(${budget})`), 'objective'),
    record(context, SLO_SERIES.windowSeconds, raw(`vector(${formatNumber(inSeconds(slo.windowMs))})`), 'window'),
    { ...info, labels: infoLabels(context) },
    record(context, ratio, overWindow(slo.indicator, selector, slo.windowMs), 'window'),
    record(context, SLO_SERIES.budgetRemaining, raw(`1 - ${ratio}${selector} / ${budget}`), 'objective'),
    record(context, SLO_SERIES.budgetStatus, statusExpression(context), 'budgetPolicy'),
  ];
}

/**
 * Two groups per SLO: the rates over the tiers' windows with the alerts that read them, and, less often, the rules over
 * the whole window. Errors and events are recorded separately and only then divided, so long windows weigh by traffic.
 */
export function sloGroups(model: Model): Checked<Group[]> {
  const diagnostics: Diagnostic[] = [];
  const evaluationMs = model.project.prometheus.evaluationIntervalMs;
  const groups = model.slos.all.flatMap((slo): Group[] => {
    const context = contextOf(model, slo);
    const [tiers, found] = liveTiers(slo);
    diagnostics.push(...found);
    const { service } = slo;
    const rules = [...recordings(context), ...alerts(context, tiers)];
    const slower = evaluationMs < BUDGET_INTERVAL_MS ? { intervalMs: BUDGET_INTERVAL_MS } : {};
    return [
      { name: `slo-${slo.name}`, service, rules },
      { name: `slo-${slo.name}-budget`, service, rules: budgetRecordings(context), ...slower },
    ];
  });
  return [groups, diagnostics];
}
