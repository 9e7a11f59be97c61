import { invariant } from './assert.ts';

/** An exact number: a reduced fraction, the denominator positive. */
export interface Rational {
  readonly numerator: bigint;
  readonly denominator: bigint;
}

/** More significant digits than this cannot be printed without loss, so the readers refuse them. */
export const MAX_SIGNIFICANT_DIGITS = 15;

function greatestCommonDivisor(a: bigint, b: bigint): bigint {
  let [x, y] = [a < 0n ? -a : a, b];
  while (y !== 0n) [x, y] = [y, x % y];
  return x;
}

/** The reduced fraction of two integers. */
export function rational(numerator: bigint | number, denominator: bigint | number = 1n): Rational {
  const [n, d] = [BigInt(numerator), BigInt(denominator)];
  invariant(d !== 0n, 'a fraction has the denominator 0');
  const sign = d < 0n ? -1n : 1n;
  const divisor = greatestCommonDivisor(n, d < 0n ? -d : d) * sign;
  return { numerator: n / divisor, denominator: d / divisor };
}

export const ZERO = rational(0n);
export const ONE = rational(1n);

export function add(a: Rational, b: Rational): Rational {
  return rational(a.numerator * b.denominator + b.numerator * a.denominator, a.denominator * b.denominator);
}

export function subtract(a: Rational, b: Rational): Rational {
  return rational(a.numerator * b.denominator - b.numerator * a.denominator, a.denominator * b.denominator);
}

export function multiply(a: Rational, b: Rational): Rational {
  return rational(a.numerator * b.numerator, a.denominator * b.denominator);
}

export function divide(a: Rational, b: Rational): Rational {
  return rational(a.numerator * b.denominator, a.denominator * b.numerator);
}

/** Negative, 0 or positive, as `Array.sort` wants it. */
export function compare(a: Rational, b: Rational): number {
  const difference = a.numerator * b.denominator - b.numerator * a.denominator;
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

/** The nearest double: one division of two integers below 2^53, so 144/10000 is 0.0144; of larger ones, as near as a double comes. */
export function toNumber({ numerator, denominator }: Rational): number {
  return Number(numerator) / Number(denominator);
}

/** A number as a person writes it and PromQL reads it: at most 15 significant digits, never an exponent. */
export function formatNumber(value: Rational): string {
  return formatDecimal(toNumber(value));
}

/** `1.5` and 21: the digits, the point moved 21 places to the right. */
function withZeros(mantissa: string, places: number): string {
  const digits = mantissa.replace('.', '');
  return digits.padEnd(places + (digits.startsWith('-') ? 2 : 1), '0');
}

function formatDecimal(plain: number): string {
  const exact = String(plain);
  if (exact.length <= MAX_SIGNIFICANT_DIGITS && !exact.includes('e')) return exact;
  const short = Number(plain.toPrecision(MAX_SIGNIFICANT_DIGITS));
  const text = String(short);
  const [mantissa = '', zeros] = text.split('e+');
  if (zeros !== undefined) return withZeros(mantissa, Number(zeros));
  return text.includes('e') ? short.toFixed(20).replace(/\.?0+$/, '') : text;
}

/** 0.995 → `99.5%`. */
export function formatPercent(value: Rational): string {
  return `${formatNumber(multiply(value, rational(100n)))}%`;
}

const DECIMAL = /^([+-]?)(\d+)(?:\.(\d+))?$/;

/** Reads a plain decimal exactly; nothing when it is none or has more than 15 significant digits. */
export function parseDecimal(text: string): Rational | undefined {
  const match = DECIMAL.exec(text);
  if (!match) return undefined;
  const [, sign = '', whole = '', fraction = ''] = match;
  const digits = whole + fraction;
  if (digits.replace(/^0+/, '').replace(/0+$/, '').length > MAX_SIGNIFICANT_DIGITS) return undefined;
  return rational(BigInt(sign + digits), 10n ** BigInt(fraction.length));
}

/** Reads `99.5%` as 0.995. */
export function parsePercent(text: string): Rational | undefined {
  const match = /^(.*?)\s*%$/.exec(text.trim());
  const value = match && parseDecimal(match[1]!);
  return value ? divide(value, rational(100n)) : undefined;
}

export const SECOND_MS = 1_000;
export const MINUTE_MS = 60 * SECOND_MS;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;
export const WEEK_MS = 7 * DAY_MS;
/** A year of Prometheus: 365 days. Source: https://prometheus.io/docs/prometheus/latest/querying/basics/ (Float literals and time durations) */
export const YEAR_MS = 365 * DAY_MS;

/** Prometheus counts durations in nanoseconds of 64 bits, which is 292 years. Source: https://pkg.go.dev/time#Duration */
const LONGEST_MS = 290 * YEAR_MS;

const DURATION_UNITS: ReadonlyMap<string, number> = new Map(
  (
    [
      [['ms', 'millisecond', 'milliseconds'], 1],
      [['s', 'sec', 'second', 'seconds'], SECOND_MS],
      [['m', 'min', 'minute', 'minutes'], MINUTE_MS],
      [['h', 'hour', 'hours'], HOUR_MS],
      [['d', 'day', 'days'], DAY_MS],
      [['w', 'week', 'weeks'], WEEK_MS],
      [['y', 'year', 'years'], YEAR_MS],
    ] as const
  ).flatMap(([names, ms]) => names.map((name) => [name, ms] as const)),
);

/**
 * Reads `30d`, `1h30m`, `200ms`, `5 minutes` or `1.5h` as milliseconds; nothing when it is no duration, when a part is
 * not a whole number of milliseconds, when units do not go from large to small, or above 290 years.
 */
export function parseDuration(text: string): number | undefined {
  const part = /\s*(\d+(?:\.\d+)?)\s*([a-z]+)/gy;
  let totalMs = 0;
  let previousUnitMs = Number.POSITIVE_INFINITY;
  let end = 0;
  for (let match = part.exec(text); match; match = part.exec(text)) {
    const unitMs = DURATION_UNITS.get(match[2]!);
    const count = parseDecimal(match[1]!);
    if (unitMs === undefined || !count || unitMs >= previousUnitMs) return undefined;
    const ms = multiply(count, rational(unitMs));
    if (ms.denominator !== 1n) return undefined;
    totalMs += Number(ms.numerator);
    previousUnitMs = unitMs;
    end = part.lastIndex;
  }
  if (end === 0 || text.slice(end).trim() !== '' || totalMs > LONGEST_MS) return undefined;
  return totalMs;
}

const PRINTED_UNITS = [
  ['d', DAY_MS],
  ['h', HOUR_MS],
  ['m', MINUTE_MS],
  ['s', SECOND_MS],
  ['ms', 1],
] as const;

/** A duration as Prometheus and Alertmanager read it: `30d`, `1h30m`, `200ms`; 0 is `0s`. */
export function formatDuration(ms: number): string {
  invariant(Number.isSafeInteger(ms) && ms >= 0, `${ms} is no duration in milliseconds`);
  let rest = ms;
  let text = '';
  for (const [unit, unitMs] of PRINTED_UNITS) {
    const count = Math.floor(rest / unitMs);
    if (count > 0) text += `${count}${unit}`;
    rest -= count * unitMs;
  }
  return text || '0s';
}

const SPOKEN_UNITS = [
  ['day', DAY_MS],
  ['hour', HOUR_MS],
  ['minute', MINUTE_MS],
  ['second', SECOND_MS],
  ['millisecond', 1],
] as const;

/** Above this many of a unit a reader starts to divide: two units are said instead. */
const MANY = 100;

function spoken(ms: number, [name, unitMs]: readonly [name: string, ms: number]): string {
  const count = formatDecimal(ms / unitMs);
  return `${count} ${name}${count === '1' ? '' : 's'}`;
}

/** A duration in words, for prose: `3.6 hours`, `30 days`, `5 minutes`, `11 hours 40 minutes`. */
export function describeDuration(ms: number): string {
  if (ms === 0) return '0 seconds';
  const exact = SPOKEN_UNITS.find(([, unit]) => ms >= unit && (ms * 10) % unit === 0) ?? SPOKEN_UNITS.at(-1)!;
  if (ms < MANY * exact[1]) return spoken(ms, exact);
  const largest = SPOKEN_UNITS.findIndex(([, unit]) => ms >= unit);
  const [whole, rest] = [SPOKEN_UNITS[largest]!, SPOKEN_UNITS[largest + 1]];
  if (!rest) return spoken(ms, exact);
  const wholeMs = Math.floor(ms / whole[1]) * whole[1];
  const restMs = Math.round((ms - wholeMs) / rest[1]) * rest[1];
  return restMs === 0 ? spoken(wholeMs, whole) : `${spoken(wholeMs, whole)} ${spoken(restMs, rest)}`;
}

/** A duration in words, to one decimal of its largest unit: nobody plans a night by 1209.6 seconds. */
export function describeRoughly(ms: number): string {
  const unitMs = [DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS].find((unit) => ms >= unit) ?? 1;
  const tenthMs = Math.max(1, unitMs / 10);
  return describeDuration(Math.round(ms / tenthMs) * tenthMs);
}

/** A duration in seconds, exactly. */
export function inSeconds(ms: number): Rational {
  return rational(ms, SECOND_MS);
}
