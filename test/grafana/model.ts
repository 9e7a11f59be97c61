import { sortedBy } from '../../src/base/order.ts';
import {
  DAY_MS,
  HOUR_MS,
  MINUTE_MS,
  parseDecimal,
  type Rational,
  rational,
  SECOND_MS,
} from '../../src/base/quantity.ts';
import type {
  AlertPolicy,
  Comparison,
  Condition,
  Dashboard,
  Entity,
  Index,
  Kpi,
  Model,
  Panel,
  Project,
  Service,
  Severity,
  Slo,
  Team,
} from '../../src/model/types.ts';
import type { Expression } from '../../src/promql/expression.ts';
import type { Located, Origin, Path } from '../../src/source/document.ts';
import type { Span } from '../../src/source/span.ts';
import { PLAIN_TARGETS } from '../plain-targets.ts';

/** Spans whose file name says which value is meant: `system-health#/spec/title`, with characters `@3-8`. */
function spanAt(document: string, path: Path, range = ''): Span {
  const pointer = path.map((step) => `/${step}`).join('');
  return { file: { path: `${document}#${pointer}${range}`, text: '' }, start: 0, end: 0 };
}

function located(name: string): Located {
  return {
    file: { path: name, text: '' },
    index: 0,
    value: {},
    span: spanAt(name, []),
    at: (path) => spanAt(name, path),
    within: (path, start, end) => spanAt(name, path, `@${start}-${end}`),
  };
}

export function entity(name: string): Entity {
  const document = located(name);
  return { name, origin: { document, path: [] }, part: (...path) => ({ document, path }) };
}

export function index<T extends { readonly name: string }>(items: readonly T[]): Index<T> {
  const all = sortedBy(items, ({ name }) => name);
  return { all, get: (name) => all.find((item) => item.name === name) };
}

/** An expression that is the author's own from its first character to its last. */
export function expression(text: string, origin: Origin): Expression {
  const { document, path } = origin;
  return { text, pieces: [{ at: 0, length: text.length, document, path, offset: 0 }] };
}

export function condition(operator: Comparison, decimal: string, text = decimal): Condition {
  return { operator, value: parseDecimal(decimal)!, text: `${operator} ${text}` };
}

export function project(changes: Partial<Project> = {}): Project {
  return {
    ...entity('shop'),
    title: 'Shop',
    labels: {},
    labelNames: {
      severity: 'severity',
      service: 'service',
      owner: 'team',
      category: 'category',
      slo: 'slo',
      kpi: 'kpi',
      project: 'project',
      environment: 'environment',
    },
    runbooksUrl: 'https://runbooks.example.org/',
    ...PLAIN_TARGETS,
    prometheus: { ...PLAIN_TARGETS.prometheus, url: 'http://prometheus.example.org:9090' },
    ...changes,
  };
}

export function service(name: string, changes: Partial<Service> = {}): Service {
  return {
    ...entity(name),
    title: name.charAt(0).toUpperCase() + name.slice(1),
    dependsOn: [],
    links: {},
    alertLabels: {},
    alertAnnotations: {},
    ...changes,
  };
}

export const POLICY = [
  { atMost: rational(1, 2), status: 'WARNING', action: 'Look at the last deployment' },
  { atMost: rational(1, 10), status: 'CRITICAL' },
  { atMost: rational(0), status: 'EXHAUSTED', action: 'Feature freeze' },
];

export function slo(name: string, of: string, objective: Rational, changes: Partial<Slo> = {}): Slo {
  const own = entity(name);
  const events = { expression: expression('http_requests_total', own.part('spec', 'indicator')) };
  return {
    ...own,
    service: of,
    title: name.replaceAll('-', ' '),
    description: `The promise of ${name}`,
    objectiveRatio: objective,
    windowMs: 30 * DAY_MS,
    indicator: { type: 'ratio', counts: 'errors', counted: events, total: events },
    alerting: { page: 'critical', ticket: 'warning' },
    budgetPolicy: POLICY,
    category: 'availability',
    alertLabels: {},
    alertAnnotations: {},
    ...changes,
  };
}

export function kpi(name: string, changes: Partial<Kpi> = {}): Kpi {
  const own = entity(name);
  return {
    ...own,
    title: name.replaceAll('-', ' '),
    category: 'system',
    query: expression('avg(up)', own.part('spec', 'query')),
    unit: 'percent',
    groupBy: [],
    advice: [],
    alertLabels: {},
    alertAnnotations: {},
    ...changes,
  };
}

/** A panel without its origin, which follows from where it stands. */
export type PanelDraft = Panel extends infer P ? (P extends Panel ? Omit<P, 'origin'> : never) : never;

export function query(text: string, changes: Partial<Extract<Panel, { shows: 'query' }>> = {}): PanelDraft {
  return {
    shows: 'query',
    type: 'timeseries',
    title: 'Chart',
    queries: [{ query: { text, pieces: [] } }],
    thresholds: [],
    ...changes,
  };
}

export interface DashboardDraft extends Partial<Omit<Dashboard, 'rows'>> {
  readonly rows?: readonly { readonly title?: string; readonly panels: readonly PanelDraft[] }[];
}

export function dashboard(name: string, { rows = [], ...changes }: DashboardDraft = {}): Dashboard {
  const own = entity(name);
  return {
    ...own,
    title: name,
    purpose: '',
    audience: [],
    rangeMs: 6 * HOUR_MS,
    leadsTo: [],
    tags: [],
    variables: [],
    rows: rows.map(({ panels, ...row }, rowIndex) => ({
      ...row,
      panels: panels.map((panel, position) => {
        const origin = own.part('spec', 'rows', rowIndex, 'panels', position);
        if (panel.shows !== 'query') return { ...panel, origin };
        const queries = panel.queries.map((each, index) => ({
          ...each,
          query: expression(each.query.text, own.part(...origin.path, 'queries', index, 'query')),
        }));
        return { ...panel, queries, origin };
      }),
    })),
    ...changes,
  };
}

const SEVERITIES = ['critical', 'warning'].map((name, rank): Severity => {
  return { ...entity(name), rank, description: '', examples: [], procedure: [] };
});

export interface ModelDraft {
  readonly project?: Project;
  readonly teams?: readonly Team[];
  readonly services?: readonly Service[];
  readonly slos?: readonly Slo[];
  readonly kpis?: readonly Kpi[];
  readonly alertPolicies?: readonly AlertPolicy[];
  readonly dashboards?: readonly Dashboard[];
}

export function modelOf(draft: ModelDraft): Model {
  const main = draft.project ?? project();
  return {
    project: main,
    teams: index(draft.teams ?? []),
    services: index(draft.services ?? []),
    catalogs: index([]),
    metrics: index([]),
    slos: index(draft.slos ?? []),
    kpis: index(draft.kpis ?? []),
    severities: SEVERITIES,
    channels: index([]),
    routing: {
      origin: main.origin,
      defaults: {
        notify: [],
        groupBy: [],
        groupWaitMs: 30 * SECOND_MS,
        groupIntervalMs: 5 * MINUTE_MS,
        repeatMs: 4 * HOUR_MS,
        sendResolved: true,
        resolveTimeoutMs: 5 * MINUTE_MS,
      },
      routes: [],
    },
    ruleSets: index([]),
    alertPolicies: index(draft.alertPolicies ?? []),
    dashboards: index(draft.dashboards ?? []),
    runbooks: index([]),
  };
}
