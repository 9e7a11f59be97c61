import { expect, it } from 'vitest';
import { DAY_MS, MINUTE_MS, rational } from '../../src/base/quantity.ts';
import { outageDetectionMs } from '../../src/slo/detection.ts';
import { tiersFor } from '../../src/slo/tiers.ts';
import { describeWithTools } from '../tools.ts';
import { compiledSlo, type Expectation, ruleTestFailures } from './rule-tests.ts';

const RATIO = `kind: SLO
metadata: { name: requests }
spec:
  service: shop
  objective: 99.5%
  window: 30d
  indicator: { ratio: { errors: 'requests_total{code="500"}', total: requests_total } }
`;

const GOOD = RATIO.replace(/errors: .*?, total/, 'good: requests_good_total, total');

const LATENCY = `kind: MetricCatalog
metadata: { name: shop }
spec: { metrics: { request_seconds: { type: histogram, buckets: [0.5, 2] } } }
---
${RATIO.replace(/indicator: .*/, 'indicator: { latency: { histogram: request_seconds, below: 2s } }')}`;

const QUEUE = RATIO.replace(
  /indicator: .*/,
  'indicator: { threshold: { query: queue_length, is: "< 100", slice: 1m } }',
).replace('99.5%', '99%');

const ratio = (window: string) => `slo:error_ratio:rate${window}{slo="requests"}`;
const remaining = 'slo:error_budget_remaining:ratio{slo="requests"}';
const firing = (window: string) =>
  `count(ALERTS{alertname="RequestsBudgetBurn", alertstate="firing", window="${window}"}) or vector(0)`;

function run(specs: string, series: Readonly<Record<string, string>>, ...expectations: Expectation[]): void {
  expect(ruleTestFailures({ specs, series, expect: expectations })).toBe('');
}

describeWithTools(['promtool'], 'the arithmetic of SLOs', () => {
  it('a wrong expectation fails, so that these tests can', () => {
    const series = { 'requests_total{code="200"}': '0+60x30' };
    const wrong = { at: '20m', expr: remaining, is: 0.5 };
    expect(ruleTestFailures({ specs: RATIO, series, expect: [wrong] })).toContain('FAILED');
  });

  it('silence leaves no NaN behind, and traffic after it counts alone', () => {
    run(
      RATIO,
      { 'requests_total{code="200"}': '0x60 0+594x120', 'requests_total{code="500"}': '0x60 0+6x120' },
      { at: '50m', expr: ratio('5m'), is: 'absent' },
      { at: '50m', expr: ratio('30d'), is: 'absent' },
      { at: '180m', expr: ratio('5m'), is: 0.01 },
      { at: '180m', expr: ratio('6h'), is: 0.01 },
      { at: '180m', expr: ratio('30d'), is: 0.01 },
      { at: '180m', expr: remaining, is: -1 },
      { at: '180m', expr: 'slo:error_budget:status{slo="requests"}', is: 3 },
    );
  });

  it('series that come and go leave no gap in the budget', () => {
    run(
      RATIO,
      { 'requests_total{code="200"}': '0+594x60 _x60 0+594x60', 'requests_total{code="500"}': '0+6x60 _x60 0+6x60' },
      { at: '110m', expr: ratio('5m'), is: 'absent' },
      { at: '110m', expr: ratio('6h'), is: 0.01 },
      { at: '110m', expr: remaining, is: -1 },
      { at: '180m', expr: remaining, is: -1 },
    );
  });

  it('long windows weigh by traffic: a quiet hour of errors is not half of a busy day', () => {
    run(
      RATIO,
      {
        'requests_total{code="200"}': '0+60000x120 7200000x120',
        'requests_total{code="500"}': '0x120 0+1x120',
      },
      { at: '240m', expr: ratio('5m'), is: 1 },
      { at: '240m', expr: ratio('6h'), is: 120 / 7_200_120, within: 0.000001 },
      { at: '240m', expr: ratio('30d'), is: 120 / 7_200_120, within: 0.000001 },
      { at: '240m', expr: remaining, is: 1 - 120 / 7_200_120 / 0.005, within: 0.0002 },
    );
  });

  it('a service that never failed has no errors and its whole budget', () => {
    run(
      RATIO,
      { 'requests_total{code="200"}': '0+600x60' },
      { at: '60m', expr: 'slo:errors:rate5m{slo="requests"}', is: 0 },
      { at: '60m', expr: 'slo:events:rate5m{slo="requests"}', is: 10 },
      { at: '60m', expr: ratio('30d'), is: 0 },
      { at: '60m', expr: remaining, is: 1 },
      { at: '60m', expr: 'slo:error_budget:status{slo="requests"}', is: 0 },
      { at: '60m', expr: firing('1h'), is: 0 },
    );
  });

  it('events of which none was ever good are all bad, and page', () => {
    run(
      GOOD,
      { requests_total: '0+600x60' },
      { at: '60m', expr: ratio('5m'), is: 1 },
      { at: '60m', expr: remaining, is: 1 - 1 / 0.005 },
      { at: '60m', expr: firing('1h'), is: 1 },
      { at: '60m', expr: firing('6h'), is: 1 },
    );
  });

  it('good events beside all events give the same as errors', () => {
    run(
      GOOD,
      { requests_total: '0+600x120', requests_good_total: '0+594x120' },
      { at: '120m', expr: ratio('5m'), is: 0.01 },
      { at: '120m', expr: remaining, is: -1 },
    );
  });

  it('a restart that resets the counters changes nothing', () => {
    run(
      RATIO,
      {
        'requests_total{code="200"}': '0+594x60 0+594x60',
        'requests_total{code="500"}': '0+6x60 0+6x60',
      },
      { at: '120m', expr: ratio('5m'), is: 0.01, within: 0.0001 },
      { at: '120m', expr: ratio('6h'), is: 0.01, within: 0.0001 },
      { at: '120m', expr: remaining, is: -1, within: 0.02 },
    );
  });

  it('a total outage pages within the time that the runbook says, and the page is over soon after', () => {
    const [tier] = tiersFor(30 * DAY_MS);
    const indicator = compiledSlo(RATIO).indicator;
    const minutes = outageDetectionMs(tier!, rational(5, 1000), indicator) / MINUTE_MS;
    expect(minutes).toBeCloseTo(0.072 * 60 + 2.5, 5);
    const start = 360;
    const end = start + 10;
    const pages = 'count(ALERTS{severity="critical", alertstate="firing"}) or vector(0)';
    run(
      RATIO,
      {
        'requests_total{code="200"}': `0+600x${start} ${start * 600}x9 ${start * 600}+600x60`,
        'requests_total{code="500"}': `0x${start} 600+600x9 6000x60`,
      },
      { at: `${start}m`, expr: pages, is: 0 },
      { at: `${start + Math.floor(minutes) - 1}m`, expr: firing('1h'), is: 0 },
      { at: `${start + Math.ceil(minutes) + 1}m`, expr: firing('1h'), is: 1 },
      { at: `${end}m`, expr: firing('6h'), is: 0 },
      { at: `${end + 3}m`, expr: firing('1h'), is: 1 },
      { at: `${end + 7}m`, expr: pages, is: 0 },
      { at: `${end + 60}m`, expr: pages, is: 0 },
    );
  });

  it('a latency SLO counts what is slower than its bound', () => {
    const series = {
      request_seconds_count: '0+600x60',
      'request_seconds_bucket{le="0.5"}': '0+300x60',
      'request_seconds_bucket{le="2.0"}': '0+597x60',
      'request_seconds_bucket{le="+Inf"}': '0+600x60',
    };
    run(
      LATENCY,
      series,
      { at: '60m', expr: ratio('5m'), is: 0.005, within: 1e-6 },
      { at: '60m', expr: remaining, is: 0, within: 1e-6 },
    );
  });

  it('a threshold SLO counts slices', () => {
    run(
      QUEUE,
      { queue_length: '50x89 200x9 50x60' },
      { at: '80m', expr: remaining, is: 1 },
      { at: '99m', expr: ratio('30d'), is: 0.1, within: 0.001 },
      { at: '99m', expr: remaining, is: -9, within: 0.2 },
      { at: '99m', expr: firing('1h'), is: 1 },
      { at: '110m', expr: firing('1h'), is: 0 },
    );
  });

  it('a threshold SLO without a value judges nothing', () => {
    run(
      QUEUE,
      { queue_length: '50x30 _x30' },
      { at: '50m', expr: 'slo:events:rate5m{slo="requests"}', is: 'absent' },
      { at: '50m', expr: remaining, is: 1 },
      { at: '50m', expr: firing('1h'), is: 0 },
    );
  });
});
