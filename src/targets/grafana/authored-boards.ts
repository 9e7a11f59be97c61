import { present } from '../../base/assert.ts';
import type { DashboardLinkJson } from '../../formats/grafana.ts';
import { projectTags } from '../../model/names.ts';
import type { Dashboard } from '../../model/types.ts';
import type { Board, Scene } from './board.ts';
import { dashboardLink } from './links.ts';
import { panelTile } from './panels/subjects.ts';

/** Down to where a dashboard leads, and back up to those that lead to it. */
function links(dashboard: Dashboard, scene: Scene): readonly DashboardLinkJson[] {
  const parents = scene.model.dashboards.all.filter(({ leadsTo }) => leadsTo.includes(dashboard.name));
  const up = parents.flatMap(({ name }) => scene.pages.get(name) ?? []);
  const down = dashboard.leadsTo.flatMap((name) => scene.pages.get(name) ?? []);
  return [...up.map((page) => dashboardLink(page, 'up')), ...down.map((page) => dashboardLink(page, 'down'))];
}

function board(dashboard: Dashboard, scene: Scene): Board {
  return {
    page: present(scene.pages.get(dashboard.name), `the page of ${dashboard.name}`),
    description: dashboard.purpose,
    tags: [...new Set([...projectTags(scene.model.project), ...dashboard.audience, ...dashboard.tags])],
    rangeMs: dashboard.rangeMs,
    ...(dashboard.refreshMs !== undefined && { refreshMs: dashboard.refreshMs }),
    variables: dashboard.variables.map((variable, index) => {
      return { variable, origin: dashboard.part('spec', 'variables', index) };
    }),
    annotations: [],
    links: links(dashboard, scene),
    rows: dashboard.rows.map((row, index) => ({
      ...(row.title !== undefined && { title: row.title }),
      tiles: row.panels.map((panel) => panelTile(panel, scene)),
      origin: dashboard.part('spec', 'rows', index),
    })),
    origin: dashboard.origin,
  };
}

/** The dashboards that authors wrote. */
export function authoredBoards(scene: Scene): readonly Board[] {
  return scene.model.dashboards.all.map((dashboard) => board(dashboard, scene));
}
