import { describe, expect, it } from 'vitest';
import { readDashboard } from '../../src/formats/grafana.ts';
import { grafanaParts } from '../../src/formats/grafana-resource.ts';

const DOCUMENT = {
  uid: 'shop-home',
  title: 'Home',
  refresh: '30s',
  version: 7,
  id: 12,
  templating: { list: [{ name: 'job', type: 'query', query: 'x', current: { text: 'a' } }] },
  panels: [
    { id: 1, type: 'stat', title: 'Up', gridPos: { x: 0, y: 0, w: 4, h: 4 } },
    { id: 2, type: 'row', title: 'Now', collapsed: false, panels: [], gridPos: { x: 0, y: 4, w: 24, h: 1 } },
    { id: 3, type: 'stat', title: 'Errors', gridPos: { x: 0, y: 5, w: 4, h: 4 } },
    { id: 4, type: 'stat', title: 'Errors', gridPos: { x: 4, y: 5, w: 4, h: 4 } },
    { id: 5, type: 'row', title: 'Later', collapsed: true, panels: [{ id: 6, type: 'text' }] },
  ],
};

describe('grafanaParts', () => {
  it('knows a dashboard by its uid, a panel by its title within its row, an equal one by its ordinal', () => {
    expect(grafanaParts(DOCUMENT)?.map(({ kind, identity, pointer }) => [kind, identity, pointer])).toEqual([
      ['dashboard', 'shop-home', ''],
      ['variable', 'shop-home / $job', '/templating/list/0'],
      ['panel', 'shop-home / Up', '/panels/0'],
      ['panel', 'shop-home / Now / Errors', '/panels/2'],
      ['panel', 'shop-home / Now / Errors #2', '/panels/3'],
      ['panel', 'shop-home / Later / text', '/panels/4/panels/0'],
    ]);
  });

  it('leaves out what Grafana counts up and what follows from neighbours', () => {
    const [own, variable, panel] = grafanaParts(DOCUMENT)!;
    expect(own?.fields).toEqual({ title: 'Home', refresh: '30s' });
    expect(variable?.fields).toEqual({ type: 'query', query: 'x' });
    expect(panel?.fields).toEqual({ row: '', type: 'stat', width: 4, height: 4 });
  });

  it('is nothing for what is no dashboard', () => {
    for (const value of [null, 'x', [], {}, { title: 'x' }, { panels: [] }]) {
      expect(readDashboard(value)).toBeUndefined();
      expect(grafanaParts(value)).toBeUndefined();
    }
  });
});
