import type { Range } from './fault.ts';
import { AGGREGATIONS } from './lexer.ts';
import { type LabelToken, labelsAfter, lastOperation } from './matching.ts';
import { COMPARISONS, type Structure, structureOf } from './structure.ts';

/** A `by (…)` or `without (…)` clause. */
export interface Grouping extends Range {
  readonly mode: 'by' | 'without';
  readonly labels: readonly (Range & { readonly name: string })[];
  /** The aggregation that it belongs to, in lower case; nothing where there is none. */
  readonly operator: string | undefined;
  /** How many brackets it stands in. */
  readonly depth: number;
}

/** Aggregations that pick series instead of merging them: all labels survive. */
export const SELECTING: ReadonlySet<string> = new Set(['topk', 'bottomk', 'limitk', 'limit_ratio']);

/** Every grouping clause of an expression, in order. */
export function groupingLabels(text: string): Grouping[] {
  const structure = structureOf(text);
  let depth = 0;
  return structure.tokens.flatMap((token, index) => {
    if (token.kind === 'open') depth++;
    if (token.kind === 'close') depth--;
    const found = token.kind === 'keyword' ? clauseAt(structure, index) : undefined;
    return found ? [toGrouping(structure, found, depth)] : [];
  });
}

interface Clause {
  readonly index: number;
  readonly mode: 'by' | 'without';
  readonly labels: readonly LabelToken[];
  readonly next: number;
}

function clauseAt(structure: Structure, index: number): Clause | undefined {
  const word = structure.tokens[index]?.value;
  if (structure.tokens[index]?.kind !== 'keyword' || (word !== 'by' && word !== 'without')) return undefined;
  const list = labelsAfter(structure, index);
  return list && { index, mode: word, ...list };
}

function toGrouping(structure: Structure, clause: Clause, depth: number): Grouping {
  const { tokens, partners } = structure;
  const before = tokens[clause.index - 1];
  const owner = before?.kind === 'close' ? tokens[partners[clause.index - 1]! - 1] : before;
  return {
    mode: clause.mode,
    labels: clause.labels.map(({ name, token }) => ({ name, start: token.start, end: token.end })),
    operator: owner?.kind === 'keyword' && AGGREGATIONS.has(owner.value) ? owner.value : undefined,
    depth,
    start: tokens[clause.index]!.start,
    end: tokens[clause.next - 1]!.end,
  };
}

/** An aggregation that makes up the whole of a range of tokens. */
export interface Aggregation {
  readonly operator: string;
  /** Nothing where no labels are given. */
  readonly clause: Clause | undefined;
  /** The index of the parenthesis that opens its arguments. */
  readonly opener: number;
}

/** The aggregation that the tokens `from`…`to` (exclusive) are, if they are one and nothing else. */
export function aggregationAt(structure: Structure, from: number, to: number): Aggregation | undefined {
  const { tokens, partners } = structure;
  const token = tokens[from];
  if (token?.kind !== 'keyword' || !AGGREGATIONS.has(token.value)) return undefined;
  const prefix = clauseAt(structure, from + 1);
  const opener = prefix?.next ?? from + 1;
  if (tokens[opener]?.value !== '(' || partners[opener] === -1) return undefined;
  const end = partners[opener]! + 1;
  const postfix = prefix ? undefined : clauseAt(structure, end);
  if ((postfix?.next ?? end) !== to) return undefined;
  return { operator: token.value, clause: prefix ?? postfix, opener };
}

/** The range of tokens without the parentheses that stand around all of it. */
export function withoutParentheses({ tokens, partners }: Structure, from: number, to: number): [number, number] {
  let [start, end] = [from, to];
  while (end - start > 1 && tokens[start]!.value === '(' && partners[start] === end - 1) {
    start++;
    end--;
  }
  return [start, end];
}

/** The labels by which the result of an expression is grouped. */
export interface OutermostGrouping extends Range {
  readonly operator: string;
  readonly mode: 'by' | 'without';
  readonly labels: readonly string[];
}

/**
 * The grouping of an expression that is one aggregation, parentheses around it and a comparison with a number aside;
 * nothing where it is anything else, or an aggregation such as `topk` that keeps all labels. `sum(x)` is grouped by no
 * label. The span is that of the aggregation.
 */
export function outermostGrouping(text: string): OutermostGrouping | undefined {
  const structure = structureOf(text);
  const [from, to] = comparedOperand(structure, 0, structure.tokens.length);
  const aggregation = aggregationAt(structure, from, to);
  if (!aggregation || SELECTING.has(aggregation.operator)) return undefined;
  const { operator, clause } = aggregation;
  const labels = clause?.labels.map((label) => label.name) ?? [];
  const span = { start: structure.tokens[from]!.start, end: structure.tokens[to - 1]!.end };
  return { operator, mode: clause?.mode ?? 'by', labels, ...span };
}

/** What is left without outer parentheses and comparisons with numbers. */
function comparedOperand(structure: Structure, from: number, to: number): [number, number] {
  let range = withoutParentheses(structure, from, to);
  for (;;) {
    const operation = lastOperation(structure, ...range);
    if (!operation || !COMPARISONS.has(operation.operator)) return range;
    if (isNumber(structure, ...operation.right)) range = withoutParentheses(structure, ...operation.left);
    else if (isNumber(structure, ...operation.left)) range = withoutParentheses(structure, ...operation.right);
    else return range;
  }
}

/** Whether a range of tokens is made of numbers and operators only. */
function isNumber({ tokens }: Structure, from: number, to: number): boolean {
  for (let index = from; index < to; index++) {
    const { kind, value } = tokens[index]!;
    const fits = kind === 'number' || kind === 'duration' || kind === 'operator' || value === '(' || value === ')';
    if (!fits) return false;
  }
  return to > from;
}
