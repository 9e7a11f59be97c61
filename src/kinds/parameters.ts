import {
  formatDuration,
  formatNumber,
  inSeconds,
  parseDecimal,
  parseDuration,
  parsePercent,
} from '../base/quantity.ts';
import { parseMatchers } from '../promql/selector.ts';
import { quote } from '../promql/string-literal.ts';
import { valueAt } from '../source/derived.ts';
import type { Located, Path } from '../source/document.ts';
import { formats } from './formats.ts';

/** A value that fills a parameter, in the forms that the places of a document need. */
export interface Argument {
  /** As the author wrote it: for people, and for whole values such as `for: $hold`. */
  readonly text: string;
  /** As an operand of PromQL. */
  readonly promql: string;
  /** Between the brackets of a range and after `offset`, where it differs. */
  readonly range?: string;
  /** For whole values that are numbers in YAML. */
  readonly number?: number;
  /** Where it was written; a default and what qmon fills in itself have no such place. */
  readonly at?: { readonly document: Located; readonly path: Path };
}

interface ParameterType {
  /** As it follows "is no". */
  readonly noun: string;
  readonly help: string;
  /** A value by which a template can be checked that nobody uses. */
  readonly sample: string;
  read(text: string): Omit<Argument, 'text'> | undefined;
}

function ratio(text: string): Omit<Argument, 'text'> | undefined {
  const value = text.endsWith('%') ? parsePercent(text) : parseDecimal(text);
  return value && { promql: formatNumber(value) };
}

function duration(text: string): Omit<Argument, 'text'> | undefined {
  const ms = parseDuration(text);
  if (ms === undefined || ms < 0) return undefined;
  return { promql: formatNumber(inSeconds(ms)), range: formatDuration(ms) };
}

function number(text: string): Omit<Argument, 'text'> | undefined {
  const value = parseDecimal(text);
  return value && { promql: formatNumber(value), number: Number(text) };
}

/** What a parameter can be; adding a type is an entry here and in the schema. */
export const PARAMETER_TYPES: Readonly<Record<string, ParameterType>> = {
  ratio: { noun: 'ratio', help: 'write a share such as `1%` or `0.01`', sample: '1%', read: ratio },
  duration: { noun: 'duration', help: 'write a duration such as `5m`', sample: '5m', read: duration },
  number: { noun: 'number', help: 'write a plain decimal number', sample: '1', read: number },
  string: { noun: 'text', help: 'write a text', sample: 'x', read: (text) => ({ promql: quote(text) }) },
  selector: {
    noun: 'selector',
    help: 'write matchers in braces, such as `{job="api"}`',
    sample: '{job="x"}',
    read: (text) => (parseMatchers(text) === undefined ? undefined : { promql: text }),
  },
  name: {
    noun: 'name',
    help: 'write the name of a document',
    sample: 'x',
    read: (text) =>
      formats.reference!.matches(text) || formats['severity-name']!.matches(text) ? { promql: quote(text) } : undefined,
  },
};

/** Reads a value of a parameter's type; nothing where it is none. */
export function argumentOf(type: string, value: string | number): Argument | undefined {
  const text = String(value);
  const read = PARAMETER_TYPES[type]?.read(text);
  return read && { text, ...read };
}

/** Names that mean something else wherever `$name` may stand. */
export const RESERVED_PARAMETERS: Readonly<Record<string, string>> = {
  service: 'the service that uses the template',
  selector: "the service's selector",
  window: 'the window of an SLO',
  labels: 'the labels of an alert, in Go templates',
  value: 'the value of an alert, in Go templates',
  externalLabels: 'the labels of the Prometheus, in Go templates',
};

/** A parameter as a template declares it. */
export interface Parameter {
  readonly name: string;
  readonly type: string;
  readonly default?: Argument;
}

/** The declared parameters of a document, as far as they can be understood, in the author's order. */
export function declaredParameters(
  value: unknown,
): readonly { name: string; type: string; preset?: string | number }[] {
  const params = valueAt(value, ['spec', 'params']);
  if (typeof params !== 'object' || params === null || Array.isArray(params)) return [];
  return Object.entries(params as Record<string, unknown>).map(([name, each]) => {
    const type = valueAt(each, ['type']);
    const preset = valueAt(each, ['default']);
    const isValue = typeof preset === 'string' || typeof preset === 'number';
    return { name, type: typeof type === 'string' ? type : '', ...(isValue && { preset }) };
  });
}

/** The parameters of a document; defaults that are no value of their type are left out. */
export function parametersOf(value: unknown): readonly Parameter[] {
  return declaredParameters(value).map(({ name, type, preset }) => {
    const argument = preset === undefined ? undefined : argumentOf(type, preset);
    return { name, type, ...(argument && { default: argument }) };
  });
}
