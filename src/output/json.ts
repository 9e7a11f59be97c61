import { invariant } from '../base/assert.ts';
import { digits, isSequence, type PlainData } from './plain-data.ts';

/** Plain data as JSON: two spaces, keys in the order given, no number in exponent form, a line break at the end. */
export function writeJson(value: PlainData | object): string {
  const data = value as PlainData;
  return `${isOrdinary(data) ? JSON.stringify(data, undefined, 2) : jsonText(data, '')}\n`;
}

/** Whether the platform's own writer, which is several times faster, gives the same text. */
function isOrdinary(value: PlainData | undefined): boolean {
  switch (typeof value) {
    case 'string':
    case 'boolean':
    case 'undefined':
      return true;
    case 'number':
      return hasPlainDigits(value);
    case 'object':
      return value === null || (isSequence(value) ? value.every(isPresent) : hasOrdinaryValues(value));
    default:
      return false;
  }
}

function hasOrdinaryValues(value: Readonly<Record<string, PlainData | undefined>>): boolean {
  for (const key in value) if (!isOrdinary(value[key])) return false;
  return true;
}

function isPresent(item: PlainData | undefined): boolean {
  return item !== undefined && isOrdinary(item);
}

/** JavaScript writes numbers between these bounds without an exponent. Source: https://tc39.es/ecma262/#sec-numeric-types-number-tostring */
function hasPlainDigits(value: number): boolean {
  const size = Math.abs(value);
  return (size >= 1e-6 && size < 1e21) || Object.is(value, 0);
}

function jsonText(value: PlainData, indent: string): string {
  if (typeof value === 'number') {
    invariant(Number.isFinite(value), `${value} in a JSON document`);
    return digits(value);
  }
  if (typeof value !== 'object' || value === null) {
    const text = JSON.stringify(value);
    invariant(text !== undefined, `a ${typeof value} in a JSON document`);
    return text;
  }
  const deeper = `${indent}  `;
  if (isSequence(value)) {
    const items = value.map((item) => jsonText(item, deeper));
    return enclosed('[', items, ']', indent);
  }
  const entries = Object.keys(value)
    .filter((key) => value[key] !== undefined)
    .map((key) => `${JSON.stringify(key)}: ${jsonText(value[key]!, deeper)}`);
  return enclosed('{', entries, '}', indent);
}

function enclosed(open: string, items: readonly string[], close: string, indent: string): string {
  if (items.length === 0) return `${open}${close}`;
  return `${open}\n${indent}  ${items.join(`,\n${indent}  `)}\n${indent}${close}`;
}
