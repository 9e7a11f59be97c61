import { formatDuration } from '../../base/quantity.ts';
import { dashboardUrl, runbookUrl } from '../../model/links.ts';
import { PATHS } from '../../model/names.ts';
import type { Alert } from '../../model/rule.ts';
import type { Labels, Model } from '../../model/types.ts';
import type { Fact, Variant } from '../../output/explanation.ts';
import { type RouteNode, receivedLabels, routesFor } from '../../routing/route.ts';
import { fact, type Knowledge } from './knowledge.ts';

/** The routes that decide who hears of an alert: of each service that it may be about. */
export function routesOf({ routes }: Knowledge, alert: Alert): readonly RouteNode[] {
  if (!routes) return [];
  return [...new Set(receivedLabels(alert).flatMap((labels) => routesFor(routes, labels)))];
}

/** Who hears of an alert: the channels that are told together on one line. */
export function toldOf(knowledge: Knowledge, alert: Alert): string[] {
  return routesOf(knowledge, alert).map(channelText);
}

function channelText({ channels, silent }: RouteNode): string {
  if (channels.length > 0) return channels.join(', ');
  return silent ? 'nobody, as the specs say' : 'nobody';
}

/** A page by its name, and where it is found: its address, or its file below the output folder. */
export function runbookText({ project }: Model, name: string): string {
  return `${name} (${runbookUrl(project, name) ?? PATHS.runbook(name)})`;
}

/** A dashboard by its name, with its address where the project says where Grafana is. */
export function dashboardText({ project }: Model, name: string): string {
  const url = dashboardUrl(project, name);
  return url === undefined ? name : `${name} (${url})`;
}

function labelTexts(labels: Labels): string[] {
  return Object.entries(labels).map(([name, value]) => `${name}="${value}"`);
}

function serviceText({ service, serviceFromLabel }: Alert): string | undefined {
  return serviceFromLabel === undefined ? service : `the one that the label ${serviceFromLabel} names`;
}

function alertFacts(knowledge: Knowledge, alert: Alert): Fact[] {
  const { model } = knowledge;
  const { runbook, dashboard, forMs } = alert;
  return [
    ...fact('made from', `${alert.source.kind} ${alert.source.name}`),
    ...fact('summary', alert.annotations.summary),
    ...fact('expression', alert.expr.text),
    ...fact('for', forMs === 0 ? '0s: it fires at once' : formatDuration(forMs)),
    ...fact(
      'keeps firing for',
      alert.keepFiringForMs === undefined ? undefined : formatDuration(alert.keepFiringForMs),
    ),
    ...fact('severity', alert.severity),
    ...fact('service', serviceText(alert)),
    ...fact('owner', alert.owner),
    ...fact('labels', ...labelTexts(alert.labels)),
    ...fact('told', ...toldOf(knowledge, alert)),
    ...fact('runbook', model && runbook !== undefined ? runbookText(model, runbook) : runbook),
    ...fact('dashboard', model && dashboard !== undefined ? dashboardText(model, dashboard) : dashboard),
  ];
}

/** What the alerts of one name have in common, and what only each of them has. */
export function alertDetails(knowledge: Knowledge, alerts: readonly Alert[]): { facts: Fact[]; variants: Variant[] } {
  const sets = alerts.map((alert) => alertFacts(knowledge, alert));
  const key = (each: Fact) => JSON.stringify(each);
  const keys = sets.map((facts) => new Set(facts.map(key)));
  const isCommon = (each: Fact) => keys.every((known) => known.has(key(each)));
  const facts = sets[0]!.filter(isCommon);
  if (sets.length === 1) return { facts, variants: [] };
  const variants = sets.map((own, index) => ({
    title: `${index + 1} of ${sets.length}`,
    facts: own.filter((each) => !isCommon(each)),
  }));
  return { facts, variants: variants.filter((variant) => variant.facts.length > 0) };
}
