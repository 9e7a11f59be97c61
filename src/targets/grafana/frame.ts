import type { AnnotationJson, DashboardJson } from '../../formats/grafana.ts';
import type { JsonPointer } from '../../output/artifact.ts';
import type { Origin } from '../../source/document.ts';
import type { Board } from './board.ts';
import { layOut } from './layout.ts';
import { grafanaSpan } from './queries.ts';
import { datasourceVariable, queryVariable } from './variables.ts';

/**
 * Grafana 9.0's own number. Every later version runs its migrations from here (37 to 42), which change nothing in the
 * documents that we write except the table cells, which are written in the old form for them; a higher number would be
 * refused by the older ones. Source: https://github.com/grafana/grafana/tree/main/apps/dashboard/pkg/migration/schemaversion
 */
export const SCHEMA_VERSION = 36;

/** The annotation that Grafana adds to every dashboard if it is missing. */
const BUILT_IN: AnnotationJson = {
  builtIn: 1,
  datasource: { type: 'grafana', uid: '-- Grafana --' },
  enable: true,
  hide: true,
  iconColor: 'rgba(0, 211, 255, 1)',
  name: 'Annotations & Alerts',
  type: 'dashboard',
};

/** The document of a board, and where its parts come from. It has neither `id` nor `version`, which are Grafana's. */
export function frame(
  board: Board,
  datasource: string | undefined,
): { readonly document: DashboardJson; readonly origins: ReadonlyMap<JsonPointer, Origin> } {
  const { panels, origins } = layOut(board.rows);
  const document: DashboardJson = {
    uid: board.page.uid,
    title: board.page.title,
    description: board.description,
    tags: board.tags,
    timezone: 'browser',
    editable: false,
    graphTooltip: 1,
    time: { from: `now-${grafanaSpan(board.rangeMs)}`, to: 'now' },
    refresh: board.refreshMs === undefined ? '' : grafanaSpan(board.refreshMs),
    schemaVersion: SCHEMA_VERSION,
    annotations: { list: [BUILT_IN, ...board.annotations] },
    templating: {
      list: [datasourceVariable(datasource), ...board.variables.map(({ variable }) => queryVariable(variable))],
    },
    links: board.links,
    panels,
  };
  const pointers: [JsonPointer, Origin][] = [
    ['', board.origin],
    ...board.variables.map(({ origin }, index): [JsonPointer, Origin] => [`/templating/list/${index + 1}`, origin]),
    ...origins.map((origin, index): [JsonPointer, Origin] => [`/panels/${index}`, origin]),
  ];
  return { document, origins: new Map(pointers) };
}
