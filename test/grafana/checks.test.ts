import { describe, expect, it } from 'vitest';
import { rational } from '../../src/base/quantity.ts';
import { codes, grafanaChecks } from '../../src/targets/grafana/checks.ts';
import { type DashboardDraft, dashboard, kpi, type ModelDraft, modelOf, query, service, slo } from './model.ts';

/** Each finding as `code at place`, where the place names a value of a document. */
function findings(draft: ModelDraft): string[] {
  return grafanaChecks(modelOf(draft)).map(({ code, span }) => `${code} at ${span?.file.path}`);
}

function inPanel(text: string, changes: Parameters<typeof query>[1] = {}, board: DashboardDraft = {}): string[] {
  return findings({ dashboards: [dashboard('home', { ...board, rows: [{ panels: [query(text, changes)] }] })] });
}

const PANEL = 'home#/spec/rows/0/panels/0';

describe('names', () => {
  it('are not those of generated dashboards', () => {
    const found = findings({
      services: [service('checkout')],
      slos: [slo('a', 'checkout', rational(9, 10))],
      dashboards: [dashboard('service-checkout'), dashboard('slo-overview'), dashboard('service-cart')],
    });
    expect(found).toEqual([
      'dashboard/name-taken at service-checkout#/metadata/name',
      'dashboard/name-taken at slo-overview#/metadata/name',
    ]);
  });

  it('give each dashboard its own uid', () => {
    const found = findings({ dashboards: [dashboard('a.b'), dashboard('a-b')] });
    expect(found).toEqual(['dashboard/duplicate-uid at a.b#/metadata/name']);
  });

  it('and its own title, generated ones included', () => {
    const found = findings({
      kpis: [kpi('x')],
      dashboards: [
        dashboard('one', { title: 'Health' }),
        dashboard('two', { title: 'health' }),
        dashboard('three', { title: 'Shop SLO overview' }),
      ],
    });
    expect(found).toEqual(
      ['dashboard/duplicate-title at three#/spec/title', 'dashboard/duplicate-title at two#/spec/title'].sort(),
    );
  });
});

describe('panels', () => {
  it('have a title', () => {
    expect(inPanel('up', { title: '' })).toEqual([`dashboard/panel-without-title at ${PANEL}`]);
  });

  it('have units that are known, or nothing like a known one; so have KPIs', () => {
    expect(inPanel('up', { unit: 'secnds' })).toEqual([`dashboard/unknown-unit at ${PANEL}/unit`]);
    expect(inPanel('up', { unit: 'score (0-100)' })).toEqual([]);
    expect(findings({ kpis: [kpi('x', { unit: 'percnt' })] })).toEqual(['dashboard/unknown-unit at x#/spec/unit']);
  });
});

describe('queries', () => {
  const at = (code: string, range: string) => `dashboard/${code} at ${PANEL}/queries/0/query@${range}`;
  const job = { name: 'job', label: 'Job', query: 'label_values(up, job)', multi: true };

  it('do not look back over a fixed range for a rate', () => {
    expect(inPanel('sum(rate(http_requests_total{a="x[1m]"}[5m]))')).toEqual([at('fixed-rate-range', '39-43')]);
    expect(inPanel('irate((rate(x[2m]))[1h:1m])')).toEqual([at('fixed-rate-range', '13-17')]);
    for (const text of ['rate(x[$__rate_interval])', 'increase(x[1h])', 'avg_over_time(x[5m])', 'x # rate(y[5m])']) {
      expect(inPanel(text), text).toEqual([]);
    }
  });

  it('use only variables that are declared', () => {
    expect(inPanel('up{job=~"$jbo"}', {}, { variables: [job] })).toEqual([at('unknown-variable', '9-13')]);
    expect(inPanel(`up{job=~"\${job:regex}"}[$__range]`, {}, { variables: [job] })).toEqual([]);
    expect(inPanel('label_replace(up, "a", "$1", "b", "(.*)")')).toEqual([]);
  });

  it('do not compare a variable of several values by `=`', () => {
    expect(inPanel('up{job="$job"}', {}, { variables: [job] })).toEqual([at('multi-variable-equality', '8-12')]);
    expect(inPanel('up{job="$job"}', {}, { variables: [{ ...job, multi: false }] })).toEqual([]);
    expect(inPanel('up{job!~"$job"}', {}, { variables: [job] })).toEqual([]);
  });
});

describe('codes', () => {
  it('are each declared once, in the area of dashboards', () => {
    const names = codes.map(({ code }) => code);
    expect(new Set(names).size).toBe(names.length);
    for (const name of names) expect(name).toMatch(/^dashboard\/[a-z-]+$/);
  });
});
