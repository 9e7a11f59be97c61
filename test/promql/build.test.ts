import { describe, expect, test } from 'vitest';
import { MINUTE_MS, rational } from '../../src/base/quantity.ts';
import {
  aggregated,
  allOf,
  anyOf,
  binary,
  compared,
  inAllWindows,
  orZero,
  overRange,
  ratioOf,
  sumIncrease,
  sumRate,
} from '../../src/promql/build.ts';
import { checkLexically } from '../../src/promql/lexical.ts';

const LONG = `http_requests_total{${'x'.repeat(60)}="y"}`;

const EXAMPLES: readonly (readonly [built: string, expected: string])[] = [
  [sumRate('a{b="c"}', 5 * MINUTE_MS).text, 'sum(rate(a{b="c"}[5m]))'],
  [sumRate('a', 90 * MINUTE_MS, ['x', 'y']).text, 'sum by (x, y) (rate(a[1h30m]))'],
  [sumIncrease('a', '$__range').text, 'sum(increase(a[$__range]))'],
  [overRange('max_over_time', 'a', 30 * 24 * 60 * MINUTE_MS).text, 'max_over_time(a[30d])'],
  [aggregated('max', 'a', ['x']).text, 'max by (x) (a)'],
  [sumRate(LONG, MINUTE_MS, ['service_name']).text, `sum by (service_name) (\n  rate(${LONG}[1m])\n)`],
  [ratioOf('sum(a)', 'sum(b)').text, 'sum(a) / sum(b)'],
  [ratioOf('a', 'b', 'on (x) group_left ()').text, 'a / on (x) group_left () b'],
  [ratioOf(`sum(${LONG})`, 'sum(b)').text, `sum(${LONG}) / sum(b)`],
  [ratioOf(`sum(${LONG})`, `sum(${LONG})`).text, `sum(${LONG})\n/\nsum(${LONG})`],
  [binary('a + b', '*', 'c').text, '(a + b) * c'],
  [binary('a * b', '+', 'c').text, 'a * b + c'],
  [binary('a', '-', 'b - c').text, 'a - (b - c)'],
  [binary('a - b', '-', 'c').text, 'a - b - c'],
  [binary('a ^ b', '^', 'c').text, '(a ^ b) ^ c'],
  [binary('a', '^', 'b ^ c').text, 'a ^ b ^ c'],
  [binary('-a', '^', '2').text, '(-a) ^ 2'],
  [compared('a', '>', rational(144, 10_000)).text, 'a > 0.0144'],
  [compared('a / b', '>=', '1').text, 'a / b >= 1'],
  [compared('a or b', '<', '1').text, '(a or b) < 1'],
  [allOf(['a > 1', 'b > 1']).text, 'a > 1 and b > 1'],
  [allOf(['a > 1', 'b > 1'], 'on (x)').text, 'a > 1 and on (x) b > 1'],
  [anyOf(['a and b', 'c']).text, '(a and b) or c'],
  [anyOf(['a or b']).text, 'a or b'],
  [
    inAllWindows([60 * MINUTE_MS, 5 * MINUTE_MS], (window) => compared(overRange('e', 'a', window), '>', '1')).text,
    'e(a[1h]) > 1 and e(a[5m]) > 1',
  ],
  [
    orZero('sum(rate(a{job="qagent",code=~"5.."}[5m]))', 'sum(rate(a{job="qagent"}[5m]))').text,
    '(\n  sum(rate(a{job="qagent",code=~"5.."}[5m]))\n  or\n  0 * sum(rate(a{job="qagent"}[5m]))\n)',
  ],
  [orZero('a', 'b + c').text, '(\n  a\n  or\n  0 * (b + c)\n)'],
];

describe('what is built', () => {
  test.each(EXAMPLES)('%s', (built, expected) => {
    expect(built).toBe(expected);
    expect(checkLexically(built, { holes: 'grafana' })).toEqual([]);
  });
});
