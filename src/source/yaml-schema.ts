import { MAX_SIGNIFICANT_DIGITS } from '../base/quantity.ts';

const DECIMAL = /^[-+]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][-+]?[0-9]+)?$/;
const HEXADECIMAL = /^0x[0-9a-fA-F]+$/;
const OCTAL = /^0o[0-7]+$/;

const WORDS: ReadonlyMap<string, unknown> = new Map<string, unknown>([
  ...['', '~', 'null', 'Null', 'NULL'].map((word) => [word, null] as const),
  ...['true', 'True', 'TRUE'].map((word) => [word, true] as const),
  ...['false', 'False', 'FALSE'].map((word) => [word, false] as const),
  ...['.nan', '.NaN', '.NAN'].map((word) => [word, Number.NaN] as const),
  ...['.inf', '.Inf', '.INF', '+.inf', '+.Inf', '+.INF'].map((word) => [word, Number.POSITIVE_INFINITY] as const),
  ...['-.inf', '-.Inf', '-.INF'].map((word) => [word, Number.NEGATIVE_INFINITY] as const),
]);

/** How the texts begin that may be something other than a string. */
const FIRST_LETTERS = new Set([...'~nNtTfF.+-0123456789'].map((letter) => letter.charCodeAt(0)));

const LONGEST_WORD = 5;

/**
 * The value of a plain scalar: null, a boolean, a number, or the text itself; dates are texts.
 * Source: YAML 1.2.2 §10.3.2, tag resolution of the core schema, https://yaml.org/spec/1.2.2/#1032-tag-resolution
 */
export function resolvePlain(text: string): unknown {
  if (text !== '' && !FIRST_LETTERS.has(text.charCodeAt(0))) return text;
  if (text.length <= LONGEST_WORD && WORDS.has(text)) return WORDS.get(text);
  if (DECIMAL.test(text)) return Number(text);
  if (HEXADECIMAL.test(text)) return Number(text);
  if (OCTAL.test(text)) return Number(text);
  return text;
}

/** Whether the double that a number became still says what the author wrote: no digit lost, no integer rounded. */
export function isExactNumber(text: string, value: number): boolean {
  if (!DECIMAL.test(text)) return !Number.isFinite(value) || Number.isSafeInteger(value);
  if (Number.isInteger(value) && !Number.isSafeInteger(value)) return false;
  const digits = text
    .replace(/[eE].*$/, '')
    .replace(/\D/g, '')
    .replace(/^0+/, '')
    .replace(/0+$/, '');
  return digits.length <= MAX_SIGNIFICANT_DIGITS && Number.isFinite(value) && (value !== 0 || digits === '');
}

const TAGGED: ReadonlyMap<string, (text: string) => unknown> = new Map<string, (text: string) => unknown>([
  ['!', (text) => text],
  ['!!str', (text) => text],
  ['!!null', (text) => onlyOf('null', resolvePlain(text))],
  ['!!bool', (text) => onlyOf('boolean', resolvePlain(text))],
  ['!!int', (text) => onlyOf('integer', resolvePlain(text))],
  ['!!float', (text) => onlyOf('number', resolvePlain(text))],
]);

function onlyOf(kind: 'null' | 'boolean' | 'integer' | 'number', value: unknown): unknown {
  const fits = {
    null: value === null,
    boolean: typeof value === 'boolean',
    integer: Number.isInteger(value),
    number: typeof value === 'number',
  };
  return fits[kind] ? value : undefined;
}

/** The value of a scalar under an explicit tag such as `!!str`; undefined when the tag is unknown or does not fit. */
export function resolveTagged(tag: string, text: string): unknown {
  return TAGGED.get(tag)?.(text);
}
