import { LAST_VALUE, panelBody, type Visual } from '../view.ts';

/** One bar for the last value of each series. */
export const bargauge: Visual = {
  type: 'bargauge',
  size: { width: 12, height: 8 },
  draw: (view) =>
    panelBody('bargauge', view, {
      shape: 'instant',
      color: { mode: 'thresholds' },
      custom: {},
      options: {
        reduceOptions: LAST_VALUE,
        orientation: 'horizontal',
        displayMode: 'basic',
        showUnfilled: true,
        minVizWidth: 0,
        minVizHeight: 10,
      },
    }),
};
