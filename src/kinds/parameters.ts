import {
  formatDuration,
  formatNumber,
  formatPercent,
  inSeconds,
  parseDecimal,
  parseDuration,
  parsePercent,
} from '../base/quantity.ts';
import type { HolePlace } from '../promql/hole-place.ts';
import { parseMatchers, printMatchers } from '../promql/selector.ts';
import { quote } from '../promql/string-literal.ts';
import { valueAt } from '../source/derived.ts';
import type { Located, Path } from '../source/document.ts';
import { formats } from './formats.ts';

/** A value that fills a parameter, in the forms that the places of a document need. */
export interface Argument {
  /** As the author wrote it: for people, and for whole values such as `for: $hold`. */
  readonly text: string;
  /** In PromQL. */
  readonly promql: string;
  /** The same at places where it is written otherwise. */
  readonly at?: Readonly<Partial<Record<HolePlace, string>>>;
  /** For whole values that are numbers in YAML. */
  readonly number?: number;
  /** For whole values that are percentages. */
  readonly percent?: string;
  /** Where it was written; a default and what qmon fills in itself have no such place. */
  readonly given?: { readonly document: Located; readonly path: Path };
}

interface ParameterType {
  /** As it follows "is no". */
  readonly noun: string;
  readonly help: string;
  /** A value by which a template can be checked that nobody uses. */
  readonly sample?: string;
  read(text: string): Omit<Argument, 'text'> | undefined;
}

const METRIC = /^[A-Za-z_:][\w:]*$/;
const LABEL = /^[A-Za-z_]\w*$/;
/** Formats of the names of documents. */
const NAMES = ['reference', 'severity-name'] as const;

function ratio(text: string): Omit<Argument, 'text'> | undefined {
  const value = text.endsWith('%') ? parsePercent(text) : parseDecimal(text);
  return value && { promql: formatNumber(value), at: { 'matcher-value': quote(text) }, percent: formatPercent(value) };
}

function duration(text: string): Omit<Argument, 'text'> | undefined {
  const ms = parseDuration(text);
  if (ms === undefined || ms < 0) return undefined;
  const at = { duration: formatDuration(ms), 'matcher-value': quote(text) };
  return { promql: formatNumber(inSeconds(ms)), at };
}

function number(text: string): Omit<Argument, 'text'> | undefined {
  const value = parseDecimal(text);
  return value && { promql: formatNumber(value), at: { 'matcher-value': quote(text) }, number: Number(text) };
}

/** In quotes, but for the names of labels, which only Prometheus 3 reads quoted. */
function string(text: string): Omit<Argument, 'text'> {
  return { promql: quote(text), ...(LABEL.test(text) && { at: { label: text } }) };
}

/** Written anew: a comment among the matchers would swallow what follows. */
function selector(text: string): Omit<Argument, 'text'> | undefined {
  const matchers = parseMatchers(text);
  return matchers && { promql: printMatchers(matchers) };
}

/** The name of a document, or of a metric or a label: those stand in PromQL as they are. */
function name(text: string): Omit<Argument, 'text'> | undefined {
  const isMetric = METRIC.test(text);
  if (!isMetric && !NAMES.some((format) => formats[format]!.matches(text))) return undefined;
  const at = { ...(isMetric && { operand: text }), ...(LABEL.test(text) && { label: text }) };
  return { promql: quote(text), at };
}

/** What a parameter can be; adding a type is an entry here and in the schema. */
export const PARAMETER_TYPES: Readonly<Record<string, ParameterType>> = {
  ratio: { noun: 'ratio', help: 'write a share such as `1%` or `0.01`', sample: '1%', read: ratio },
  duration: { noun: 'duration', help: 'write a duration such as `5m`', sample: '5m', read: duration },
  number: { noun: 'number', help: 'write a plain decimal number', sample: '1', read: number },
  string: { noun: 'text', help: 'write a text', read: string },
  selector: {
    noun: 'selector',
    help: 'write matchers in braces, such as `{job="api"}`',
    sample: '{job="x"}',
    read: selector,
  },
  name: {
    noun: 'name',
    help: 'write the name of a document, a metric or a label',
    read: name,
  },
};

/** A type of parameters by its name, as far as there is one. */
export function typeNamed(name: string): ParameterType | undefined {
  return Object.hasOwn(PARAMETER_TYPES, name) ? PARAMETER_TYPES[name] : undefined;
}

/** Whether a value may be that of a parameter; whatever else stands there is the schema's business. */
export function isPlain(value: unknown): value is string | number {
  return typeof value === 'string' || (typeof value === 'number' && Number.isFinite(value));
}

/** Reads a value of a parameter's type; nothing where it is none. */
export function argumentOf(type: string, value: string | number): Argument | undefined {
  const text = String(value);
  const read = typeNamed(type)?.read(text);
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

function isMapping(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Whether it can be told which parameters a document declares. */
export function declaresParameters(value: unknown): boolean {
  const params = valueAt(value, ['spec', 'params']);
  return params === undefined || isMapping(params);
}

/** The declared parameters of a document, as far as they can be understood, in the author's order. */
export function declaredParameters(
  value: unknown,
): readonly { name: string; type: string; preset?: string | number }[] {
  const params = valueAt(value, ['spec', 'params']);
  if (!isMapping(params)) return [];
  return Object.entries(params).map(([name, each]) => {
    const type = valueAt(each, ['type']);
    const preset = valueAt(each, ['default']);
    return { name, type: typeof type === 'string' ? type : '', ...(isPlain(preset) && { preset }) };
  });
}

/** The parameters of a document; defaults that are no value of their type are left out. */
export function parametersOf(value: unknown): readonly Parameter[] {
  return declaredParameters(value).map(({ name, type, preset }) => {
    const argument = preset === undefined ? undefined : argumentOf(type, preset);
    return { name, type, ...(argument && { default: argument }) };
  });
}
