import { formatDuration, formatNumber, type Rational } from '../base/quantity.ts';
import { bindingOf, block, type Expression, inParentheses, joined, joinedBy, raw } from './expression.ts';
import { LINE_WIDTH } from './layout.ts';
import { OPERAND_PRECEDENCE, precedenceOf } from './structure.ts';

type Part = string | Expression;

/** The length of a range: milliseconds, or a text such as `$__rate_interval`. */
export type Window = number | string;

export type BinaryOperator = '+' | '-' | '*' | '/' | '%' | '^' | Comparison | 'and' | 'or' | 'unless';
export type Comparison = '==' | '!=' | '<' | '<=' | '>' | '>=';

function expressionOf(part: Part): Expression {
  return typeof part === 'string' ? raw(part) : part;
}

function fitsOneLine(expression: Expression): boolean {
  return expression.text.length <= LINE_WIDTH && !expression.text.includes('\n');
}

/** `5m` for 300,000 ms; a text stays as it is. */
export function windowText(window: Window): string {
  return typeof window === 'number' ? formatDuration(window) : window;
}

/** `rate(selector[5m])`, and the other functions of a range. */
export function overRange(name: string, selector: Part, window: Window): Expression {
  return joined([`${name}(`, selector, `[${windowText(window)}])`], OPERAND_PRECEDENCE);
}

/** `sum(inner)` or `sum by (job, code) (inner)`; a long operand on lines of its own. */
export function aggregated(operator: string, inner: Part, by: readonly string[] = []): Expression {
  const head = by.length === 0 ? operator : `${operator} by (${by.join(', ')}) `;
  const flat = joined([head, '(', inner, ')'], OPERAND_PRECEDENCE);
  return fitsOneLine(flat) ? flat : joined([head, block(expressionOf(inner))], OPERAND_PRECEDENCE);
}

/** `sum by (…) (rate(selector[window]))`: events per second. */
export function sumRate(selector: Part, window: Window, by: readonly string[] = []): Expression {
  return aggregated('sum', overRange('rate', selector, window), by);
}

/**
 * Two operands and their operator, on one line or on three. An operand gets parentheses where it binds looser, or
 * where the order of evaluation would change. `matching`: modifiers such as `on (job) group_left ()`.
 */
export function binary(left: Part, operator: BinaryOperator, right: Part, matching = ''): Expression {
  const precedence = precedenceOf(operator);
  const rightAssociative = operator === '^';
  const first = operand(expressionOf(left), precedence + (rightAssociative ? 1 : 0));
  const second = operand(expressionOf(right), precedence + (rightAssociative ? 0 : 1));
  return laidOut([first, second], operator, matching);
}

function operand(expression: Expression, atLeast: number): Expression {
  return bindingOf(expression) < atLeast ? inParentheses(expression) : expression;
}

/** A bound stands beside its comparison, also where what it bounds takes several lines. */
const NUMBER = /^-?[\d.]+$/;

function laidOut(operands: readonly Expression[], operator: BinaryOperator, matching: string): Expression {
  const words = matching === '' ? operator : `${operator} ${matching}`;
  const flat = joinedBy(` ${words} `, operands, precedenceOf(operator));
  if (fitsOneLine(flat)) return flat;
  const last = operands.at(-1)!;
  const before = NUMBER.test(last.text) ? ' ' : '\n';
  const head = joinedBy(`\n${words}\n`, operands.slice(0, -1));
  return joined([head, `\n${words}${before}`, last], precedenceOf(operator));
}

/** An expression compared with a number. */
export function compared(expression: Part, operator: Comparison, limit: Rational | string): Expression {
  return binary(expression, operator, typeof limit === 'string' ? limit : formatNumber(limit));
}

/** All of these at the same time: joined by `and`. */
export function allOf(conditions: readonly Part[], matching = ''): Expression {
  return chained(conditions, 'and', matching);
}

/** The first of these that has a value: joined by `or`. */
export function anyOf(alternatives: readonly Part[], matching = ''): Expression {
  return chained(alternatives, 'or', matching);
}

function chained(parts: readonly Part[], operator: 'and' | 'or', matching: string): Expression {
  const operands = parts.map((part) => setOperand(expressionOf(part), parts.length));
  return operands.length === 1 ? operands[0]! : laidOut(operands, operator, matching);
}

/** Set operators inside set operators always get parentheses: hardly anybody knows which binds tighter. */
function setOperand(expression: Expression, count: number): Expression {
  return count > 1 ? operand(expression, precedenceOf('and') + 1) : expression;
}

/** One condition for each window, all of which must hold: what a multi-window alert says. */
export function inAllWindows(windowsMs: readonly number[], condition: (windowMs: number) => Expression): Expression {
  return allOf(windowsMs.map(condition));
}

/**
 * The errors, or zero where nothing has ever failed but the total exists: a counter without errors has no series.
 *
 * ```promql
 * (
 *   sum(rate(http_requests_total{code=~"5.."}[5m]))
 *   or
 *   0 * sum(rate(http_requests_total[5m]))
 * )
 * ```
 */
export function orZero(errors: Part, total: Part): Expression {
  const zero = binary('0', '*', total);
  return block(joinedBy('\nor\n', [setOperand(expressionOf(errors), 2), zero]));
}
