import type { Expr, Name, NumberLiteral, Paren, StringLiteral } from './ast.ts';
import type { Cursor } from './cursor.ts';
import { type Fault, faultAt } from './fault.ts';
import { AGGREGATIONS, type Token } from './lexer.ts';
import { durationSeconds, LONGEST_S, numberValue } from './number-value.ts';
import { closeParenthesis, skipGroup, skipLabels } from './parser-brackets.ts';
import { aggregation, call, filledCall } from './parser-call.ts';
import { nameOf, seesHole, takeHole } from './parser-names.ts';
import { vectorSelector } from './parser-selector.ts';
import { SELECTOR_WORDS } from './place.ts';
import { unquote } from './string-literal.ts';
import * as say from './syntax-fault.ts';

/** Keywords that also name metrics. Source: promql/parser/generated_parser.y (metric_identifier). */
const NAMING: ReadonlySet<string> = new Set(['and', 'or', 'unless', 'by', 'without', 'offset', ...AGGREGATIONS]);
const JOINING: ReadonlySet<string> = new Set(['and', 'or', 'unless', 'atan2']);

/** Reads an operand without what may follow it; where there is none, says so and gives something invalid. */
export function operand(cursor: Cursor): Expr {
  const before = cursor.faults.length;
  const node = operandAfterFaults(cursor);
  return cursor.faults.length > before && cursor.faults[before]!.start < node.start ? { ...node, type: 'any' } : node;
}

function operandAfterFaults(cursor: Cursor): Expr {
  for (;;) {
    const { kind, value } = cursor.token;
    if (seesHole(cursor)) return holeOperand(cursor);
    if (kind === 'identifier' || kind === 'metric') return word(cursor);
    if (kind === 'number' || kind === 'duration') return number(cursor);
    if (kind === 'string') return text(cursor);
    if (kind === 'keyword' && isName(cursor)) return word(cursor);
    if (kind === 'open' && value === '(') return parentheses(cursor);
    if (kind === 'open' && value === '{') return vectorSelector(cursor, undefined);
    if (!passOver(cursor)) return cursor.invalid();
  }
}

/** Whether a token can begin an operand. */
export function beginsOperand({ kind, value }: Token): boolean {
  if (kind === 'keyword') return NAMING.has(value);
  if (kind === 'open') return value !== '[';
  return ['identifier', 'metric', 'number', 'duration', 'string', 'hole'].includes(kind);
}

/** Says what is wrong with a token that begins no operand, and passes over it; false: there is nothing more to read. */
function passOver(cursor: Cursor): boolean {
  const { token, previous } = cursor;
  if (cursor.ended) return missingAtEnd(cursor);
  if (token.kind === 'close' || token.kind === 'comma') return missingBefore(cursor);
  if (token.kind === 'operator' && !signsMatcher(token)) cursor.report(say.missingLeft(token, previous));
  else if (token.kind === 'operator') cursor.report(say.matcherSign(token, previous));
  else if (token.kind === 'colon') cursor.report(say.strayColon(token));
  else if (token.kind === 'keyword') misplacedWord(cursor, token);
  else if (token.kind === 'open') cursor.report(say.detachedRange(token));
  cursor.take();
  while (token.kind === 'operator' && (cursor.sees('-') || cursor.sees('+'))) cursor.take();
  if (token.kind === 'open') {
    skipGroup(cursor, ']');
    cursor.lost = true;
  }
  if (token.kind === 'keyword' && !JOINING.has(token.value) && token.value !== 'offset') skipLabels(cursor);
  return true;
}

function signsMatcher({ value }: Token): boolean {
  return value === '=' || value === '=~' || value === '!~';
}

function misplacedWord(cursor: Cursor, token: Token): void {
  const { value } = token;
  if (value === 'bool') cursor.report(say.misplacedBool(token));
  else if (JOINING.has(value)) cursor.report(say.missingLeft(token, cursor.previous));
  else if (value === 'offset')
    cursor.fault(token, 'syntax', '`offset` follows nothing', 'write it as `metric offset 5m`');
  else cursor.report(say.misplacedGrouping(token));
}

function missingAtEnd(cursor: Cursor): false {
  const { previous } = cursor;
  const awaiting = previous && (previous.kind === 'operator' || previous.kind === 'keyword');
  if (awaiting) cursor.faultAtEnd(say.missingRight(previous));
  else if (previous?.kind === 'close' && !cursor.lost) cursor.faultAtEnd(missingAfter(previous));
  return false;
}

/** After `on (…)` and the like. */
function missingAfter(previous: Token): Fault {
  const { start, end } = previous;
  const message = 'the expression ends before its right operand';
  return faultAt({ start, end }, 'syntax', message, 'write what it is joined with');
}

/** Before a comma or a closing bracket; both are left for whoever awaits them. */
function missingBefore(cursor: Cursor): false {
  const { token, previous } = cursor;
  if (!previous) cursor.report(token.kind === 'comma' ? say.strayComma(token) : say.mismatch(token, undefined));
  else if (previous.kind === 'operator' || previous.kind === 'keyword') cursor.report(say.missingRight(previous));
  else if (previous.kind === 'comma') cursor.report(say.missingArgument(previous, 'after'));
  else if (token.kind === 'comma') cursor.report(say.missingArgument(token, 'before'));
  else if (previous.kind === 'open') cursor.report(say.emptyParentheses({ start: previous.start, end: token.end }));
  else if (previous.kind !== 'unknown') cursor.report(missingAfter(previous));
  if (!previous) cursor.take();
  return false;
}

function holeOperand(cursor: Cursor): Expr {
  const name = takeHole(cursor);
  const { start, end } = name;
  if (cursor.sees('(') && cursor.token.start === end) return filledCall(cursor, name);
  if (cursor.token.kind === 'keyword' && (cursor.sees('by') || cursor.sees('without'))) return filledCall(cursor, name);
  if (cursor.sees('{') || name.name[0] !== '$') return vectorSelector(cursor, name);
  return { kind: 'hole', type: 'any', depth: 1, text: name.name, start, end };
}

/** A keyword names a metric unless what follows shows that it was meant otherwise, which is a fault anyway. */
function isName({ token, next }: Cursor): boolean {
  if (!NAMING.has(token.value)) return false;
  if (AGGREGATIONS.has(token.value)) return true;
  return (
    !(next.kind === 'open' && next.value === '(') &&
    !(
      beginsOperand(next) &&
      next.kind !== 'open' &&
      next.kind !== 'keyword' &&
      !SELECTOR_WORDS.has(next.value.toLowerCase())
    )
  );
}

function word(cursor: Cursor): Expr {
  const { token, next } = cursor;
  const called = next.kind === 'open' && next.value === '(';
  if (token.kind === 'keyword' && AGGREGATIONS.has(token.value)) {
    const grouped = next.kind === 'keyword' && (next.value === 'by' || next.value === 'without');
    if (called || grouped) return aggregation(cursor);
  } else if (called) {
    if (token.kind === 'metric') cursor.report(say.noFunction(token));
    cursor.take();
    return call(cursor, nameOf(cursor, token));
  }
  cursor.take();
  const name: Name = nameOf(cursor, token);
  return vectorSelector(cursor, name);
}

function number(cursor: Cursor): NumberLiteral {
  const { start, end, kind, value: written } = cursor.take();
  const span = { start, end };
  const value = kind === 'duration' ? durationSeconds(written) : numberValue(written);
  if (kind === 'duration') cursor.needs('durationAsNumber', span);
  if (kind === 'duration' && value !== undefined && value > LONGEST_S) {
    cursor.fault(span, 'duration', `the duration \`${written}\` is out of range`, 'write at most 292 years');
  }
  return { kind: 'number', type: 'scalar', depth: 1, value: value ?? Number.NaN, text: written, ...span };
}

function text(cursor: Cursor): StringLiteral {
  const { start, end, value } = cursor.take();
  return { kind: 'string', type: 'string', depth: 1, value: unquote(value), text: value, start, end };
}

function parentheses(cursor: Cursor): Paren | Expr {
  const opener = cursor.take();
  cursor.open.push(opener);
  const inner = cursor.ended ? cursor.invalid() : cursor.read(')');
  if (cursor.sees(',')) strayCommas(cursor);
  const end = closeParenthesis(cursor, opener);
  const span = { start: opener.start, end };
  return { kind: 'paren', type: inner.type, depth: cursor.above(span, [inner]), expression: inner, ...span };
}

function strayCommas(cursor: Cursor): void {
  while (cursor.sees(',')) {
    cursor.report(say.strayComma(cursor.take()));
    if (!cursor.ended && !cursor.sees(')') && !cursor.sees(',')) cursor.read(')');
  }
}
