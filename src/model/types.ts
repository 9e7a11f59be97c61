import type { Rational } from '../base/quantity.ts';
import type { Expression } from '../promql/expression.ts';
import type { Selector } from '../promql/selector.ts';
import type { Origin } from '../source/document.ts';
import type { Entity, Labels } from './entity.ts';
import type { Dashboard, Runbook } from './pages.ts';
import type { Policy } from './policy.ts';
import type { RuleSet } from './rule-set.ts';
import type { AlertmanagerTarget, EmailSettings, GrafanaTarget, PrometheusTarget, Secret } from './targets.ts';

export type * from './entity.ts';
export type * from './pages.ts';
export type * from './policy.ts';
export type * from './rule-set.ts';
export type * from './targets.ts';

/**
 * The model: what the author meant, linked, defaulted and in typed units. Targets read nothing else.
 * Entities refer to each other by name; `link` has made sure that every name exists.
 */
export interface Model {
  readonly project: Project;
  readonly teams: Index<Team>;
  readonly services: Index<Service>;
  readonly catalogs: Index<Catalog>;
  /** Those of all catalogues. */
  readonly metrics: Index<Metric>;
  readonly slos: Index<Slo>;
  readonly kpis: Index<Kpi>;
  /** Most severe first. Never empty: without a scale there are `critical` and `warning`. */
  readonly severities: readonly Severity[];
  readonly channels: Index<Channel>;
  readonly routing: Routing;
  readonly alertPolicies: Index<AlertPolicy>;
  readonly ruleSets: Index<RuleSet>;
  readonly dashboards: Index<Dashboard>;
  readonly runbooks: Index<Runbook>;
}

/** Entities in the order of their names, with a look-up. */
export interface Index<T> {
  readonly all: readonly T[];
  get(name: string): T | undefined;
}

export interface Project extends Entity {
  readonly title: string;
  /** Where the project declares environments: the one that is compiled. */
  readonly environment?: Pick<Environment, 'name' | 'title' | 'severityMap'>;
  /** On every alert. */
  readonly labels: Labels;
  readonly labelNames: LabelNames;
  readonly runbooksUrl?: string;
  readonly prometheus: PrometheusTarget;
  readonly alertmanager: AlertmanagerTarget;
  readonly grafana: GrafanaTarget;
  readonly policy: Policy;
  readonly email?: EmailSettings;
}

/** What our own labels are called in this organisation. */
export interface LabelNames {
  readonly severity: string;
  readonly service: string;
  readonly owner: string;
  readonly category: string;
  readonly slo: string;
  readonly kpi: string;
  /** Only on alerts for a shared Alertmanager. */
  readonly project: string;
  readonly environment: string;
}

/** One of the places in which a project runs. */
export interface Environment extends Entity {
  readonly title: string;
  /** Level → the level that such alerts have there. */
  readonly severityMap: Readonly<Record<string, string>>;
  readonly runbooksUrl?: string;
}

export interface Team extends Entity {
  readonly title: string;
  readonly description?: string;
  /** Role (`page`, `chat`, `mail` and own ones) → Channel. */
  readonly roles: Readonly<Record<string, string>>;
}

export interface Service extends Entity {
  readonly title: string;
  readonly description?: string;
  /** A Team, or just a label where the workspace declares no teams. */
  readonly owner?: string;
  readonly tier?: number;
  readonly dependsOn: readonly string[];
  readonly selector?: Selector;
  readonly links: Labels;
  /** On every alert about the service. */
  readonly alertLabels: Labels;
  readonly alertAnnotations: Labels;
}

export type MetricType = 'counter' | 'gauge' | 'histogram' | 'native' | 'summary' | 'info' | 'stateset';

/** Metrics that belong together. */
export interface Catalog extends Entity {
  readonly description?: string;
  /** The service that exposes them. */
  readonly service?: string;
  /** In the author's order. */
  readonly metrics: readonly Metric[];
}

/** A metric that the services expose; its name is the full one, prefix included. */
export interface Metric extends Entity {
  readonly type: MetricType;
  readonly unit?: string;
  readonly labels: readonly string[];
  /** Upper bounds as the author wrote them, ascending, without `+Inf`. */
  readonly buckets?: readonly Rational[];
  readonly description?: string;
  readonly optional: boolean;
}

export interface Slo extends Entity {
  readonly service: string;
  readonly title: string;
  readonly description: string;
  /** 0.995 for 99.5 %. */
  readonly objectiveRatio: Rational;
  readonly windowMs: number;
  readonly indicator: Indicator;
  readonly alerting: { readonly page?: string; readonly ticket?: string };
  /** Sorted, largest bound first; the status above all of them is `HEALTHY`. */
  readonly budgetPolicy: readonly BudgetStatus[];
  readonly category: string;
  readonly runbook?: string;
  readonly dashboard?: string;
  readonly alertLabels: Labels;
  readonly alertAnnotations: Labels;
}

/** How good and bad events are told apart. */
export type Indicator = RatioIndicator | LatencyIndicator | ThresholdIndicator;

export interface RatioIndicator {
  readonly type: 'ratio';
  /** Whether `counted` are the events that went wrong or those that went well. */
  readonly counts: 'errors' | 'good';
  readonly counted: EventQuery;
  readonly total: EventQuery;
}

/** Events that take at most a bound, by the buckets of a classic histogram. */
export interface LatencyIndicator {
  readonly type: 'latency';
  readonly histogram: string;
  readonly where: Selector;
  readonly belowMs: number;
}

/** A condition sampled in slices; the objective counts good slices. */
export interface ThresholdIndicator {
  readonly type: 'threshold';
  readonly query: Expression;
  readonly is: Condition;
  readonly sliceMs: number;
}

/** A bare selector of a counter, or an expression that gives events per second over the hole `$window`. */
export interface EventQuery {
  readonly expression: Expression;
  readonly selector?: Selector;
}

export interface BudgetStatus {
  /** The status holds while at most this share of the budget is left: 0.5 for 50 %. */
  readonly atMost: Rational;
  readonly status: string;
  readonly action?: string;
}

export type Comparison = '<' | '<=' | '>' | '>=' | '==' | '!=';

/** `> 90%` → `>`, 0.9. */
export interface Condition {
  readonly operator: Comparison;
  /** In the unit of the query: a percentage is a ratio, a duration seconds, bytes bytes. */
  readonly value: Rational;
  /** As the author wrote it, for people. */
  readonly text: string;
}

export interface Kpi extends Entity {
  readonly title: string;
  readonly description?: string;
  readonly category: string;
  readonly service?: string;
  readonly query: Expression;
  readonly unit: string;
  readonly target?: Condition;
  readonly critical?: Condition;
  /** Labels of the query that are kept: one value for each. */
  readonly groupBy: readonly string[];
  /** As written. */
  readonly advice: readonly Advice[];
  readonly alert?: KpiAlerting;
  readonly runbook?: string;
  readonly dashboard?: string;
  readonly alertLabels: Labels;
  readonly alertAnnotations: Labels;
}

/** What to do while the value of a KPI meets a condition. */
export interface Advice {
  readonly when: Condition;
  readonly say: string;
}

export interface KpiAlerting {
  readonly forMs: number;
  /** While the value is critical. */
  readonly severity?: string;
  /** While it misses its target. */
  readonly atRisk?: string;
}

export interface Severity extends Entity {
  /** 0 is the most severe. */
  readonly rank: number;
  readonly description: string;
  readonly examples: readonly string[];
  /** Milliseconds, or the author's words (`next business day`). */
  readonly respondWithin?: number | string;
  readonly escalation?: string;
  /** Channels and team roles (`team.page`); empty: it tells nobody, on purpose; none: the default route tells. */
  readonly notify?: readonly string[];
  readonly groupWaitMs?: number;
  readonly groupIntervalMs?: number;
  readonly repeatMs?: number;
  readonly procedure: readonly ProcedurePhase[];
  readonly postmortemWithinMs?: number;
}

export interface ProcedurePhase {
  readonly phase: string;
  readonly fromMs?: number;
  readonly toMs?: number;
  readonly steps: readonly string[];
}

export interface Channel extends Entity {
  readonly description?: string;
  readonly receiver: Receiver;
  readonly sendResolved?: boolean;
}

export type Receiver =
  | { readonly type: 'slack'; readonly channel: string; readonly apiUrl: Secret }
  | { readonly type: 'pagerduty'; readonly routingKey: Secret }
  | { readonly type: 'email'; readonly to: readonly string[] }
  | { readonly type: 'webhook'; readonly url: string; readonly bearerToken?: Secret }
  | { readonly type: 'webhook'; readonly urlSecret: Secret; readonly bearerToken?: Secret };

export interface Routing {
  /** The author's NotificationPolicy, or nothing where the defaults hold. */
  readonly origin: Origin;
  readonly defaults: RouteDefaults;
  readonly routes: readonly CustomRoute[];
}

export interface RouteDefaults {
  /** Channels and team roles; empty where the workspace has no channel. */
  readonly notify: readonly string[];
  readonly groupBy: readonly string[];
  readonly groupWaitMs: number;
  readonly groupIntervalMs: number;
  readonly repeatMs: number;
  readonly sendResolved: boolean;
  readonly resolveTimeoutMs: number;
}

export interface CustomRoute {
  /** Label name as the author wrote it (our own names are translated on emission) → value. */
  readonly when: Labels;
  /** Channels and team roles. */
  readonly notify: readonly string[];
  readonly continue: boolean;
  readonly origin: Origin;
}

export interface AlertPolicy extends Entity {
  readonly service?: string;
  /** Instead of `service`: the label of the series that says which service an alert is about. */
  readonly serviceFromLabel?: string;
  /** Where it differs from the project's evaluation interval. */
  readonly intervalMs?: number;
  readonly rules: readonly PolicyRule[];
  readonly alertLabels: Labels;
  readonly alertAnnotations: Labels;
}

export interface PolicyRule {
  readonly alert: string;
  /** What is watched: the result of an expression, or whether series of a bare selector exist. */
  readonly watches: 'result' | 'absence';
  readonly expr: Expression;
  /** At least one; several judge the same value, each against its bound. */
  readonly levels: readonly PolicyLevel[];
  readonly keepFiringForMs: number;
  readonly category?: string;
  readonly component?: string;
  readonly summary?: string;
  readonly description?: string;
  readonly runbook?: string;
  readonly dashboard?: string;
  readonly labels: Labels;
  readonly annotations: Labels;
  readonly origin: Origin;
}

export interface PolicyLevel {
  readonly severity: string;
  readonly forMs: number;
  readonly bound?: Bound;
  readonly origin: Origin;
}

/** Beyond which a value is wrong. */
export interface Bound {
  readonly operator: '>' | '<';
  /** In the unit of the expression: a percentage is a ratio, a duration seconds, bytes bytes. */
  readonly value: Rational;
  /** As the author wrote it. */
  readonly text: string;
  /** Of the value that is compared, in the words of specs: `percent`, `seconds`, `$/month`; empty where nobody knows. */
  readonly unit: string;
}
