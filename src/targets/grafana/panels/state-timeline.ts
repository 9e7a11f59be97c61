import { LEGEND, panelBody, SHOWN_EVERYWHERE, type Visual } from '../view.ts';

/** A row of coloured stretches for each series. */
export const stateTimeline: Visual = {
  type: 'state-timeline',
  size: { width: 24, height: 8 },
  draw: (view) =>
    panelBody('state-timeline', view, {
      shape: 'range',
      color: { mode: 'thresholds' },
      custom: { lineWidth: 0, fillOpacity: 70, spanNulls: false, hideFrom: SHOWN_EVERYWHERE },
      options: {
        mergeValues: true,
        showValue: 'auto',
        alignValue: 'left',
        rowHeight: 0.9,
        legend: LEGEND,
        tooltip: { mode: 'single', sort: 'none' },
      },
    }),
};
