import { LAST_VALUE, panelBody, type Visual } from '../view.ts';

/** A dial with its thresholds on the rim. */
export const gauge: Visual = {
  type: 'gauge',
  size: { width: 6, height: 6 },
  draw: (view) =>
    panelBody('gauge', view, {
      shape: 'instant',
      color: { mode: 'thresholds' },
      custom: {},
      options: {
        reduceOptions: LAST_VALUE,
        orientation: 'auto',
        showThresholdLabels: false,
        showThresholdMarkers: true,
      },
    }),
};
