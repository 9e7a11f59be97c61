import type { HoleMatcher, LabelMatcher, Name, VectorSelector } from './ast.ts';
import type { Cursor } from './cursor.ts';
import type { Range } from './fault.ts';
import { type Fault, faultAt } from './fault.ts';
import { containsHole } from './hole.ts';
import type { Token } from './lexer.ts';
import { checkMatcherList } from './matcher-list.ts';
import { nameOf, seesHole, takeHole } from './parser-names.ts';
import { judgeRegex } from './regex.ts';
import { regexFault } from './regex-syntax.ts';
import type { MatchOperator } from './selector.ts';
import * as say from './syntax-fault.ts';

type Entry = LabelMatcher | HoleMatcher;

const OPERATORS: ReadonlySet<string> = new Set(['=', '!=', '=~', '!~']);

/** Reads a selector whose name, if it has one, is read already. */
export function vectorSelector(cursor: Cursor, name: Name | undefined): VectorSelector {
  const start = name?.start ?? cursor.token.start;
  if (!cursor.sees('{')) return selector(start, name!.end, name, NO_MATCHERS, undefined);
  const opener = cursor.take();
  const before = cursor.faults.length;
  const matchers = matcherList(cursor, opener);
  const braces = { start: opener.start, end: cursor.previous!.end };
  const node = selector(start, braces.end, name, matchers, braces);
  if (cursor.faults.length === before) checkNames(cursor, node);
  if (cursor.faults.length === before && cursor.unrestricted !== start) checkRequires(cursor, node);
  return node;
}

const NO_MATCHERS: readonly Entry[] = [];

function selector(
  start: number,
  end: number,
  name: Name | undefined,
  matchers: readonly Entry[],
  braces: Range | undefined,
): VectorSelector {
  return {
    kind: 'vector',
    type: 'vector',
    depth: 1,
    start,
    end,
    name,
    matchers,
    braces,
    offset: undefined,
    at: undefined,
    extended: undefined,
  };
}

function matcherList(cursor: Cursor, opener: Token): readonly Entry[] {
  const from = cursor.at;
  const entries = strictly(cursor);
  if (entries) {
    cursor.take();
    for (const entry of entries) if (entry.kind === 'matcher') checkMatcher(cursor, entry);
    return entries;
  }
  return loosely(cursor, opener, from);
}

/** The entries up to `}`; nothing where one of them is malformed. */
function strictly(cursor: Cursor): Entry[] | undefined {
  const entries: Entry[] = [];
  while (!cursor.sees('}')) {
    const entry = readEntry(cursor);
    if (!entry) return undefined;
    entries.push(entry);
    if (!cursor.takes(',') && !cursor.sees('}')) return undefined;
  }
  return entries;
}

function readEntry(cursor: Cursor): Entry | undefined {
  const label = readLabel(cursor);
  if (!label) return undefined;
  const { start } = label;
  const operator = cursor.token;
  if (operator.kind !== 'operator' || !OPERATORS.has(operator.value)) {
    if (label.quoted) return bareName(cursor, label);
    return label.hole && { kind: 'hole', start, end: label.end, text: label.name };
  }
  cursor.take();
  const value = readValue(cursor);
  if (!value) return undefined;
  return {
    kind: 'matcher',
    label,
    operator: operator.value as MatchOperator,
    start,
    end: value.valueSpan.end,
    value: value.value,
    valueText: cursor.textOf(value.valueSpan),
    valueSpan: value.valueSpan,
    hole: value.hole,
    bare: undefined,
  };
}

/** `{"name"}`. */
function bareName(cursor: Cursor, label: Name): LabelMatcher {
  const { start, end, name } = label;
  const span = { start, end };
  return {
    kind: 'matcher',
    label: { start, end, name: '__name__' },
    operator: '=',
    start,
    end,
    value: name,
    valueText: cursor.textOf(span),
    valueSpan: span,
    hole: undefined,
    bare: true,
  };
}

function readLabel(cursor: Cursor): Name | undefined {
  if (seesHole(cursor)) return takeHole(cursor);
  const { token } = cursor;
  if (token.kind !== 'identifier' && token.kind !== 'string') return undefined;
  cursor.take();
  return nameOf(cursor, token);
}

function readValue(cursor: Cursor): Pick<LabelMatcher, 'value' | 'valueSpan' | 'hole'> | undefined {
  const { token } = cursor;
  if (seesHole(cursor)) {
    const { name, start, end } = takeHole(cursor);
    return { value: name, valueSpan: { start, end }, hole: 'bare' };
  }
  if (token.kind !== 'string') return undefined;
  cursor.take();
  const { name, start, end } = nameOf(cursor, token);
  const filled = cursor.holes === 'grafana' && containsHole(name);
  return { value: name, valueSpan: { start, end }, hole: filled ? 'quoted' : undefined };
}

function checkMatcher(cursor: Cursor, matcher: LabelMatcher): void {
  const { label, operator, value, valueSpan, hole } = matcher;
  if (label.quoted || matcher.bare) cursor.needs('quotedName', matcher.bare ? matcher : label);
  if (hole || operator === '=' || operator === '!=') return;
  if (NAMED_GROUP.test(value)) cursor.needs('namedGroup', valueSpan);
  const { error } = judgeRegex(value);
  if (error !== undefined) cursor.report(regexFaultAt(matcher, error));
}

/** Our own words and the character where we have them, otherwise those of RE2. */
function regexFaultAt({ value, valueText, valueSpan }: LabelMatcher, error: string): Fault {
  const found = regexFault(value);
  const what = `${shown(valueText)} is no regular expression of Prometheus`;
  if (!found) return faultAt(valueSpan, 'regex', `${what}: ${shown(reason(error))}`, SYNTAX_HELP);
  const unescaped = valueText.length === value.length + 2;
  const start = unescaped ? valueSpan.start + 1 + found.at : valueSpan.start;
  const end = unescaped ? Math.min(start + 1, valueSpan.end) : valueSpan.end;
  return faultAt({ start, end }, 'regex', `${what}: ${shown(found.message)}`, found.help);
}

const SYNTAX_HELP = 'write it in the syntax of RE2, https://github.com/google/re2/wiki/Syntax';

/** `(?<name>…)` that is not escaped; `(?P<name>…)` is understood by all. */
const NAMED_GROUP = /(?:^|[^\\[])\(\?<\w/;

function reason(error: string): string {
  return error.replace(/^error parsing regexp: /, '');
}

const SHOWN_CHARACTERS = 80;

function shown(text: string): string {
  return text.length > SHOWN_CHARACTERS ? `${text.slice(0, SHOWN_CHARACTERS)}…` : text;
}

/** After what makes no matcher: says what is wrong with the whole list, and passes over it. */
function loosely(cursor: Cursor, opener: Token, from: number): readonly Entry[] {
  const { faults, end, unquoted } = checkMatcherList(cursor.text, cursor.all, from, true);
  const before = cursor.faults.length;
  for (const fault of faults) if (fault.kind !== 'regex') cursor.report(fault);
  for (const range of unquoted) cursor.unquoted.push(range);
  cursor.at = Math.min(end, cursor.all.length);
  if (cursor.ended) cursor.open.push(opener);
  else cursor.take();
  const silent = cursor.faults.length === before && !cursor.ended;
  const unread = silent && cursor.all.slice(from, end).every(({ kind }) => kind !== 'unknown');
  if (unread) cursor.fault({ start: opener.start, end: cursor.previous!.end }, 'syntax', 'these are no matchers');
  return [{ kind: 'hole', start: opener.start, end: opener.end, text: '' }];
}

/** The name is given once, and something is required. Source: promql/parser/parse.go (checkAST, VectorSelector). */
function checkNames(cursor: Cursor, selector: VectorSelector): void {
  const { name, matchers } = selector;
  for (const matcher of name ? matchers : []) {
    if (matcher.kind === 'hole' || matcher.label.name !== '__name__') continue;
    const message = `the metric is named twice: \`${name!.name}\` and \`${matcher.value}\``;
    const related = [{ start: name!.start, end: name!.end, message: 'it is named here already' }];
    cursor.report({ ...faultAt(matcher, 'type', message, 'name it before the braces or inside, not both'), related });
  }
}

/** A selector must require something. */
function checkRequires(cursor: Cursor, selector: VectorSelector): void {
  const { name, matchers } = selector;
  if (name || matchers.some(requires)) return;
  if (matchers.length === 0) cursor.report(say.emptySelector(selector));
  else {
    const message = `every matcher of \`${shown(cursor.textOf(selector))}\` also matches series without the label`;
    cursor.fault(selector, 'type', message, 'name a metric, or require a value, as in `label=~".+"`');
  }
}

/** Whether a series without the label fails the matcher. */
function requires(matcher: Entry): boolean {
  if (matcher.kind === 'hole' || matcher.hole) return true;
  const { operator, value } = matcher;
  if (operator === '=') return value !== '';
  if (operator === '!=') return value === '';
  const { error, matchesEmpty } = judgeRegex(value);
  return error !== undefined || matchesEmpty === (operator === '!~');
}
