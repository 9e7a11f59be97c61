import type { Range } from './fault.ts';
import { AGGREGATIONS, GROUPINGS, type Token } from './lexer.ts';
import { labelsAfter } from './matching.ts';
import { type Matcher, readEntry } from './selector.ts';
import { type Structure, structureOf } from './structure.ts';

/** The name of a metric and where it stands. */
export interface MetricName extends Range {
  readonly name: string;
}

/** A selector inside an expression. */
export interface SelectorAt {
  /** None where only matchers other than equality on `__name__` say which metrics are read. */
  readonly metrics: readonly MetricName[];
  readonly matchers: readonly Matcher[];
  /** The index of the token after it. */
  readonly next: number;
}

/** The selector that begins at a token, if one does. */
export function selectorAt(structure: Structure, from: number): SelectorAt | undefined {
  const { tokens, partners } = structure;
  const named = nameAt(structure, from);
  const braces = named ? from + 1 : from;
  const close = tokens[braces]?.value === '{' ? partners[braces]! : -1;
  if (!named && close === -1) return undefined;
  const metrics: MetricName[] = named ? [named] : [];
  const matchers: Matcher[] = [];
  for (let index = braces + 1; index < close; ) {
    const entry = readEntry(tokens, index);
    const token = tokens[index]!;
    if (typeof entry?.value === 'string') metrics.push({ name: entry.value, start: token.start, end: token.end });
    else if (entry) matchers.push(entry.value);
    index = entry?.next ?? index + 1;
  }
  return { metrics: [...metrics, ...matchers.flatMap(equalName)], matchers, next: close === -1 ? from + 1 : close + 1 };
}

function equalName({ label, operator, value, span }: Matcher): MetricName[] {
  return label === '__name__' && operator === '=' && span ? [{ name: value, ...span }] : [];
}

/** Words that stand after a selector and name nothing there. */
const TRAILING: ReadonlySet<string> = new Set(['smoothed', 'anchored']);

/** A word that names a metric; one that a hole completes, as in `node_$kind`, is no whole name. */
function nameAt({ text, tokens }: Structure, index: number): MetricName | undefined {
  const token = tokens[index];
  if (!token) return undefined;
  const [before, after] = [tokens[index - 1], tokens[index + 1]];
  const { start, end } = token;
  const keyword =
    token.kind === 'keyword' && AGGREGATIONS.has(token.value) && after?.value !== '(' && !isGrouping(after);
  if (!keyword && token.kind !== 'identifier' && token.kind !== 'metric') return undefined;
  if (after?.value === '(' || (TRAILING.has(token.value) && before && endsSelector(before))) return undefined;
  const partial =
    (before?.kind === 'hole' && before.end === start) ||
    (after?.kind === 'hole' && after.start === end && /[_:]$/.test(token.value));
  return partial ? undefined : { name: text.slice(start, end), start, end };
}

function isGrouping(token: Token | undefined): boolean {
  return token?.kind === 'keyword' && GROUPINGS.has(token.value);
}

function endsSelector({ kind }: Token): boolean {
  return kind === 'close' || kind === 'identifier' || kind === 'metric' || kind === 'duration';
}

/** Every selector of an expression, in order, with its place; ranges and modifiers after it are not part of it. */
export function selectorsIn(text: string): (SelectorAt & Range)[] {
  const structure = structureOf(text);
  const { tokens } = structure;
  const found: (SelectorAt & Range)[] = [];
  for (let index = 0; index < tokens.length; ) {
    const selector = selectorAt(structure, index);
    if (selector) found.push({ ...selector, start: tokens[index]!.start, end: tokens[selector.next - 1]!.end });
    index = selector?.next ?? skipLists(structure, index);
  }
  return found;
}

/** Every metric that an expression names, `{__name__="x"}` and quoted names included, in order, repetitions too. */
export function metricNames(text: string): MetricName[] {
  return selectorsIn(text).flatMap(({ metrics }) => metrics);
}

/** The index after a token, after the labels of a grouping keyword, or after a range. */
function skipLists(structure: Structure, index: number): number {
  const token = structure.tokens[index]!;
  const close = structure.partners[index]!;
  if (token.value === '[' && close !== -1) return close + 1;
  return (isGrouping(token) ? labelsAfter(structure, index)?.next : undefined) ?? index + 1;
}
