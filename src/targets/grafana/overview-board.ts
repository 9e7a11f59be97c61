import { present } from '../../base/assert.ts';
import { groupBy, sortedBy } from '../../base/order.ts';
import { DAY_MS, MINUTE_MS } from '../../base/quantity.ts';
import { titleCase } from '../../base/text.ts';
import type { ThresholdStep } from '../../formats/grafana.ts';
import { generatedDashboard, projectTags } from '../../model/names.ts';
import type { Board, BoardRow, Scene } from './board.ts';
import { GOOD, NONE_IS_GOOD } from './colors.ts';
import { dashboardLink, dashboardMenu } from './links.ts';
import { drawKpi } from './panels/kpi.ts';
import { plainStat } from './panels/stat.ts';
import { table } from './panels/table.ts';
import { type FleetQueries, fleetQueries } from './queries.ts';
import { SERVICE_TAG } from './service-board.ts';
import { sloTable } from './slo-table.ts';
import { type Tile, tile } from './view.ts';

const NEUTRAL: readonly ThresholdStep[] = [{ color: 'text', value: null }];
const ALWAYS_GOOD: readonly ThresholdStep[] = [{ color: GOOD, value: null }];
const SOME_AT_RISK: readonly ThresholdStep[] = [
  { color: GOOD, value: null },
  { color: 'orange', value: 1 },
];

/** A table row is a little over one unit high; a longer table scrolls. */
function tableHeight(rows: number): number {
  return Math.max(6, Math.min(24, Math.ceil(rows * 1.25) + 3));
}

function counts(
  fleet: FleetQueries,
): readonly (readonly [title: string, expr: string, steps: readonly ThresholdStep[]])[] {
  return [
    ['SLOs', fleet.count, NEUTRAL],
    ['Healthy', fleet.healthy, ALWAYS_GOOD],
    ['At risk', fleet.atRisk, SOME_AT_RISK],
    ['Exhausted', fleet.exhausted, NONE_IS_GOOD],
    ['Firing SLO alerts', fleet.firingCount, NONE_IS_GOOD],
  ];
}

function sloRows(scene: Scene): readonly BoardRow[] {
  const { project, slos } = scene.model;
  if (slos.all.length === 0) return [];
  const fleet = fleetQueries(slos.all, project.labelNames);
  const stats = counts(fleet).map(([title, expr, steps]): Tile => {
    return tile(plainStat, { title, queries: [{ expr }], unit: 'none', steps }, project.origin);
  });
  const size = { width: 24, height: tableHeight(slos.all.length) };
  const overview = tile(table, sloTable(scene.model, fleet), project.origin, size);
  return [{ tiles: [...stats, overview], origin: project.origin }];
}

function kpiRows(scene: Scene): readonly BoardRow[] {
  const byCategory = groupBy(
    sortedBy(
      scene.model.kpis.all,
      ({ category }) => category,
      ({ name }) => name,
    ),
    ({ category }) => category,
  );
  return [...byCategory].map(([category, kpis]) => ({
    title: `${titleCase(category)} KPIs`,
    tiles: kpis.map((kpi) => drawKpi(kpi, {}, scene, kpi.origin)),
    origin: scene.model.project.origin,
  }));
}

/** One dashboard for everything that the project promises: its SLOs, how many are well, and its KPIs. */
export function overviewBoards(scene: Scene): readonly Board[] {
  const { project, dashboards } = scene.model;
  const { overview } = generatedDashboard;
  const page = scene.pages.get(overview);
  if (!page) return [];
  const parents = dashboards.all.filter(({ leadsTo }) => leadsTo.includes(overview));
  const board: Board = {
    page,
    description: page.purpose,
    tags: [...projectTags(project), 'slo-overview'],
    rangeMs: DAY_MS,
    refreshMs: MINUTE_MS,
    variables: [],
    annotations: [],
    links: [
      ...parents.map(({ name }) => dashboardLink(present(scene.pages.get(name), `the page of ${name}`), 'up')),
      ...(scene.model.slos.all.length > 0 ? [dashboardMenu('Services', [...projectTags(project), SERVICE_TAG])] : []),
      ...(dashboards.all.length > 0 ? [dashboardMenu('All dashboards', projectTags(project))] : []),
    ],
    rows: [...sloRows(scene), ...kpiRows(scene)],
    origin: project.origin,
  };
  return [board];
}
