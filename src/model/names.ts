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

/** `code-gen-success-rate` → `CodeGenSuccessRateAtRisk`: the milder alert, on which the other one follows. */
export function kpiAtRiskName(kpi: string): string {
  return `${pascalCase(kpi)}AtRisk`;
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

/** A project, and the environment of it that is compiled. */
interface Place {
  readonly name: string;
  readonly environment?: { readonly name: string; readonly title: string };
}

/** How the uids of the dashboards begin. Names hold no underscore, so the environments of a project never share one. */
function uidPrefix({ name, environment }: Place): string {
  return environment ? `${name}_${environment.name}_` : `${name}-`;
}

/**
 * The uid of a dashboard, stable for ever: `quantum-suite-system-health`, in an environment
 * `quantum-suite_staging_system-health`; long names are cut and told apart by a hash.
 */
export function dashboardUid(place: Place, dashboard: string): string {
  const uid = (uidPrefix(place) + dashboard.replaceAll('/', '_'))
    .replace(/[^a-z0-9_-]+/g, '-')
    .replace(/^(?![a-z])/, 'd-');
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

/** The title of a dashboard, with the environment: nobody must take staging for production. */
export function dashboardTitle({ environment }: Place, title: string): string {
  return environment ? `${title} (${environment.title})` : title;
}

/** What a generated file is about: `Project shop, environment staging`. */
export function projectSubject({ name, environment }: Place): string {
  return environment ? `Project ${name}, environment ${environment.name}` : `Project ${name}`;
}

/** The tags by which the dashboards of a project, in an environment, are found together. */
export function projectTags({ name, environment }: Place): readonly string[] {
  return environment ? [name, environment.name] : [name];
}

/** Source: FNV-1a, 32 bit, http://www.isthe.com/chongo/tech/comp/fnv/ */
function fnv1a(text: string): string {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(text)) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  return hash.toString(16).padStart(8, '0');
}

/** Kubernetes takes 253 characters, of which the `.json` of a key in a ConfigMap needs five. Source: https://kubernetes.io/docs/concepts/overview/working-with-objects/names/#dns-subdomain-names */
const RESOURCE_NAME_LENGTH = 248;

/**
 * The name of a resource of Kubernetes: `shop.checkout`, `shop.staging.checkout`, `shop` for what belongs to the whole
 * project. Names of ours hold no dot, so two projects of one namespace never have the same.
 */
export function resourceName(
  { name, environment }: { readonly name: string; readonly environment?: { readonly name: string } },
  part?: string,
): string {
  const parts = [name, ...(environment ? [environment.name] : []), ...(part === undefined ? [] : part.split('/'))];
  const whole = parts.join('.');
  if (whole.length <= RESOURCE_NAME_LENGTH) return whole;
  return `${whole.slice(0, RESOURCE_NAME_LENGTH - 9).replace(/[-.]+$/, '')}-${fnv1a(whole)}`;
}

/** The receiver that tells nobody, for severities with `notify: []`. */
export const NOBODY = 'nobody';

/** The folder below that of a system in which resources of Kubernetes lie. */
export const RESOURCE_FOLDER = 'operator';

/** The name of a document as the name of a file beside others: an imported one keeps its namespace, `platform.postgres`. */
function file(name: string): string {
  return name.replaceAll('/', '.');
}

/** How files of rules are called, without what ends them. */
export const RULE_FILE = {
  /** Of a service, or of what belongs to none. */
  service: (service: string | undefined) => file(service ?? '_project'),
  /** Of a third-party document in a RuleSet by its name there; without one of the RuleSet's own rules. */
  ruleSet: (ruleSet: string, document: string | undefined) => `${file(ruleSet)}.${document ?? '_own'}`,
} as const;

/** What a resource of Kubernetes with rules of a RuleSet is about. Two hyphens, which no name of a file gets from qmon, keep own rules apart. */
export function ruleSetPart(ruleSet: string, document: string | undefined): string {
  return `${ruleSet}.${document ?? 'own--rules'}`;
}

/** Where each document lies below `out/<project>`, or below `out/<project>/<environment>`. */
export const PATHS = {
  prometheusConfig: 'prometheus/prometheus.yml',
  rules: (stem: string) => `prometheus/rules/${stem}.yml`,
  ruleResource: (stem: string) => `prometheus/${RESOURCE_FOLDER}/${stem}.yml`,
  alertmanagerConfig: 'alertmanager/alertmanager.yml',
  alertmanagerTemplate: (name: string) => `alertmanager/templates/${name}.tmpl`,
  dashboard: (name: string) => `grafana/dashboards/${file(name)}.json`,
  dashboardResource: (name: string) => `grafana/${RESOURCE_FOLDER}/${file(name)}.yml`,
  dashboardProvider: 'grafana/provisioning/dashboards/qmon.yml',
  datasources: 'grafana/provisioning/datasources/qmon.yml',
  runbook: (name: string) => `runbooks/${name}.md`,
  runbookIndex: 'runbooks/index.md',
  metrics: 'runbooks/metrics.md',
  incident: (severity: string) => `runbooks/incident-${severity}.md`,
} as const;
