import { present } from '../../base/assert.ts';
import { compareText, sortedBy, uniqueTexts } from '../../base/order.ts';
import { slug, titleOfName } from '../../base/text.ts';
import { dashboardUrl } from '../../model/links.ts';
import { generatedDashboard, generatedDashboardTitle, generatedRunbook, PATHS } from '../../model/names.ts';
import { type Alert, type Recording, type RuleBook, servicesOf } from '../../model/rule.ts';
import type { Index, Kpi, Model, Project, Runbook, RunbookPage, Severity, Slo } from '../../model/types.ts';
import { markdownLink } from '../../output/markdown.ts';
import type { RouteNode } from '../../routing/route.ts';
import { routeTree } from '../../routing/tree.ts';
import type { Origin } from '../../source/document.ts';

/** What a runbook page is made from: the author's Runbook, a finished page, or an SLO or a KPI whose author names none. */
export type Subject =
  | { readonly kind: 'runbook'; readonly runbook: Runbook }
  | { readonly kind: 'page'; readonly page: RunbookPage }
  | { readonly kind: 'slo'; readonly slo: Slo }
  | { readonly kind: 'kpi'; readonly kpi: Kpi };

/** One runbook page and everything that leads to it. */
export interface Guide {
  readonly name: string;
  readonly title: string;
  readonly subject: Subject;
  readonly origin: Origin;
  /** The most severe first, then by name. */
  readonly alerts: readonly Alert[];
  readonly slos: readonly Slo[];
  readonly kpis: readonly Kpi[];
  /** The services that it is about: its own, or those of its alerts, SLOs and KPIs. Sorted. */
  readonly services: readonly string[];
}

/** All pages of a project, with what is needed to link them. */
export interface Library {
  readonly model: Model;
  readonly rules: RuleBook;
  readonly routes: RouteNode;
  /** The recording rules of each SLO and KPI, by the label that tells it apart: see `labelKey`. */
  readonly recordings: ReadonlyMap<string, readonly Recording[]>;
  /** The most urgent first, then by title. */
  readonly guides: readonly Guide[];
  /** Severity → path of its incident procedure. */
  readonly incidents: ReadonlyMap<string, string>;
  /** Every dashboard in Markdown, by name: see `dashboardLink`. */
  readonly dashboards: ReadonlyMap<string, string>;
  /** Service → titles of the services that depend on it. */
  readonly dependents: ReadonlyMap<string, readonly string[]>;
}

/** Every runbook page that a model implies. */
export function buildLibrary(model: Model, rules: RuleBook): Library {
  const led = rules.alerts.flatMap(({ runbook }) => (runbook === undefined ? [] : [runbook]));
  const names = uniqueTexts([...model.runbooks.all.map(({ name }) => name), ...led]);
  const leads = leadsOf(model, rules);
  const guides = names.map((name) => guide(model, leads.get(name) ?? NOTHING, name));
  return {
    model,
    rules,
    routes: routeTree(model),
    recordings: recordingIndex(model, rules),
    guides: byUrgency(model, guides),
    incidents: incidentPaths(model),
    dashboards: dashboardLinks(model),
    dependents: dependentsOf(model),
  };
}

/** The key of everything that carries a label with a value. */
export function labelKey(label: string, value: string): string {
  return `${label}=${value}`;
}

function recordingIndex(model: Model, { groups }: RuleBook): Map<string, Recording[]> {
  const labels = [model.project.labelNames.slo, model.project.labelNames.kpi];
  const index = new Map<string, Recording[]>();
  for (const rule of groups.flatMap(({ rules }) => rules)) {
    if (rule.type !== 'record') continue;
    for (const label of labels) {
      const value = rule.labels[label];
      if (value !== undefined) append(index, labelKey(label, value), rule);
    }
  }
  return index;
}

/** What leads to a runbook: its alerts, and the SLOs and KPIs that name it or whose alerts do. */
interface Leads {
  readonly alerts: Alert[];
  readonly slos: Set<string>;
  readonly kpis: Set<string>;
}

const NOTHING: Leads = { alerts: [], slos: new Set(), kpis: new Set() };

function append<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}

function leadsOf(model: Model, rules: RuleBook): Map<string, Leads> {
  const leads = new Map<string, Leads>();
  const to = (runbook: string): Leads => {
    const known = leads.get(runbook) ?? { alerts: [], slos: new Set(), kpis: new Set() };
    leads.set(runbook, known);
    return known;
  };
  for (const alert of rules.alerts) {
    if (alert.runbook === undefined) continue;
    const found = to(alert.runbook);
    found.alerts.push(alert);
    if (alert.source.kind === 'SLO') found.slos.add(alert.source.name);
    if (alert.source.kind === 'KPI') found.kpis.add(alert.source.name);
  }
  for (const { name, runbook } of model.slos.all) if (runbook !== undefined) to(runbook).slos.add(name);
  for (const { name, runbook } of model.kpis.all) if (runbook !== undefined) to(runbook).kpis.add(name);
  return leads;
}

/** The entities of these names, in the order of the model. */
function named<T>(index: Index<T>, names: ReadonlySet<string>): T[] {
  return sortedBy(names, (name) => name).flatMap((name) => index.get(name) ?? []);
}

function guide(model: Model, leads: Leads, name: string): Guide {
  const alerts = bySeverity(model, leads.alerts);
  const slos = named(model.slos, leads.slos);
  const kpis = named(model.kpis, leads.kpis);
  const subject = subjectOf(model, name, slos, kpis);
  const own = subject.kind === 'runbook' ? subject.runbook.service : undefined;
  const stated = [...slos, ...kpis].flatMap(({ service }) => service ?? []);
  const meant = alerts.flatMap((alert) => servicesOf(alert, model.project.labelNames));
  const services = own === undefined ? uniqueTexts([...stated, ...meant]) : [own];
  return { name, ...heading(subject), subject, alerts, slos, kpis, services };
}

function subjectOf(model: Model, name: string, slos: readonly Slo[], kpis: readonly Kpi[]): Subject {
  const runbook = model.runbooks.get(name);
  if (runbook) return { kind: 'runbook', runbook };
  const page = model.ruleSets.all.flatMap(({ pages }) => pages ?? []).find((each) => each.name === name);
  if (page) return { kind: 'page', page };
  const slo = slos.find((each) => generatedRunbook.slo(each.name) === name);
  if (slo) return { kind: 'slo', slo };
  const kpi = kpis.find((each) => generatedRunbook.kpi(each.name) === name);
  return { kind: 'kpi', kpi: present(kpi, `what runbook ${name} is about`) };
}

function heading(subject: Subject): { title: string; origin: Origin } {
  if (subject.kind === 'runbook') return { title: subject.runbook.title, origin: subject.runbook.origin };
  if (subject.kind === 'page') return { title: subject.page.title, origin: subject.page.origin };
  if (subject.kind === 'slo') return { title: `${subject.slo.title}: error budget burns`, origin: subject.slo.origin };
  return { title: `${subject.kpi.title}: ${kpiTrouble(subject.kpi)}`, origin: subject.kpi.origin };
}

/** What the alerts of a KPI say. */
function kpiTrouble({ alert }: Kpi): string {
  if (alert?.atRisk === undefined) return 'critical';
  return alert.severity === undefined ? 'misses its target' : 'critical or off target';
}

/** Two names that make the same path are told apart by their rank, so that no page overwrites another. */
function incidentPaths(model: Model): ReadonlyMap<string, string> {
  const paths = new Map<string, string>();
  const taken = new Set<string>();
  for (const { name, rank } of model.severities) {
    const path = PATHS.incident(slug(name));
    paths.set(name, taken.has(path) ? PATHS.incident(`${slug(name)}-${rank + 1}`) : path);
    taken.add(path);
  }
  return paths;
}

/** Alerts as people want to read them: the most severe first, then by name and service; tiers keep their order. */
export function bySeverity(model: Model, alerts: readonly Alert[]): readonly Alert[] {
  const rank = ({ severity }: Alert) =>
    model.severities.find(({ name }) => name === severity)?.rank ?? model.severities.length;
  return [...alerts].sort(
    (left, right) =>
      rank(left) - rank(right) ||
      compareText(left.alert, right.alert) ||
      compareText(serviceTitle(model, left.service ?? ''), serviceTitle(model, right.service ?? '')) ||
      compareText(left.service ?? '', right.service ?? ''),
  );
}

/** Pages in the order in which a night needs them; those without alerts last. */
function byUrgency(model: Model, guides: readonly Guide[]): readonly Guide[] {
  const rank = ({ alerts }: Guide) => severitiesOf(model, alerts)[0]?.rank ?? model.severities.length;
  return [...guides].sort((left, right) => rank(left) - rank(right) || compareText(left.title, right.title));
}

/** The severities of some alerts, most severe first. */
export function severitiesOf(model: Model, alerts: readonly Alert[]): readonly Severity[] {
  const names = new Set(alerts.map(({ severity }) => severity));
  return model.severities.filter(({ name }) => names.has(name));
}

/** The way from one page to another; pages of an imported project lie in a folder of their own. */
export function relativeLink(fromPath: string, toPath: string): string {
  const folder = fromPath.slice(0, fromPath.lastIndexOf('/') + 1);
  if (toPath.startsWith(folder)) return toPath.slice(folder.length);
  const from = fromPath.split('/').slice(0, -1);
  const to = toPath.split('/');
  while (from.length > 0 && to.length > 1 && from[0] === to[0]) {
    from.shift();
    to.shift();
  }
  return [...from.map(() => '..'), ...to].join('/');
}

/** The dashboards that authors wrote, before those that qmon draws. */
function dashboardLinks({ project, services, dashboards }: Model): Map<string, string> {
  const titles = new Map([
    ...services.all.map(
      ({ name, title }) => [generatedDashboard.service(name), generatedDashboardTitle.service(title)] as const,
    ),
    [generatedDashboard.overview, generatedDashboardTitle.overview(project.title)] as const,
    ...dashboards.all.map(({ name, title }) => [name, title] as const),
  ]);
  return new Map([...titles].map(([name, title]) => [name, titledLink(project, name, title)]));
}

function titledLink(project: Project, name: string, title: string): string {
  const url = dashboardUrl(project, name);
  return url === undefined ? `**${title}**` : markdownLink(title, url);
}

/** A dashboard in Markdown: a link where the project says where Grafana is, otherwise its title. */
export function dashboardLink({ model, dashboards }: Library, name: string): string {
  return dashboards.get(name) ?? titledLink(model.project, name, titleOfName(name));
}

function dependentsOf({ services }: Model): Map<string, string[]> {
  const dependents = new Map<string, string[]>();
  for (const { title, dependsOn } of services.all) {
    for (const name of new Set(dependsOn)) append(dependents, name, title);
  }
  return dependents;
}

/** The title of a service, or its name where nothing declares it. */
export function serviceTitle(model: Model, name: string): string {
  return model.services.get(name)?.title ?? name;
}
