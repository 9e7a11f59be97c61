import { divide, inSeconds, multiply, parseDecimal, parseDuration, type Rational, rational } from '../base/quantity.ts';
import { BYTES, COUNTED, CURRENCIES, type Measure, singularPer, type Unit } from '../model/unit.ts';

/** A quantity as people write it, its number and what it is divided by held apart. */
export interface Amount {
  /** Exactly, in ratios, seconds, bytes or plain numbers: 0.9 for `90%`, 0.2 for `200ms`, 5 for `$5/GB`. */
  readonly value: Rational;
  readonly measure: Measure;
  /** A currency, or what is counted. */
  readonly noun?: string;
  readonly per?: string;
}

const SIGNS = '[$€£¥]';
const NUMBER = new RegExp(`^(-?)\\s*(${SIGNS}?)\\s*(-?)\\s*(\\d+(?:\\.\\d+)?)\\s*(.*)$`);

/** The part before the first `/`. */
function parseHead(text: string): Amount | undefined {
  const [, outer = '', currency = '', inner = '', digits = '', tail = ''] = NUMBER.exec(text) ?? [];
  const number = parseDecimal(outer + inner + digits);
  if (!number) return undefined;
  if (currency !== '') {
    return tail === '' ? { value: number, measure: 'sum of money', noun: CURRENCIES.get(currency)! } : undefined;
  }
  if (tail === '') return { value: number, measure: 'count' };
  if (tail === '%') return { value: divide(number, rational(100n)), measure: 'percentage' };
  const money = CURRENCIES.get(tail);
  if (money !== undefined) return { value: number, measure: 'sum of money', noun: money };
  const size = BYTES.get(tail);
  if (size !== undefined) return { value: multiply(number, rational(size)), measure: 'number of bytes' };
  const noun = COUNTED.get(tail.toLowerCase());
  if (noun !== undefined) return { value: number, measure: 'count', noun };
  const ms = outer + inner === '' ? parseDuration(digits + tail) : undefined;
  return ms === undefined ? undefined : { value: inSeconds(ms), measure: 'duration' };
}

/**
 * Reads `90%`, `200ms`, `1h30m`, `10GiB`, `$5`, `5 €`, `$0.10/GB`, `100 requests/minute`, `-3`; nothing where it is
 * anything else. What stands after a `/` is a word and changes nothing about the number.
 */
export function parseAmount(text: string): Amount | undefined {
  const [head = '', ...pers] = text.split('/').map((part) => part.trim());
  const amount = parseHead(head);
  if (!amount || !pers.every((per) => /^[A-Za-z]+$/.test(per))) return undefined;
  return pers.length === 0 ? amount : { ...amount, per: pers.map(singularPer).join('/') };
}

/** A number of YAML; its digits are all there is to it, since the reader has refused numbers that a double cannot hold. */
export function amountOfNumber(number: number): Amount {
  const [digits = '', exponent = '0'] = String(number).split('e');
  const mantissa = parseDecimal(digits) ?? rational(0n);
  const power = rational(10n ** BigInt(Math.abs(Number(exponent))));
  const value = Number(exponent) < 0 ? divide(mantissa, power) : multiply(mantissa, power);
  return { value, measure: 'count' };
}

/** An amount as the schema lets people write it: a text, or a bare number. */
export function readAmount(written: string | number): Amount | undefined {
  return typeof written === 'number' ? amountOfNumber(written) : parseAmount(written);
}

/** A bare number says nothing about its unit. */
export function isBare({ measure, noun, per }: Amount): boolean {
  return measure === 'count' && noun === undefined && per === undefined;
}

/** Whether two amounts can be compared: what is left open fits everything. */
function agree(left: string | undefined, right: string | undefined): boolean {
  return left === undefined || right === undefined || left === right;
}

/** An amount in a unit, exactly: 0.5 for `500MB/day` in `GB/day`; nothing where it is measured in something else. */
export function amountIn(amount: Amount, unit: Unit): Rational | undefined {
  if (isBare(amount)) return amount.value;
  if (amount.measure !== unit.measure || !agree(amount.noun, unit.noun)) return undefined;
  if (amount.per !== undefined && amount.per !== unit.per) return undefined;
  return divide(amount.value, unit.scale);
}

/** Whether amounts are bounds of one and the same value; 0 is, whatever it is measured in. */
export function comparable(left: Amount, right: Amount): boolean {
  if ([left, right].some((each) => isBare(each) && each.value.numerator === 0n)) return true;
  return left.measure === right.measure && left.noun === right.noun && left.per === right.per;
}

const UNIT_WORDS: Readonly<Record<Measure, string>> = {
  percentage: 'percent',
  'sum of money': '$',
  'number of bytes': 'bytes',
  duration: 'seconds',
  count: '',
};

const SYMBOLS: ReadonlyMap<string, string> = new Map(
  [...CURRENCIES].filter(([way]) => way.length === 1).map(([way, code]) => [code, way]),
);

/** The unit of the values that are compared with an amount, in the words of specs: `seconds`, `€/month`. */
export function unitOfAmount({ measure, noun, per }: Amount): string {
  const money = measure === 'sum of money' ? SYMBOLS.get(noun ?? '') : undefined;
  const base = money ?? (measure === 'count' && noun !== undefined ? `${noun}s` : UNIT_WORDS[measure]);
  return per === undefined ? base : `${base}/${per}`;
}

/** `sum of money in EUR per month`: what an amount is, for messages. */
export function describeAmount({ measure, noun, per }: Amount): string {
  const of = noun === undefined ? '' : measure === 'count' ? ` of ${noun}s` : ` in ${noun}`;
  return `${measure}${of}${per === undefined ? '' : ` per ${per.replaceAll('/', ' per ')}`}`;
}
