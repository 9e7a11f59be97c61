import { LEGEND, panelBody, SHOWN_EVERYWHERE, type Visual } from '../view.ts';

/** Lines over time; thresholds are lines, too. */
export const timeseries: Visual = {
  type: 'timeseries',
  size: { width: 12, height: 8 },
  draw: (view) =>
    panelBody('timeseries', view, {
      shape: 'range',
      color: { mode: 'palette-classic' },
      custom: {
        drawStyle: 'line',
        lineInterpolation: 'linear',
        lineWidth: 1,
        fillOpacity: 10,
        gradientMode: 'none',
        showPoints: 'auto',
        pointSize: 5,
        spanNulls: false,
        stacking: { mode: 'none', group: 'A' },
        axisPlacement: 'auto',
        axisLabel: '',
        scaleDistribution: { type: 'linear' },
        hideFrom: SHOWN_EVERYWHERE,
        thresholdsStyle: { mode: (view.steps?.length ?? 0) > 1 ? 'line' : 'off' },
      },
      options: { legend: LEGEND, tooltip: { mode: 'multi', sort: 'desc' } },
    }),
};
