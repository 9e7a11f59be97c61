import { formatDuration } from '../base/quantity.ts';
import { pascalCase } from '../base/text.ts';

/**
 * Every name that appears in output, in one place, so that rules, dashboards, runbooks and routes cannot disagree.
 * They are part of qmon's contract: users write them into silences, queries and links.
 */

/** The series that the rules of an SLO record. All carry the labels `slo` and `service`. */
export const SLO_SERIES = {
  /** Bad events per second over the base window. */
  errors: (windowMs: number) => `slo:errors:rate${formatDuration(windowMs)}`,
  /** All events per second over the base window. */
  events: (windowMs: number) => `slo:events:rate${formatDuration(windowMs)}`,
  /** Bad ÷ all events over a window, weighted by traffic. */
  errorRatio: (windowMs: number) => `slo:error_ratio:rate${formatDuration(windowMs)}`,
  objective: 'slo:objective:ratio',
  windowSeconds: 'slo:window:seconds',
  /** The allowed share of bad events: 1 − objective. */
  errorBudget: 'slo:error_budget:ratio',
  /** What is left of the budget: 1 is untouched, 0 is spent, negative is overspent. */
  budgetRemaining: 'slo:error_budget_remaining:ratio',
  /** The position of the current budget status: 0 is HEALTHY, 1 the first of the policy, and so on. */
  budgetStatus: 'slo:error_budget:status',
  info: 'slo_info',
} as const;

/** The series that the rules of a KPI record. All carry the label `kpi`. */
export const KPI_SERIES = { value: 'kpi:value' } as const;

/** `qagent-availability` → `QagentAvailabilityBudgetBurn`: all tiers of an SLO share the name, so one silence covers them. */
export function sloAlertName(slo: string): string {
  return `${pascalCase(slo)}BudgetBurn`;
}

/** `code-gen-success-rate` → `CodeGenSuccessRateCritical`. */
export function kpiAlertName(kpi: string): string {
  return `${pascalCase(kpi)}Critical`;
}

/** The runbook that qmon writes for an SLO or a KPI whose author names none. */
export const generatedRunbook = {
  slo: (name: string) => `slo-${name}`,
  kpi: (name: string) => `kpi-${name}`,
} as const;

/** A page for an alert of a RuleSet; `page` is its path in the folder of pages, without `.md`. */
export function ruleSetPage(ruleSet: string, page: string): string {
  return `${ruleSet}/${page}`;
}

/** Grafana uids: at most 40 characters, starting with a letter. Source: https://grafana.com/docs/grafana/latest/developers/http_api/dashboard/ (Identifier) */
const UID_LENGTH = 40;

/** The uid of a dashboard, stable for ever: `quantum-suite-system-health`; long names are cut and told apart by a hash. */
export function dashboardUid(project: string, dashboard: string): string {
  const uid = `${project}-${dashboard}`.replace(/[^a-z0-9-]+/g, '-').replace(/^(?![a-z])/, 'd-');
  return uid.length <= UID_LENGTH ? uid : `${uid.slice(0, UID_LENGTH - 9).replace(/-+$/, '')}-${fnv1a(uid)}`;
}

/** The dashboards that qmon draws itself, by the part of the uid after the project. */
export const generatedDashboard = {
  overview: 'slo-overview',
  service: (service: string) => `service-${service}`,
} as const;

/** How those dashboards are called, from the title of the project or of the service. */
export const generatedDashboardTitle = {
  overview: (project: string) => `${project} SLO overview`,
  service: (service: string) => `${service} service levels`,
} as const;

/** Source: FNV-1a, 32 bit, http://www.isthe.com/chongo/tech/comp/fnv/ */
function fnv1a(text: string): string {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(text)) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  return hash.toString(16).padStart(8, '0');
}

/** The receiver that tells nobody, for severities with `notify: []`. */
export const NOBODY = 'nobody';

/** Where each document of a project lies below `out/<project>`. */
export const PATHS = {
  prometheusConfig: 'prometheus/prometheus.yml',
  rules: (service: string | undefined) => `prometheus/rules/${service ?? '_project'}.yml`,
  /** That of a third-party document in a RuleSet by its name there; without one that of the RuleSet's own rules. */
  ruleSet: (ruleSet: string, file: string | undefined) =>
    `prometheus/rules/${ruleSet.replaceAll('/', '.')}.${file ?? '_own'}.yml`,
  alertmanagerConfig: 'alertmanager/alertmanager.yml',
  alertmanagerTemplate: (name: string) => `alertmanager/templates/${name}.tmpl`,
  dashboard: (name: string) => `grafana/dashboards/${name}.json`,
  dashboardProvider: 'grafana/provisioning/dashboards/qmon.yml',
  datasources: 'grafana/provisioning/datasources/qmon.yml',
  runbook: (name: string) => `runbooks/${name}.md`,
  runbookIndex: 'runbooks/index.md',
  metrics: 'runbooks/metrics.md',
  incident: (severity: string) => `runbooks/incident-${severity}.md`,
} as const;
