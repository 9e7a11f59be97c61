import { sortedBy } from '../base/order.ts';
import { HOUR_MS, MINUTE_MS, SECOND_MS } from '../base/quantity.ts';
import type {
  AlertPolicy,
  BudgetStatus,
  Catalog,
  Channel,
  Dashboard,
  Environment,
  Index,
  Kpi,
  Model,
  Project,
  RouteDefaults,
  Routing,
  RuleSet,
  Runbook,
  Service,
  Severity,
  Slo,
  Team,
} from '../model/types.ts';
import { DEFAULT_BUDGET_POLICY } from '../slo/budget.ts';
import { defined } from './entity.ts';
import type { LoweredPolicy } from './notification-policy/notification-policy.ts';
import type { LoweredProject } from './project/project.ts';

/** What the documents of a workspace were lowered to, by kind. */
export interface Lowered {
  readonly Project: readonly LoweredProject[];
  readonly Environment: readonly Environment[];
  readonly Team: readonly Team[];
  readonly Service: readonly Service[];
  readonly MetricCatalog: readonly Catalog[];
  readonly SLO: readonly Slo[];
  readonly KPI: readonly Kpi[];
  readonly SeverityScale: readonly (readonly Severity[])[];
  readonly Channel: readonly Channel[];
  readonly NotificationPolicy: readonly LoweredPolicy[];
  readonly AlertPolicy: readonly AlertPolicy[];
  readonly RuleSet: readonly RuleSet[];
  readonly Dashboard: readonly Dashboard[];
  readonly Runbook: readonly Runbook[];
}

/** The severities of a workspace without a SeverityScale: the two most frequent names of the field. */
const DEFAULT_SEVERITIES = [
  { name: 'critical', description: 'Users are affected: somebody must act now.', respondWithin: 15 * MINUTE_MS },
  { name: 'warning', description: 'Users will be affected if nobody acts soon.', respondWithin: 'next business day' },
];

const DEFAULT_ROUTING: Omit<RouteDefaults, 'notify'> = {
  groupBy: ['service', 'alertname'],
  groupWaitMs: 30 * SECOND_MS,
  groupIntervalMs: 5 * MINUTE_MS,
  repeatMs: 4 * HOUR_MS,
  sendResolved: true,
  resolveTimeoutMs: 5 * MINUTE_MS,
};

function index<T extends { readonly name: string }>(items: readonly T[]): Index<T> {
  const all = sortedBy(items, (item) => item.name);
  const byName = new Map(all.map((item) => [item.name, item]));
  return { all, get: (name) => byName.get(name) };
}

function severities(lowered: Lowered, { project }: LoweredProject): readonly Severity[] {
  const [scale] = lowered.SeverityScale;
  if (scale) return scale;
  return DEFAULT_SEVERITIES.map((level, rank) => ({
    ...level,
    origin: project.origin,
    part: project.part,
    rank,
    examples: [],
    procedure: [],
  }));
}

function routing(lowered: Lowered, { project }: LoweredProject): Routing {
  const [policy] = lowered.NotificationPolicy;
  const only = lowered.Channel.length === 1 ? lowered.Channel.map((channel) => channel.name) : [];
  return {
    origin: policy?.origin ?? project.origin,
    defaults: { notify: only, ...DEFAULT_ROUTING, ...policy?.defaults },
    routes: policy?.routes ?? [],
  };
}

/** An SLO with what it inherits: the project's budget statuses, and severities for its alerts. */
function completeSlo(
  slo: Slo,
  policy: readonly BudgetStatus[],
  levels: readonly Severity[],
  map: Environment['severityMap'],
): Slo {
  const [page, ticket] = levels.map(({ name }) => map[name] ?? name);
  return {
    ...slo,
    budgetPolicy: slo.budgetPolicy.length > 0 ? slo.budgetPolicy : policy,
    alerting: {
      ...(page !== undefined && { page }),
      ...(ticket !== undefined && { ticket }),
      ...slo.alerting,
    },
  };
}

/** The project in an environment, whose runbooks have a folder of their own below the project's address. */
function inEnvironment(project: Project, environment: Environment | undefined): Project {
  if (!environment) return project;
  const { name, title, severityMap } = environment;
  const base = project.runbooksUrl?.replace(/\/+$/, '');
  const runbooksUrl = environment.runbooksUrl ?? (base === undefined ? undefined : `${base}/${name}`);
  return { ...project, environment: { name, title, severityMap }, ...defined({ runbooksUrl }) };
}

/** Puts the model together from what the kinds lowered, with everything that is left to defaults. */
export function assemble(lowered: Lowered, main: LoweredProject, environment?: Environment): Model {
  const levels = severities(lowered, main);
  const budgetPolicy = main.budgetPolicy ?? DEFAULT_BUDGET_POLICY;
  return {
    project: inEnvironment(main.project, environment),
    teams: index(lowered.Team),
    services: index(lowered.Service),
    catalogs: index(lowered.MetricCatalog),
    metrics: index(lowered.MetricCatalog.flatMap(({ metrics }) => metrics)),
    slos: index(lowered.SLO.map((slo) => completeSlo(slo, budgetPolicy, levels, environment?.severityMap ?? {}))),
    kpis: index(lowered.KPI),
    severities: levels,
    channels: index(lowered.Channel),
    routing: routing(lowered, main),
    alertPolicies: index(lowered.AlertPolicy),
    ruleSets: index(lowered.RuleSet),
    dashboards: index(lowered.Dashboard),
    runbooks: index(lowered.Runbook),
  };
}
