import { closest } from '../../base/text.ts';
import type { FaultText, Range } from './fault.ts';
import type { ValueType } from './functions.ts';
import type { StringOperand, Text } from './tree.ts';

/** What is known of a value before any alert fires. */
export type Value =
  /** What a template of an alert is given: labels, value, and what the server is called. */
  | { readonly type: 'alert' }
  /** The labels of the alert's series, or those that the server adds. */
  | { readonly type: 'labels' | 'external-labels' }
  /** The alert's value. */
  | { readonly type: 'alert-value' }
  /** The labels of a series that a query gave. */
  | { readonly type: 'sample-labels' }
  /** A text; with what was written, where it is known. */
  | { readonly type: 'string'; readonly literal?: StringOperand; readonly format?: StringOperand }
  /** What `args` makes: `arg0`, `arg1` … */
  | { readonly type: 'map'; readonly items?: readonly Value[] }
  | { readonly type: Exclude<ValueType, 'string' | 'map'> | 'nil' };

/** A value, and the stretch that stands for it. */
export interface Evaluated {
  readonly value: Value;
  readonly at: Range;
}

export const ANY: Value = { type: 'any' };
const STRING: Value = { type: 'string' };

/** What people call a value. */
const WORDS: Readonly<Record<Value['type'], string>> = {
  alert: 'the alert',
  labels: 'the labels of the alert',
  'external-labels': 'the external labels',
  'alert-value': 'the value of the alert',
  'sample-labels': 'the labels of a series',
  string: 'a text',
  map: 'a map',
  number: 'a number',
  integer: 'a whole number',
  bool: 'a truth value',
  sample: 'a series',
  samples: 'the list of series that a query gives',
  time: 'a time',
  duration: 'a duration',
  nil: '`nil`',
  any: 'a value',
};

/** What people call a value. */
export function wordsFor({ type }: Value): string {
  return WORDS[type];
}

/**
 * The fields of what has a fixed set of them.
 * Source: https://github.com/prometheus/prometheus/blob/main/template/template.go, AlertTemplateData and sample
 */
const FIELDS: Readonly<Partial<Record<Value['type'], Readonly<Record<string, Value>>>>> = {
  alert: {
    Labels: { type: 'labels' },
    ExternalLabels: { type: 'external-labels' },
    ExternalURL: STRING,
    Value: { type: 'alert-value' },
  },
  sample: { Labels: { type: 'sample-labels' }, Value: { type: 'number' } },
};

/** Values that have no fields at all. */
const FIELDLESS: ReadonlySet<Value['type']> = new Set(['string', 'bool', 'samples', 'number', 'integer']);

/** Whether any name is a field: Prometheus gives the empty text for one that is not there. */
export function isLabels({ type }: Value): boolean {
  return type === 'labels' || type === 'external-labels' || type === 'sample-labels';
}

/** The value of a field, or what is wrong with it; `place` is what stands before the dot. */
export function fieldOf(value: Value, { text }: Text, place: string): Value | FaultText {
  if (isLabels(value)) return STRING;
  if (value.type === 'map') return value.items?.[Number(/^arg(\d+)$/.exec(text)?.[1])] ?? ANY;
  const fields = FIELDS[value.type];
  if (!fields) return FIELDLESS.has(value.type) ? fieldless(value, place) : ANY;
  if (Object.hasOwn(fields, text)) return fields[text]!;
  const names = Object.keys(fields);
  const near = closest(text, names);
  const listed = names.map((name) => `\`.${name}\``).join(', ');
  const help = near ? `write \`.${near}\`` : `write one of ${listed}; a label is \`.Labels.${text}\``;
  return { message: `${wordsFor(value)} has no field \`.${text}\``, help };
}

function fieldless(value: Value, place: string): FaultText {
  const help =
    value.type === 'samples'
      ? 'take one of them with `first`, or each of them with `range`'
      : 'remove what follows the dot';
  return { message: `\`${place}\` is ${wordsFor(value)}, which has no fields`, help };
}

/** Types that a value surely does not have as an argument; anything else may do. */
const CERTAIN: Readonly<Partial<Record<Value['type'], ValueType>>> = {
  labels: 'map',
  'external-labels': 'map',
  'sample-labels': 'map',
  'alert-value': 'number',
  string: 'string',
  map: 'map',
  number: 'number',
  integer: 'integer',
  bool: 'bool',
  sample: 'sample',
  samples: 'samples',
  time: 'time',
  duration: 'duration',
};

/** Whether a function that takes a type surely refuses a value. */
export function isRefused(value: Value, wanted: ValueType): boolean {
  const type = CERTAIN[value.type];
  if (type === undefined || wanted === 'any' || type === wanted) return false;
  return !(wanted === 'number' && (type === 'string' || type === 'integer'));
}

/** What a variable may be that is one value or another. */
export function either(one: Value, other: Value): Value {
  return one.type === other.type ? ({ type: one.type } as Value) : ANY;
}
