import { groupBy } from '../base/order.ts';
import type { Alert, RuleBook } from '../model/rule.ts';
import type { Model } from '../model/types.ts';
import { type AnyCode, defineCode } from '../source/code.ts';
import type { Diagnostic } from '../source/diagnostic.ts';
import { originSpan } from '../source/document.ts';
import { ownLabels } from './inhibition.ts';

const levelsAllTell = defineCode<{ severe: string; mild: string }>({
  code: 'routing/levels-all-tell',
  severity: 'info',
  title: 'a milder level goes on telling while a more severe one fires',
  explain: `The more severe of two alerts about the same value silences the milder one, but only for the same object. What
tells the objects apart are the labels of the series, and Alertmanager must be given their names. Where the expression returns
whatever labels a metric has, and no MetricCatalog declares them, silencing one object could silence another, so qmon lets
both alerts tell.`,
  message: ({ severe, mild }) =>
    `\`${severe}\` does not silence \`${mild}\`: which labels tell their series apart is not known`,
  help: () => 'aggregate with `by (…)`, or declare the labels of the metric in a MetricCatalog',
});

export const codes: readonly AnyCode[] = [levelsAllTell];

/** The levels of one rule, or the alerts of one KPI: those that come from the same place. */
function families(model: Model, { alerts }: RuleBook): readonly (readonly Alert[])[] {
  const silent = new Set(model.severities.filter(({ notify }) => notify?.length === 0).map(({ name }) => name));
  const levelled = alerts.filter(({ source, severity }) => source.kind !== 'SLO' && !silent.has(severity));
  return [...groupBy(levelled, ({ source, origin }) => JSON.stringify([source, origin.path])).values()];
}

/** `SlowResponses` at `P2`, for messages. */
function named(alert: Alert, others: readonly Alert[]): string {
  return others.every((each) => each.alert === alert.alert) ? `${alert.alert} (${alert.severity})` : alert.alert;
}

/** Alerts about the same value of which nobody knows when they are about the same object. */
export function checkLevels(model: Model, rules: RuleBook): readonly Diagnostic[] {
  return families(model, rules).flatMap((family) => {
    const ranked = model.severities.flatMap(({ name }) => family.filter(({ severity }) => severity === name));
    const [severe, mild] = ranked;
    if (!severe || !mild || severe.severity === ranked.at(-1)!.severity) return [];
    if (family.every((alert) => ownLabels(model, alert) !== undefined)) return [];
    const names = { severe: named(severe, ranked), mild: named(mild, ranked) };
    return [levelsAllTell.at(originSpan(severe.origin), names)];
  });
}
