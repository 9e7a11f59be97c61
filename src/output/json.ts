import { invariant } from '../base/assert.ts';
import { digits, isSequence, type PlainData } from './plain-data.ts';

/** Plain data as JSON: two spaces, keys in the order given, no number in exponent form, a line break at the end. */
export function writeJson(value: PlainData | object): string {
  return `${jsonText(value as PlainData, '')}\n`;
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
