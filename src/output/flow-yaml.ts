import { digits, isSequence, type PlainData, type PlainMapping } from './plain-data.ts';
import { isPlain, quoted } from './yaml-scalar.ts';

/** Characters that end a plain text in a flow collection. Source: https://yaml.org/spec/1.2.2/ 7.3.3 */
const FLOW_INDICATORS = /[,[\]{}]/;

function scalar(text: string): string {
  return isPlain(text) && !FLOW_INDICATORS.test(text) ? text : quoted(text);
}

function mapping(value: PlainMapping): string {
  const entries = Object.entries(value).flatMap(([key, item]) =>
    item === undefined ? [] : `${scalar(key)}: ${flowYaml(item)}`,
  );
  return entries.length === 0 ? '{}' : `{ ${entries.join(', ')} }`;
}

/** Plain data on one line, as people write short things: `{ type: counter, labels: [code, method] }`. YAML 1.1 and 1.2 read it alike. */
export function flowYaml(value: PlainData): string {
  if (typeof value === 'string') return scalar(value);
  if (typeof value === 'number') return digits(value);
  if (typeof value === 'boolean' || value === null) return String(value);
  return isSequence(value) ? `[${value.map(flowYaml).join(', ')}]` : mapping(value);
}
