import { sortedBy } from '../../src/base/order.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS, rational } from '../../src/base/quantity.ts';
import { generatedDashboard, generatedRunbook, SLO_SERIES } from '../../src/model/names.ts';
import type { Alert, Recording, RuleBook } from '../../src/model/rule.ts';
import type { Entity, Index, Kpi, Model, Project, Runbook, Service, Severity, Slo } from '../../src/model/types.ts';
import type { Located, Origin, Path } from '../../src/source/document.ts';

const file = { path: 'specs/fixture.yaml', text: '' };
const span = { file, start: 0, end: 0 };
const document: Located = { file, index: 0, value: undefined, span, at: () => span, within: () => span };

export function origin(...path: Path): Origin {
  return { document, path };
}

function entity(name: string): Entity {
  return { name, origin: origin(name), part: (...path) => origin(name, ...path) };
}

function index<T extends { readonly name: string }>(items: readonly T[]): Index<T> {
  const all = sortedBy(items, ({ name }) => name);
  return { all, get: (name) => all.find((item) => item.name === name) };
}

const NO_LABELS = { alertLabels: {}, alertAnnotations: {} };

export function project(part: Partial<Project> = {}): Project {
  return {
    ...entity('shop'),
    title: 'Shop',
    labels: {},
    labelNames: {
      severity: 'severity',
      service: 'service',
      owner: 'owner',
      category: 'category',
      slo: 'slo',
      kpi: 'kpi',
      project: 'project',
      environment: 'environment',
    },
    prometheus: {
      version: { major: 2, minor: 42 },
      url: 'https://prometheus.example.org',
      scrapeIntervalMs: 15_000,
      evaluationIntervalMs: 30_000,
      externalLabels: {},
      features: [],
      format: 'files',
      operator: {
        labels: {},
        annotations: {},
        dashboards: { labels: { grafana_dashboard: '1' }, folderAnnotation: 'grafana_folder' },
      },
    },
    alertmanager: { version: { major: 0, minor: 25 }, secretsDir: '/secrets', routing: { type: 'own' } },
    grafana: { url: 'https://grafana.example.org/', folder: 'Shop', datasources: { tracesType: 'tempo' } },
    policy: {
      requireRunbook: [],
      requireOwner: false,
      ownedSeverities: [],
      alerts: [],
      records: [],
      expressions: [],
      groups: [],
    },
    ...part,
  } as Project;
}

export function severity(name: string, rank: number, part: Partial<Severity> = {}): Severity {
  return { ...entity(name), rank, description: `${name} happens`, examples: [], procedure: [], ...part };
}

export function service(name: string, part: Partial<Service> = {}): Service {
  return { ...entity(name), title: name.toUpperCase(), dependsOn: [], links: {}, ...NO_LABELS, ...part };
}

export function slo(name: string, part: Partial<Slo> = {}): Slo {
  const events = (text: string) => ({ expression: { text, pieces: [] } });
  return {
    ...entity(name),
    service: 'cart',
    title: `${name} objective`,
    description: '99.5% of requests succeed',
    objectiveRatio: rational(995, 1000),
    windowMs: 30 * DAY_MS,
    indicator: { type: 'ratio', counts: 'errors', counted: events('errors_total'), total: events('requests_total') },
    alerting: { page: 'P1_CRITICAL', ticket: 'P3_MEDIUM' },
    budgetPolicy: [
      { atMost: rational(1, 2), status: 'WARNING', action: 'Review recent deployments' },
      { atMost: rational(1, 10), status: 'CRITICAL', action: 'Only reliability work' },
      { atMost: rational(0), status: 'EXHAUSTED', action: 'Feature freeze' },
    ],
    category: 'availability',
    ...NO_LABELS,
    ...part,
  };
}

export function kpi(name: string, part: Partial<Kpi> = {}): Kpi {
  return {
    ...entity(name),
    title: `${name} figure`,
    category: 'business',
    service: 'cart',
    query: { text: 'sum(rate(orders_total[5m]))', pieces: [] },
    unit: 'orders/second',
    target: { operator: '>', value: rational(10), text: '> 10' },
    critical: { operator: '<', value: rational(1), text: '< 1' },
    groupBy: [],
    advice: [],
    alert: { severity: 'P2_HIGH', forMs: 30 * MINUTE_MS },
    ...NO_LABELS,
    ...part,
  };
}

export function runbook(name: string, part: Partial<Runbook> = {}): Runbook {
  return {
    ...entity(name),
    title: `${name} runbook`,
    overview: `What to do about ${name}.`,
    symptoms: [],
    investigate: [],
    causes: [],
    resolve: [],
    escalate: [],
    ...part,
  };
}

export function alert(name: string, part: Partial<Alert> = {}): Alert {
  const severityName = part.severity ?? 'P1_CRITICAL';
  const serviceName = part.service ?? 'cart';
  const owner = serviceName === 'cart' ? { owner: 'web' } : {};
  return {
    type: 'alert',
    alert: name,
    expr: { text: 'up == 0', pieces: [] },
    forMs: MINUTE_MS,
    labels: { severity: severityName, service: serviceName, ...owner },
    annotations: { summary: `${name} on {{ $labels.job }} | {{ $value | humanize }}` },
    origin: origin(name),
    severity: severityName,
    service: serviceName,
    source: { kind: 'AlertPolicy', name: 'policy' },
    ...owner,
    ...part,
  };
}

function recording(record: string, name: string, text: string): Recording {
  return { type: 'record', record, expr: { text, pieces: [] }, labels: { slo: name }, origin: origin(name) };
}

/** The rules of the fixture: what the rule book would hold of an SLO and a KPI, and two alerts of a policy. */
export function ruleBook(alerts: readonly Alert[], slos: readonly Slo[]): RuleBook {
  const records = slos.flatMap(({ name }) => [
    recording(SLO_SERIES.errors(5 * MINUTE_MS), name, 'sum(rate(errors_total[5m]))'),
    recording(SLO_SERIES.events(5 * MINUTE_MS), name, 'sum(rate(requests_total[5m]))'),
    recording(SLO_SERIES.errorRatio(5 * MINUTE_MS), name, 'x'),
    recording(SLO_SERIES.errorRatio(HOUR_MS), name, 'x'),
    recording(SLO_SERIES.budgetRemaining, name, 'x'),
  ]);
  return { groups: [{ name: 'all', rules: [...records, ...alerts] }], alerts };
}

const SEVERITIES = [
  severity('P1_CRITICAL', 0, {
    description: 'Service is down or severely degraded',
    examples: ['API availability < 95%', 'Error rate > 5%'],
    respondWithin: 5 * MINUTE_MS,
    escalation: 'Immediate PagerDuty',
    notify: ['team.page', 'slack-incidents'],
    procedure: [
      { phase: 'Detection', fromMs: 0, toMs: 5 * MINUTE_MS, steps: ['Acknowledge the page', 'Open the *runbook*'] },
      { phase: 'Response', fromMs: 10 * MINUTE_MS, steps: ['Assemble the team'] },
      { phase: 'Resolution', steps: ['Verify'] },
    ],
    postmortemWithinMs: 48 * HOUR_MS,
  }),
  severity('P2_HIGH', 1, { respondWithin: 15 * MINUTE_MS }),
  severity('P3_MEDIUM', 2, { respondWithin: 'next business day', notify: [] }),
];

export const SERVICE_DOWN = runbook('service-down', {
  title: 'Service down',
  overview: 'Response when a service is reported down.',
  impact: 'Users cannot reach the service.',
  symptoms: ['Health check fails', 'HTTP requests return `5xx`'],
  investigate: [
    { do: 'Check pods', run: 'kubectl get pods -n shop\nkubectl logs -f deployment/$service' },
    { do: 'Check resource utilisation', dashboard: 'system-health' },
    { do: 'Read the wiki', link: 'https://wiki.example.org/a_(b)' },
  ],
  causes: ['Resource exhaustion', '<script> & *stars*'],
  resolve: [
    {
      title: 'Quick fixes',
      steps: [{ do: 'Restart', run: 'kubectl rollout restart deployment/$service' }, { do: 'Wait' }],
    },
    { title: 'Otherwise', steps: [{ do: 'Roll back' }] },
  ],
  escalate: ['If unresolved within 15 minutes, escalate to a senior engineer'],
});

export interface Fixture {
  readonly model: Model;
  readonly rules: RuleBook;
}

/** A shop of two services: an SLO and a KPI without runbooks, a policy's alerts with one, one runbook in vain. */
export function fixture(part: Partial<Model> = {}, moreAlerts: readonly Alert[] = []): Fixture {
  const objective = slo('cart-availability', { dashboard: generatedDashboard.service('cart') });
  const figure = kpi('orders');
  const burn = (severityName: string) =>
    alert('CartAvailabilityBudgetBurn', {
      severity: severityName,
      forMs: 0,
      source: { kind: 'SLO', name: objective.name },
      runbook: generatedRunbook.slo(objective.name),
      dashboard: generatedDashboard.service('cart'),
    });
  const alerts = [
    alert('HighLatency', { severity: 'P2_HIGH', runbook: 'service-down', service: 'pay' }),
    burn('P3_MEDIUM'),
    burn('P1_CRITICAL'),
    burn('P1_CRITICAL'),
    alert('OrdersCritical', { severity: 'P2_HIGH', source: { kind: 'KPI', name: 'orders' }, runbook: 'kpi-orders' }),
    alert('ServiceDown', { runbook: 'service-down' }),
    alert('Orphan', { severity: 'P3_MEDIUM' }),
    ...moreAlerts,
  ];
  const model: Model = {
    project: project(),
    teams: index([{ ...entity('web'), title: 'Web team', roles: { page: 'pager', chat: 'slack-incidents' } }]),
    services: index([
      service('cart', { owner: 'web', dependsOn: ['pay'], links: { repo: 'https://git.example.org/cart' } }),
      service('pay'),
    ]),
    catalogs: index([]),
    metrics: index([]),
    slos: index([objective]),
    kpis: index([figure]),
    severities: SEVERITIES,
    channels: index([
      { ...entity('pager'), receiver: { type: 'pagerduty', routingKey: { secret: 'key' } } },
      { ...entity('slack-incidents'), receiver: { type: 'slack', channel: '#incidents', apiUrl: { secret: 'slack' } } },
    ]),
    routing: {
      origin: origin('routing'),
      defaults: {
        notify: ['slack-incidents'],
        groupBy: ['service'],
        groupWaitMs: 30_000,
        groupIntervalMs: 300_000,
        repeatMs: 4 * HOUR_MS,
        sendResolved: true,
        resolveTimeoutMs: 300_000,
      },
      routes: [],
    },
    ruleSets: index([]),
    alertPolicies: index([]),
    dashboards: index([
      {
        ...entity('system-health'),
        title: 'System Health',
        purpose: 'Overview',
        audience: [],
        rangeMs: HOUR_MS,
        leadsTo: [],
        tags: [],
        variables: [],
        rows: [],
      },
    ]),
    runbooks: index([SERVICE_DOWN, runbook('in-vain', { service: 'pay' })]),
    ...part,
  };
  return { model, rules: ruleBook(alerts, model.slos.all) };
}

export { index };
