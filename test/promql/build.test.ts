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
  sumRate,
} from '../../src/promql/build.ts';
import { bindingOf, type Expression } from '../../src/promql/expression.ts';
import { parseExpression } from '../../src/promql/parser.ts';
import { loosestPrecedence, structureOf } from '../../src/promql/structure.ts';

const LONG = `http_requests_total{${'x'.repeat(60)}="y"}`;

const EXAMPLES: readonly (readonly [expected: string, built: Expression])[] = [
  ['sum(rate(a{b="c"}[5m]))', sumRate('a{b="c"}', 5 * MINUTE_MS)],
  ['sum by (x, y) (rate(a[1h30m]))', sumRate('a', 90 * MINUTE_MS, ['x', 'y'])],
  ['max_over_time(a[30d])', overRange('max_over_time', 'a', 30 * 24 * 60 * MINUTE_MS)],
  ['max by (x) (a)', aggregated('max', 'a', ['x'])],
  [`sum by (service_name) (\n  rate(${LONG}[1m])\n)`, sumRate(LONG, MINUTE_MS, ['service_name'])],
  ['sum(a) / sum(b)', binary('sum(a)', '/', 'sum(b)')],
  ['a / on (x) group_left () b', binary('a', '/', 'b', 'on (x) group_left ()')],
  [`sum(${LONG}) / sum(b)`, binary(`sum(${LONG})`, '/', 'sum(b)')],
  [`sum(${LONG})\n/\nsum(${LONG})`, binary(`sum(${LONG})`, '/', `sum(${LONG})`)],
  ['(a + b) * c', binary('a + b', '*', 'c')],
  ['a * b + c', binary('a * b', '+', 'c')],
  ['a - (b - c)', binary('a', '-', 'b - c')],
  ['a - b - c', binary('a - b', '-', 'c')],
  ['(a ^ b) ^ c', binary('a ^ b', '^', 'c')],
  ['a ^ b ^ c', binary('a', '^', 'b ^ c')],
  ['(-a) ^ 2', binary('-a', '^', '2')],
  ['a > 0.0144', compared('a', '>', rational(144, 10_000))],
  ['a / b >= 1', compared('a / b', '>=', '1')],
  ['(a or b) < 1', compared('a or b', '<', '1')],
  ['a > 1 and b > 1', allOf(['a > 1', 'b > 1'])],
  ['a > 1 and on (x) b > 1', allOf(['a > 1', 'b > 1'], 'on (x)')],
  ['(a and b) or c', anyOf(['a and b', 'c'])],
  ['a or b', anyOf(['a or b'])],
  [
    'e(a[1h]) > 1 and e(a[5m]) > 1',
    inAllWindows([60 * MINUTE_MS, 5 * MINUTE_MS], (window) => compared(overRange('e', 'a', window), '>', '1')),
  ],
  [
    '(\n  sum(rate(a{job="qagent",code=~"5.."}[5m]))\n  or\n  0 * sum(rate(a{job="qagent"}[5m]))\n)',
    orZero('sum(rate(a{job="qagent",code=~"5.."}[5m]))', 'sum(rate(a{job="qagent"}[5m]))'),
  ],
  ['(\n  a\n  or\n  0 * (b + c)\n)', orZero('a', 'b + c')],
];

describe('what is built', () => {
  test.each(EXAMPLES)('%s', (expected, built) => {
    expect(built.text).toBe(expected);
    const { faults } = parseExpression(built.text, { holes: 'grafana' });
    expect(faults.filter(({ kind }) => kind !== 'name')).toEqual([]);
  });

  test.each(EXAMPLES)('%s binds as tightly as reading it would tell', (_, built) => {
    expect(bindingOf(built)).toBe(loosestPrecedence(structureOf(built.text)));
  });
});
