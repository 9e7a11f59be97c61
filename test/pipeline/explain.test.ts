import { describe, expect, it } from 'vitest';
import type { Explanation, Fact } from '../../src/output/explanation.ts';
import { type Compilation, compile } from '../../src/pipeline/compile.ts';
import { explain, topicsOf } from '../../src/pipeline/explain/explain.ts';
import { positionAt, type RelatedSpan, type Span } from '../../src/source/span.ts';

const SHOP = `kind: Project
metadata: { name: shop }
spec:
  runbooks: { baseUrl: https://runbooks.example.org }
  targets: { grafana: { url: https://grafana.example.org } }
---
kind: Team
metadata: { name: payments }
spec: { chat: on-call, page: pager }
---
kind: Service
metadata: { name: checkout }
spec: { owner: payments, selector: '{job="checkout"}' }
---
kind: MetricCatalog
metadata: { name: checkout }
spec:
  service: checkout
  metrics:
    http_requests_total: { type: counter, labels: [code, job], description: Requests }
    request_seconds: { type: histogram, unit: seconds, buckets: [0.1, 1], labels: [job], description: Time }
---
kind: SLO
metadata: { name: checkout }
spec:
  service: checkout
  objective: 99.9%
  window: 30d
  indicator: { ratio: { errors: 'http_requests_total{code=~"5.."}', total: http_requests_total } }
---
kind: SLO
metadata: { name: checkout-latency }
spec:
  service: checkout
  objective: 90%
  window: 30d
  indicator: { latency: { histogram: request_seconds, below: 1s } }
---
kind: KPI
metadata: { name: success }
spec:
  category: business
  service: checkout
  query: sum(rate(http_requests_total{code="200"}[5m])) / sum(rate(http_requests_total[5m]))
  unit: percent
  target: "> 90%"
  critical: "< 70%"
  alert: { severity: warning, for: 10m }
---
kind: AlertPolicy
metadata: { name: more }
spec:
  service: checkout
  rules:
    - { alert: Down, expr: 'up{job="checkout"} == 0', for: 5m, severity: critical, runbook: down }
    - { alert: Down, expr: 'absent(up{job="checkout"})', for: 5m, severity: warning, runbook: down }
---
kind: Runbook
metadata: { name: down }
spec: { overview: The service does not answer. }
---
kind: SeverityScale
metadata: { name: scale }
spec:
  levels:
    - { name: critical, description: Act, notify: [team.page, on-call] }
    - { name: warning, description: Look, notify: [] }
---
kind: Channel
metadata: { name: on-call }
spec: { webhook: { url: https://example.org/alerts } }
---
kind: Channel
metadata: { name: pager }
spec: { pagerduty: { routingKey: { secret: pager-key } } }
---
kind: Dashboard
metadata: { name: home }
spec:
  title: Home
  purpose: To begin
  audience: [operations]
  rows: [{ panels: [{ slo: checkout }, { title: Rate, type: timeseries, query: 'sum(rate(request_seconds_count[5m]))' }] }]
`;

function compiled(text: string) {
  const [[compilation]] = compile([{ path: 'specs/shop.yaml', text }]);
  return compilation!;
}

const shop = compiled(SHOP);

const explained = (topic: string) => explain(shop, topic);
const named = (explanations: readonly Explanation[]) => explanations.map(({ kind, name }) => `${kind}/${name}`);
const only = (topic: string): Explanation => {
  const found = explained(topic);
  expect(named(found)).toHaveLength(1);
  return found[0]!;
};
const valuesOf = (facts: readonly Fact[], label: string) => facts.find((each) => each.label === label)?.values;
const lineOf = ({ file, start }: Span) => positionAt(file, start).line;
const lineWith = (text: string, from = 0) => SHOP.slice(0, SHOP.indexOf(text, from)).split('\n').length;

describe('the workspace of these tests', () => {
  it('has no errors', () => {
    const errors = shop.diagnostics.filter(({ severity }) => severity === 'error');
    expect(errors.map(({ message }) => message)).toEqual([]);
  });
});

describe('a topic', () => {
  it('is a name, and means all that has it', () => {
    expect(named(explained('checkout'))).toEqual(['MetricCatalog/checkout', 'SLO/checkout', 'Service/checkout']);
    expect(explained('nobody')).toEqual([]);
    expect(explained('')).toEqual([]);
  });

  it('may have its kind before it, in any case', () => {
    for (const topic of ['SLO/checkout', 'slo/checkout', 'Slo/checkout']) {
      expect(named(explained(topic))).toEqual(['SLO/checkout']);
    }
    expect(named(explained('ALERT/Down'))).toEqual(['alert/Down']);
    expect(explained('KPI/checkout')).toEqual([]);
  });

  it('is found in another case only where nothing has it as written', () => {
    expect(named(explained('DOWN'))).toEqual(['Runbook/down', 'alert/Down']);
    expect(named(explained('Down'))).toEqual(['alert/Down']);
    expect(named(explained('slo/CHECKOUT'))).toEqual(['SLO/checkout']);
  });

  it('can be proposed', () => {
    const topics = topicsOf(shop);
    for (const topic of topics) expect(explained(topic), topic).not.toEqual([]);
    expect(topics).toEqual(
      expect.arrayContaining(['checkout', 'SLO/checkout', 'Down', 'kpi:value', 'severity/warning']),
    );
  });
});

describe('an SLO', () => {
  it('is explained with its arithmetic', () => {
    const slo = only('SLO/checkout');
    expect(slo.places.map(({ span, message }) => [lineOf(span), message])).toEqual([
      [lineWith('{ name: checkout }', SHOP.indexOf('kind: SLO')), 'declared here'],
    ]);
    expect(valuesOf(slo.facts, 'objective')).toEqual(['99.9%']);
    expect(valuesOf(slo.facts, 'error budget')).toEqual(['0.1% of events, as much as 43.2 minutes of total outage']);
    expect(valuesOf(slo.facts, 'all events/s')).toEqual(['sum(rate(http_requests_total{job="checkout"}[5m]))']);
    expect(valuesOf(slo.facts, 'records')).toContain('slo:error_ratio:rate1h{slo="checkout"}');
    expect(valuesOf(slo.facts, 'runbook')).toEqual(['slo-checkout (https://runbooks.example.org/slo-checkout)']);
    expect(valuesOf(slo.facts, 'dashboard')![0]).toMatch(/^service-checkout \(https:\/\/grafana\.example\.org\/d\//);
  });

  it('shows what its alerts need, and whom they tell', () => {
    const { headings, rows } = only('SLO/checkout').tables[0]!;
    const column = (name: string) => rows.map((row) => row[headings.indexOf(name)]);
    expect(column('severity')).toEqual(['critical', 'critical', 'warning', 'warning']);
    expect(column('burn rate above')).toEqual(['14.4', '6', '3', '1']);
    expect(column('bad share above')).toEqual(['1.44%', '0.6%', '0.3%', '0.1%']);
    expect(column('over')).toEqual(['1h', '6h', '1d', '3d']);
    expect(column('tells')).toEqual(['on-call, pager', 'on-call, pager', ...Array(2).fill('nobody, as the specs say')]);
  });

  it('says of a tier that it can never fire', () => {
    const { headings, rows } = only('checkout-latency').tables[0]!;
    expect(rows[0]![headings.indexOf('fires in a total outage after')]).toBe('never: it cannot be exceeded');
    expect(rows[0]![headings.indexOf('tells')]).toBe('nobody');
  });

  it('names what it refers to, and who refers to it', () => {
    const { refersTo, referredToBy } = only('SLO/checkout');
    expect(refersTo.map(({ kind, name, span }) => [kind, name, lineOf(span)])).toEqual([
      ['Service', 'checkout', lineWith('  service: checkout', SHOP.indexOf('kind: SLO'))],
    ]);
    expect(referredToBy.map(({ kind, name }) => `${kind}/${name}`)).toEqual(['Dashboard/home']);
  });
});

describe('an alert', () => {
  it('shows what its rules have in common, and what not', () => {
    const { places, facts, variants, refersTo } = only('alert/Down');
    expect(places.map(({ span }) => lineOf(span))).toEqual([lineWith("'up{"), lineWith("'absent(")]);
    expect(valuesOf(facts, 'made from')).toEqual(['AlertPolicy more']);
    expect(valuesOf(facts, 'for')).toEqual(['5m']);
    expect(valuesOf(facts, 'owner')).toEqual(['payments']);
    expect(valuesOf(facts, 'runbook')).toEqual(['down (https://runbooks.example.org/down)']);
    expect(variants.map((each) => valuesOf(each.facts, 'severity'))).toEqual([['critical'], ['warning']]);
    expect(variants.map((each) => valuesOf(each.facts, 'expression'))).toEqual([
      ['up{job="checkout"} == 0'],
      ['absent(up{job="checkout"})'],
    ]);
    expect(variants.map((each) => valuesOf(each.facts, 'told'))).toEqual([
      ['on-call, pager'],
      ['nobody, as the specs say'],
    ]);
    expect(refersTo.map(({ name }) => name).sort()).toEqual(['critical', 'down', 'warning']);
  });

  it('that stands alone has no variants', () => {
    const { facts, variants } = only('SuccessCritical');
    expect(variants).toEqual([]);
    expect(valuesOf(facts, 'expression')).toEqual(['kpi:value{kpi="success"} < 0.7']);
  });
});

describe('everything else', () => {
  it('is explained by its kind', () => {
    const kpi = only('success');
    expect(valuesOf(kpi.facts, 'target')).toEqual(['> 90%']);
    expect(valuesOf(kpi.facts, 'alert')).toEqual(['SuccessCritical (warning) after 10m']);
    expect(valuesOf(kpi.facts, 'records')).toEqual(['kpi:value{kpi="success"}']);
    expect(valuesOf(only('payments').facts, 'owns')).toEqual(['checkout']);
    expect(valuesOf(only('pager').facts, 'hears of')).toEqual(expect.arrayContaining(['Down (critical)']));
    expect(valuesOf(only('on-call').facts, 'tells')).toEqual(['webhook https://example.org/alerts']);
    expect(valuesOf(only('warning').facts, 'tells')).toEqual(['nobody, as the specs say']);
    expect(valuesOf(only('more').facts, 'alerts')).toEqual([
      'Down (critical) tells on-call, pager',
      'Down (warning) tells nobody, as the specs say',
    ]);
    expect(valuesOf(only('home').facts, 'uid')).toEqual(['shop-home']);
    expect(valuesOf(only('Runbook/down').facts, 'alerts')).toHaveLength(2);
    expect(valuesOf(only('kpi:value').facts, 'labels')).toEqual([
      'kpi="success", service="checkout", category="business"',
    ]);
    expect(only('slo:objective:ratio').referredToBy.map(({ name }) => name)).toEqual(['checkout', 'checkout-latency']);
    expect(valuesOf(only('Service/checkout').facts, 'alerts')).toContain('Down (critical) tells on-call, pager');
  });

  it('is a metric that expressions read, by any of its series', () => {
    const readers = (metric: string) => only(metric).referredToBy.map(({ kind, name }) => `${kind}/${name}`);
    expect(readers('http_requests_total')).toEqual(['SLO/checkout', 'KPI/success']);
    expect(readers('request_seconds')).toEqual(['SLO/checkout-latency', 'Dashboard/home']);
    expect(valuesOf(only('request_seconds').facts, 'type')).toEqual(['histogram']);
  });

  it('refers only to what stands in its own part of a document', () => {
    expect(only('severity/critical').refersTo.map(({ name }) => name)).toEqual(['on-call']);
    expect(only('severity/warning').refersTo).toEqual([]);
  });

  it('may be a default of qmon', () => {
    const [critical] = explain(compiled('kind: Project\nmetadata: { name: a }\n'), 'critical');
    expect(critical).toMatchObject({ kind: 'severity', places: [], refersTo: [] });
    expect(valuesOf(critical!.facts, 'rank')).toEqual(['1 of 2, the most severe first']);
  });
});

describe('specs with errors', () => {
  it('are explained as far as they stand', () => {
    const broken = compiled(
      SHOP.replace('service: checkout\n  objective: 90%', 'service: nobody\n  objective: 90%').replace(
        'target: "> 90%"',
        'target: 90%',
      ),
    );
    expect(broken.artifacts).toBeUndefined();
    const [slo] = explain(broken, 'SLO/checkout');
    expect(valuesOf(slo!.facts, 'objective')).toEqual(['99.9%']);
    for (const topic of ['checkout-latency', 'success']) {
      const [found] = explain(broken, topic);
      expect(found!.places, topic).toHaveLength(1);
      expect(found!.tables, topic).toEqual([]);
    }
    expect(explain(compiled('kind: Project\nmetadata: { name: a }\nspec: 3\n'), 'a')).toMatchObject([
      { kind: 'Project', facts: [] },
    ]);
  });
});

describe('where something comes from', () => {
  const SHARED = `kind: AlertPolicy
metadata: { name: golden }
spec:
  params: { hold: { type: duration, default: 5m }, above: { type: ratio } }
  rules:
    - { alert: Errors, expr: errors_ratio > $above, for: $hold, severity: critical }
`;
  const SPECS = `kind: Project
metadata: { name: shop }
spec: { imports: [{ path: ../platform, as: platform }] }
---
kind: Environment
metadata: { name: production }
---
kind: Environment
metadata: { name: staging }
spec: { override: [{ kind: SLO, name: availability, set: { objective: 95%, title: Staged } }] }
---
kind: Service
metadata: { name: checkout }
spec: { use: [{ policy: platform/golden, with: { above: 1% } }] }
---
kind: SLO
metadata: { name: availability }
spec:
  service: checkout
  objective: 99%
  window: 30d
  indicator: { ratio: { errors: errors_total, total: requests_total } }
---
kind: Channel
metadata: { name: on-call }
spec: { webhook: { url: https://example.org/alerts } }
`;
  const [[production, staging]] = compile(
    [
      { path: 'specs/shop.yaml', text: SPECS },
      { path: 'platform/shared.yaml', text: SHARED },
    ],
    { within: 'specs' },
  );
  const at = ({ span, message }: RelatedSpan) => [`${span.file.path}:${lineOf(span)}`, message];
  const ofOne = (compilation: Compilation | undefined, topic: string) => {
    const found = explain(compilation!, topic);
    expect(named(found)).toHaveLength(1);
    return found[0]!;
  };

  it('has no errors here', () => {
    expect(staging!.diagnostics.map(({ message }) => message)).toEqual([]);
  });

  it('is one place as long as nobody else has a hand in it', () => {
    const slo = ofOne(production, 'availability');
    expect(slo.places.map(at)).toEqual([['specs/shop.yaml:17', 'declared here']]);
    expect(slo.changed).toEqual([]);
  });

  it('is told of each part that an environment sets, also in the same file', () => {
    const slo = ofOne(staging, 'availability');
    expect(slo.places.map(at)).toEqual([
      ['specs/shop.yaml:17', 'declared here'],
      ['specs/shop.yaml:10', 'changed here in `staging`'],
    ]);
    expect(slo.changed.map(({ path, places }) => [path, ...places.map(at)])).toEqual([
      ['spec.objective', ['specs/shop.yaml:10', 'written here'], ['specs/shop.yaml:20', 'what it overrides']],
      ['spec.title', ['specs/shop.yaml:10', 'written here']],
    ]);
    expect(valuesOf(slo.facts, 'objective')).toEqual(['95%']);
  });

  it('leads from what a service makes of a shared document to both', () => {
    const { places, changed, facts } = ofOne(production, 'checkout-golden');
    expect(places.map(at)).toEqual([
      ['specs/shop.yaml:14', 'used here by the service `checkout`'],
      ['platform/shared.yaml:1', 'made from this'],
    ]);
    expect(changed.map(({ path, places: own }) => [path, ...own.map(at)])).toEqual([
      [
        'spec.rules.0.expr',
        ['platform/shared.yaml:6', 'written here'],
        ['specs/shop.yaml:14', 'the value of `$above`'],
      ],
      ['spec.service', ['specs/shop.yaml:14', 'written here']],
    ]);
    expect(valuesOf(facts, 'alerts')).toEqual(['Errors (critical) tells on-call']);
  });

  it('is the import of what a package declares, shared documents with their parameters', () => {
    for (const topic of ['platform/golden', 'AlertPolicy/platform/golden']) {
      const { kind, places, facts, referredToBy } = ofOne(production, topic);
      expect(kind).toBe('shared AlertPolicy');
      expect(places.map(at)).toEqual([
        ['platform/shared.yaml:2', 'declared here'],
        ['specs/shop.yaml:3', 'imported here: `platform` is `platform`'],
      ]);
      expect(valuesOf(facts, 'parameters')).toEqual([
        '$hold (duration): 5m by default',
        '$above (ratio): has no default',
      ]);
      expect(referredToBy.map(({ name }) => name)).toEqual(['checkout']);
    }
    expect(topicsOf(production!)).toContain('AlertPolicy/platform/golden');
  });
});
