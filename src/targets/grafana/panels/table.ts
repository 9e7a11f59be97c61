import type { TransformationJson } from '../../../formats/grafana.ts';
import { panelBody, refId, type View, type Visual } from '../view.ts';

/**
 * Several queries become columns of one table, under their legends where those are plain words; the time is that of
 * the query and says nothing.
 */
export function columnTransformations(view: View): readonly TransformationJson[] {
  const several = view.queries.length > 1;
  const names = view.queries.flatMap(({ legend }, index) => {
    const name = several ? `Value #${refId(index)}` : 'Value';
    return legend === undefined || legend.includes('{{') ? [] : [[name, legend] as const];
  });
  const organize = { excludeByName: { Time: true }, indexByName: {}, renameByName: Object.fromEntries(names) };
  return [...(several ? [{ id: 'merge', options: {} }] : []), { id: 'organize', options: organize }];
}

/** The last value of each series, its labels as columns. */
export const table: Visual = {
  type: 'table',
  size: { width: 12, height: 8 },
  draw: (view) =>
    panelBody(
      'table',
      { ...view, transformations: view.transformations ?? columnTransformations(view) },
      {
        shape: 'table',
        color: { mode: 'thresholds' },
        custom: { align: 'auto', displayMode: 'auto', inspect: false },
        options: {
          showHeader: true,
          sortBy: [],
          footer: { show: false, reducer: ['sum'], countRows: false, fields: '' },
        },
      },
    ),
};
