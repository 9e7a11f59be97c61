import type { Panel } from '../../../model/types.ts';
import { authoredSteps } from '../colors.ts';
import { grafanaUnit } from '../units.ts';
import { authoredSize, type Tile, tile, type View } from '../view.ts';
import { visuals } from './visuals.ts';

type QueryPanel = Extract<Panel, { readonly shows: 'query' }>;

/** An author's own queries, drawn as they say. */
export function queryTile(panel: QueryPanel): Tile {
  const steps = authoredSteps(panel.thresholds);
  const view: View = {
    title: panel.title ?? '',
    description: panel.description ?? '',
    queries: panel.queries.map(({ query, legend }) => ({ expr: query.text, ...(legend !== undefined && { legend }) })),
    ...(panel.unit !== undefined && { unit: grafanaUnit(panel.unit) }),
    ...(steps && { steps }),
  };
  return tile(visuals[panel.type], view, panel.origin, authoredSize(panel));
}
