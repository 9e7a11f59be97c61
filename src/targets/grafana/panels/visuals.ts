import type { QueryPanelType } from '../../../model/types.ts';
import type { Visual } from '../view.ts';
import { barchart } from './barchart.ts';
import { bargauge } from './bargauge.ts';
import { gauge } from './gauge.ts';
import { heatmap } from './heatmap.ts';
import { piechart } from './piechart.ts';
import { stat } from './stat.ts';
import { stateTimeline } from './state-timeline.ts';
import { table } from './table.ts';
import { timeseries } from './timeseries.ts';

/** Every way to draw an author's queries. One file and one line each. */
export const visuals: Readonly<Record<QueryPanelType, Visual>> = {
  barchart,
  bargauge,
  gauge,
  heatmap,
  piechart,
  stat,
  'state-timeline': stateTimeline,
  table,
  timeseries,
};
