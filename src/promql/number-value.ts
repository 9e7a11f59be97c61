import { durationMs } from './number-literal.ts';

const MS_PER_S = 1000;
const OCTAL = /^0_?[0-7][0-7_]*$/;
const HEXADECIMAL = /^0[xX]_?[\da-fA-F]+(?:_[\da-fA-F]+)*$/;
const LARGEST_INTEGER = 2n ** 63n - 1n;

/** The longest duration that Prometheus can hold: 2^63 nanoseconds. Source: promql/parser/parse.go (durationLiteralOutOfRange). */
export const LONGEST_S = 2 ** 63 / 1e9;

/** The usual shape, read without exact arithmetic. */
const SIMPLE_DURATION = /^(\d{1,9})([smhd])$/;
const UNIT_S: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3_600, d: 86_400 };

/** A duration in seconds, infinite where it is longer than anything can hold; one that is malformed was reported. */
export function durationSeconds(text: string): number {
  const simple = SIMPLE_DURATION.exec(text);
  if (simple) return Number(simple[1]) * UNIT_S[simple[2]!]!;
  const ms = durationMs(text);
  return ms === undefined ? Number.POSITIVE_INFINITY : ms / MS_PER_S;
}

/**
 * What a number literal means; nothing where Prometheus cannot read it. A leading zero makes a whole number octal where
 * its digits allow that, as in Go. Source: promql/parser/parse.go (number): strconv.ParseInt, then ParseFloat.
 */
export function numberValue(text: string): number | undefined {
  const plain = text.replaceAll('_', '');
  const word = plain.toLowerCase();
  if (word === 'inf') return Number.POSITIVE_INFINITY;
  if (word === 'nan') return Number.NaN;
  if (HEXADECIMAL.test(text)) return BigInt(plain) <= LARGEST_INTEGER ? Number(plain) : undefined;
  if (OCTAL.test(text)) return Number.parseInt(plain, 8);
  const value = Number(plain);
  return Number.isFinite(value) ? value : undefined;
}
