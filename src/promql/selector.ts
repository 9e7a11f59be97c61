import type { Range } from './fault.ts';
import { AGGREGATIONS, type Token, tokenize } from './lexer.ts';
import { quote, unquote } from './string-literal.ts';

export type MatchOperator = '=' | '!=' | '=~' | '!~';

/** One condition on a label. */
export interface Matcher {
  readonly label: string;
  readonly operator: MatchOperator;
  /** The value itself, unquoted. */
  readonly value: string;
  /** Where it stands in the text it was read from. */
  readonly span?: Range;
}

/** A selector and nothing else: no range, no offset, no function. */
export interface Selector {
  readonly metric?: string;
  readonly matchers: readonly Matcher[];
}

const MATCH_OPERATORS: ReadonlySet<string> = new Set(['=', '!=', '=~', '!~']);
/** Keywords that may stand where the name of a metric stands. */
const NAMING_KEYWORDS: ReadonlySet<string> = new Set([
  ...AGGREGATIONS,
  'and',
  'or',
  'unless',
  'by',
  'without',
  'offset',
]);

/** Reads a bare selector, such as `up`, `http_requests_total{code=~"5.."}` or `{job="x"}`; nothing when it is none. */
export function parseSelector(text: string): Selector | undefined {
  const { tokens, faults } = tokenize(text);
  const significant = tokens.filter((token) => token.kind !== 'comment');
  if (faults.length > 0 || significant.length === 0) return undefined;
  const name = metricName(text, significant[0]!);
  const braces = significant.slice(name === undefined ? 0 : 1);
  const list = braces.length === 0 ? [] : readMatchers(braces);
  if (!list) return undefined;
  const quoted = list.flatMap((entry) => (typeof entry === 'string' ? [entry] : []));
  const matchers = list.filter((entry): entry is Matcher => typeof entry !== 'string');
  const names = name === undefined ? quoted : [name, ...quoted];
  if (names.length > 1) return undefined;
  return names.length === 1 ? { metric: names[0]!, matchers } : { matchers };
}

function metricName(text: string, token: Token): string | undefined {
  const names = token.kind === 'identifier' || token.kind === 'metric';
  if (names || (token.kind === 'keyword' && NAMING_KEYWORDS.has(token.value)))
    return text.slice(token.start, token.end);
  return undefined;
}

/** Reads `{job="qagent"}`: matchers without the name of a metric; nothing when it is anything else. */
export function parseMatchers(text: string): readonly Matcher[] | undefined {
  const selector = parseSelector(text);
  return selector && selector.metric === undefined ? selector.matchers : undefined;
}

/** The entries of `{…}`: matchers, and quoted names of metrics as texts. All tokens must belong to it. */
function readMatchers(tokens: readonly Token[]): (Matcher | string)[] | undefined {
  if (tokens[0]!.value !== '{' || tokens.at(-1)!.value !== '}' || tokens.length < 2) return undefined;
  const entries: (Matcher | string)[] = [];
  let index = 1;
  while (index < tokens.length - 1) {
    const entry = readEntry(tokens, index);
    if (!entry) return undefined;
    entries.push(entry.value);
    index = entry.next;
    if (index === tokens.length - 1) break;
    if (tokens[index]!.kind !== 'comma') return undefined;
    index++;
  }
  return entries;
}

interface Entry {
  readonly value: Matcher | string;
  readonly next: number;
}

/** One entry of a matcher list that begins at `index`: a matcher, or the quoted name of a metric. */
export function readEntry(tokens: readonly Token[], index: number): Entry | undefined {
  const [label, operator, value] = [tokens[index], tokens[index + 1], tokens[index + 2]];
  if (!label || (label.kind !== 'identifier' && label.kind !== 'string')) return undefined;
  const name = label.kind === 'string' ? unquote(label.value) : label.value;
  if (operator?.kind === 'operator' && MATCH_OPERATORS.has(operator.value) && value?.kind === 'string') {
    const span = { start: label.start, end: value.end };
    const matcher = { label: name, operator: operator.value as MatchOperator, value: unquote(value.value), span };
    return { value: matcher, next: index + 3 };
  }
  return label.kind === 'string' ? { value: name, next: index + 1 } : undefined;
}

const PLAIN_METRIC = /^[A-Za-z_:][\w:]*$/;
const PLAIN_LABEL = /^[A-Za-z_]\w*$/;
/** Words that the lexer reads as something else than the name of a metric. */
const NO_METRIC = /^(?:bool|on|ignoring|group_left|group_right|atan2|inf|nan)$/i;

/** A selector as PromQL; a name that cannot stand bare becomes a matcher of `__name__`, which every version reads. */
export function printSelector(selector: Selector): string {
  const { metric, matchers } = selector;
  const bare = metric === undefined || (PLAIN_METRIC.test(metric) && !NO_METRIC.test(metric));
  const named: readonly Matcher[] = bare
    ? matchers
    : [{ label: '__name__', operator: '=', value: metric }, ...matchers];
  const braces = named.length > 0 || metric === undefined ? printMatchers(named) : '';
  return `${bare ? (metric ?? '') : ''}${braces}`;
}

/** `{job="qagent",code=~"5.."}`; no matchers are `{}`, which changes no selector that names a metric. */
export function printMatchers(matchers: readonly Matcher[]): string {
  return `{${matchers.map(printMatcher).join(',')}}`;
}

/** `code=~"5.."`; a label that cannot stand bare is quoted (read from Prometheus 3.0 on). */
export function printMatcher({ label, operator, value }: Matcher): string {
  return `${PLAIN_LABEL.test(label) ? label : quote(label)}${operator}${quote(value)}`;
}
