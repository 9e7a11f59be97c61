import type { Duration, DurationLiteral } from './ast.ts';
import type { Cursor } from './cursor.ts';
import type { Range } from './fault.ts';
import type { FeatureName } from './features.ts';
import type { Token } from './lexer.ts';
import { durationSeconds, LONGEST_S, numberValue } from './number-value.ts';
import { seesHole, takeHole } from './parser-names.ts';
import * as say from './syntax-fault.ts';

/** How tightly the operators of durations bind; `^` binds to the right. Source: promql/parser/generated_parser.y (duration_expr). */
const PRECEDENCE: ReadonlyMap<string, number> = new Map([
  ['+', 1],
  ['-', 1],
  ['*', 2],
  ['/', 2],
  ['%', 2],
  ['^', 3],
]);
const SIGN_PRECEDENCE = 2;

/** Functions of durations: how many arguments they take, and what the target must know. */
const CALLS: ReadonlyMap<string, { readonly args: number; readonly feature: FeatureName }> = new Map([
  ['step', { args: 0, feature: 'stepDuration' }],
  ['range', { args: 0, feature: 'rangeDuration' }],
  ['min', { args: 2, feature: 'minMaxDuration' }],
  ['max', { args: 2, feature: 'minMaxDuration' }],
  ['min_of', { args: 2, feature: 'minOfDuration' }],
  ['max_of', { args: 2, feature: 'minOfDuration' }],
]);

type Place = 'a range' | '`offset`';

/** The range or the step of a selector or subquery, which is above zero. */
export function positiveDuration(cursor: Cursor, part: 'range' | 'step'): Duration | undefined {
  const before = cursor.faults.length;
  const duration = expression(cursor, 0, 'a range');
  if (cursor.sees(']') || cursor.sees(':')) checkUnit(cursor, duration);
  const seconds = duration && literalSeconds(duration);
  if (cursor.faults.length === before && seconds !== undefined && seconds <= 0) {
    const text = cursor.textOf(duration!);
    const what = seconds === 0 ? 'zero' : 'negative';
    cursor.fault(duration!, 'duration', `the ${part} \`${text}\` is ${what}`, 'write a duration above zero');
  }
  return duration;
}

/** The duration after `offset`. */
export function offsetDuration(cursor: Cursor): Duration | undefined {
  const duration = signedOffset(cursor);
  checkUnit(cursor, duration);
  return duration;
}

/** A whole duration that is a number without unit is nearly always one that was forgotten. */
function checkUnit(cursor: Cursor, duration: Duration | undefined): void {
  let plain = duration;
  while (plain?.kind === 'sign') plain = plain.operand;
  if (!cursor.unitsRequired || plain?.kind !== 'literal') return;
  if (numberValue(plain.text) !== undefined) cursor.report(say.bareNumber(plain));
}

/** One operand with its sign, unless it begins with a parenthesis. */
function signedOffset(cursor: Cursor): Duration | undefined {
  const signed = cursor.sees('-') || cursor.sees('+');
  const first = signed ? cursor.next : cursor.token;
  if (!signed && first.value === '(' && first.kind === 'open') return expression(cursor, 0, '`offset`');
  if (signed && (first.value === '-' || first.value === '+')) return expression(cursor, 0, '`offset`');
  if (!signed) return operand(cursor, '`offset`');
  return sign(cursor, () => operand(cursor, '`offset`'), cursor.sees('-') ? undefined : 'durationSign');
}

/** The seconds of a duration that is written out, with or without signs; nothing where it is computed. */
export function literalSeconds(duration: Duration): number | undefined {
  if (duration.kind === 'literal') return duration.seconds;
  if (duration.kind !== 'sign') return undefined;
  const seconds = literalSeconds(duration.operand);
  return seconds === undefined || duration.operator === '+' ? seconds : -seconds;
}

function expression(cursor: Cursor, minimum: number, place: Place): Duration | undefined {
  if (!cursor.enter()) return undefined;
  let left = signedOperand(cursor, place);
  for (let chained = 0; left; chained++) {
    const operator = cursor.token;
    const precedence = operator.kind === 'operator' ? PRECEDENCE.get(operator.value) : undefined;
    if (precedence === undefined || precedence < minimum) break;
    if (chained > MOST_CHAINED) cursor.tooDeep(operator);
    left = binary(cursor, left, precedence, place);
  }
  cursor.leave();
  return left;
}

const MOST_CHAINED = 100;

function binary(cursor: Cursor, left: Duration, precedence: number, place: Place): Duration {
  const sign = cursor.take();
  const right = expression(cursor, sign.value === '^' ? precedence : precedence + 1, place);
  if (!right) return left;
  const span = { start: left.start, end: right.end };
  cursor.needs('durationExpression', span);
  const byZero = right.kind === 'literal' && right.seconds === 0 && (sign.value === '/' || sign.value === '%');
  if (byZero) cursor.fault(span, 'duration', `\`${cursor.textOf(span)}\` divides by zero`, 'divide by something else');
  return { kind: 'binary', operator: sign.value, left, right, ...span };
}

function signedOperand(cursor: Cursor, place: Place): Duration | undefined {
  if (!cursor.sees('-') && !cursor.sees('+')) return operand(cursor, place);
  return sign(cursor, () => expression(cursor, SIGN_PRECEDENCE + 1, place), 'durationSign');
}

function sign(
  cursor: Cursor,
  read: () => Duration | undefined,
  feature: FeatureName | undefined,
): Duration | undefined {
  const token = cursor.take();
  if (feature) cursor.needs(feature, token);
  const inner = read();
  if (!inner) return undefined;
  return { kind: 'sign', operator: token.value as '+' | '-', operand: inner, start: token.start, end: inner.end };
}

function operand(cursor: Cursor, place: Place): Duration | undefined {
  const { token } = cursor;
  if (seesHole(cursor)) {
    const { start, end, name } = takeHole(cursor);
    return { kind: 'hole', text: name, start, end };
  }
  if (token.kind === 'number' || token.kind === 'duration') return literal(cursor, token, place);
  if (token.kind === 'open' && token.value === '(') return paren(cursor, place);
  if (CALLS.has(callName(token)) && cursor.next.value === '(') return call(cursor, place);
  missing(cursor, place);
  return undefined;
}

function callName(token: Token): string {
  return token.kind === 'identifier' || token.kind === 'keyword' ? token.value.toLowerCase() : '';
}

function missing(cursor: Cursor, place: Place): void {
  const { token, previous } = cursor;
  if (token.kind === 'unknown') return;
  if (!cursor.ended) cursor.report(say.noDuration(token, place));
  else if (place === '`offset`') cursor.faultAtEnd(say.missingRight(previous!));
}

/** A plain duration; one that is malformed was reported by the lexer. */
function literal(cursor: Cursor, token: Token, place: Place): DurationLiteral {
  cursor.take();
  const { start, end, value } = token;
  const seconds = token.kind === 'duration' ? durationSeconds(value) : numberValue(value);
  if (token.kind === 'number') checkNumber(cursor, token);
  if (seconds !== undefined && Math.abs(seconds) > LONGEST_S) {
    cursor.fault(token, 'duration', `the duration \`${value}\` is out of range`, 'write at most 292 years');
  } else if (seconds === 0 && place === '`offset`') cursor.needs('zeroOffset', token);
  return { kind: 'literal', seconds: seconds ?? Number.NaN, text: value, start, end };
}

function checkNumber(cursor: Cursor, token: Token): void {
  if (numberValue(token.value) === undefined) return;
  if (/^(?:inf|nan)$/i.test(token.value)) {
    cursor.report(say.noDuration(token, 'a range'));
    return;
  }
  cursor.needs('numberAsDuration', token, `the duration \`${token.value}\` has no unit, which`);
}

function paren(cursor: Cursor, place: Place): Duration | undefined {
  const opener = cursor.take();
  cursor.open.push(opener);
  const inner = expression(cursor, 0, place);
  const close = inner && closing(cursor);
  if (!inner || !close) return undefined;
  const span: Range = { start: opener.start, end: close.end };
  cursor.needs('durationExpression', span);
  return { kind: 'paren', inner, ...span };
}

function closing(cursor: Cursor): Token | undefined {
  const close = cursor.takes(')');
  if (close) cursor.open.pop();
  else if (!cursor.ended && cursor.token.kind !== 'unknown') cursor.report(say.noDuration(cursor.token, 'a range'));
  return close;
}

function call(cursor: Cursor, place: Place): Duration | undefined {
  const name = cursor.take();
  const word = name.value.toLowerCase();
  const { args: expected, feature } = CALLS.get(word)!;
  cursor.open.push(cursor.take());
  const args: Duration[] = [];
  while (args.length < expected) {
    if (args.length > 0 && !cursor.takes(',')) break;
    const arg = expression(cursor, 0, place);
    if (!arg) return undefined;
    args.push(arg);
  }
  const close = closing(cursor);
  if (!close) return undefined;
  const span = { start: name.start, end: close.end };
  if (args.length < expected)
    cursor.fault(span, 'type', `\`${word}\` needs two durations`, `write \`${word}(5m, 1h)\``);
  cursor.needs('durationExpression', span);
  cursor.needs(feature, span);
  return { kind: 'call', name: word, args, ...span };
}
