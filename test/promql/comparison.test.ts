import { expect, test } from 'vitest';
import { outermostComparison } from '../../src/promql/comparison.ts';
import { returnsOneSeries } from '../../src/promql/labels.ts';

test.each([
  ['a > 5', '>'],
  ['((a <= 5))', '<='],
  ['a > bool 5', '>'],
  ['5 == on (x) a', '=='],
  ['(a > 1) and b', '>'],
  ['a or b != 1', '!='],
  ['a < 1 unless b', '<'],
  ['a and b > 5', undefined],
  ['a unless b > 5', undefined],
  ['a / (b > 0)', undefined],
  ['sum(a > 0)', undefined],
  ['-(a > 0) * 2', undefined],
  ['a{x!="1"}', undefined],
  ['a', undefined],
  ['', undefined],
])('%s compares with %s', (text, sign) => {
  const found = outermostComparison(text);
  expect(found && text.slice(found.start, found.end)).toBe(sign);
});

test.each([
  ['absent(up{service="a"})', true],
  ['absent_over_time(up[5m])', true],
  ['absent(up) or up', false],
  ['sum(absent(up))', false],
  ['up', false],
])('%s gives one series at most: %s', (text, one) => {
  expect(returnsOneSeries(text)).toBe(one);
});
