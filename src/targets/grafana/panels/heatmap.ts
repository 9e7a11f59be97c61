import { panelBody, SHOWN_EVERYWHERE, type Visual } from '../view.ts';

/** The buckets of a classic histogram over time: the query gives increases or rates `by (le)`. */
export const heatmap: Visual = {
  type: 'heatmap',
  size: { width: 12, height: 8 },
  draw: (view) => {
    const { unit, ...rest } = view;
    return panelBody('heatmap', rest, {
      shape: 'buckets',
      color: { mode: 'palette-classic' },
      custom: { hideFrom: SHOWN_EVERYWHERE, scaleDistribution: { type: 'linear' } },
      options: {
        calculate: false,
        color: {
          mode: 'scheme',
          scheme: 'Oranges',
          steps: 64,
          exponent: 0.5,
          fill: 'dark-orange',
          reverse: false,
        },
        cellGap: 1,
        cellValues: {},
        filterValues: { le: 1e-9 },
        rowsFrame: { layout: 'auto' },
        showValue: 'never',
        yAxis: { axisPlacement: 'left', reverse: false, unit: unit ?? 'short' },
        legend: { show: true },
        tooltip: { show: true, mode: 'single', yHistogram: false },
        exemplars: { color: 'rgba(255,0,255,0.7)' },
      },
    });
  },
};
