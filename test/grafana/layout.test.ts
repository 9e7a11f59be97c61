import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { BoardRow } from '../../src/targets/grafana/board.ts';
import { layOut } from '../../src/targets/grafana/layout.ts';
import { stat } from '../../src/targets/grafana/panels/stat.ts';
import { timeseries } from '../../src/targets/grafana/panels/timeseries.ts';
import { type Size, tile } from '../../src/targets/grafana/view.ts';
import { entity } from './model.ts';

const { origin } = entity('board');
const view = { title: 'x', queries: [{ expr: 'up' }] };
const row = (tiles: BoardRow['tiles'], title?: string): BoardRow => ({
  tiles,
  origin,
  ...(title !== undefined && { title }),
});
const stats = (count: number) => Array.from({ length: count }, () => tile(stat, view, origin));

function places(rows: readonly BoardRow[]) {
  return layOut(rows).panels.map(({ gridPos: { x, y, w, h } }) => [x, y, w, h]);
}

describe('layOut', () => {
  it('fills a line with panels whose width nobody chose, at most to twice their own', () => {
    expect(places([row(stats(3))])).toEqual([
      [0, 0, 8, 4],
      [8, 0, 8, 4],
      [16, 0, 8, 4],
    ]);
    expect(places([row(stats(1))])).toEqual([[0, 0, 8, 4]]);
    expect(places([row(stats(5))]).map(([, , width]) => width)).toEqual([5, 5, 5, 5, 4]);
  });

  it('leaves the width that an author chose, and wraps what no longer fits', () => {
    const wide = tile(timeseries, view, origin, { width: 20 });
    const small = tile(stat, view, origin, { width: 5 });
    expect(places([row([wide, small])])).toEqual([
      [0, 0, 20, 8],
      [0, 8, 5, 4],
    ]);
  });

  it('makes the panels of a line as high as the highest, but for those whose height was chosen', () => {
    const low = tile(stat, view, origin, { height: 3 });
    const heights = places([row([tile(timeseries, view, origin), stats(1)[0]!, low])]).map(([, , , height]) => height);
    expect(heights).toEqual([8, 8, 3]);
  });

  it('numbers headings and panels from 1 in their order, below each other', () => {
    const { panels } = layOut([row(stats(1), 'First'), row(stats(1)), row(stats(1), 'Last')]);
    expect(panels.map(({ id, type, gridPos }) => [id, type, gridPos.y])).toEqual([
      [1, 'row', 0],
      [2, 'stat', 1],
      [3, 'stat', 5],
      [4, 'row', 9],
      [5, 'stat', 10],
    ]);
  });

  it('never lets panels overlap or leave the page, whatever their sizes', () => {
    const size: fc.Arbitrary<Partial<Size>> = fc.record(
      { width: fc.integer({ min: 1, max: 24 }), height: fc.integer({ min: 1, max: 12 }) },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(fc.array(fc.array(size, { maxLength: 9 }), { maxLength: 4 }), (sizes) => {
        const rows = sizes.map((each) =>
          row(
            each.map((one) => tile(timeseries, view, origin, one)),
            'Row',
          ),
        );
        const all = places(rows);
        expect(all.length).toBe(sizes.reduce((sum, each) => sum + each.length + 1, 0));
        all.forEach(([x = 0, y = 0, w = 0, h = 0], index) => {
          expect(x + w).toBeLessThanOrEqual(24);
          for (const [otherX = 0, otherY = 0, otherW = 0, otherH = 0] of all.slice(index + 1)) {
            const apart = x + w <= otherX || otherX + otherW <= x || y + h <= otherY || otherY + otherH <= y;
            expect(apart).toBe(true);
          }
        });
      }),
      { numRuns: 60 },
    );
  });
});
