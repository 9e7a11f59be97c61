import type { Binary, Expr, Unary } from './ast.ts';
import { Cursor } from './cursor.ts';
import { type Fault, faultAt } from './fault.ts';
import { NEWEST_VERSION, type Target } from './features.ts';
import type { HoleRules } from './hole-fault.ts';
import { GROUPINGS, type Token, tokenize } from './lexer.ts';
import { skipGroup, skipLabels } from './parser-brackets.ts';
import { matching } from './parser-matching.ts';
import { beginsOperand, operand } from './parser-operand.ts';
import { postfix } from './parser-postfix.ts';
import { precedenceOf } from './structure.ts';
import * as say from './syntax-fault.ts';
import { checkComments, lexFaults } from './token-faults.ts';
import { checkBinary, checkUnary } from './types.ts';

export interface ParseOptions {
  /** The version of Prometheus, as `3.5` or `3.5.3`; the newest that is known where there is none. */
  readonly version?: string;
  /** What follows `--enable-feature=`; `all`: every flag that the version knows. None where nothing is said. */
  readonly flags?: readonly string[] | 'all';
  /** The variables that have a meaning; none where nothing is said. */
  readonly holes?: HoleRules;
  /** `required`: a duration that is a number without unit, as in `[300]`, is a fault although newer versions read it. */
  readonly units?: 'required';
  /** A selector at the beginning need not require anything: its matchers are for another one. */
  readonly unrestricted?: boolean;
}

export interface Parsed {
  /** Nothing where the text holds no expression. What is faulty in it is of kind `invalid` or has the type `any`. */
  readonly ast?: Expr;
  /** In order of position; without any, Prometheus of that version reads the expression. */
  readonly faults: readonly Fault[];
}

/**
 * Reads a PromQL expression and checks it as Prometheus of that version does: syntax, types, durations, regular
 * expressions, and what the version and its flags know. Finds every fault, not only the first. Pure, never throws, takes
 * time in proportion to the text; what is nested too deep ends in a fault.
 * Source: prometheus/prometheus, promql/parser/generated_parser.y and parse.go.
 */
export function parseExpression(text: string, options: ParseOptions = {}): Parsed {
  const { version = NEWEST_VERSION, flags = [], holes = [], units, unrestricted } = options;
  const { tokens, faults } = tokenize(text);
  const commented = tokens.some(({ kind }) => kind === 'comment');
  const significant = commented ? tokens.filter(isCode) : tokens;
  if (significant.length === 0) return { faults: [emptyFault(text)] };
  const { used, truncated } = untilUnclosed(significant, faults);
  const target: Target = { version, flags };
  const unitsRequired = units === 'required';
  const cursor = new Cursor({ text, tokens: used, truncated, target, holes, unitsRequired, read: expressionUntil });
  if (unrestricted) cursor.unrestricted = cursor.token.start;
  const ast = expressionUntil(cursor, undefined);
  if (cursor.ended && cursor.open.length > 0) cursor.faultAtEnd(say.unclosed(used.at(-1)!, cursor.open));
  if (commented) checkComments(cursor, tokens);
  return { ast, faults: inOrder(lexFaults(cursor, faults).concat(readable(cursor.faults, faults))) };
}

function inOrder(faults: Fault[]): readonly Fault[] {
  return faults.length < 2 ? faults : faults.sort((left, right) => left.start - right.start || left.end - right.end);
}

/** Without what is said about durations that the lexer could not read. */
function readable(found: readonly Fault[], lexical: readonly Fault[]): readonly Fault[] {
  if (lexical.length === 0) return found;
  const unread = new Set(lexical.filter(({ kind }) => kind === 'duration').map(({ start }) => start));
  return found.filter(({ kind, start }) => kind !== 'duration' || !unread.has(start));
}

function isCode({ kind }: Token): boolean {
  return kind !== 'comment';
}

function emptyFault(text: string): Fault {
  const help = 'write an expression, or remove the field';
  return faultAt({ start: 0, end: text.length }, 'empty', 'the expression is empty', help);
}

/** The tokens up to a string that is never closed: what the rest means nobody knows. */
function untilUnclosed(tokens: readonly Token[], faults: readonly Fault[]) {
  const open = faults.find(({ message }) => message === UNCLOSED_STRING);
  if (!open) return { used: tokens, truncated: false };
  const index = tokens.findIndex(({ start }) => start === open.start);
  return { used: tokens.slice(0, index + 1), truncated: true };
}

const UNCLOSED_STRING = 'the string is never closed';

/** Reads up to the closing bracket, a comma or the end, whatever stands in between; `closer`: none at the outermost level. */
function expressionUntil(cursor: Cursor, closer: string | undefined): Expr {
  let node = expression(cursor, 0);
  while (!cursor.ended && !(closer && (cursor.sees(closer) || cursor.sees(',')))) {
    if (closer && cursor.token.kind === 'close') break;
    misplaced(cursor);
    node = cursor.invalid(node);
    if (!cursor.ended && isOperator(cursor)) expressionAfter(cursor, node);
  }
  return node;
}

/** Says what is wrong with a token after a whole expression, and passes over it. */
function misplaced(cursor: Cursor): void {
  const { token, previous } = cursor;
  const { kind, value } = token;
  if (kind === 'open' && value === '{') {
    cursor.report(say.detachedMatchers(token));
    cursor.take();
    skipGroup(cursor, '}');
  } else if (kind === 'keyword' && !beginsOperand(token))
    afterKeyword(cursor, value === 'bool' ? say.misplacedBool(token) : say.misplacedGrouping(token));
  else if ((value === 'by' || value === 'without') && kind === 'keyword')
    afterKeyword(cursor, say.misplacedGrouping(token));
  else if (beginsOperand(token)) {
    if (!saidBefore(cursor)) cursor.report(say.missingOperator(previous!, token, false));
    expression(cursor, 0);
  } else {
    if (kind === 'operator') cursor.report(say.matcherSign(token, previous));
    else if (kind === 'comma') cursor.report(say.strayComma(token));
    else if (kind === 'colon') cursor.report(say.strayColon(token));
    else if (kind === 'close' && cursor.missed !== value) cursor.report(say.mismatch(token, cursor.open.at(-1)));
    cursor.take();
    if (!cursor.ended && beginsOperand(cursor.token)) expression(cursor, 0);
  }
}

/** One operand too many in a row is said once, and not where the token itself was found fault with. */
function saidBefore({ faults, token, previous }: Cursor): boolean {
  const last = faults.at(-1);
  return last !== undefined && (last.start === token.start || last.end === previous!.end) && last.kind === 'syntax';
}

function afterKeyword(cursor: Cursor, fault: Fault): void {
  cursor.report(fault);
  while (cursor.token.kind === 'keyword' && GROUPINGS.has(cursor.token.value)) {
    cursor.take();
    skipLabels(cursor);
  }
  cursor.takes('bool');
  if (!cursor.ended && beginsOperand(cursor.token)) expression(cursor, 0);
}

/** Reads operators and operands; those below `minimum` are left to the caller. */
function expression(cursor: Cursor, minimum: number): Expr {
  if (!cursor.enter()) return cursor.invalid();
  const left = signed(cursor);
  const node = isOperator(cursor) ? expressionAfter(cursor, left, minimum) : left;
  cursor.leave();
  return node;
}

function expressionAfter(cursor: Cursor, left: Expr, minimum = 0): Expr {
  let node = left;
  while (isOperator(cursor)) {
    const precedence = precedenceAt(cursor);
    if (precedence < minimum) break;
    node = binary(cursor, node, precedence);
  }
  return node;
}

function isOperator(cursor: Cursor): boolean {
  const { kind, value } = cursor.token;
  if (kind === 'hole') return beginsOperand(cursor.next) && cursor.token.start > cursor.previous!.end;
  if (kind === 'operator') return value !== '=' && value !== '=~' && value !== '!~' && value !== '@';
  return kind === 'keyword' && (value === 'and' || value === 'or' || value === 'unless' || value === 'atan2');
}

function precedenceAt({ token }: Cursor): number {
  return token.kind === 'hole' ? HOLE_PRECEDENCE : precedenceOf(token.value);
}

function binary(cursor: Cursor, left: Expr, precedence: number): Expr {
  const filled = cursor.token.kind === 'hole';
  const sign = operatorSign(cursor);
  const between = matching(cursor);
  const right = expression(cursor, sign.value === '^' ? precedence : precedence + 1);
  const node: Binary = {
    kind: 'binary',
    type: filled ? 'any' : resultType(left, right),
    depth: cursor.above(sign, [left, right]),
    start: left.start,
    end: right.end,
    operator: filled ? cursor.textOf(sign) : sign.value,
    sign: { start: sign.start, end: sign.end },
    left,
    right,
    matching: between,
  };
  if (!filled) checkBinary(cursor, node);
  return node;
}

function resultType(left: Expr, right: Expr): 'scalar' | 'vector' | 'any' {
  if (left.type === 'scalar' && right.type === 'scalar') return 'scalar';
  return left.type === 'vector' || right.type === 'vector' ? 'vector' : 'any';
}

/** Takes an operator; the two signs of `</` and `>/` come as two tokens. */
function operatorSign(cursor: Cursor): Token {
  const sign = cursor.take();
  const { token } = cursor;
  const trims = (sign.value === '<' || sign.value === '>') && token.value === '/' && token.start === sign.end;
  if (!trims || token.kind !== 'operator') return sign;
  cursor.take();
  const value = `${sign.value}/`;
  const whole: Token = { ...sign, value, end: token.end };
  cursor.needs('trim', whole, `the operator \`${value}\``);
  return whole;
}

const POWER = precedenceOf('^');
/** Nobody knows what a hole between two operands stands for. */
const HOLE_PRECEDENCE = precedenceOf('>');

/** Signs bind like `*`: only `^` binds tighter. */
function signed(cursor: Cursor): Expr {
  if (!cursor.sees('-') && !cursor.sees('+')) return postfix(cursor, operand(cursor));
  const signs: Token[] = [];
  while (cursor.sees('-') || cursor.sees('+')) signs.push(cursor.take());
  let node = expression(cursor, POWER);
  for (const sign of signs.reverse()) {
    if (cursor.halted) break;
    node = unary(cursor, sign, node);
  }
  return node;
}

function unary(cursor: Cursor, sign: Token, inner: Expr): Unary {
  checkUnary(cursor, sign, inner);
  const type = inner.type === 'scalar' || inner.type === 'vector' ? inner.type : 'any';
  const span = { start: sign.start, end: inner.end };
  const operator = sign.value as '+' | '-';
  return { kind: 'unary', type, depth: cursor.above(sign, [inner]), operator, operand: inner, ...span };
}
