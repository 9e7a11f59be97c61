import { uniqueTexts } from '../../base/order.ts';
import { describeDuration, formatDuration } from '../../base/quantity.ts';
import { parametersOf } from '../../kinds/parameters.ts';
import { dashboardUid, KPI_SERIES, kpiAlertName } from '../../model/names.ts';
import type { Alert } from '../../model/rule.ts';
import type { Channel, Model, Receiver, Severity } from '../../model/types.ts';
import type { Fact, FactTable } from '../../output/explanation.ts';
import { dashboardText, routesOf, runbookText, toldOf } from './alert.ts';
import { fact, type Knowledge, plainKind } from './knowledge.ts';
import { sloFacts, tierTable } from './slo.ts';

/** What is known of a thing by its kind. */
interface Details {
  readonly facts: readonly Fact[];
  readonly tables?: readonly FactTable[];
}

type Describe = (knowledge: Knowledge & { readonly model: Model }, name: string) => Details | undefined;

/** Where its alerts lead: also to pages and dashboards that qmon makes itself. */
function pages(
  model: Model,
  { runbook, dashboard }: { readonly runbook?: string; readonly dashboard?: string },
): Fact[] {
  return [
    ...fact('runbook', runbook === undefined ? undefined : runbookText(model, runbook)),
    ...fact('dashboard', dashboard === undefined ? undefined : dashboardText(model, dashboard)),
  ];
}

/** Each alert name once, with its severity and who is told. */
function alertLines(knowledge: Knowledge, alerts: readonly Alert[]): string[] {
  const lines = alerts.map(
    (alert) => `${alert.alert} (${alert.severity}) tells ${toldOf(knowledge, alert).join('; ')}`,
  );
  return [...new Set(lines)];
}

function destination(receiver: Receiver): string {
  switch (receiver.type) {
    case 'slack':
      return `Slack ${receiver.channel}`;
    case 'email':
      return `mail to ${receiver.to.join(', ')}`;
    case 'webhook':
      return 'url' in receiver
        ? `webhook ${receiver.url}`
        : `webhook, its address is the secret ${receiver.urlSecret.secret}`;
    case 'pagerduty':
      return `PagerDuty, its key is the secret ${receiver.routingKey.secret}`;
  }
}

function alertFrom({ alerts }: Knowledge, kind: string, name: string): Alert | undefined {
  return alerts.find(({ source }) => source.kind === kind && source.name === name);
}

const describeSlo: Describe = (knowledge, name) => {
  const slo = knowledge.model.slos.get(name);
  return (
    slo && {
      facts: [...sloFacts(knowledge, slo), ...pages(knowledge.model, alertFrom(knowledge, 'SLO', name) ?? slo)],
      tables: [tierTable(knowledge, slo)],
    }
  );
};

const describeKpi: Describe = (knowledge, name) => {
  const { model, recordings } = knowledge;
  const kpi = model.kpis.get(name);
  if (!kpi) return undefined;
  const series = `${KPI_SERIES.value}{${model.project.labelNames.kpi}="${name}"}`;
  const recorded = recordings.some(
    ({ record, labels }) => record === KPI_SERIES.value && labels[model.project.labelNames.kpi] === name,
  );
  const facts = [
    ...fact('title', kpi.title),
    ...fact('description', kpi.description),
    ...fact('category', kpi.category),
    ...fact('query', kpi.query.text),
    ...fact('unit', kpi.unit),
    ...fact('target', kpi.target?.text),
    ...fact('critical', kpi.critical?.text),
    ...fact(
      'alert',
      kpi.alert && `${kpiAlertName(name)} (${kpi.alert.severity}) after ${formatDuration(kpi.alert.forMs)}`,
    ),
    ...fact('records', recorded ? series : undefined),
    ...pages(model, alertFrom(knowledge, 'KPI', name) ?? kpi),
  ];
  return { facts };
};

const describeService: Describe = (knowledge, name) => {
  const service = knowledge.model.services.get(name);
  if (!service) return undefined;
  const alerts = knowledge.alerts.filter((alert) => alert.service === name);
  const facts = [
    ...fact('title', service.title),
    ...fact('description', service.description),
    ...fact('owner', service.owner),
    ...fact('tier', service.tier?.toString()),
    ...fact('depends on', ...service.dependsOn),
    ...fact('alerts', ...alertLines(knowledge, alerts)),
  ];
  return { facts };
};

const describeTeam: Describe = ({ model }, name) => {
  const team = model.teams.get(name);
  if (!team) return undefined;
  const services = model.services.all.filter(({ owner }) => owner === name);
  const facts = [
    ...fact('title', team.title),
    ...fact('description', team.description),
    ...Object.entries(team.roles).flatMap(([role, channel]) => fact(role, channel)),
    ...fact('owns', ...services.map((service) => service.name)),
  ];
  return { facts };
};

const describeChannel: Describe = (knowledge, name) => {
  const channel: Channel | undefined = knowledge.model.channels.get(name);
  if (!channel) return undefined;
  const alerts = knowledge.alerts.filter((alert) =>
    routesOf(knowledge, alert).some(({ channels }) => channels.includes(name)),
  );
  const facts = [
    ...fact('description', channel.description),
    ...fact('tells', destination(channel.receiver)),
    ...fact('hears of', ...uniqueTexts(alerts.map(({ alert, severity }) => `${alert} (${severity})`))),
  ];
  return { facts };
};

function responseText({ respondWithin }: Severity): string | undefined {
  return typeof respondWithin === 'number' ? `within ${describeDuration(respondWithin)}` : respondWithin;
}

const describeSeverity: Describe = (knowledge, name) => {
  const { severities } = knowledge.model;
  const severity = severities.find((each) => each.name === name);
  if (!severity) return undefined;
  const { notify, rank, repeatMs } = severity;
  const alerts = knowledge.alerts.filter((alert) => alert.severity === name);
  const facts = [
    ...fact('description', severity.description),
    ...fact('rank', `${rank + 1} of ${severities.length}, the most severe first`),
    ...fact('response', responseText(severity)),
    ...fact('tells', ...(notify ?? ['whom the default route tells'])),
    ...fact('tells', notify?.length === 0 ? 'nobody, as the specs say' : undefined),
    ...fact('escalation', severity.escalation),
    ...fact('repeats', repeatMs === undefined ? undefined : `every ${formatDuration(repeatMs)}`),
    ...fact('alerts', ...alertLines(knowledge, alerts)),
  ];
  return { facts };
};

const describeMetric: Describe = ({ model }, name) => {
  const metric = model.metrics.get(name);
  if (!metric) return undefined;
  const facts = [
    ...fact('type', metric.type),
    ...fact('unit', metric.unit),
    ...fact('labels', metric.labels.join(', ')),
    ...fact('description', metric.description),
    ...fact('optional', metric.optional ? 'yes: it may be missing' : undefined),
  ];
  return { facts };
};

const describeDashboard: Describe = ({ model }, name) => {
  const dashboard = model.dashboards.get(name);
  if (!dashboard) return undefined;
  const facts = [
    ...fact('title', dashboard.title),
    ...fact('purpose', dashboard.purpose),
    ...fact('uid', dashboardUid(model.project, name)),
    ...fact('page', dashboardText(model, name)),
  ];
  return { facts };
};

const describeRunbook: Describe = (knowledge, name) => {
  const runbook = knowledge.model.runbooks.get(name);
  if (!runbook) return undefined;
  const alerts = knowledge.alerts.filter((alert) => alert.runbook === name);
  const facts = [
    ...fact('title', runbook.title),
    ...fact('overview', runbook.overview),
    ...fact('page', runbookText(knowledge.model, name)),
    ...fact('alerts', ...alertLines(knowledge, alerts)),
  ];
  return { facts };
};

/** What there is to say by kind; of any other only where it is declared, what it makes and who refers to it. */
const DESCRIPTIONS: Readonly<Record<string, Describe>> = {
  SLO: describeSlo,
  KPI: describeKpi,
  Service: describeService,
  Team: describeTeam,
  Channel: describeChannel,
  Dashboard: describeDashboard,
  Runbook: describeRunbook,
  severity: describeSeverity,
  metric: describeMetric,
};

/** What services give to a shared document. */
function parameterFacts({ names }: Knowledge, kind: string, name: string): Fact[] {
  if (plainKind(kind) === kind) return [];
  const document = names.declarations.find((each) => each.kind === kind && each.name === name)?.document;
  const parameters = document ? parametersOf(document.value) : [];
  const texts = parameters.map((each) => {
    const preset = each.default === undefined ? 'has no default' : `${each.default.text} by default`;
    return `$${each.name} (${each.type}): ${preset}`;
  });
  return fact('parameters', ...texts);
}

/** The facts about a thing, and for a document the alerts that are made from it. */
export function detailsOf(knowledge: Knowledge, kind: string, name: string): Details {
  const { model } = knowledge;
  const known = model && DESCRIPTIONS[kind]?.({ ...knowledge, model }, name);
  if (known) return known;
  const made = knowledge.alerts.filter(({ source }) => source.kind === kind && source.name === name);
  return { facts: [...parameterFacts(knowledge, kind, name), ...fact('alerts', ...alertLines(knowledge, made))] };
}
