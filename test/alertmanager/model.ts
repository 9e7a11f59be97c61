import type { Alert, RuleBook } from '../../src/model/rule.ts';
import type {
  Channel,
  CustomRoute,
  Entity,
  Index,
  Labels,
  Model,
  Project,
  Receiver,
  RouteDefaults,
  Severity,
  Team,
} from '../../src/model/types.ts';
import type { Located, Path } from '../../src/source/document.ts';
import type { Span } from '../../src/source/span.ts';
import { PLAIN_TARGETS } from '../plain-targets.ts';

/** What a test says about its workspace; everything else is as in an empty one. */
export interface Workspace {
  readonly severities: readonly Partial<Omit<Severity, 'rank'>>[];
  readonly channels?: Readonly<Record<string, Receiver>>;
  readonly teams?: Readonly<Record<string, Team['roles']>>;
  readonly services?: Readonly<Record<string, string>>;
  readonly defaults?: Partial<RouteDefaults>;
  readonly routes?: readonly (Pick<CustomRoute, 'when' | 'notify'> & { readonly continue?: boolean })[];
  readonly metricLabels?: readonly string[];
  readonly sendResolved?: Readonly<Record<string, boolean>>;
  readonly project?: Partial<Project>;
}

/** A document without text, whose spans tell the path that was asked for. */
function located(name: string): Located {
  const span = (path: Path): Span => ({ file: { path: [name, ...path].join('/'), text: '' }, start: 0, end: 0 });
  return { file: span([]).file, index: 0, value: {}, span: span([]), at: span, within: span };
}

function entity(kind: string, name: string, at: Path = []): Entity {
  const document = located(name === '' ? kind : `${kind}:${name}`);
  return { name, origin: { document, path: at }, part: (...path) => ({ document, path: [...at, ...path] }) };
}

function index<T extends { readonly name: string }>(all: readonly T[]): Index<T> {
  return { all, get: (name) => all.find((each) => each.name === name) };
}

const NAMES = {
  severity: 'severity',
  service: 'service',
  owner: 'team',
  category: 'category',
  slo: 'slo',
  kpi: 'kpi',
  project: 'project',
  environment: 'environment',
};

function project(own: Partial<Project> = {}): Project {
  return {
    ...entity('Project', 'shop'),
    title: 'Shop',
    labels: {},
    labelNames: NAMES,
    ...PLAIN_TARGETS,
    ...own,
  };
}

export const DEFAULTS: RouteDefaults = {
  notify: [],
  groupBy: ['service', 'alertname'],
  groupWaitMs: 30_000,
  groupIntervalMs: 300_000,
  repeatMs: 14_400_000,
  sendResolved: true,
  resolveTimeoutMs: 300_000,
};

function severity(level: Workspace['severities'][number], rank: number): Severity {
  const base = entity('SeverityScale', '', ['spec', 'levels', rank]);
  return { ...base, description: '', examples: [], procedure: [], ...level, name: level.name ?? `S${rank}`, rank };
}

function channel(name: string, receiver: Receiver, sendResolved: boolean | undefined): Channel {
  return { ...entity('Channel', name), receiver, ...(sendResolved !== undefined && { sendResolved }) };
}

function catalogue(labels: readonly string[]): Model['metrics'] {
  const metric = { type: 'counter' as const, labels, optional: false };
  return index([{ ...entity('MetricCatalog', 'requests_total'), ...metric }]);
}

export function model(workspace: Workspace): Model {
  const policy = entity('NotificationPolicy', 'routing');
  const { teams = {}, services = {}, channels = {}, routes = [], sendResolved = {} } = workspace;
  const plain = { title: '', dependsOn: [], links: {}, alertLabels: {}, alertAnnotations: {} };
  return {
    project: project(workspace.project),
    teams: index(Object.entries(teams).map(([name, roles]) => ({ ...entity('Team', name), title: name, roles }))),
    services: index(Object.entries(services).map(([name, owner]) => ({ ...entity('Service', name), ...plain, owner }))),
    catalogs: index([]),
    metrics: catalogue(workspace.metricLabels ?? []),
    slos: index([]),
    kpis: index([]),
    severities: workspace.severities.map(severity),
    channels: index(Object.entries(channels).map(([name, each]) => channel(name, each, sendResolved[name]))),
    routing: {
      origin: policy.origin,
      defaults: { ...DEFAULTS, ...workspace.defaults },
      routes: routes.map((route, position) => ({
        ...route,
        continue: route.continue ?? false,
        origin: policy.part('spec', 'routes', position),
      })),
    },
    ruleSets: index([]),
    alertPolicies: index([]),
    dashboards: index([]),
    runbooks: index([]),
  };
}

export type TestAlert = readonly [alert: string, labels: Labels, expr?: string];

/** Alerts by name, labels and expression; severity and service are read from the labels. */
export function rules(...alerts: readonly TestAlert[]): RuleBook {
  const all = alerts.map(([name, labels, expr = 'requests_total > 0']): Alert => {
    const { service } = labels;
    return {
      type: 'alert',
      alert: name,
      expr: { text: expr, pieces: [] },
      forMs: 0,
      labels,
      annotations: {},
      origin: entity('AlertPolicy', name).origin,
      severity: labels.severity ?? '',
      source: { kind: 'AlertPolicy', name: 'test' },
      ...(service !== undefined && { service }),
    };
  });
  return { groups: [], alerts: all };
}

/** Every Project that sends mail needs it. */
export const EMAIL: NonNullable<Project['email']> = {
  from: 'qmon@example.org',
  smarthost: 'mail.example.org:587',
  authUsername: 'qmon',
  authPassword: { secret: 'smtp-password' },
  requireTls: true,
};

const secret = (name: string) => ({ secret: name });

/** One channel of every type. */
export const CHANNELS = {
  pager: { type: 'pagerduty', routingKey: secret('pager-key') },
  incidents: { type: 'slack', channel: '#incidents', apiUrl: secret('incidents-url') },
  alerts: { type: 'slack', channel: '#alerts', apiUrl: secret('alerts-url') },
  mail: { type: 'email', to: ['a@example.org', 'b@example.org'] },
  tracker: { type: 'webhook', url: 'http://tracker.example.org/', bearerToken: secret('tracker-token') },
  hook: { type: 'webhook', urlSecret: secret('hook-url') },
} as const satisfies Record<string, Receiver>;

const SHARED: Partial<Project> = {
  email: EMAIL,
  alertmanager: { ...project().alertmanager, routing: { type: 'shared', name: 'company' } },
};

/** Projects that send mail: with an Alertmanager of their own, and with a shared one. */
export const PROJECTS: readonly Partial<Project>[] = [
  { email: EMAIL },
  SHARED,
  { ...SHARED, environment: { name: 'staging', title: 'Staging', severityMap: {} } },
];

/** Four severities, labels of metrics, and clusters that are told apart. */
export const INHIBITING: Workspace = {
  severities: [{ name: 'P1' }, { name: 'P2' }, { name: 'P3' }, { name: 'P4' }],
  metricLabels: ['code', 'instance', 'severity'],
  project: { prometheus: { ...project().prometheus, externalLabels: { cluster: 'eu' } } },
};
