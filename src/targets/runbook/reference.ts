import { groupBy, sortedBy, uniqueTexts } from '../../base/order.ts';
import { describeDuration, describeRoughly, formatPercent } from '../../base/quantity.ts';
import { enumerate, titleCase } from '../../base/text.ts';
import { alertsUrl, graphUrl } from '../../model/links.ts';
import { PATHS } from '../../model/names.ts';
import { type Alert, ownersOf as ownersOfAlert } from '../../model/rule.ts';
import type { Model, Severity, Slo } from '../../model/types.ts';
import { codeSpan, escapeMarkdown, markdownLink } from '../../output/markdown.ts';
import { guard } from '../../routing/shared.ts';
import { budgetMs } from '../../slo/budget.ts';
import { dashboardLink, type Guide, type Library, relativeLink, serviceTitle, severitiesOf } from './library.ts';
import { channelsReached, decidedElsewhere, describeChannel } from './recipients.ts';
import { firingQuery, labelMatcher } from './step.ts';
import { annotationText, budgetStatuses, responseTime } from './wording.ts';

/** A table of finished Markdown. */
export interface Table {
  readonly headings: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** What every runbook says below its five sections: who is concerned and where to look. */
export function referenceView(library: Library, guide: Guide) {
  const { model } = library;
  return {
    alerts: guide.alerts.length === 0 ? undefined : { table: alertTable(model, guide.alerts), ...firing(model, guide) },
    slos: guide.slos.length === 0 ? undefined : { table: sloTable(model, guide.slos), policies: policies(guide) },
    kpis: guide.kpis.length === 0 ? undefined : kpiTable(model, guide),
    owners: ownersOf(model, guide).map((owner) => ownerLine(model, owner)),
    told: guide.alerts.length === 0 ? undefined : toldTable(library, guide),
    dashboards: dashboardsOf(guide).map((name) => dashboardLink(library, name)),
    index: relativeLink(PATHS.runbook(guide.name), PATHS.runbookIndex),
  };
}

/** The few lines that somebody woken up reads first. */
export function glance(library: Library, guide: Guide): readonly string[] {
  const { model } = library;
  const label = labelOfService(guide);
  const teams = ownersOf(model, guide).map((owner) => escapeMarkdown(model.teams.get(owner)?.title ?? owner));
  const services = sortedBy(
    guide.services.map((name) => escapeMarkdown(serviceTitle(model, name))),
    (title) => title,
  );
  const about = label === undefined ? enumerate(services) : `the one that the alert names by ${codeSpan(label)}`;
  const dashboards = dashboardsOf(guide).map((name) => dashboardLink(library, name));
  return [
    ...severitiesOf(model, guide.alerts).map(
      (severity) => `**${escapeMarkdown(severity.name)}**: ${urgency(library, guide, severity)}`,
    ),
    ...(about === '' ? [] : [`**Service**: ${about}`]),
    ...(teams.length === 0 ? [] : [`**Owner**: ${label === undefined ? enumerate(teams) : 'that of the service'}`]),
    ...(dashboards.length === 0 ? [] : [`**Dashboards**: ${dashboards.join(', ')}`]),
  ];
}

/** The label by which the series name the service, where all alerts of a page leave it to them. */
export function labelOfService({ alerts, subject }: Guide): string | undefined {
  const [first] = alerts;
  const own = subject.kind === 'runbook' ? subject.runbook.service : undefined;
  const same = alerts.every(({ serviceFromLabel }) => serviceFromLabel === first?.serviceFromLabel);
  return own === undefined && same ? first?.serviceFromLabel : undefined;
}

function urgency({ incidents }: Library, guide: Guide, severity: Severity): string {
  const path = incidents.get(severity.name) ?? PATHS.runbookIndex;
  const procedure = markdownLink('incident procedure', relativeLink(PATHS.runbook(guide.name), path));
  const response = responseTime(severity);
  return response === undefined ? procedure : `respond ${escapeMarkdown(response)}; ${procedure}`;
}

/** How each severity that leads here is escalated. */
export function escalations(library: Library, guide: Guide): readonly string[] {
  return severitiesOf(library.model, guide.alerts).map((severity) => {
    const text = severity.escalation === undefined ? '' : `${escapeMarkdown(severity.escalation.replace(/\.$/, ''))}; `;
    return `**${escapeMarkdown(severity.name)}**: ${text}${urgency(library, guide, severity)}`;
  });
}

const NONE = '–';

/** The same alert at the same severity, said in the same words (two tiers of a page), is one row. */
export function alertTable(model: Model, alerts: readonly Alert[]): Table {
  const rows = alerts.map((alert) => [
    escapeMarkdown(alert.alert),
    escapeMarkdown(alert.severity),
    serviceCell(model, alert),
    meaningOf(alert),
    alert.forMs === 0 ? NONE : describeDuration(alert.forMs),
  ]);
  const distinct = new Map(rows.map((row) => [row.join('\0'), row]));
  return { headings: ['Alert', 'Severity', 'Service', 'What it means', 'Must hold for'], rows: [...distinct.values()] };
}

/** The service of an alert, or how its series name it. */
export function serviceCell(model: Model, { service, serviceFromLabel }: Alert): string {
  if (serviceFromLabel !== undefined) return `by ${codeSpan(serviceFromLabel)}`;
  return service === undefined ? NONE : escapeMarkdown(serviceTitle(model, service));
}

/** What an alert says about itself; `serviceAs`: what stands there for the name of its service. */
export function meaningOf({ annotations, service }: Alert, serviceAs?: string): string {
  const text = annotationText(annotations.summary ?? annotations.description ?? '');
  const named = serviceAs === undefined || service === undefined ? text : replacedName(text, service, serviceAs);
  return escapeMarkdown(named) || NONE;
}

/** A text with another name for a thing: where the name is a word, and not a part of one. */
function replacedName(text: string, name: string, other: string): string {
  const words = text.split(/([A-Za-z0-9][-\w/]*)/);
  return words.map((word) => (word === name ? codeSpan(other) : word)).join('');
}

interface Firing {
  readonly query: string;
  readonly url: string | undefined;
  /** The same in Alertmanager. */
  readonly list: string | undefined;
}

function firing({ project }: Model, { alerts }: Guide): Firing {
  const names = uniqueTexts(alerts.map(({ alert }) => alert));
  const query = firingQuery(labelMatcher('alertname', names));
  const operator = names.length === 1 ? '=' : '=~';
  const named = { label: 'alertname', operator, value: names.join('|') } as const;
  return { query, url: graphUrl(project, query), list: alertsUrl(project, [...guard(project), named]) };
}

function sloTable(model: Model, slos: readonly Slo[]): Table {
  const rows = slos.map((slo) => [
    escapeMarkdown(slo.title),
    escapeMarkdown(serviceTitle(model, slo.service)),
    formatPercent(slo.objectiveRatio),
    describeDuration(slo.windowMs),
    describeRoughly(budgetMs(slo)),
  ]);
  return { headings: ['SLO', 'Service', 'Objective', 'Window', 'Error budget'], rows };
}

/** Budget policies; SLOs that agree share a table. The page of an SLO has shown what to do already. */
function policies({ slos, subject }: Guide): readonly { readonly slos: string; readonly table: Table }[] {
  const shown = subject.kind === 'slo' && hasActions(subject.slo) ? [] : slos;
  const alike = groupBy(shown, (slo) => JSON.stringify(budgetStatuses(slo)));
  return [...alike.values()].flatMap((group) => {
    const table = policyTable(group[0]!);
    return table.rows.length === 0 ? [] : [{ slos: enumerate(group.map(({ title }) => title)), table }];
  });
}

/** Whether the budget policy of an SLO says what to do at any status. */
export function hasActions({ budgetPolicy }: Slo): boolean {
  return budgetPolicy.some(({ action }) => action !== undefined);
}

/** The statuses of one budget policy. */
export function policyTable(slo: Slo): Table {
  const statuses = budgetStatuses(slo);
  if (!hasActions(slo)) {
    const rows = statuses.map(({ status, left }) => [escapeMarkdown(status), left]);
    return { headings: ['Status', 'Budget left'], rows };
  }
  const rows = statuses.map(({ status, left, action }) => {
    return [escapeMarkdown(status), left, action === undefined ? NONE : escapeMarkdown(action)];
  });
  return { headings: ['Status', 'Budget left', 'What to do'], rows };
}

function kpiTable(model: Model, { kpis }: Guide): Table {
  const rows = kpis.map((kpi) => [
    escapeMarkdown(kpi.title),
    kpi.service === undefined ? NONE : escapeMarkdown(serviceTitle(model, kpi.service)),
    kpi.target ? codeSpan(kpi.target.text) : NONE,
    kpi.critical ? codeSpan(kpi.critical.text) : NONE,
    escapeMarkdown(kpi.unit),
  ]);
  return { headings: ['KPI', 'Service', 'Target', 'Critical', 'Unit'], rows };
}

function ownersOf(model: Model, guide: Guide): readonly string[] {
  const ofServices = guide.services.flatMap((name) => model.services.get(name)?.owner ?? []);
  return uniqueTexts([
    ...ofServices,
    ...guide.alerts.flatMap((alert) => ownersOfAlert(alert, model.project.labelNames)),
  ]);
}

function ownerLine(model: Model, owner: string): string {
  const team = model.teams.get(owner);
  if (!team) return `**${escapeMarkdown(owner)}**`;
  const roles = Object.entries(team.roles).map(
    ([role, channel]) => `${role} – ${escapeMarkdown(describeChannel(model, channel))}`,
  );
  const about = team.description === undefined ? '' : ` (${escapeMarkdown(team.description)})`;
  return `**${escapeMarkdown(team.title)}**${about}${roles.length === 0 ? '' : `: ${roles.join('; ')}`}`;
}

/** The channels of a severity; where somebody else writes the configuration, who knows them. */
function told({ model, routes }: Library, guide: Guide, severity: Severity): string {
  const elsewhere = decidedElsewhere(model);
  if (elsewhere !== undefined) return elsewhere;
  const channels = channelsReached(routes, severity, guide.alerts);
  if (channels.length === 0) return 'nobody: watch the dashboards';
  return channels.map((name) => escapeMarkdown(describeChannel(model, name))).join(', ');
}

function toldTable(library: Library, guide: Guide): Table {
  const { model } = library;
  const rows = severitiesOf(model, guide.alerts).map((severity) => {
    const response = responseTime(severity);
    return [
      escapeMarkdown(severity.name),
      told(library, guide, severity),
      response === undefined ? NONE : escapeMarkdown(titleCase(response)),
    ];
  });
  return { headings: ['Severity', 'Channels', 'Respond'], rows };
}

function dashboardsOf({ subject, alerts, slos, kpis }: Guide): readonly string[] {
  const steps = subject.kind === 'runbook' ? subject.runbook.investigate : [];
  return uniqueTexts([...steps, ...alerts, ...slos, ...kpis].flatMap(({ dashboard }) => dashboard ?? []));
}
