import { expect, it } from 'vitest';
import { ruleTestFailures, type Scenario } from '../slo/rule-tests.ts';
import { describeWithTools, versionsOf } from '../tools.ts';

const TEAMS = `kind: Service
metadata: { name: memory }
spec: { owner: ai-platform }
---
kind: Service
metadata: { name: qagent, labels: { journey: generate } }
spec: { owner: ai-platform, selector: '{job="qagent-svc"}' }
---
kind: Service
metadata: { name: postgres }
spec: { owner: platform }
---
kind: Service
metadata: { name: shards }
spec: { owner: platform, selector: '{job=~"shard-[0-9]+\\\\.db"}' }
---
`;

function firing(labels: string) {
  return { at: '5m', expr: `count(ALERTS{alertstate="firing",${labels}})`, is: 1 } as const;
}

function silent(labels: string) {
  return { at: '5m', expr: `ALERTS{${labels}}`, is: 'absent' } as const;
}

const fromLabel: Scenario = {
  specs: `${TEAMS}kind: AlertPolicy
metadata: { name: down }
spec:
  service: { fromLabel: job }
  rules:
    - { alert: ServiceDown, expr: avg by (job) (up) < 1, for: 1m, severity: critical }
    - { alert: Gone, absent: { metric: 'up{job="gone"}', for: 1m }, severity: critical }
`,
  series: {
    'up{job="memory",instance="a"}': '0x10',
    'up{job="qagent-svc",instance="a"}': '0x10',
    'up{job="postgres",instance="a"}': '0x10',
    'up{job="shard-7.db",instance="a"}': '0x10',
    'up{job="shard-7xdb",instance="a"}': '0x10',
    'up{job="mystery",instance="a"}': '0x10',
    'up{job="shop",instance="a"}': '1x10',
  },
  expect: [
    firing('job="memory",service="memory",owner="ai-platform",journey="none"'),
    firing('job="qagent-svc",service="qagent",owner="ai-platform",journey="generate"'),
    firing('job="postgres",service="postgres",owner="platform"'),
    firing('job="shard-7.db",service="shards",owner="platform"'),
    firing('job="shard-7xdb",service="shard-7xdb",owner="none"'),
    firing('job="mystery",service="mystery",owner="none",journey="none"'),
    firing('alertname="Gone",job="gone",service="gone",owner="none"'),
    silent('job="shop"'),
  ],
};

const sameName: Scenario = {
  specs: `${TEAMS.replaceAll('job', 'service')}kind: AlertPolicy
metadata: { name: down }
spec:
  service: { fromLabel: service }
  rules: [{ alert: Errors, expr: sum by (service) (errors) > 1, severity: critical }]
`.replace(/kind: Service\nmetadata: { name: shards }[\s\S]*?---\n/, ''),
  series: { 'errors{service="memory"}': '2x10', 'errors{service="qagent-svc"}': '2x10', 'errors{service="x"}': '2x10' },
  expect: [
    firing('service="memory",owner="ai-platform"'),
    firing('service="qagent",owner="ai-platform"'),
    firing('service="x",owner="none"'),
  ],
};

const levels: Scenario = {
  specs: `kind: AlertPolicy
metadata: { name: shop }
spec:
  service: shop
  rules:
    - alert: Slow
      expr: max by (route) (latency_seconds) and on () traffic > 5
      thresholds: [{ severity: critical, above: 1s }, { severity: warning, above: 500ms }]
      keepFiringFor: 3m
    - alert: Few
      expr: 0 - free
      thresholds: [{ severity: critical, below: -1GiB }]
    - alert: NoOrders
      absent: { metric: 'orders_total{paid="yes"}', for: 2m }
      severity: warning
`,
  series: {
    'latency_seconds{route="a"}': '2 2 2 0x10',
    'latency_seconds{route="b"}': '0.7x10',
    'latency_seconds{route="c"}': '0.5x10',
    traffic: '6x20',
    free: '1073741825x10',
    'orders_total{paid="no"}': '1x10',
  },
  expect: [
    { at: '2m', expr: 'count(ALERTS{alertname="Slow",route="a",alertstate="firing"})', is: 2 },
    { at: '4m', expr: 'count(ALERTS{alertname="Slow",route="a",alertstate="firing"})', is: 2 },
    { at: '9m', expr: 'ALERTS{alertname="Slow",route="a"}', is: 'absent' },
    firing('route="b",severity="warning",service="shop"'),
    silent('route="b",severity="critical"'),
    silent('route="c"'),
    firing('alertname="Few",severity="critical"'),
    firing('alertname="NoOrders",paid="yes",service="shop"'),
    { at: '1m', expr: 'ALERTS{alertname="NoOrders",alertstate="firing"}', is: 'absent' },
  ],
};

const kpi: Scenario = {
  specs: `kind: KPI
metadata: { name: token-cost }
spec:
  service: shop
  query: sum by (model) (cost_dollars)
  unit: $/month
  groupBy: { labels: [model] }
  target: "<= $10/month"
  critical: "> $20/month"
  alert: { severity: critical, atRisk: warning, for: 2m }
`,
  series: {
    'cost_dollars{model="small",zone="x"}': '5x10',
    'cost_dollars{model="small",zone="y"}': '5x10',
    'cost_dollars{model="middle"}': '11x10',
    'cost_dollars{model="large"}': '21x10',
  },
  expect: [
    { at: '5m', expr: 'kpi:value{kpi="token-cost",model="small"}', is: 10 },
    silent('model="small"'),
    firing('alertname="TokenCostAtRisk",model="middle",severity="warning"'),
    silent('alertname="TokenCostCritical",model="middle"'),
    firing('alertname="TokenCostCritical",model="large",severity="critical"'),
    firing('alertname="TokenCostAtRisk",model="large"'),
  ],
};

describeWithTools(['promtool'], 'the rules of policies and KPIs in Prometheus', () => {
  const scenarios = { fromLabel, sameName, levels, kpi };
  const runs = versionsOf('promtool').flatMap(({ path, version }) =>
    Object.entries(scenarios).map(([name, scenario]) => ({ name, version, path, scenario })),
  );
  it.each(runs)('$name, $version', ({ path, scenario }) => {
    expect(ruleTestFailures(scenario, path)).toBe('');
  });

  it('and a wrong expectation is noticed', () => {
    const wrong = { ...fromLabel, expect: [firing('job="memory",owner="platform"')] };
    expect(ruleTestFailures(wrong)).toContain('FAILED');
  });
});
