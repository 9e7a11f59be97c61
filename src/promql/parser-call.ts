import type { Aggregation, Call, Expr, Grouping, Name, ValueType } from './ast.ts';
import type { Cursor } from './cursor.ts';
import type { Range } from './fault.ts';
import { EXPERIMENTAL_AGGREGATIONS, FUNCTIONS } from './functions.ts';
import type { Token } from './lexer.ts';
import { closeParenthesis } from './parser-brackets.ts';
import { labelList } from './parser-labels.ts';
import * as say from './syntax-fault.ts';
import { checkAggregation, checkCall } from './types.ts';

interface Arguments {
  readonly args: readonly Expr[];
  readonly end: number;
  /** What is wrong was said: the number of arguments does not count. */
  readonly faulty: boolean;
}

/** Reads the arguments of a function whose name is read already. */
export function call(cursor: Cursor, name: Name): Call {
  const { args, end, faulty } = parseArguments(cursor, name.name === 'info');
  const span = { start: name.start, end };
  const signature = FUNCTIONS.get(name.name);
  checkCall(cursor, name, span, args, faulty);
  const type = signature?.returns ?? 'any';
  return { kind: 'call', type, depth: cursor.above(span, args), start: span.start, end, name, args };
}

/** `lenient`: the second argument is a selector that need not require anything, as `info()` takes. */
function parseArguments(cursor: Cursor, lenient: boolean): Arguments {
  const opener = cursor.take();
  cursor.open.push(opener);
  const before = cursor.faults.length;
  const args: Expr[] = [];
  if (!cursor.ended && !cursor.sees(')')) {
    do {
      if (lenient && args.length === 1) cursor.unrestricted = cursor.token.start;
      if (cursor.ended && args.length > 0) break;
      args.push(cursor.read(')'));
    } while (cursor.takes(','));
  }
  const unclosed = cursor.ended;
  const end = closeParenthesis(cursor, opener);
  return { args, end, faulty: unclosed || (cursor.faults.length > before && args.some(isInvalid)) };
}

function isInvalid({ kind }: Expr): boolean {
  return kind === 'invalid';
}

/** Reads `sum by (label) (…)` and `sum (…) by (label)`. */
export function aggregation(cursor: Cursor): Expr {
  const operator = cursor.take();
  const before = grouping(cursor);
  if (!cursor.sees('(')) return withoutOperand(cursor, operator);
  const { args, end, faulty } = parseArguments(cursor, false);
  const after = before ? undefined : grouping(cursor);
  const span = { start: operator.start, end: Math.max(end, after?.end ?? 0) };
  const group = before ?? after;
  const parts = checkAggregation(cursor, operator, span, args, faulty);
  if (EXPERIMENTAL_AGGREGATIONS.has(operator.value)) {
    cursor.needs('limit', { start: operator.start, end: operator.end }, `the aggregation \`${operator.value}\``);
  }
  const { expression, parameter } = parts;
  return aggregated(operator.value, 'vector', span, cursor.above(span, args), group, parameter, expression);
}

function aggregated(
  operator: string,
  type: ValueType,
  { start, end }: Range,
  depth: number,
  grouping: Grouping | undefined,
  parameter: Expr | undefined,
  expression: Expr,
): Aggregation {
  return { kind: 'aggregation', type, depth, start, end, operator, grouping, parameter, expression };
}

/** `$function(…)` or `$aggregation by (label) (…)`: nobody knows what it gives. */
export function filledCall(cursor: Cursor, name: Name): Expr {
  const before = grouping(cursor);
  if (!cursor.sees('(')) return cursor.invalid({ start: name.start, end: cursor.previous!.end });
  const { args, end } = parseArguments(cursor, false);
  const group = before ?? grouping(cursor);
  const span = { start: name.start, end: Math.max(end, group?.end ?? 0) };
  const depth = cursor.above(span, args);
  if (!group) return { kind: 'call', type: 'any', depth, ...span, name, args };
  const [expression = cursor.invalid(span), parameter] = [...args].reverse();
  return aggregated(name.name, 'any', span, depth, group, parameter, expression);
}

function grouping(cursor: Cursor): Grouping | undefined {
  const { kind, value } = cursor.token;
  if (kind !== 'keyword' || (value !== 'by' && value !== 'without')) return undefined;
  const keyword = cursor.take();
  const { labels, end } = labelList(cursor, keyword);
  return { mode: value, labels, start: keyword.start, end };
}

function withoutOperand(cursor: Cursor, operator: Token): Expr {
  if (cursor.ended && cursor.open.length === 0) cursor.faultAtEnd(say.missingOperandOf(operator));
  else if (!cursor.ended && cursor.token.kind !== 'unknown')
    cursor.report(say.missingParentheses(cursor.token, operator));
  return cursor.invalid({ start: operator.start, end: cursor.previous!.end });
}
