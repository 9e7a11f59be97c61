import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  add,
  compare,
  DAY_MS,
  describeDuration,
  divide,
  formatDuration,
  formatNumber,
  formatPercent,
  HOUR_MS,
  inSeconds,
  MINUTE_MS,
  multiply,
  ONE,
  parseDecimal,
  parseDuration,
  parsePercent,
  type Rational,
  rational,
  SECOND_MS,
  subtract,
  toNumber,
  WEEK_MS,
  YEAR_MS,
  ZERO,
} from '../../src/base/quantity.ts';

const integer = fc.bigInt({ min: -(10n ** 12n), max: 10n ** 12n });
const positive = fc.bigInt({ min: 1n, max: 10n ** 12n });
const anyRational = fc.tuple(integer, positive).map(([numerator, denominator]) => rational(numerator, denominator));

/** Decimals with at most 15 significant digits, as people write them. */
const decimalText = fc
  .tuple(fc.constantFrom('', '-'), fc.bigInt({ min: 0n, max: 999_999_999_999_999n }), fc.integer({ min: 0, max: 9 }))
  .map(([sign, digits, places]) => {
    const padded = String(digits).padStart(places + 1, '0');
    const whole = padded.slice(0, padded.length - places);
    return sign + (places === 0 ? whole : `${whole}.${padded.slice(-places)}`);
  });

function equal(left: Rational, right: Rational): boolean {
  return compare(left, right) === 0;
}

describe('exact numbers', () => {
  it('are reduced, with a positive denominator', () => {
    expect(rational(6, -4)).toEqual({ numerator: -3n, denominator: 2n });
    expect(rational(0, 7)).toEqual(ZERO);
    expect(() => rational(1, 0)).toThrow('internal error');
  });

  it('obey the laws of arithmetic', () => {
    fc.assert(
      fc.property(anyRational, anyRational, anyRational, (a, b, c) => {
        expect(equal(subtract(add(a, b), b), a)).toBe(true);
        expect(equal(multiply(a, add(b, c)), add(multiply(a, b), multiply(a, c)))).toBe(true);
        if (b.numerator !== 0n) expect(equal(multiply(divide(a, b), b), a)).toBe(true);
        expect(Math.sign(compare(a, b))).toBe(-Math.sign(compare(b, a)) + 0);
        expect(equal(multiply(a, ONE), a)).toBe(true);
      }),
    );
  });

  it('compute what doubles get wrong', () => {
    expect(100 - 99.9).not.toBe(0.1);
    expect(formatNumber(subtract(rational(100), parseDecimal('99.9')!))).toBe('0.1');
    expect(formatNumber(subtract(ONE, parsePercent('99.9%')!))).toBe('0.001');
    expect(formatNumber(rational(144, 10_000))).toBe('0.0144');
    expect(formatNumber(multiply(parseDecimal('14.4')!, parsePercent('0.1%')!))).toBe('0.0144');
    expect(formatNumber(add(parseDecimal('0.1')!, parseDecimal('0.2')!))).toBe('0.3');
    expect(formatNumber(multiply(rational(28, 3), rational(10, 100)))).toBe('0.933333333333333');
  });

  it('are printed without an exponent', () => {
    expect(formatNumber(rational(1n, 10n ** 9n))).toBe('0.000000001');
    expect(formatNumber(rational(1n, 10n ** 7n))).toBe('0.0000001');
    expect(formatNumber(rational(10n ** 15n))).toBe('1000000000000000');
    expect(formatNumber(ZERO)).toBe('0');
    expect(formatPercent(rational(995, 1000))).toBe('99.5%');
    expect(formatPercent(rational(99_999, 100_000))).toBe('99.999%');
  });

  it('are read back as they are printed', () => {
    fc.assert(
      fc.property(decimalText, (text) => {
        const value = parseDecimal(text)!;
        const printed = formatNumber(value);
        expect(printed).not.toMatch(/e/i);
        expect(equal(parseDecimal(printed)!, value)).toBe(true);
        expect(toNumber(value)).toBe(Number(text) + 0);
        expect(equal(parsePercent(`${text}%`)!, divide(value, rational(100)))).toBe(true);
      }),
    );
  });

  it.each([
    '',
    '.5',
    '5.',
    '1e3',
    '0x10',
    '1,5',
    ' 1',
    '--1',
    'NaN',
    'Infinity',
    '1234567890123456',
    '0.1234567890123456',
  ])('do not read `%s`', (text) => expect(parseDecimal(text)).toBeUndefined());

  it.each(['99.5', '%', '99.5%%', '99,5%', 'x%'])('do not read `%s` as a percentage', (text) => {
    expect(parsePercent(text)).toBeUndefined();
  });
});

describe('durations', () => {
  it.each([
    ['30d', 30 * DAY_MS],
    ['1h30m', 90 * MINUTE_MS],
    ['200ms', 200],
    ['5 minutes', 5 * MINUTE_MS],
    ['1.5h', 90 * MINUTE_MS],
    ['2 weeks 1 day', 2 * WEEK_MS + DAY_MS],
    ['1y', YEAR_MS],
    ['0s', 0],
    ['1 min 30 sec', 90 * SECOND_MS],
  ])('read `%s` as %d ms', (text, ms) => {
    expect(parseDuration(text)).toBe(ms);
  });

  it.each([
    '',
    '5',
    'm',
    '5x',
    '30m1h',
    '1h1h',
    '-5m',
    '5m ago',
    '0.0001s',
    '5e3s',
    '99999999999999d',
    '1h 30',
    'constructor',
  ])('do not read `%s`', (text) => expect(parseDuration(text)).toBeUndefined());

  it('are read back as they are printed', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10 * YEAR_MS }), (ms) => {
        expect(formatDuration(ms)).toMatch(/^(\d+d)?(\d+h)?(\d+m)?(\d+s)?(\d+ms)?$/);
        expect(parseDuration(formatDuration(ms))).toBe(ms);
        expect(toNumber(inSeconds(ms))).toBe(ms / SECOND_MS);
      }),
    );
  });

  it.each([
    [3.6 * HOUR_MS, '3.6 hours'],
    [30 * DAY_MS, '30 days'],
    [MINUTE_MS, '1 minute'],
    [90 * MINUTE_MS, '1.5 hours'],
    [43.2 * MINUTE_MS, '43.2 minutes'],
    [0, '0 seconds'],
    [DAY_MS, '1 day'],
    [1, '1 millisecond'],
    [700 * MINUTE_MS, '11 hours 40 minutes'],
  ])('%d ms is said as %s', (ms, text) => {
    expect(describeDuration(ms)).toBe(text);
  });

  it('are said within a percent of what they are', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: YEAR_MS }), (ms) => {
        const said = parseDuration(describeDuration(ms));
        expect(said).toBeDefined();
        expect(Math.abs(said! - ms) / ms).toBeLessThanOrEqual(0.03);
      }),
    );
  });

  it('print nothing that is none', () => {
    expect(() => formatDuration(-1)).toThrow('internal error');
    expect(() => formatDuration(0.5)).toThrow('internal error');
  });
});

it('numbers beyond 2^53 come out as near as a double comes, and whole', () => {
  expect(toNumber(rational(10n ** 16n))).toBe(1e16);
  expect(toNumber(rational(1n, 10n ** 30n)) * 1e30).toBeCloseTo(1, 12);
  expect(formatNumber(rational(10_000n * 1000n ** 4n))).toBe('10000000000000000');
  expect(formatNumber(rational(10n ** 24n))).toBe('1000000000000000000000000');
});
