import { invariant } from '../base/assert.ts';
import { digits, isSequence, type PlainData, type PlainMapping } from './plain-data.ts';
import { blockScalar, flowScalar } from './yaml-scalar.ts';

export type YamlValue = PlainData;

export interface YamlOptions {
  /** A comment for the top of the file, without the `#`. */
  readonly header?: string;
}

/** Readers look for the colon of a key no further than 1024 characters. Source: https://yaml.org/spec/1.2.2/ 7.4.2 */
const LONGEST_KEY = 1000;

/**
 * Plain data as a block-style YAML document that YAML 1.1 (Prometheus, Alertmanager) and YAML 1.2 read alike. Keys
 * keep their order; sequences are indented by two, as in the examples of Prometheus. Written directly, because rules
 * for a thousand objectives are 10 MB and the general packages write 3 to 11 MB a second.
 */
export function writeYaml(value: YamlValue | object, options: YamlOptions = {}): string {
  const out: Output = { parts: commentLines(options.header), keys: new Map() };
  writeRoot(out, value as YamlValue);
  out.parts.push('\n');
  return out.parts.join('');
}

/** Parts, not one growing text: joining them at the end takes a fraction of the memory of nested concatenations. */
interface Output {
  readonly parts: string[];
  /** The few keys that every rule repeats, as they are written. */
  readonly keys: Map<string, string>;
}

function commentLines(header: string | undefined): string[] {
  if (header === undefined) return [];
  const lines = header.split(/\r\n|[\n\r\u0085\u2028\u2029]/);
  return lines.map((line) => `${`# ${line.replace(/[^ -~\u00a0-\ufefe]/g, '')}`.trimEnd()}\n`);
}

function writeRoot(out: Output, value: YamlValue): void {
  if (typeof value === 'string') out.parts.push(flowScalar(value));
  else if (isScalar(value)) out.parts.push(scalarText(value, ''));
  else writeCollection(out, value, '');
}

type Collection = readonly YamlValue[] | PlainMapping;

/** What stands on the line of its key or dash; empty collections do too. */
function isScalar(value: YamlValue): value is Exclude<YamlValue, Collection> {
  if (typeof value !== 'object' || value === null) return true;
  if (isSequence(value)) return value.length === 0;
  for (const key in value) if (value[key] !== undefined) return false;
  return true;
}

/** The entries, each on its own line; the first line has no indentation, because it may stand behind a dash. */
function writeCollection(out: Output, value: Collection, indent: string): void {
  if (isSequence(value)) writeSequence(out, value, indent);
  else writeMapping(out, value, indent);
}

function writeMapping(out: Output, value: PlainMapping, indent: string): void {
  const deeper = `${indent}  `;
  let separator = '';
  for (const key in value) {
    const item = value[key];
    if (item === undefined) continue;
    const name = separator + keyText(out, key, indent);
    separator = `\n${indent}`;
    if (isScalar(item)) out.parts.push(`${name} ${scalarText(item, deeper)}`);
    else {
      out.parts.push(`${name}\n${deeper}`);
      writeCollection(out, item, deeper);
    }
  }
}

function writeSequence(out: Output, items: readonly YamlValue[], indent: string): void {
  const deeper = `${indent}  `;
  let dash = '- ';
  for (const item of items) {
    if (isScalar(item)) out.parts.push(dash + scalarText(item, deeper));
    else {
      out.parts.push(dash);
      writeCollection(out, item, deeper);
    }
    dash = `\n${indent}- `;
  }
}

function keyText(out: Output, key: string, indent: string): string {
  let text = out.keys.get(key);
  if (text === undefined) {
    text = flowScalar(key);
    out.keys.set(key, text);
  }
  return text.length > LONGEST_KEY ? `? ${text}\n${indent}:` : `${text}:`;
}

function scalarText(value: YamlValue, indent: string): string {
  if (typeof value === 'string') return blockScalar(value, indent);
  if (typeof value === 'number') {
    invariant(Number.isFinite(value), `${value} in a YAML document`);
    return digits(value);
  }
  if (typeof value === 'boolean' || value === null) return String(value);
  invariant(typeof value === 'object', `a ${typeof value} in a YAML document`);
  return isSequence(value) ? '[]' : '{}';
}
