import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { formatNumber, multiply, rational } from '../../src/base/quantity.ts';
import { amountIn, amountOfNumber, describeAmount, parseAmount, unitOfAmount } from '../../src/kinds/amount.ts';
import { conditionIn } from '../../src/kinds/condition.ts';
import { parseUnit } from '../../src/model/unit.ts';

describe('parseAmount', () => {
  it.each([
    ['90%', '0.9', 'percentage'],
    ['12.5 %', '0.125', 'percentage'],
    ['200ms', '0.2', 'duration'],
    ['1h30m', '5400', 'duration'],
    ['5 minutes', '300', 'duration'],
    ['5m', '300', 'duration'],
    ['10GiB', '10737418240', 'number of bytes'],
    ['5 GB/day', '5000000000', 'number of bytes per day'],
    ['$5', '5', 'sum of money in USD'],
    ['$ 5', '5', 'sum of money in USD'],
    ['5$', '5', 'sum of money in USD'],
    ['-$0.05', '-0.05', 'sum of money in USD'],
    ['$-3', '-3', 'sum of money in USD'],
    ['5 €', '5', 'sum of money in EUR'],
    ['£3/user', '3', 'sum of money in GBP per user'],
    ['$0.10 / GB / month', '0.1', 'sum of money in USD per GB per month'],
    ['7', '7', 'count'],
    ['-7.5', '-7.5', 'count'],
    ['5/min', '5', 'count per minute'],
    ['100 req/s', '100', 'count of requests per second'],
    ['100 Requests/minutes', '100', 'count of requests per minute'],
  ])('%s', (text, value, what) => {
    const amount = parseAmount(text)!;
    expect(formatNumber(amount.value)).toBe(value);
    expect(describeAmount(amount)).toBe(what);
  });

  it.each([
    '',
    '$',
    '€',
    '%',
    'fast',
    '5 mss',
    '$5GB',
    '$5%',
    '5/',
    '5/2',
    '/s',
    '1,000',
    '--5',
    '$-$5',
    '1e3',
    '5 5',
    '-5m',
    '∞',
  ])('refuses %j', (text) => {
    expect(parseAmount(text)).toBeUndefined();
  });

  it('never throws', () => {
    fc.assert(fc.property(fc.string(), (text) => void parseAmount(text)));
    fc.assert(fc.property(fc.stringMatching(/^[-$€0-9.%/ a-zG]{0,9}$/), (text) => void parseAmount(text)));
  });
});

test('a number of YAML is read exactly, however it is printed', () => {
  for (const number of [0, -0.5, 1e21, 1.5e-7, 123456789012345, 0.1]) {
    expect(Number(formatNumber(amountOfNumber(number).value))).toBe(number);
  }
  fc.assert(
    fc.property(fc.integer(), fc.integer({ min: 0, max: 9 }), (digits, places) => {
      const exact = rational(digits, 10 ** places);
      expect(amountOfNumber(Number(formatNumber(exact))).value).toEqual(exact);
    }),
  );
});

test.each([
  ['< 200ms', 'seconds', '0.2'],
  ['< 200ms', 'ms', '200'],
  ['< 2h', 'd', '0.0833333333333333'],
  ['> 90%', 'percent', '0.9'],
  ['> 90%', 'percentage (0-100)', '90'],
  ['> 500MB/day', 'GB/day', '0.5'],
  ['> 1MiB', 'bytes', '1048576'],
  ['> 1MB/s', 'Bps', '1000000'],
  ['> 3', 'celsius', '3'],
  ['> 3', '$/month', '3'],
  ['> $3', '$/month', '3'],
  ['> 3 dollars', 'currencyUSD', '3'],
  ['> 100/min', 'requests/minute', '100'],
  ['> 100 reqs/m', 'reqpm', '100'],
  ['> 100 requests', 'reqps', '100'],
])('%s in %s', (condition, unit, value) => {
  expect(formatNumber(conditionIn(condition, parseUnit(unit))!.value)).toBe(value);
});

test.each([
  ['$5/GB', '$/month'],
  ['$5/month', '$'],
  ['€5', '$'],
  ['5 requests', 'errors'],
  ['5/s', 'requests/minute'],
  ['5GB/day', 'bytes'],
  ['5s', 'percent'],
  ['5%', 'celsius'],
  ['5GB', 'seconds'],
])('%s does not fit %s', (text, unit) => {
  expect(amountIn(parseAmount(text)!, parseUnit(unit))).toBeUndefined();
});

test('an amount in the unit that it names itself is the same amount', () => {
  const texts = fc.constantFrom('90%', '200ms', '10GiB', '$5/GB', '3€', '100 requests/minute', '4GB/day', '12');
  fc.assert(
    fc.property(texts, (text) => {
      const amount = parseAmount(text)!;
      const unit = parseUnit(unitOfAmount(amount));
      expect(multiply(amountIn(amount, unit)!, unit.scale)).toEqual(amount.value);
    }),
  );
});
