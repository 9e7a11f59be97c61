import { LAST_VALUE, LEGEND, panelBody, SHOWN_EVERYWHERE, type Visual } from '../view.ts';

/** The shares of a whole, by the last value of each series. */
export const piechart: Visual = {
  type: 'piechart',
  size: { width: 8, height: 8 },
  draw: (view) =>
    panelBody('piechart', view, {
      shape: 'instant',
      color: { mode: 'palette-classic' },
      custom: { hideFrom: SHOWN_EVERYWHERE },
      options: {
        reduceOptions: LAST_VALUE,
        pieType: 'pie',
        displayLabels: ['percent'],
        legend: { ...LEGEND, values: ['value'] },
        tooltip: { mode: 'single', sort: 'none' },
      },
    }),
};
