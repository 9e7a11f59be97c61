import type { GridPos, PanelJson, RowJson } from '../../formats/grafana.ts';
import type { Origin } from '../../source/document.ts';
import type { BoardRow } from './board.ts';
import type { Tile } from './view.ts';

/** The width of Grafana's grid. */
const COLUMNS = 24;

/** Spare columns go to panels whose width nobody chose, up to this much of their own width: a stat never fills the page. */
const MOST_STRETCH = 2;

export interface Placed {
  readonly panels: readonly (PanelJson | RowJson)[];
  /** Where each panel comes from, in the same order. */
  readonly origins: readonly Origin[];
}

interface Box {
  readonly tile: Tile;
  readonly width: number;
}

/** Tiles from left to right; a line ends before the tile that no longer fits. */
function lines(tiles: readonly Tile[]): Tile[][] {
  const all: Tile[][] = [];
  let used = COLUMNS + 1;
  for (const tile of tiles) {
    const width = Math.min(tile.size.width, COLUMNS);
    if (used + width > COLUMNS) {
      all.push([]);
      used = 0;
    }
    all.at(-1)!.push(tile);
    used += width;
  }
  return all;
}

/** Widens the tiles of a line, one column each in turn from the left, until it is full or none may grow. */
function stretched(line: readonly Tile[]): readonly Box[] {
  const widths = line.map(({ size }) => Math.min(size.width, COLUMNS));
  let spare = COLUMNS - widths.reduce((sum, width) => sum + width, 0);
  let grew = true;
  while (spare > 0 && grew) {
    grew = false;
    line.forEach((tile, index) => {
      if (spare === 0 || tile.fixed.width || widths[index]! >= tile.size.width * MOST_STRETCH) return;
      widths[index]!++;
      spare--;
      grew = true;
    });
  }
  return line.map((tile, index) => ({ tile, width: widths[index]! }));
}

function placeLine(line: readonly Tile[], y: number): { readonly places: readonly GridPos[]; readonly height: number } {
  const height = Math.max(...line.map(({ size }) => size.height));
  let x = 0;
  const places = stretched(line).map(({ tile, width }) => {
    const place = { h: tile.fixed.height ? tile.size.height : height, w: width, x, y };
    x += width;
    return place;
  });
  return { places, height };
}

/**
 * Gives every panel its place and number. Rows are never collapsed: their panels would lie inside them, and how those
 * are placed has changed between versions. In a line the panels whose height nobody chose are as high as the highest.
 */
export function layOut(rows: readonly BoardRow[]): Placed {
  const panels: (PanelJson | RowJson)[] = [];
  const origins: Origin[] = [];
  let y = 0;
  for (const row of rows) {
    if (row.title !== undefined) {
      const gridPos = { h: 1, w: COLUMNS, x: 0, y };
      panels.push({ id: panels.length + 1, type: 'row', title: row.title, collapsed: false, gridPos, panels: [] });
      origins.push(row.origin);
      y += 1;
    }
    for (const line of lines(row.tiles)) {
      const { places, height } = placeLine(line, y);
      line.forEach((tile, index) => {
        panels.push({ id: panels.length + 1, gridPos: places[index]!, ...tile.body });
        origins.push(tile.origin);
      });
      y += height;
    }
  }
  return { panels, origins };
}
