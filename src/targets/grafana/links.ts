import type { DashboardLinkJson, PanelLinkJson } from '../../formats/grafana.ts';
import { exploreLinks as exploreTargets } from '../../model/explore.ts';
import { alertsUrl, dashboardUrl, runbookUrl } from '../../model/links.ts';
import { generatedDashboard } from '../../model/names.ts';
import type { AlertSource, RuleBook } from '../../model/rule.ts';
import type { Model, Project, Service } from '../../model/types.ts';
import { guard } from '../../routing/shared.ts';
import type { Page, Scene } from './board.ts';

/** The path of a dashboard inside Grafana, which puts its own root before it. */
function path(page: Page): string {
  return `/d/${page.uid}`;
}

/** A link in the head of a dashboard; time range and variables go with the reader. */
export function dashboardLink(page: Page, direction: 'up' | 'down' | 'across'): DashboardLinkJson {
  return {
    title: direction === 'up' ? `↑ ${page.title}` : page.title,
    type: 'link',
    icon: 'dashboard',
    tooltip: page.purpose,
    url: path(page),
    tags: [],
    asDropdown: false,
    targetBlank: false,
    includeVars: true,
    keepTime: true,
  };
}

/** A link in the head of a dashboard that leads away from dashboards. */
function outwardLink(title: string, tooltip: string, url: string): DashboardLinkJson {
  return {
    title,
    type: 'link',
    icon: 'doc',
    tooltip,
    url,
    tags: [],
    asDropdown: false,
    targetBlank: true,
    includeVars: false,
    keepTime: false,
  };
}

const EXPLORE_TITLES = { logs: 'Logs', traces: 'Traces' } as const;

/** The ways from a dashboard to logs and traces, where the project names their data sources; to those of one service, where it is about one. */
export function exploreLinks(project: Project, service: Service | undefined): readonly DashboardLinkJson[] {
  return exploreTargets(project, service).map(({ role, datasource, path: url }) =>
    outwardLink(EXPLORE_TITLES[role], `Explore ${datasource}`, url),
  );
}

/** The way to the firing alerts of a service, where the project says where Alertmanager is. */
export function alertLinks({ project }: Model, service: Service): readonly DashboardLinkJson[] {
  const own = { label: project.labelNames.service, operator: '=' as const, value: service.name };
  const url = alertsUrl(project, [...guard(project), own]);
  return url === undefined ? [] : [outwardLink('Firing alerts', `Alertmanager: alerts of ${service.title}`, url)];
}

/** A menu of all dashboards with these tags. */
export function dashboardMenu(title: string, tags: readonly string[]): DashboardLinkJson {
  return {
    title,
    type: 'dashboards',
    icon: 'external link',
    tooltip: '',
    url: '',
    tags,
    asDropdown: true,
    targetBlank: false,
    includeVars: true,
    keepTime: true,
  };
}

/** The time range and the data source go with the reader. */
const CARRIED = `\${__url_time_range}&\${datasource:queryparam}`;

/** The address of a dashboard for a link in a panel or a table cell; `uid` may be a field's value. */
export function cellUrl(uid: string): string {
  return `/d/${uid}?${CARRIED}`;
}

/** A link in the corner of a panel to another dashboard. */
export function pageLink(page: Page): PanelLinkJson {
  return { title: page.title, url: cellUrl(page.uid), targetBlank: false };
}

/** The dashboard of a service, where it has one. */
export function servicePage(scene: Scene, service: string): Page | undefined {
  return scene.pages.get(generatedDashboard.service(service));
}

/** What tells the sources of alerts apart. */
function sourceKey({ kind, name }: AlertSource): string {
  return `${kind}/${name}`;
}

/** The runbooks to which the alerts of each source lead. */
export function runbooksBySource({ alerts }: RuleBook): ReadonlyMap<string, string> {
  return new Map(
    alerts.flatMap(({ source, runbook }) => (runbook === undefined ? [] : [[sourceKey(source), runbook] as const])),
  );
}

/** The runbook of an SLO or KPI: the author's, or the one that its alerts lead to. */
export function runbookPage(scene: Scene, source: AlertSource, authored: string | undefined): string | undefined {
  const runbook = authored ?? scene.runbooks.get(sourceKey(source));
  return runbook === undefined ? undefined : runbookUrl(scene.model.project, runbook);
}

/** The link in the corner of a panel to a runbook, where runbooks have an address. */
export function runbookLinks(
  scene: Scene,
  source: AlertSource,
  authored: string | undefined,
): readonly PanelLinkJson[] {
  const url = runbookPage(scene, source, authored);
  return url === undefined ? [] : [{ title: 'Runbook', url, targetBlank: true }];
}

/** A dashboard in a sentence of Markdown, which knows nothing of Grafana's root. */
export function markdownLink(project: Project, page: Page): string {
  return `[${page.title}](${dashboardUrl(project, page.name) ?? path(page)})`;
}
