import type { Expr, MatrixSelector, Subquery } from './ast.ts';
import { type Fault, faultAt, type Range } from './fault.ts';

/**
 * Whether a rule or panel can use what an expression gives: a text and a range of samples are read, and then every
 * evaluation fails.
 * Source: https://prometheus.io/docs/prometheus/latest/querying/basics/ (Expression language data types)
 */
export function checkResult(text: string, ast: Expr): Fault[] {
  const node = withoutParentheses(ast);
  if (node.kind === 'string') {
    return [faultAt(node, 'type', 'the expression is a text, which is no value', 'write an expression of numbers')];
  }
  if (node.kind !== 'matrix' && node.kind !== 'subquery') return [];
  const brackets = bracketsOf(text, node);
  const range = text.slice(brackets.start, brackets.end);
  const message = `the expression gives a range of samples, \`${range}\`, where one value is needed`;
  const help = `put it into a function, such as \`rate(…${range})\`, or remove the range`;
  return [faultAt(brackets, 'type', message, help)];
}

function withoutParentheses(ast: Expr): Expr {
  let node = ast;
  while (node.kind === 'paren') node = node.expression;
  return node;
}

function bracketsOf(text: string, node: MatrixSelector | Subquery): Range {
  const last = node.kind === 'subquery' && node.step ? node.step : node.range;
  return { start: text.lastIndexOf('[', node.range.start), end: text.indexOf(']', last.end) + 1 };
}
