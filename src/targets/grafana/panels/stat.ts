import { LAST_VALUE, panelBody, type Visual } from '../view.ts';

/** One large number, coloured by its thresholds, above its course over time. */
export const stat: Visual = {
  type: 'stat',
  size: { width: 4, height: 4 },
  draw: (view) =>
    panelBody('stat', view, {
      shape: 'range',
      color: { mode: 'thresholds' },
      custom: {},
      options: {
        reduceOptions: LAST_VALUE,
        orientation: 'auto',
        textMode: 'auto',
        colorMode: 'value',
        graphMode: 'area',
        justifyMode: 'auto',
      },
    }),
};

/** One large number without its course: for what is constant or has no meaning between two values. */
export const plainStat: Visual = {
  ...stat,
  draw: (view) => stat.draw({ ...view, options: { graphMode: 'none', ...view.options } }),
};
