import {
  inSeconds,
  multiply,
  parseDecimal,
  parseDuration,
  parsePercent,
  type Rational,
  rational,
} from '../base/quantity.ts';
import type { Comparison, Condition } from '../model/types.ts';

/** Bytes of a unit. Source: IEC 80000-13 (binary prefixes) and the SI prefixes, https://en.wikipedia.org/wiki/Byte#Multiple-byte_units */
const BYTES: Readonly<Record<string, bigint>> = {
  B: 1n,
  kB: 1000n,
  KB: 1000n,
  MB: 1000n ** 2n,
  GB: 1000n ** 3n,
  TB: 1000n ** 4n,
  KiB: 1024n,
  MiB: 1024n ** 2n,
  GiB: 1024n ** 3n,
  TiB: 1024n ** 4n,
};

/** Words after a number that say what is counted and change nothing about its value. */
const RATE_WORDS =
  /^(requests|reqs?|rps|ops|events|users|errors|score|points|count)?(\/(s|sec|second|m|min|minute|h|hour|d|day|w|week|month|year|GB|GiB|user|request))?$/i;

function parseAmount(text: string): Rational | undefined {
  const percent = parsePercent(text);
  if (percent) return percent;
  const match = /^(-?)(\$?)\s*([\d.]+)\s*(.*)$/.exec(text);
  if (!match) return undefined;
  const [, sign = '', currency = '', digits = '', unit = ''] = match;
  const number = parseDecimal(sign + digits);
  if (!number) return undefined;
  if (unit === '') return number;
  if (currency !== '') return /^\/\s*\S+$/.test(unit) ? number : undefined;
  const bytes = BYTES[unit];
  if (bytes !== undefined) return multiply(number, rational(bytes));
  if (RATE_WORDS.test(unit)) return number;
  const ms = sign === '' ? parseDuration(digits + unit) : undefined;
  return ms === undefined ? undefined : inSeconds(ms);
}

/**
 * Reads how a value should be: `> 90%` (0.9), `< 200ms` (0.2 seconds), `<= $0.05`, `< $10/month`, `> 1000`, `< 10GiB`.
 * Without an operator it is no condition: whether 90 % is a floor or a ceiling cannot be guessed.
 */
export function parseCondition(text: string): Condition | undefined {
  const match = /^\s*(<=|>=|==|!=|<|>)\s*(\S.*?)\s*$/.exec(text);
  const value = match && parseAmount(match[2]!);
  return value ? { operator: match[1] as Comparison, value, text: text.trim() } : undefined;
}

/** What the amount of a condition measures; a bare number and one with words count something. */
export type Measure = 'percentage' | 'sum of money' | 'number of bytes' | 'duration' | 'count';

/** What a readable condition measures, and per what where it says so: `< $10/month`. */
export function measureOf(text: string): { readonly measure: Measure; readonly per: string | undefined } {
  const [, currency = '', unit = ''] = /^\s*[<>=!]+\s*-?(\$?)\s*[\d.]+\s*(.*?)\s*$/.exec(text) ?? [];
  const per = perOf(unit);
  if (unit.endsWith('%')) return { measure: 'percentage', per };
  if (currency !== '') return { measure: 'sum of money', per };
  if (BYTES[unit] !== undefined) return { measure: 'number of bytes', per };
  return { measure: RATE_WORDS.test(unit) ? 'count' : 'duration', per };
}

const PER: Readonly<Record<string, string>> = {
  s: 'second',
  sec: 'second',
  m: 'minute',
  min: 'minute',
  h: 'hour',
  d: 'day',
  w: 'week',
};

/** `second` for `requests/s`. */
export function perOf(unit: string): string | undefined {
  const per = /\/\s*(\S+)$/.exec(unit)?.[1];
  return per === undefined ? undefined : (PER[per] ?? per);
}
