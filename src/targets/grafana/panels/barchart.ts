import { LEGEND, panelBody, SHOWN_EVERYWHERE, type Visual } from '../view.ts';
import { columnTransformations } from './table.ts';

/** A bar for the last value of each series; its first label names it. */
export const barchart: Visual = {
  type: 'barchart',
  size: { width: 12, height: 8 },
  draw: (view) =>
    panelBody(
      'barchart',
      { ...view, transformations: columnTransformations(view) },
      {
        shape: 'table',
        color: { mode: 'palette-classic' },
        custom: {
          lineWidth: 1,
          fillOpacity: 80,
          gradientMode: 'none',
          axisPlacement: 'auto',
          axisLabel: '',
          scaleDistribution: { type: 'linear' },
          hideFrom: SHOWN_EVERYWHERE,
        },
        options: {
          orientation: 'auto',
          stacking: 'none',
          showValue: 'auto',
          groupWidth: 0.7,
          barWidth: 0.97,
          barRadius: 0,
          xTickLabelRotation: 0,
          xTickLabelSpacing: 0,
          legend: LEGEND,
          tooltip: { mode: 'single', sort: 'none' },
        },
      },
    ),
};
