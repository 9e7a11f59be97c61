import type {
  AtTime,
  Duration,
  Expr,
  MatrixSelector,
  Modifiers,
  Name,
  Offset,
  Subquery,
  VectorSelector,
} from './ast.ts';
import type { Cursor } from './cursor.ts';
import type { Token } from './lexer.ts';
import { durationSeconds, numberValue } from './number-value.ts';
import { skipLabels } from './parser-brackets.ts';
import { offsetDuration, positiveDuration } from './parser-duration.ts';
import { seesHole, takeHole } from './parser-names.ts';
import { SELECTOR_WORDS } from './place.ts';
import * as say from './syntax-fault.ts';
import { checkAt, checkExtended, checkOffset, checkRange, checkSubquery } from './type-selectors.ts';

/** Reads what may follow an operand: ranges, `offset`, `@`, `anchored`, `smoothed`. */
export function postfix(cursor: Cursor, operand: Expr): Expr {
  let node = operand;
  for (;;) {
    const { token } = cursor;
    if (token.kind === 'open' && token.value === '[') node = bracket(cursor, node);
    else if (token.kind === 'keyword' && token.value === 'offset') node = withOffset(cursor, node);
    else if (token.kind === 'operator' && token.value === '@') node = withTime(cursor, node);
    else if (token.kind === 'identifier' && SELECTOR_WORDS.has(token.value.toLowerCase()))
      node = extended(cursor, node);
    else return node;
  }
}

function bracket(cursor: Cursor, operand: Expr): Expr {
  const opener = cursor.take();
  const level = cursor.open.push(opener);
  const faults = cursor.faults.length;
  const range = rangePart(cursor, opener);
  const colon = range ? cursor.takes(':') : undefined;
  const step = colon && !cursor.sees(']') && !cursor.ended ? positiveDuration(cursor, 'step') : undefined;
  const closed = cursor.sees(']');
  const end = closing(cursor, opener, faults, level);
  const span = { start: operand.start, end };
  const depth = cursor.above(span, [operand]);
  if (!range || !closed) return { ...cursor.invalid(span), depth };
  if (colon) {
    checkSubquery(cursor, operand);
    return subquery(operand, range, step, end, depth);
  }
  checkRange(cursor, operand, { start: opener.start, end });
  return matrix(operand, range, end, depth);
}

function matrix(selector: Expr, range: Duration, end: number, depth: number): MatrixSelector {
  const { start } = selector;
  return {
    kind: 'matrix',
    type: 'matrix',
    depth,
    start,
    end,
    selector,
    range,
    offset: undefined,
    at: undefined,
    extended: undefined,
  };
}

function subquery(expression: Expr, range: Duration, step: Duration | undefined, end: number, depth: number): Subquery {
  const { start } = expression;
  return {
    kind: 'subquery',
    type: 'matrix',
    depth,
    start,
    end,
    expression,
    range,
    step,
    offset: undefined,
    at: undefined,
    extended: undefined,
  };
}

function rangePart(cursor: Cursor, opener: Token): Duration | undefined {
  const { token } = cursor;
  if (cursor.ended) return undefined;
  if (cursor.sees(']')) cursor.report(say.emptyRange({ start: opener.start, end: token.end }));
  else if (cursor.sees(':')) cursor.report(say.missingRange(token));
  else if (token.kind === 'open' && token.value === '[') cursor.report(say.nestedRange(token));
  else return positiveDuration(cursor, 'range');
  return undefined;
}

/**
 * Takes the `]`, after anything that should not be before it; `faults`: how many there were before the bracket, `level`:
 * how many brackets are open with it.
 */
function closing(cursor: Cursor, opener: Token, faults: number, level: number): number {
  if (!cursor.ended && !cursor.sees(']') && cursor.faults.length === faults) unexpected(cursor, opener);
  let depth = cursor.ended ? 0 : cursor.open.length - level;
  if (depth > 0) cursor.open.length = level;
  while (!cursor.ended) {
    const { kind, value, end } = cursor.token;
    if (kind === 'close' && value === ']' && (depth === 0 || cursor.faults.length > faults)) {
      cursor.open.pop();
      cursor.take();
      return end;
    }
    if (kind === 'open') depth++;
    else if (kind === 'close') depth--;
    if (depth < 0 && !cursor.awaits(value)) depth = 0;
    else if (depth < 0) {
      if (cursor.faults.length === faults) cursor.report(say.mismatch(cursor.token, opener));
      cursor.missed = ']';
      cursor.open.pop();
      return cursor.previous!.end;
    }
    cursor.take();
  }
  return cursor.token.end;
}

function unexpected(cursor: Cursor, opener: Token): void {
  const { token, previous } = cursor;
  if (token.kind === 'unknown') return;
  if (token.kind === 'colon') cursor.report(say.strayColon(token));
  else if (token.kind === 'close') cursor.report(say.mismatch(token, opener));
  else cursor.report(say.missingOperator(previous!, token, true));
}

/** The node with something more after it. */
function modified(cursor: Cursor, node: Expr, modifiers: Partial<Modifiers>): Expr {
  if (!takesModifiers(node)) return node;
  return { ...node, ...modifiers, end: cursor.previous!.end };
}

export function takesModifiers(node: Expr): node is VectorSelector | MatrixSelector | Subquery {
  return node.kind === 'vector' || node.kind === 'matrix' || node.kind === 'subquery';
}

function withOffset(cursor: Cursor, node: Expr): Expr {
  const keyword = cursor.take();
  const duration = offsetDuration(cursor);
  if (!duration) {
    if (cursor.token.kind === 'identifier' || cursor.token.kind === 'string') cursor.take();
    return node;
  }
  const offset: Offset = { duration, start: keyword.start, end: duration.end };
  checkOffset(cursor, node, offset);
  return modified(cursor, node, { offset });
}

function withTime(cursor: Cursor, node: Expr): Expr {
  const sign = cursor.take();
  const at = time(cursor, sign);
  if (!at) return node;
  checkAt(cursor, node, at);
  return modified(cursor, node, { at });
}

function time(cursor: Cursor, at: Token): AtTime | undefined {
  const { token, next } = cursor;
  if (seesHole(cursor)) {
    const { end, name } = takeHole(cursor);
    return { bound: 'time', text: name, start: at.start, end };
  }
  const bound = token.kind === 'identifier' ? token.value.toLowerCase() : '';
  if ((bound === 'start' || bound === 'end') && next.value === '(') return queryBound(cursor, at, bound);
  const negative = cursor.sees('-');
  const signed = negative || cursor.sees('+');
  const number = signed ? next : token;
  if (number.kind !== 'number' && number.kind !== 'duration') {
    noTime(cursor, at, token);
    return undefined;
  }
  if (signed) cursor.take();
  cursor.take();
  if (number.kind === 'duration') cursor.needs('durationAsNumber', number);
  const value = number.kind === 'duration' ? durationSeconds(number.value) : numberValue(number.value);
  const text = cursor.text.slice(token.start, number.end);
  return { bound: 'time', time: (value ?? 0) * (negative ? -1 : 1), text, start: at.start, end: number.end };
}

function noTime(cursor: Cursor, at: Token, token: Token): void {
  if (cursor.ended) cursor.faultAtEnd(say.missingRight(at));
  else if (token.kind !== 'unknown') cursor.report(say.noTime(token));
  if (token.kind === 'identifier' || token.kind === 'string') cursor.take();
  if (token.kind === 'identifier' && cursor.token.start === token.end) skipLabels(cursor);
}

function queryBound(cursor: Cursor, at: Token, bound: 'start' | 'end'): AtTime | undefined {
  const word = cursor.take();
  cursor.open.push(cursor.take());
  if (cursor.ended) return undefined;
  const { token } = cursor;
  if (!cursor.sees(')')) {
    cursor.fault(token, 'type', `\`${bound}()\` takes nothing between its parentheses`, `write \`@ ${bound}()\``);
    while (!cursor.ended && !cursor.sees(')')) cursor.take();
  }
  const close = cursor.takes(')');
  if (!close) return undefined;
  cursor.open.pop();
  return { bound, text: cursor.text.slice(word.start, close.end), start: at.start, end: close.end };
}

function extended(cursor: Cursor, node: Expr): Expr {
  const { start, end, value } = cursor.take();
  const word: Name = { start, end, name: value.toLowerCase() };
  checkExtended(cursor, node, word);
  return modified(cursor, node, { extended: word });
}
