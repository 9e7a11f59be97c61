import type { AtTime, Expr, MatrixSelector, Modifiers, Name, Offset, Subquery, VectorSelector } from './ast.ts';
import { type Cursor, fits } from './cursor.ts';
import type { Range } from './fault.ts';
import { faultAt } from './fault.ts';
import { literalSeconds } from './parser-duration.ts';
import { typeWords } from './type-words.ts';

// What may follow what. Source: prometheus/prometheus, promql/parser/parse.go (addOffset, setTimestamp, setAnchored)
// and generated_parser.y (matrix_selector).

const SELECTOR_HELP = 'it belongs right after a selector, a range or a subquery';
/** Prometheus counts time in milliseconds in 64 bits, but compares the seconds. Source: parse.go (setTimestamp). */
const LARGEST_TIME = 2 ** 63;

/** `metric[5m]`: the range stands directly after the selector. */
export function checkRange(cursor: Cursor, operand: Expr, brackets: Range): void {
  if (operand.kind === 'hole' || operand.kind === 'invalid') return;
  if (operand.kind !== 'vector') {
    const subquery = `${cursor.textOf(brackets).slice(0, -1)}:]`;
    const help = `write \`${subquery}\` for a subquery, or put the range after the selector`;
    cursor.fault(brackets, 'type', `a range belongs to a selector, not to ${described(operand)}`, help);
    return;
  }
  const { offset, at } = operand;
  const zero = offset && literalSeconds(offset.duration) === 0;
  const computed = offset && literalSeconds(offset.duration) === undefined && offset.duration.kind !== 'hole';
  if (offset && !zero && !computed) misordered(cursor, offset, '`offset`', brackets);
  else if (at?.bound === 'time' && at.time !== undefined) misordered(cursor, at, '`@`', brackets);
}

function misordered(cursor: Cursor, modifier: Range, what: string, brackets: Range): void {
  const help = `write \`metric${cursor.textOf(brackets)} ${cursor.textOf(modifier)}\``;
  const related = [{ start: brackets.start, end: brackets.end, message: 'the range' }];
  cursor.report({ ...faultAt(modifier, 'syntax', `${what} stands before the range`, help), related });
}

function described(node: Expr): string {
  if (node.kind === 'paren') return 'parentheses';
  if (node.kind === 'call' || node.kind === 'aggregation') return 'the result of a function';
  return typeWords(node.type);
}

export function checkSubquery(cursor: Cursor, operand: Expr): void {
  if (fits(operand.type, 'vector')) return;
  const message = `a subquery needs an instant vector, not ${typeWords(operand.type)}`;
  cursor.fault(operand, 'type', message, 'write an expression that gives one value for each series before `[`');
}

/** Whether a modifier may follow; a fault where not. */
function follows(
  cursor: Cursor,
  node: Expr,
  modifier: Range,
  what: string,
): node is VectorSelector | MatrixSelector | Subquery {
  if (node.kind === 'vector' || node.kind === 'matrix' || node.kind === 'subquery') return true;
  if (node.kind !== 'hole' && node.kind !== 'invalid') {
    const help = node.kind === 'paren' ? `${SELECTOR_HELP}, inside the parentheses` : SELECTOR_HELP;
    cursor.fault(modifier, 'type', `${what} follows ${described(node)}`, help);
  }
  return false;
}

/** The modifiers that a range inherits from its selector. */
function modifiersOf(node: VectorSelector | MatrixSelector | Subquery): Modifiers {
  if (node.kind !== 'matrix' || node.selector.kind !== 'vector') return node;
  const { offset, at, extended } = node.selector;
  return { offset: node.offset ?? offset, at: node.at ?? at, extended: node.extended ?? extended };
}

export function checkOffset(cursor: Cursor, node: Expr, offset: Offset): void {
  if (!follows(cursor, node, offset, '`offset`')) return;
  const earlier = modifiersOf(node).offset;
  if (!earlier || literalSeconds(earlier.duration) === 0) return;
  twice(cursor, offset, earlier, '`offset`');
}

function twice(cursor: Cursor, later: Range, earlier: Range, what: string): void {
  const related = [{ start: earlier.start, end: earlier.end, message: 'it is set here already' }];
  cursor.report({ ...faultAt(later, 'syntax', `${what} is set twice`, 'remove one of the two'), related });
}

export function checkAt(cursor: Cursor, node: Expr, at: AtTime): void {
  const { time } = at;
  if (time !== undefined && !(Math.abs(time) < LARGEST_TIME)) {
    cursor.fault(at, 'type', `the time \`${at.text}\` is out of range`, 'write a Unix time in seconds');
  }
  if (!follows(cursor, node, at, '`@`')) return;
  const earlier = modifiersOf(node).at;
  if (earlier) twice(cursor, at, earlier, '`@`');
}

export function checkExtended(cursor: Cursor, node: Expr, word: Name): void {
  cursor.needs('extendedRange', word, `the modifier \`${word.name}\``);
  if (node.kind === 'hole' || node.kind === 'invalid') return;
  if (node.kind !== 'vector' && node.kind !== 'matrix') {
    const what = node.kind === 'subquery' ? 'a subquery' : described(node);
    cursor.fault(word, 'type', `\`${word.name}\` follows ${what}`, 'it belongs right after a selector or its range');
    return;
  }
  const earlier = modifiersOf(node).extended;
  if (earlier && earlier.name !== word.name) {
    cursor.fault(word, 'type', '`anchored` and `smoothed` exclude each other', 'remove one of the two');
  }
}
