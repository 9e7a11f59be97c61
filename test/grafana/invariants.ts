import { expect } from 'vitest';
import type { DashboardJson, PanelJson } from '../../src/formats/grafana.ts';
import type { Model } from '../../src/model/types.ts';
import type { Artifact } from '../../src/output/artifact.ts';
import { grafanaTarget } from '../../src/targets/grafana/grafana.ts';

export interface Emitted {
  readonly artifacts: readonly Artifact[];
  readonly dashboards: ReadonlyMap<string, DashboardJson>;
}

/** What the target writes, the dashboards read back and by the names of their files. */
export function emitted(
  model: Model,
  alerts: Parameters<typeof grafanaTarget.emit>[1]['rules']['alerts'] = [],
): Emitted {
  const artifacts = grafanaTarget.emit(model, { rules: { groups: [], alerts } });
  const json = artifacts.filter(({ path }) => path.endsWith('.json'));
  const dashboards = json.map(({ path, text }) => {
    return [path.replace(/^.*\/|\.json$/g, ''), JSON.parse(text) as DashboardJson] as const;
  });
  return { artifacts, dashboards: new Map(dashboards) };
}

export function chartsOf(document: DashboardJson): readonly PanelJson[] {
  return document.panels.filter((panel): panel is PanelJson => panel.type !== 'row');
}

/** The chart with this title. */
export function chart(document: DashboardJson, title: string): PanelJson {
  const found = chartsOf(document).filter((panel) => panel.title === title);
  expect(found.map((panel) => panel.title)).toEqual([title]);
  return found[0]!;
}

function expectPlaces({ panels }: DashboardJson): void {
  const cells = new Set<string>();
  for (const { gridPos } of panels) {
    const { x, y, w, h } = gridPos;
    expect(Math.min(w, h)).toBeGreaterThanOrEqual(1);
    expect(x).toBeGreaterThanOrEqual(0);
    expect(x + w).toBeLessThanOrEqual(24);
    for (let column = x; column < x + w; column++) {
      for (let line = y; line < y + h; line++) {
        const cell = `${column},${line}`;
        expect(cells.has(cell), `two panels at ${cell}`).toBe(false);
        cells.add(cell);
      }
    }
  }
}

function expectShape(panel: PanelJson): void {
  expect(panel.fieldConfig.defaults.custom).toBeDefined();
  expect(Array.isArray(panel.fieldConfig.overrides)).toBe(true);
  expect(panel.pluginVersion).toBe('9.0.0');
  expect(Object.keys(panel.options)).not.toHaveLength(0);
  const [base, ...steps] = panel.fieldConfig.defaults.thresholds.steps;
  expect(base?.value).toBeNull();
  const values = steps.map(({ value }) => value as number);
  expect(values).toEqual([...values].sort((left, right) => left - right));
  const targets = panel.targets ?? [];
  expect(targets.length > 0 || panel.type === 'text').toBe(true);
  expect(new Set(targets.map(({ refId }) => refId)).size).toBe(targets.length);
  for (const { datasource, refId, expr } of targets) {
    expect(datasource).toEqual({ type: 'prometheus', uid: '${' + 'datasource}' });
    expect(refId).toMatch(/^[A-Z]+$/);
    expect(expr).not.toMatch(/undefined|NaN|Infinity|\[object/);
  }
}

function expectNoHoles(value: unknown, path: string): void {
  expect(value, path).not.toBeUndefined();
  if (typeof value !== 'object' || value === null) return;
  for (const [key, inner] of Object.entries(value)) expectNoHoles(inner, `${path}/${key}`);
}

/** The uids that a document links to, from its head and from its panels. */
export function linkedUids(document: DashboardJson): readonly string[] {
  const urls = [...document.links, ...chartsOf(document).flatMap(({ links }) => links)].map(({ url }) => url);
  return urls.flatMap((url) => /^\/d\/([^?]*)/.exec(url)?.[1] ?? []);
}

/** What must hold of every dashboard, whatever the model. */
export function expectSound({ artifacts, dashboards }: Emitted): void {
  const documents = [...dashboards.values()];
  const uids = documents.map(({ uid }) => uid);
  expect(new Set(uids).size).toBe(uids.length);
  for (const document of documents) {
    expect(document.uid).toMatch(/^[a-z][a-z0-9-]{0,38}[a-z0-9]$/);
    expect(document.title).not.toBe('');
    expect(document.refresh).toMatch(/^(|\d+[smhd])$/);
    expect(document.time.from).toMatch(/^now-[1-9]\d*[smhd]$/);
    expect(document).not.toHaveProperty('id');
    expect(document).not.toHaveProperty('version');
    expect(document.panels.map(({ id }) => id)).toEqual(document.panels.map((_, index) => index + 1));
    expect(document.templating.list[0]?.name).toBe('datasource');
    for (const uid of linkedUids(document)) expect(uids).toContain(uid);
    for (const link of document.links) {
      expect(Object.keys(link)).toEqual([
        'title',
        'type',
        'icon',
        'tooltip',
        'url',
        'tags',
        'asDropdown',
        'targetBlank',
        'includeVars',
        'keepTime',
      ]);
    }
    expectPlaces(document);
    expectNoHoles(document, document.uid);
    for (const panel of chartsOf(document)) expectShape(panel);
  }
  for (const { path, origins, text } of artifacts) {
    if (!path.endsWith('.json')) continue;
    const document = JSON.parse(text) as DashboardJson;
    const pointers = [
      '',
      ...document.templating.list.slice(1).map((_, index) => `/templating/list/${index + 1}`),
      ...document.panels.map((_, index) => `/panels/${index}`),
    ];
    expect([...origins.keys()]).toEqual(pointers);
  }
}
