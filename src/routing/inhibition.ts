import { groupBy, uniqueTexts } from '../base/order.ts';
import { labelsOfMetric } from '../model/metrics.ts';
import type { Alert, RuleBook } from '../model/rule.ts';
import type { Model, Severity } from '../model/types.ts';
import { namedLabels } from '../promql/labels.ts';
import type { Matcher } from '../promql/selector.ts';
import type { Origin } from '../source/document.ts';
import { ALERT_NAME } from './route.ts';
import { guard } from './shared.ts';

/** While an alert of the source fires, nobody is told of the alerts of the target that agree with it in `equal`. */
export interface Inhibition {
  readonly source: readonly Matcher[];
  readonly target: readonly Matcher[];
  readonly equal: readonly string[];
  /** The severity that silences. */
  readonly origin: Origin;
}

/**
 * A more severe alert silences less severe ones about the same thing, and nothing else. At night the wrong rule costs
 * more than a second message, so:
 *
 * - There is one rule for each severity that silences, and it never stands on both sides: since 0.30 Alertmanager keeps
 *   one source for each set of equal labels, and an alert that is source and target lets itself through.
 * - Labels missing on both sides count as equal. So alerts of SLOs must have `slo` on both sides, all others on neither.
 * - "The same thing" is the SLO; the KPI, and of its values the same one; or the same alert name about the same object, which is every label that the metrics of
 *   the catalogue and the expression can give it. Where the expression may return labels that nobody knows, objects cannot
 *   be told apart, so alerts of that name silence nothing. Two of our clusters are never the same thing: external labels
 *   must agree.
 * - A severity that tells nobody (`notify: []`) silences nobody: otherwise nobody were told at all.
 * - Only pairs that the rules can produce get a rule. What no alert needs cannot silence by accident.
 * - In a shared configuration both sides must be ours: nobody silences another project.
 *
 * An alert that is silenced still silences the ones below it. That is bearable here, because all levels of an SLO share
 * the alert's name and people silence what they know of; it is why nothing else is inhibited without being asked for.
 */
export function inhibitions(model: Model, rules: RuleBook): readonly Inhibition[] {
  const { slo } = model.project.labelNames;
  const [withSlo, others] = [rules.alerts.filter(hasSlo(slo)), rules.alerts.filter((each) => !hasSlo(slo)(each))];
  const ours = guard(model.project);
  return [...sloInhibitions(model, withSlo), ...kpiInhibitions(model, others), ...alertInhibitions(model, others)].map(
    (each) => ({ ...each, source: [...ours, ...each.source], target: [...ours, ...each.target] }),
  );
}

function hasSlo(label: string): (alert: Alert) => boolean {
  return (alert) => (alert.labels[label] ?? '') !== '';
}

function sloInhibitions(model: Model, alerts: readonly Alert[]): readonly Inhibition[] {
  const { slo, service } = model.project.labelNames;
  const present: Matcher = { label: slo, operator: '=~', value: '.+' };
  const equal = uniqueTexts([slo, service, ...Object.keys(model.project.prometheus.externalLabels)]);
  return bySeverity(model, alerts, (alert) => alert.labels[slo] ?? '', [present], equal);
}

/** The critical value of a KPI silences its missed target. */
function kpiInhibitions(model: Model, alerts: readonly Alert[]): readonly Inhibition[] {
  const { kpi: label, slo, service } = model.project.labelNames;
  const judged = alerts.filter((alert) => alert.source.kind === 'KPI' && ownLabels(model, alert) !== undefined);
  const several = [...groupBy(judged, ({ source }) => source.name)].filter(([, same]) => same.length > 1);
  if (several.length === 0) return [];
  const own = several.flatMap(([, same]) => same);
  const values = own.flatMap((alert) => ownLabels(model, alert) ?? []);
  const equal = uniqueTexts([label, service, ...values, ...Object.keys(model.project.prometheus.externalLabels)]);
  const named = anyOf(label, uniqueTexts(several.map(([name]) => name)));
  return bySeverity(model, own, ({ source }) => source.name, [named, { label: slo, operator: '=', value: '' }], equal);
}

function alertInhibitions(model: Model, alerts: readonly Alert[]): readonly Inhibition[] {
  const { slo } = model.project.labelNames;
  const absent: Matcher = { label: slo, operator: '=', value: '' };
  const several = [...groupBy(alerts, ({ alert }) => alert)].filter(
    ([, same]) => new Set(same.map(({ severity }) => severity)).size > 1,
  );
  const known = several.filter(([, same]) => same.every((each) => ownLabels(model, each) !== undefined));
  const names = known.map(([name]) => name);
  const guard = names.length === several.length ? [absent] : [anyOf(ALERT_NAME, uniqueTexts(names)), absent];
  const judged = known.flatMap(([, same]) => same);
  return bySeverity(model, judged, ({ alert }) => alert, guard, objectLabels(model, judged));
}

/**
 * The labels that tell the series of an alert apart: those that its expression names, for a KPI its query, and those of
 * its own that differ from series to series. Nothing where there may be labels that nobody knows.
 */
export function ownLabels(model: Model, { expr, labels, source }: Alert): readonly string[] | undefined {
  const recorded = source.kind === 'KPI' ? model.kpis.get(source.name)?.query : undefined;
  const named = namedLabels((recorded ?? expr).text, (metric) => labelsOfMetric(model, metric));
  const templated = Object.keys(labels).filter((label) => labels[label]!.includes('{{'));
  return named && [...named, ...templated];
}

/** The labels that Prometheus itself gives to every series. Source: https://prometheus.io/docs/concepts/jobs_instances/ */
const SCRAPE_LABELS = ['job', 'instance'];

/** What tells the objects of one alert apart: every label that its series can have, but never the severity itself. */
function objectLabels(model: Model, alerts: readonly Alert[]): readonly string[] {
  const { severity, service } = model.project.labelNames;
  const ofMetrics = model.metrics.all.flatMap(({ labels }) => labels);
  const ofProject = Object.keys(model.project.prometheus.externalLabels);
  const named = alerts.flatMap((alert) => ownLabels(model, alert) ?? []);
  const all = [ALERT_NAME, service, ...SCRAPE_LABELS, ...ofProject, ...ofMetrics, ...named];
  return uniqueTexts(all.filter((label) => label !== severity));
}

/** For each severity that tells somebody: the less severe ones that occur about the same thing. */
function bySeverity(
  model: Model,
  alerts: readonly Alert[],
  thing: (alert: Alert) => string,
  guard: readonly Matcher[],
  equal: readonly string[],
): readonly Inhibition[] {
  const together = [...groupBy(alerts, thing).values()].map((each) => new Set(each.map(({ severity }) => severity)));
  return model.severities.flatMap((source) => {
    if (source.notify?.length === 0) return [];
    const pairs = together.filter((names) => names.has(source.name));
    const targets = model.severities.filter(
      ({ rank, name }) => rank > source.rank && pairs.some((names) => names.has(name)),
    );
    return targets.length === 0 ? [] : [inhibition(model, source, targets, guard, equal)];
  });
}

function inhibition(
  model: Model,
  source: Severity,
  targets: readonly Severity[],
  guard: readonly Matcher[],
  equal: readonly string[],
): Inhibition {
  const label = model.project.labelNames.severity;
  return {
    source: [{ label, operator: '=', value: source.name }, ...guard],
    target: [
      anyOf(
        label,
        targets.map(({ name }) => name),
      ),
      ...guard,
    ],
    equal,
    origin: source.origin,
  };
}

function anyOf(label: string, values: readonly string[]): Matcher {
  const [first = ''] = values;
  if (values.length === 1) return { label, operator: '=', value: first };
  return { label, operator: '=~', value: values.map(escapeRegExp).join('|') };
}

function escapeRegExp(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}
