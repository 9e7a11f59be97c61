import type { DashboardLinkJson, PanelLinkJson } from '../../formats/grafana.ts';
import { dashboardUrl, runbookUrl } from '../../model/links.ts';
import { generatedDashboard } from '../../model/names.ts';
import type { AlertSource, RuleBook } from '../../model/rule.ts';
import type { Project } from '../../model/types.ts';
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

/** What Explore opens with. Source: https://grafana.com/docs/grafana/latest/explore/ (the parameter `left`, read by every version from 7 on) */
function explorePane(datasource: string): string {
  const pane = { datasource, queries: [{ refId: 'A' }], range: { from: 'now-1h', to: 'now' } };
  return encodeURIComponent(JSON.stringify(pane));
}

/** The ways from a dashboard to logs and traces, where the project names their data sources. */
export function exploreLinks({ grafana }: Project): readonly DashboardLinkJson[] {
  const { logs, traces } = grafana.datasources;
  const roles = [
    ['Logs', logs],
    ['Traces', traces],
  ] as const;
  return roles.flatMap(([title, datasource]): DashboardLinkJson[] =>
    datasource === undefined
      ? []
      : [
          {
            title,
            type: 'link',
            icon: 'doc',
            tooltip: `Explore ${datasource}`,
            url: `/explore?left=${explorePane(datasource)}`,
            tags: [],
            asDropdown: false,
            targetBlank: true,
            includeVars: false,
            keepTime: false,
          },
        ],
  );
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
