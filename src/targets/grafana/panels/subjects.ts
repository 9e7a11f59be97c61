import type { Panel } from '../../../model/types.ts';
import type { Scene } from '../board.ts';
import type { Tile } from '../view.ts';
import { alertsTile } from './alerts.ts';
import { kpiTile } from './kpi.ts';
import { queryTile } from './query.ts';
import { sloTile } from './slo.ts';
import { markdownTile } from './text.ts';

type PanelShowing<Subject extends Panel['shows']> = Extract<Panel, { readonly shows: Subject }>;
type Subjects = { readonly [Subject in Panel['shows']]: (panel: PanelShowing<Subject>, scene: Scene) => Tile };

/** Everything that an author's panel can show. One file and one line each. */
const subjects: Subjects = {
  alerts: alertsTile,
  kpi: kpiTile,
  query: queryTile,
  slo: sloTile,
  text: markdownTile,
};

/** The tile of an author's panel. */
export function panelTile(panel: Panel, scene: Scene): Tile {
  const draw = subjects[panel.shows] as (panel: Panel, scene: Scene) => Tile;
  return draw(panel, scene);
}
