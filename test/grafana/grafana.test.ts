import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DAY_MS, HOUR_MS, MINUTE_MS, rational } from '../../src/base/quantity.ts';
import type { Alert } from '../../src/model/rule.ts';
import type { Model, QueryPanelType } from '../../src/model/types.ts';
import { chart, chartsOf, type Emitted, emitted, expectSound, linkedUids } from './invariants.ts';
import {
  condition,
  type DashboardDraft,
  dashboard,
  entity,
  kpi,
  modelOf,
  type PanelDraft,
  project,
  query,
  service,
  slo,
} from './model.ts';

const CHECKOUT = slo('checkout-availability', 'checkout', rational(999, 1000), { runbook: 'checkout-down' });
const CART = slo('cart-latency', 'cart', rational(95, 100), { windowMs: 7 * DAY_MS });
const CONVERSION = kpi('conversion', {
  service: 'checkout',
  target: condition('>', '0.9', '90%'),
  critical: condition('<', '0.7', '70%'),
});

function shop(dashboards: Model['dashboards']['all'] = [], changes: Parameters<typeof project>[0] = {}): Model {
  return modelOf({
    project: project(changes),
    services: [
      service('checkout', { owner: 'payments', dependsOn: ['cart', 'bank'] }),
      service('cart'),
      service('bank'),
    ],
    slos: [CHECKOUT, CART],
    kpis: [CONVERSION],
    dashboards,
  });
}

function document(emission: Emitted, name: string) {
  const found = emission.dashboards.get(name);
  expect(found, name).toBeDefined();
  return found!;
}

/** The dashboard that these rows give. */
function drawn(panels: readonly PanelDraft[], changes: DashboardDraft = {}) {
  return document(emitted(shop([dashboard('home', { ...changes, rows: [{ panels }] })])), 'home');
}

const steps = (panel: ReturnType<typeof chart>) =>
  panel.fieldConfig.defaults.thresholds.steps.map(({ value, color }) => [value, color]);

describe('what is emitted', () => {
  it('is every dashboard of the authors, an overview, one for each service with SLOs, and provisioning', () => {
    const { artifacts } = emitted(shop([dashboard('home')]));
    expect(artifacts.map(({ path }) => path)).toEqual([
      'grafana/dashboards/home.json',
      'grafana/dashboards/slo-overview.json',
      'grafana/dashboards/service-cart.json',
      'grafana/dashboards/service-checkout.json',
      'grafana/provisioning/dashboards/qmon.yml',
      'grafana/provisioning/datasources/qmon.yml',
    ]);
  });

  it('has no data source where the address of Prometheus is not known, and nothing without dashboards', () => {
    const { url: _, ...prometheus } = project().prometheus;
    const paths = emitted(shop([], { prometheus })).artifacts.map(({ path }) => path);
    expect(paths).not.toContain('grafana/provisioning/datasources/qmon.yml');
    expect(paths).toContain('grafana/provisioning/dashboards/qmon.yml');
    expect(emitted(modelOf({})).artifacts).toEqual([]);
  });

  it('shows KPIs in the overview even without SLOs', () => {
    const overview = document(emitted(modelOf({ kpis: [kpi('orders', { category: 'business' })] })), 'slo-overview');
    expect(overview.panels.map(({ title }) => title)).toEqual(['Business KPIs', 'orders']);
  });
});

describe('a hand-written dashboard', () => {
  it('has the head that every Grafana from 9 to 13 reads', () => {
    const home = drawn([query('up')], {
      title: 'Home',
      purpose: 'Where to begin',
      audience: ['operations'],
      tags: ['entry', 'operations'],
      rangeMs: 36 * HOUR_MS,
      refreshMs: 30_000,
    });
    expect({ ...home, panels: [], templating: {}, annotations: {} }).toEqual({
      uid: 'shop-home',
      title: 'Home',
      description: 'Where to begin',
      tags: ['shop', 'operations', 'entry'],
      timezone: 'browser',
      editable: false,
      graphTooltip: 1,
      time: { from: 'now-36h', to: 'now' },
      refresh: '30s',
      schemaVersion: 36,
      annotations: {},
      templating: {},
      links: [],
      panels: [],
    });
    expect(drawn([query('up')]).refresh).toBe('');
  });

  it('has the variables of its author behind the one for the data source', () => {
    const variables = [
      { name: 'job', label: 'Job', query: 'label_values(up, job)', multi: true },
      { name: 'zone', label: 'Zone', query: 'label_values(zone)', multi: false },
    ];
    const list = drawn([], { variables }).templating.list;
    expect(list.map(({ name }) => name)).toEqual(['datasource', 'job', 'zone']);
    expect(list[1]).toMatchObject({
      query: { query: 'label_values(up, job)', refId: 'StandardVariableQuery' },
      definition: 'label_values(up, job)',
      multi: true,
      includeAll: true,
      allValue: '.+',
      refresh: 2,
      sort: 1,
    });
    expect(list[2]).toMatchObject({ multi: false, includeAll: false, current: {} });
    expect(list[2]).not.toHaveProperty('allValue');
  });

  it('chooses the data source that the project names', () => {
    const model = shop([dashboard('home')], {
      grafana: { folder: '', datasources: { metrics: 'Mimir', tracesType: 'tempo' } },
    });
    expect(document(emitted(model), 'home').templating.list[0]).toMatchObject({ current: { text: 'Mimir' } });
    expect(drawn([]).templating.list[0]).toMatchObject({ current: { text: 'default' } });
  });

  it('links down to where it leads and up to what leads to it, generated dashboards included', () => {
    const boards = [
      dashboard('home', { title: 'Home', leadsTo: ['deep', 'service-cart', 'slo-overview'] }),
      dashboard('deep', { title: 'Deep' }),
    ];
    const emission = emitted(shop(boards));
    const titles = (name: string) => document(emission, name).links.map(({ title }) => title);
    expect(titles('home')).toEqual(['Deep', 'Cart service levels', 'Shop SLO overview']);
    expect(titles('deep')).toEqual(['↑ Home']);
    expect(titles('service-cart')).toEqual(['↑ Shop SLO overview', '↑ Home']);
    expect(linkedUids(document(emission, 'slo-overview'))).toContain('shop-home');
  });
});

describe('panels', () => {
  it('draw every type of query, with refs, units, legends and thresholds', () => {
    const types: QueryPanelType[] = [
      'timeseries',
      'stat',
      'gauge',
      'bargauge',
      'table',
      'heatmap',
      'state-timeline',
      'piechart',
      'barchart',
    ];
    const home = drawn(
      types.map((type) =>
        query('', {
          type,
          title: type,
          unit: 'seconds',
          thresholds: [{ above: 5, color: 'red' }],
          queries: [{ query: { text: 'a', pieces: [] } }, { query: { text: 'b', pieces: [] }, legend: 'B' }],
        }),
      ),
    );
    for (const type of types) {
      const panel = chart(home, type);
      expect(panel.type).toBe(type);
      expect(panel.targets?.map(({ refId, expr }) => [refId, expr])).toEqual([
        ['A', 'a'],
        ['B', 'b'],
      ]);
      expect(panel.targets?.[1]?.legendFormat).toBe('B');
      expect(steps(panel)).toEqual([
        [null, 'green'],
        [5, 'red'],
      ]);
      const unit = type === 'heatmap' ? panel.options.yAxis : panel.fieldConfig.defaults;
      expect(unit).toMatchObject({ unit: 's' });
    }
    expect(chart(home, 'table').targets?.[0]).toMatchObject({ format: 'table', instant: true, range: false });
    expect(chart(home, 'heatmap').targets?.[0]).toMatchObject({ format: 'heatmap', legendFormat: '{{le}}' });
    expect(chart(home, 'table').transformations?.map(({ id }) => id)).toEqual(['merge', 'organize']);
  });

  it('show a KPI with its bounds in words and colours, and its runbook', () => {
    const alert = { source: { kind: 'KPI', name: 'conversion' }, runbook: 'kpi-conversion' } as unknown as Alert;
    const model = shop([dashboard('home', { rows: [{ panels: [{ shows: 'kpi', kpi: 'conversion' }] }] })]);
    const panel = chart(document(emitted(model, [alert]), 'home'), 'conversion');
    expect(panel.type).toBe('stat');
    expect(panel.targets?.[0]?.expr).toBe('kpi:value{kpi="conversion"}');
    expect(panel.description).toBe('Target: > 90%. Critical: < 70%.');
    expect(steps(panel)).toEqual([
      [null, 'red'],
      [0.7, 'yellow'],
      [0.9, 'green'],
    ]);
    expect(panel.links.map(({ url }) => url)).toEqual(['https://runbooks.example.org/kpi-conversion']);
  });

  it('show what is left of the budget of an SLO, and lead to its service', () => {
    const panel = chart(drawn([{ shows: 'slo', slo: 'checkout-availability' }]), 'checkout availability');
    expect(panel.targets?.map(({ expr }) => expr)).toEqual([
      'slo:error_budget_remaining:ratio{slo="checkout-availability"}',
      '1 - slo:error_ratio:rate30d{slo="checkout-availability"}',
    ]);
    expect(panel.description).toContain('99.9% over 30 days; the error budget is 43.2 minutes.');
    expect(panel.links.map(({ url }) => url.split('?')[0])).toEqual([
      '/d/shop-service-checkout',
      'https://runbooks.example.org/checkout-down',
    ]);
  });

  it('list the alerts that fire, or count them where there is no room', () => {
    const home = drawn([
      { shows: 'alerts', severities: ['critical', 'warning'], title: 'List' },
      { shows: 'alerts', severities: ['critical'], title: 'Count', width: 4 },
      { shows: 'alerts', severities: [], title: 'All' },
    ]);
    expect(chart(home, 'List').targets?.[0]?.expr).toBe(
      'ALERTS_FOR_STATE{severity=~"critical|warning"} * 1000\nand ignoring (alertstate)\nALERTS{alertstate="firing", severity=~"critical|warning"}',
    );
    expect(chart(home, 'Count')).toMatchObject({ type: 'stat' });
    expect(chart(home, 'Count').targets?.[0]?.expr).toBe(
      'count(ALERTS{alertstate="firing", severity="critical"}) or vector(0)',
    );
    expect(chart(home, 'All').targets?.[0]?.expr).toContain('ALERTS{alertstate="firing"}');
  });

  it('use the names that our labels have in the organisation', () => {
    const labelNames = {
      ...project().labelNames,
      severity: 'sev',
      slo: 'objective_name',
      kpi: 'indicator',
      owner: 'squad',
    };
    const panels: PanelDraft[] = [
      { shows: 'alerts', severities: ['critical'] },
      { shows: 'kpi', kpi: 'conversion' },
      { shows: 'slo', slo: 'cart-latency' },
    ];
    const emission = emitted(shop([dashboard('home', { rows: [{ panels }] })], { labelNames }));
    const expressions = [...emission.dashboards.values()].flatMap((each) =>
      chartsOf(each).flatMap(({ targets = [] }) => targets.map(({ expr }) => expr)),
    );
    expect(expressions.join('\n')).not.toMatch(/\b(severity|slo|kpi|team) ?(=|\))/);
    expect(expressions).toContain('kpi:value{indicator="conversion"}');
  });
});

describe('the dashboard of a service', () => {
  it('has a row for each SLO, its KPIs, and links to its dependencies that have one', () => {
    const home = dashboard('home', { title: 'Home', rows: [{ panels: [{ shows: 'kpi', kpi: 'conversion' }] }] });
    const board = document(emitted(shop([home])), 'service-checkout');
    expect(board.panels.filter(({ type }) => type === 'row').map(({ title }) => title)).toEqual([
      'checkout availability',
      'KPIs',
    ]);
    expect(board.links.map(({ title }) => title)).toEqual(['↑ Shop SLO overview', 'Home', 'Cart service levels']);
    expect(chart(board, 'Checkout').options.content).toBe(
      '- Owner: **payments**\n- Depends on [Cart service levels](/d/shop-service-cart) and Bank',
    );
  });

  it('draws the burn rates of the windows that are alerted on, with their thresholds', () => {
    const board = document(emitted(shop()), 'service-checkout');
    const panel = chart(board, 'Burn rate');
    expect(panel.targets?.map(({ legendFormat }) => legendFormat)).toEqual(['1h', '6h', '1d', '3d']);
    expect(steps(panel)).toEqual([
      [null, 'transparent'],
      [1, 'orange'],
      [3, 'orange'],
      [6, 'red'],
      [14.4, 'red'],
    ]);
    expect(chart(board, 'Error budget left over 30 days').timeFrom).toBe('30d');
  });

  it('reads no series that the rules do not record: windows without an alert, or with one that cannot fire', () => {
    const silent = slo('silent', 'checkout', rational(9, 10), { alerting: {} });
    const low = slo('low', 'checkout', rational(9, 10));
    const model = modelOf({ services: [service('checkout')], slos: [silent, low] });
    const board = document(emitted(model), 'service-checkout');
    const legends = chartsOf(board)
      .filter(({ title }) => title === 'Burn rate')
      .map(({ targets = [] }) => targets.map(({ legendFormat }) => legendFormat));
    expect(legends).toEqual([['6h', '1d', '3d'], ['5m']]);
  });

  it('shows the objective with all its digits', () => {
    const model = modelOf({ services: [service('a')], slos: [slo('x', 'a', rational(99_95, 100_00))] });
    expect(chart(document(emitted(model), 'service-a'), 'Objective').fieldConfig.defaults.decimals).toBe(3);
  });
});

describe('the overview', () => {
  it('reads each SLO over its own windows', () => {
    const table = chart(document(emitted(shop()), 'slo-overview'), 'Service level objectives');
    const [, sli, , burn] = table.targets!.map(({ expr }) => expr);
    expect(sli).toContain('slo:error_ratio:rate7d{slo="cart-latency"}');
    expect(sli).toContain('slo:error_ratio:rate30d{slo="checkout-availability"}');
    expect(burn).toContain('slo:error_ratio:rate14m{slo="cart-latency"}');
    expect(table.description).toBe('The burn rate is over 14 minutes or 1 hour, the window of the fastest alert.');
  });

  it('tells statuses of different policies apart', () => {
    const other = { budgetPolicy: [{ atMost: rational(0), status: 'GONE' }] };
    const model = modelOf({
      services: [service('a')],
      slos: [slo('one', 'a', rational(9, 10)), slo('two', 'a', rational(9, 10), other)],
    });
    const table = chart(document(emitted(model), 'slo-overview'), 'Service level objectives');
    expect(table.targets?.[4]?.expr).toBe(
      'max by (service, slo) (slo:error_budget:status{slo="one"} or slo:error_budget:status{slo="two"} + 4)',
    );
    const status = table.fieldConfig.overrides.find(({ matcher }) => matcher.options === 'Status');
    const mappings = status?.properties.find(({ id }) => id === 'mappings')?.value as [
      { options: Record<string, object> },
    ];
    expect(Object.entries(mappings[0].options).map(([value, shown]) => [value, Object(shown).text])).toEqual([
      ['0', 'HEALTHY'],
      ['1', 'WARNING'],
      ['2', 'CRITICAL'],
      ['3', 'EXHAUSTED'],
      ['4', 'HEALTHY'],
      ['5', 'GONE'],
    ]);
  });

  it('knows the uid of a service whose name is too long for it', () => {
    const long = 'a-service-with-a-name-longer-than-a-uid';
    const model = modelOf({ services: [service(long)], slos: [slo('x', long, rational(9, 10))] });
    const emission = emitted(model);
    const table = chart(document(emission, 'slo-overview'), 'Service level objectives');
    expect(table.targets?.at(-1)?.expr).toContain(
      `"${document(emission, `service-${long}`).uid}", "service", "${long}"`,
    );
  });
});

describe('any model', () => {
  const names = fc.uniqueArray(fc.stringMatching(/^[a-z]([a-z0-9-]{0,40}[a-z0-9])?$/), { minLength: 1, maxLength: 4 });
  const size = fc.record(
    { width: fc.integer({ min: 1, max: 24 }), height: fc.integer({ min: 1, max: 20 }) },
    { requiredKeys: [] },
  );
  const objective = fc.integer({ min: 1, max: 9999 }).map((value) => rational(value, 10_000));
  const windowMs = fc.constantFrom(HOUR_MS, DAY_MS, 7 * DAY_MS, 28 * DAY_MS, 30 * DAY_MS, 90 * DAY_MS);
  const operator = fc.constantFrom('<', '<=', '>', '>=', '==', '!=');
  const bound = fc.record({ operator, value: fc.integer().map((value) => rational(value, 7)), text: fc.string() });
  const markdown = fc.string().map((text): PanelDraft => ({ shows: 'text', markdown: text }));
  const type = fc.constantFrom<QueryPanelType>(
    'timeseries',
    'stat',
    'gauge',
    'table',
    'heatmap',
    'piechart',
    'barchart',
  );
  const chartDraft = fc.record({ type, unit: fc.string(), title: fc.string() }).map((each) => query('up', each));

  const model = fc.record({ services: names, kpis: names, slos: names, dashboards: names }).chain((all) => {
    const panel = fc.oneof(
      fc.constantFrom(...all.kpis).map((name): PanelDraft => ({ shows: 'kpi', kpi: name })),
      fc.constantFrom(...all.slos).map((name): PanelDraft => ({ shows: 'slo', slo: name })),
      fc.subarray(['critical', 'warning']).map((severities): PanelDraft => ({ shows: 'alerts', severities })),
      markdown,
      chartDraft,
    );
    const row = fc.record({ title: fc.string(), panels: fc.array(fc.tuple(panel, size), { maxLength: 5 }) });
    const board = fc.record({ leadsTo: fc.subarray(all.dashboards), rows: fc.array(row, { maxLength: 3 }) });
    const target = fc.option(bound, { nil: undefined });
    return fc
      .record({
        boards: fc.array(board, { minLength: all.dashboards.length, maxLength: all.dashboards.length }),
        promises: fc.array(fc.tuple(objective, windowMs, fc.nat()), { minLength: 4, maxLength: 4 }),
        bounds: fc.array(fc.tuple(target, target), { minLength: 4, maxLength: 4 }),
        refreshMs: fc.option(fc.integer({ min: 1, max: 10 * MINUTE_MS }), { nil: undefined }),
      })
      .map(({ boards, promises, bounds, refreshMs }) =>
        modelOf({
          services: all.services.map((name) =>
            service(name, { dependsOn: all.services.filter((each) => each < name) }),
          ),
          slos: all.slos.map((name, index) => {
            const [ratio, ms, owner] = promises[index]!;
            return slo(name, all.services[owner % all.services.length]!, ratio, { windowMs: ms });
          }),
          kpis: all.kpis.map((name, index) => {
            const [wanted, critical] = bounds[index]!;
            return kpi(name, { ...(wanted && { target: wanted }), ...(critical && { critical }) } as object);
          }),
          dashboards: all.dashboards.map((name, index) => {
            const { leadsTo, rows } = boards[index]!;
            const drafts = rows.map(({ title, panels }) => ({
              title,
              panels: panels.map(([draft, own]) => ({ ...draft, ...own })),
            }));
            return dashboard(name, { leadsTo, rows: drafts, ...(refreshMs !== undefined && { refreshMs }) });
          }),
        }),
      );
  });

  it('gives sound dashboards whose links lead to dashboards that are there', () => {
    fc.assert(
      fc.property(model, (each) => expectSound(emitted(each))),
      { numRuns: 25 },
    );
  });

  it('leads each panel back to what it shows', () => {
    const { artifacts } = emitted(shop([dashboard('home', { rows: [{ panels: [query('up')] }] })]));
    const origins = (path: string) => artifacts.find((each) => each.path.endsWith(path))!.origins;
    const at = (path: string, pointer: string) => origins(path).get(pointer)!;
    expect(at('home.json', '/panels/0').path).toEqual(['spec', 'rows', 0, 'panels', 0]);
    expect(at('service-checkout.json', '')).toMatchObject({ path: [] });
    expect(at('service-checkout.json', '').document.span).toEqual(entity('checkout').origin.document.span);
    expect(at('service-checkout.json', '/panels/3').document.span).toEqual(CHECKOUT.origin.document.span);
  });
});
