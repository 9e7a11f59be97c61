import { present } from '../../base/assert.ts';
import { DAY_MS, MINUTE_MS } from '../../base/quantity.ts';
import { enumerate } from '../../base/text.ts';
import type { DashboardLinkJson } from '../../formats/grafana.ts';
import { generatedDashboard, projectTags } from '../../model/names.ts';
import type { Dashboard, Service } from '../../model/types.ts';
import type { Board, BoardRow, Page, Scene } from './board.ts';
import { alertLinks, dashboardLink, markdownLink, servicePage } from './links.ts';
import { drawKpi } from './panels/kpi.ts';
import { stateTimeline } from './panels/state-timeline.ts';
import { textTile } from './panels/text.ts';
import { alertStates } from './queries.ts';
import { sloRow } from './slo-row.ts';
import { mapping, type Tile, tile } from './view.ts';

/** Generated dashboards are looked at during incidents: a day of course, read again every minute. */
const RANGE_MS = DAY_MS;
const REFRESH_MS = MINUTE_MS;

/** Whether a dashboard of an author's shows something of the service, or something of the service names it. */
function isAbout(dashboard: Dashboard, service: Service, scene: Scene): boolean {
  const { slos, kpis, alertPolicies } = scene.model;
  const owned = <T extends { readonly service?: string }>({ all }: { readonly all: readonly T[] }) =>
    all.filter((each) => each.service === service.name);
  const policies = alertPolicies.all.filter(
    (each) => each.service === service.name || each.serviceFromLabel !== undefined,
  );
  const named = [...owned(slos), ...owned(kpis), ...policies.flatMap(({ rules }) => rules)];
  const shown = dashboard.rows.flatMap(({ panels }) => panels);
  return (
    named.some((each) => each.dashboard === dashboard.name) ||
    shown.some((panel) => panel.shows === 'slo' && slos.get(panel.slo)?.service === service.name) ||
    shown.some((panel) => panel.shows === 'kpi' && kpis.get(panel.kpi)?.service === service.name)
  );
}

function links(service: Service, scene: Scene): readonly DashboardLinkJson[] {
  const own = generatedDashboard.service(service.name);
  const overview = scene.pages.get(generatedDashboard.overview);
  const dashboards = scene.model.dashboards.all;
  const up = dashboards.filter(({ leadsTo }) => leadsTo.includes(own));
  const across = dashboards.filter((each) => !up.includes(each) && isAbout(each, service, scene));
  const pagesOf = (of: readonly Dashboard[]) => of.flatMap(({ name }) => scene.pages.get(name) ?? []);
  return [
    ...[...(overview ? [overview] : []), ...pagesOf(up)].map((page) => dashboardLink(page, 'up')),
    ...pagesOf(across).map((page) => dashboardLink(page, 'across')),
    ...dependencies(service, scene).flatMap(({ page }) => (page ? [dashboardLink(page, 'down')] : [])),
  ];
}

function dependencies(service: Service, scene: Scene): readonly { readonly title: string; readonly page?: Page }[] {
  return service.dependsOn.map((name) => {
    const page = servicePage(scene, name);
    return { title: scene.model.services.get(name)?.title ?? name, ...(page && { page }) };
  });
}

/** Who answers for the service, what it needs, and where to read on, in Markdown. */
function about(service: Service, scene: Scene): string {
  const { project, teams } = scene.model;
  const owner = service.owner === undefined ? undefined : (teams.get(service.owner)?.title ?? service.owner);
  const needed = dependencies(service, scene).map(({ title, page }) => (page ? markdownLink(project, page) : title));
  const items = [
    ...(owner === undefined ? [] : [`- Owner: **${owner}**`]),
    ...(service.tier === undefined ? [] : [`- Tier: ${service.tier}`]),
    ...(needed.length === 0 ? [] : [`- Depends on ${enumerate(needed)}`]),
    ...Object.entries(service.links).map(([name, url]) => `- [${name}](${url})`),
  ];
  return [service.description ?? '', items.join('\n')].filter((part) => part !== '').join('\n\n');
}

function alertsOverTime(service: Service, scene: Scene): Tile {
  const { labelNames } = scene.model.project;
  const view = {
    title: 'Alerts',
    description: 'Every alert of the service: pending while its condition holds, then firing.',
    queries: [{ expr: alertStates(service.name, labelNames), legend: `{{alertname}} {{${labelNames.severity}}}` }],
    mappings: [
      mapping([
        ['1', 'pending', 'yellow'],
        ['2', 'firing', 'red'],
      ]),
    ],
    noValue: 'No alert in this time',
  };
  return tile(stateTimeline, view, service.origin, { width: 16, height: 6 });
}

function rows(service: Service, scene: Scene): readonly BoardRow[] {
  const slos = scene.model.slos.all.filter((slo) => slo.service === service.name);
  const kpis = scene.model.kpis.all.filter((kpi) => kpi.service === service.name);
  const text = textTile({ title: service.title }, about(service, scene), service.origin, { width: 8, height: 6 });
  const first: BoardRow = { tiles: [text, alertsOverTime(service, scene)], origin: service.origin };
  const kpiRow: BoardRow = {
    title: 'KPIs',
    tiles: kpis.map((kpi) => drawKpi(kpi, {}, scene, kpi.origin)),
    origin: service.origin,
  };
  return [first, ...slos.map((slo) => sloRow(slo, scene)), ...(kpis.length === 0 ? [] : [kpiRow])];
}

/** The dashboard of a service with SLOs. */
export function serviceBoard(service: Service, scene: Scene): Board {
  const page = present(servicePage(scene, service.name), `the page of ${service.name}`);
  return {
    page,
    description: page.purpose,
    tags: [...projectTags(scene.model.project), SERVICE_TAG],
    rangeMs: RANGE_MS,
    refreshMs: REFRESH_MS,
    variables: [],
    annotations: [],
    links: [...links(service, scene), ...alertLinks(scene.model, service)],
    service,
    rows: rows(service, scene),
    origin: service.origin,
  };
}

/** On every dashboard of a service, for menus. */
export const SERVICE_TAG = 'service-levels';
