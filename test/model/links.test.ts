import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { exploreLinks } from '../../src/model/explore.ts';
import { alertsUrl, dashboardUrl, grafanaUrl, graphUrl, rootUrl, runbookUrl } from '../../src/model/links.ts';
import type { Project } from '../../src/model/types.ts';
import { parseMatchers } from '../../src/promql/selector.ts';
import { project, service } from '../grafana/model.ts';

/** A project whose systems all have one address. */
function at(url: string): Project {
  const base = project();
  return {
    ...base,
    runbooksUrl: url,
    prometheus: { ...base.prometheus, url },
    alertmanager: { ...base.alertmanager, url },
    grafana: { ...base.grafana, url },
  };
}

const down = [{ label: 'alertname', operator: '=', value: 'A "b" \\c' }] as const;

describe('an address', () => {
  test.each([
    ['https://example.org', 'https://example.org'],
    ['https://example.org/', 'https://example.org'],
    ['http://example.org:9090/a/b//', 'http://example.org:9090/a/b'],
  ])('%s is what links begin with', (url, root) => {
    const links = [
      runbookUrl(at(url), 'x'),
      dashboardUrl(at(url), 'x'),
      graphUrl(at(url), 'up'),
      alertsUrl(at(url), down),
      grafanaUrl(at(url), '/explore?left=%7B%7D'),
    ];
    expect(links).toEqual([
      `${root}/x`,
      `${root}/d/shop-x`,
      `${root}/graph?g0.expr=up&g0.tab=0&g0.range_input=6h`,
      expect.stringMatching(/^[^#]+\/#\/alerts\?filter=%7Balertname%3D/),
      `${root}/explore?left=%7B%7D`,
    ]);
    for (const link of links) expect(link?.startsWith(`${root}/`)).toBe(true);
    expect(rootUrl(url)).toBe(root);
  });

  it('keeps the parameters that it has', () => {
    const url = 'https://example.org/grafana/?orgId=2';
    expect(dashboardUrl(at(url), 'x')).toBe('https://example.org/grafana/d/shop-x?orgId=2');
    expect(grafanaUrl(at(url), '/explore?left=1')).toBe('https://example.org/grafana/explore?orgId=2&left=1');
    expect(rootUrl(url)).toBe('https://example.org/grafana');
  });

  it('that is not known gives no links', () => {
    const { url: _prometheus, ...prometheus } = project().prometheus;
    const { runbooksUrl: _runbooks, ...rest } = project();
    const nowhere = { ...rest, prometheus };
    expect([runbookUrl(nowhere, 'x'), dashboardUrl(nowhere, 'x'), graphUrl(nowhere, 'up')]).toEqual(
      Array(3).fill(undefined),
    );
    expect([alertsUrl(nowhere, down), grafanaUrl(nowhere, '/x')]).toEqual([undefined, undefined]);
  });
});

it('every expression comes out as it went in, and nothing ends a link early', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (expression) => {
      const url = graphUrl(at('https://example.org/p/?a=b'), expression)!;
      expect(new URL(url).searchParams.get('g0.expr')).toBe(expression);
      expect(url).not.toMatch(/[\s<>|()'"`\\{}]/);
    }),
  );
});

it('the filter of Alertmanager is a list of matchers', () => {
  const filter = decodeURIComponent(/filter=(.*)$/.exec(alertsUrl(at('https://example.org'), down)!)![1]!);
  expect(parseMatchers(filter)).toMatchObject(down);
});

/** What Explore is asked to show. */
function panes(datasources: Project['grafana']['datasources'], selector?: string): unknown[] {
  const matchers = selector === undefined ? undefined : parseMatchers(selector);
  const shop = { ...project(), grafana: { folder: 'Shop', datasources } };
  return exploreLinks(shop, service('cart', matchers ? { selector: { matchers } } : {})).map(({ role, path }) => {
    const { datasource, queries } = JSON.parse(decodeURIComponent(path.replace('/explore?left=', '')));
    return [role, datasource, queries];
  });
}

describe('Explore', () => {
  const logs = (expr: string) => [['logs', 'Loki', [{ refId: 'A', expr, queryType: 'range' }]]];

  test.each([
    ['{job="cart"}', '{job="cart"}'],
    ['{env=~".*", job=~"a|b"}', '{env=~".*",job=~"a|b"}'],
    ['{env=~".*"}', '{service_name="cart"}'],
    ['{env!="dev"}', '{service_name="cart"}'],
    ['{env=""}', '{service_name="cart"}'],
    [undefined, '{service_name="cart"}'],
  ])('shows the logs of a service with the selector %s', (selector, expr) => {
    expect(panes({ logs: 'Loki', tracesType: 'tempo' }, selector)).toEqual(logs(expr));
  });

  it('shows the traces of a service, in the language of their system', () => {
    const query = '{resource.service.name="cart"}';
    expect(panes({ traces: 'T', tracesType: 'tempo' })).toEqual([
      ['traces', 'T', [{ refId: 'A', queryType: 'traceql', query, limit: 20, tableType: 'traces' }]],
    ]);
    expect(panes({ traces: 'T', tracesType: 'jaeger' })).toEqual([
      ['traces', 'T', [{ refId: 'A', queryType: 'search', service: 'cart' }]],
    ]);
  });
});
