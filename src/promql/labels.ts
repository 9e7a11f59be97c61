import type { Range } from './fault.ts';
import { type Aggregation, aggregationAt, SELECTING, withoutParentheses } from './grouping.ts';
import type { Token } from './lexer.ts';
import { type BinaryOperation, type LabelToken, lastOperation } from './matching.ts';
import { type SelectorAt, selectorAt } from './metrics.ts';
import { unquote } from './string-literal.ts';
import { type Structure, structureOf } from './structure.ts';

/** The labels of a metric as a catalogue declares them; nothing where it does not know the metric. */
export type MetricLabels = (metric: string) => readonly string[] | undefined;

interface Question {
  readonly structure: Structure;
  readonly label: string;
  readonly metricLabels: MetricLabels;
}

type TokenRange = readonly [from: number, to: number];

/** Expressions nested deeper than this are not looked into: the answer is that the label may be there. */
const DEEPEST = 500;

/**
 * Whether the result of an expression may carry a label, judged by its text: the place that brings the label in, or
 * nothing where no place is known to.
 *
 * The answer is a place where the label is listed in the `by` of an outer aggregation, included by `group_left`, set by
 * `label_replace`, `label_join` or `count_values`, required by a matcher, or belongs to a metric that
 * `metricLabels` knows and no aggregation drops it on the way. `metricLabels` is asked with the name as written, so
 * `…_bucket` and `…_count` are for it to understand; with an empty name for a selector that names no metric.
 *
 * Limits: a metric that `metricLabels` does not know has no labels but those of its matchers; a hole has none; `info()`
 * is taken to add none; values are not followed, so a comparison that is never true still counts, and a label that
 * `label_replace` sets may be empty. A listed label counts even where the series below lack it.
 */
export function mayReturnLabel(text: string, label: string, metricLabels: MetricLabels): Range | undefined {
  const structure = structureOf(text);
  return inRange({ structure, label, metricLabels }, [0, structure.tokens.length], 0);
}

/** Whether the result is at most one series, whatever its labels: the whole expression asks whether something is absent. */
export function returnsOneSeries(text: string): boolean {
  const { tokens, partners } = structureOf(text);
  return ABSENCE.has(tokens[0]?.value ?? '') && tokens[1]?.value === '(' && partners[1] === tokens.length - 1;
}

/** No label has this name. */
const ANY = '*';

/**
 * The labels that an expression names and may return, in order and once each; nothing where labels that it does not
 * name may pass: those of a metric that `metricLabels` does not know. With the limits of `mayReturnLabel`.
 */
export function namedLabels(text: string, metricLabels: MetricLabels): readonly string[] | undefined {
  if (mayReturnLabel(text, ANY, (metric) => metricLabels(metric) ?? [ANY])) return undefined;
  const words = structureOf(text).tokens.flatMap(({ kind, value }) => {
    if (kind === 'string') return [unquote(value)];
    return kind === 'identifier' || kind === 'keyword' ? [value] : [];
  });
  return [...new Set(words)].filter((word) => mayReturnLabel(text, word, () => undefined));
}

function inRange(question: Question, range: TokenRange, depth: number): Range | undefined {
  const { structure } = question;
  const [from, to] = withoutParentheses(structure, ...withoutSign(structure, range));
  if (from >= to) return undefined;
  if (depth > DEEPEST) return spanOf(structure.tokens[from]!);
  const operation = lastOperation(structure, from, to);
  return operation ? inOperation(question, operation, depth + 1) : inOperand(question, from, to, depth + 1);
}

function withoutSign({ tokens, partners }: Structure, [from, to]: TokenRange): TokenRange {
  let start = from;
  while (start < to && tokens[start]!.kind === 'operator' && partners[start] === -1) start++;
  return [start, to];
}

function spanOf({ start, end }: Range): Range {
  return { start, end };
}

function listed(labels: readonly LabelToken[] | undefined, label: string): Range | undefined {
  const found = labels?.find(({ name }) => name === label);
  return found && spanOf(found.token);
}

/** The result of `and` and `unless` has the labels of the left side, that of `or` those of either. */
function inOperation(question: Question, operation: BinaryOperation, depth: number): Range | undefined {
  const { operator, left, right, on, ignoring, group } = operation;
  const { label } = question;
  if (operator === 'and' || operator === 'unless') return inRange(question, left, depth);
  const either = () => inRange(question, left, depth) ?? inRange(question, right, depth);
  if (operator === 'or') return either();
  if (group) return listed(group.labels, label) ?? inRange(question, group.side === 'left' ? left : right, depth);
  if (on && !listed(on, label)) return undefined;
  return listed(ignoring, label) ? undefined : either();
}

function inOperand(question: Question, from: number, to: number, depth: number): Range | undefined {
  const { structure } = question;
  const token = structure.tokens[from]!;
  if (token.value === '(' && token.kind === 'open') {
    const close = structure.partners[from]!;
    return close === -1 ? undefined : inRange(question, [from + 1, close], depth);
  }
  const aggregation = aggregationAt(structure, from, to);
  if (aggregation) return inAggregation(question, aggregation, depth);
  const called = token.kind === 'identifier' && structure.tokens[from + 1]?.value === '(';
  if (called) return inCall(question, from, depth);
  const selector = selectorAt(structure, from);
  return selector && inSelector(question, selector, token);
}

function inAggregation(
  question: Question,
  { operator, clause, opener }: Aggregation,
  depth: number,
): Range | undefined {
  const { label, structure } = question;
  const args = argumentsOf(structure, opener);
  const [first, inner] = [args[0], args.at(-1)];
  const inside = () => inner && inRange(question, inner, depth);
  if (operator === 'count_values') {
    const set = first && stringAt(structure, first);
    if (set && unquote(set.value) === label) return spanOf(set);
  }
  if (SELECTING.has(operator)) return inside();
  if (clause?.mode === 'by') return listed(clause.labels, label);
  return clause && !listed(clause.labels, label) ? inside() : undefined;
}

const LABEL_SETTERS: ReadonlySet<string> = new Set(['label_replace', 'label_join']);
const LABEL_LESS: ReadonlySet<string> = new Set(['scalar', 'vector', 'time', 'pi']);
const ABSENCE: ReadonlySet<string> = new Set(['absent', 'absent_over_time']);

function inCall(question: Question, from: number, depth: number): Range | undefined {
  const { structure, label } = question;
  const name = structure.tokens[from]!.value;
  const args = argumentsOf(structure, from + 1);
  if (LABEL_LESS.has(name) || (name === 'histogram_quantile' && label === 'le')) return undefined;
  if (LABEL_SETTERS.has(name)) {
    const set = args[1] && stringAt(structure, args[1]);
    if (set && unquote(set.value) === label) return spanOf(set);
  }
  const asked = ABSENCE.has(name) ? { ...question, metricLabels: () => undefined } : question;
  for (const argument of args) {
    const found = inRange(asked, argument, depth);
    if (found) return found;
  }
  return undefined;
}

function stringAt({ tokens }: Structure, [from, to]: TokenRange): Token | undefined {
  const token = tokens[from];
  return to - from === 1 && token?.kind === 'string' ? token : undefined;
}

/** The ranges of the arguments between parentheses, which the commas outside brackets separate. */
function argumentsOf({ tokens, partners }: Structure, opener: number): TokenRange[] {
  const close = partners[opener]!;
  const found: TokenRange[] = [];
  let start = opener + 1;
  for (let index = start; index <= close; index++) {
    if (partners[index]! > index) index = partners[index]!;
    else if (index === close || tokens[index]!.kind === 'comma') {
      if (index > start) found.push([start, index]);
      start = index + 1;
    }
  }
  return found;
}

/** A matcher that only a series with the label can meet, or a metric that is known to have it. */
function inSelector({ label, metricLabels }: Question, selector: SelectorAt, first: Token): Range | undefined {
  const own = selector.matchers.filter((matcher) => matcher.label === label);
  if (own.some(({ operator, value }) => operator === '=' && value === '')) return undefined;
  const demanding = own.find(({ operator, value }) =>
    operator === '!=' ? value === '' : operator[0] === '=' && value !== '',
  );
  if (demanding?.span) return spanOf(demanding.span);
  if (selector.metrics.length === 0) return metricLabels('')?.includes(label) ? spanOf(first) : undefined;
  const known = selector.metrics.find(({ name }) => metricLabels(name)?.includes(label));
  return known && spanOf(known);
}
