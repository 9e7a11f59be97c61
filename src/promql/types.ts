import { closest, plural } from '../base/text.ts';
import type { Binary, Expr, Name, ValueType } from './ast.ts';
import { type Cursor, fits } from './cursor.ts';
import type { Range } from './fault.ts';
import { faultAt } from './fault.ts';
import { unavailable } from './features.ts';
import { AGGREGATION_PARAMETERS, arity, FUNCTIONS, type FunctionSignature } from './functions.ts';
import { AGGREGATIONS, type Token } from './lexer.ts';
import { COMPARISONS } from './structure.ts';
import { typeWords } from './type-words.ts';

// Whether operands fit what takes them. Source: prometheus/prometheus, promql/parser/parse.go (checkAST).

const SET_OPERATORS: ReadonlySet<string> = new Set(['and', 'or', 'unless']);

/** What to write instead of an argument of the wrong type. */
function typeHelp(cursor: Cursor, argument: Expr, expected: ValueType): string {
  const written = shown(cursor, argument);
  if (expected === 'matrix' && argument.kind === 'vector') return `add a range, as in \`${written}[5m]\``;
  if (expected === 'matrix' && argument.type === 'vector') return `make it a subquery, as in \`${written}[5m:]\``;
  if (expected === 'vector' && argument.type === 'matrix')
    return 'put a function around it, as in `rate(…)`, or remove the range';
  if (expected === 'vector' && argument.type === 'scalar')
    return `write \`vector(${written})\`, or an expression with series`;
  if (expected === 'scalar' && argument.type === 'vector') return `write a number, or \`scalar(${written})\``;
  return `write ${typeWords(expected)}`;
}

const SHOWN_CHARACTERS = 40;

function shown(cursor: Cursor, node: Range): string {
  const text = cursor.textOf(node);
  return text.length > SHOWN_CHARACTERS || text.includes('\n') ? '…' : text;
}

function expectType(cursor: Cursor, argument: Expr, expected: ValueType, what: string): void {
  if (fits(argument.type, expected)) return;
  const message = `${what} must be ${typeWords(expected)}, not ${typeWords(argument.type)}`;
  cursor.fault(argument, 'type', message, typeHelp(cursor, argument, expected));
}

const ORDINALS = ['first', 'second', 'third', 'fourth', 'fifth'];

function ordinal(index: number): string {
  return ORDINALS[index] ?? `${index + 1}th`;
}

/** A function must exist for the target and be given what it takes; `faulty`: the arguments were faulty as such. */
export function checkCall(cursor: Cursor, name: Name, span: Range, args: readonly Expr[], faulty: boolean): void {
  if (name.hole) return;
  const signature = FUNCTIONS.get(name.name);
  if (!signature) {
    unknownFunction(cursor, name);
    return;
  }
  const missing = unavailable(`\`${name.name}\``, signature, cursor.target);
  if (missing) cursor.fault(name, 'version', missing.message, renamed(cursor, signature) ?? missing.help);
  if (!faulty) checkCount(cursor, signature, span, args.length);
  args.forEach((argument, index) => {
    const last = signature.args.length - 1;
    if (index > last && signature.variadic === 0) return;
    const expected = signature.args[Math.min(index, last)];
    const which = signature.args.length === 1 ? 'the argument' : `the ${ordinal(index)} argument`;
    if (expected) expectType(cursor, argument, expected, `${which} of \`${name.name}\``);
  });
  if (name.name === 'info' && args[1]) checkInfo(cursor, args[1]);
}

function renamed(cursor: Cursor, { renamed: other }: FunctionSignature): string | undefined {
  const signature = other === undefined ? undefined : FUNCTIONS.get(other);
  if (!signature || unavailable('', { ...signature, stable: '0.0' }, cursor.target)) return undefined;
  return `it is called \`${other}\` in Prometheus ${cursor.target.version}`;
}

/** Source: https://grafana.com/docs/grafana/latest/datasources/prometheus/template-variables/ */
const GRAFANA_FUNCTIONS: ReadonlySet<string> = new Set(['label_names', 'label_values', 'metrics', 'query_result']);

function unknownFunction(cursor: Cursor, name: Name): void {
  if (name.name.includes(':')) return;
  const candidates = [...FUNCTIONS.keys(), ...AGGREGATIONS];
  const lower = name.name.toLowerCase();
  const nearest = candidates.includes(lower) ? lower : closest(name.name, candidates);
  const help = GRAFANA_FUNCTIONS.has(name.name)
    ? 'only Grafana knows it, and only in the query of a variable'
    : nearest
      ? `did you mean \`${nearest}\`?`
      : 'the functions: https://prometheus.io/docs/prometheus/latest/querying/functions/';
  cursor.fault(name, 'name', `there is no function \`${name.name}\``, help);
}

function checkCount(cursor: Cursor, signature: FunctionSignature, span: Range, count: number): void {
  const { least, most } = arity(signature);
  if (count >= least && count <= most) return;
  const bound = count < least ? least : most;
  const many = least === most ? '' : count < least ? 'at least ' : 'at most ';
  const message = `\`${signature.name}\` takes ${many}${bound === 0 ? 'no argument' : plural(bound, 'argument')}, not ${count}`;
  cursor.fault(span, 'type', message, signatureHelp(signature));
}

const PLACEHOLDERS: Readonly<Record<ValueType, string>> = {
  scalar: 'number',
  vector: 'vector',
  matrix: 'metric[5m]',
  string: '"text"',
  any: '…',
};

function signatureHelp({ name, args, variadic }: FunctionSignature): string {
  const words = args.map((type) => PLACEHOLDERS[type]);
  const optional = variadic === 0 ? '' : '; the last may be left out';
  return `write it as \`${name}(${words.join(', ')})\`${optional}${variadic < 0 ? ' or given several times' : ''}`;
}

/** `info()` takes labels to match, not series. */
function checkInfo(cursor: Cursor, argument: Expr): void {
  if (argument.type === 'any' || (argument.kind === 'vector' && !argument.name)) return;
  const message = 'the second argument of `info` holds matchers in braces only';
  cursor.fault(argument, 'type', message, 'write it as `info(metric, {label=~".+"})`');
}

/** The parameter and the operand of an aggregation. */
export function checkAggregation(
  cursor: Cursor,
  operator: Token,
  span: Range,
  args: readonly Expr[],
  faulty: boolean,
): { readonly expression: Expr; readonly parameter: Expr | undefined } {
  const { value: name } = operator;
  const type = AGGREGATION_PARAMETERS.get(name);
  const expected = type ? 2 : 1;
  const parameter = type ? args[0] : undefined;
  const expression = args[expected - 1] ?? cursor.invalid(span);
  if (args.length !== expected) {
    if (!faulty) wrongCount(cursor, name, span, expected, args.length);
    return { expression, parameter };
  }
  if (parameter && type) expectType(cursor, parameter, type, `the parameter of \`${name}\``);
  expectType(cursor, expression, 'vector', `the operand of \`${name}\``);
  return { expression, parameter };
}

function wrongCount(cursor: Cursor, name: string, span: Range, expected: number, count: number): void {
  const help =
    expected === 2 ? `write it as \`${name}(parameter, expression)\`` : `write it as \`${name}(expression)\``;
  const message =
    count === 0
      ? `the aggregation \`${name}\` has no operand`
      : `\`${name}\` takes ${plural(expected, 'argument')}, not ${count}`;
  cursor.fault(span, 'type', message, help);
}

/** A sign stands before numbers and instant vectors. */
export function checkUnary(cursor: Cursor, sign: Token, operand: Expr): void {
  if (fits(operand.type, 'scalar') || operand.type === 'vector') return;
  const message = `\`${sign.value}\` stands before ${typeWords(operand.type)}`;
  cursor.fault({ start: sign.start, end: operand.end }, 'type', message, 'signs belong to numbers and instant vectors');
}

/** Operands of an operator, and what stands between them. */
export function checkBinary(cursor: Cursor, node: Binary): void {
  const { operator, left, right } = node;
  checkOperand(cursor, left, operator);
  checkOperand(cursor, right, operator);
  const scalars = left.type === 'scalar' && right.type === 'scalar';
  if (node.matching.bool && !COMPARISONS.has(operator)) {
    cursor.fault(
      node.matching.bool,
      'type',
      `\`bool\` does not go with \`${operator}\``,
      'it turns comparisons into 0 and 1; remove it',
    );
  } else if (scalars && COMPARISONS.has(operator) && !node.matching.bool) {
    const help = `write \`${operator} bool\` for 0 or 1`;
    cursor.fault(node.sign, 'type', 'two numbers are compared, which leaves nothing to filter', help);
  }
  checkMatching(cursor, node);
}

function checkOperand(cursor: Cursor, operand: Expr, operator: string): void {
  if (fits(operand.type, 'scalar') || operand.type === 'vector') {
    if (operand.type === 'scalar' && SET_OPERATORS.has(operator)) {
      const message = `\`${operator}\` joins series, and this is a number`;
      cursor.fault(
        operand,
        'type',
        message,
        `write \`vector(${shown(cursor, operand)})\`, or an expression with series`,
      );
    }
    return;
  }
  const message = `\`${operator}\` joins numbers and instant vectors, not ${typeWords(operand.type)}`;
  cursor.fault(operand, 'type', message, typeHelp(cursor, operand, 'vector'));
}

function checkMatching(cursor: Cursor, { operator, left, right, matching }: Binary): void {
  const { on, group, fill } = matching;
  const vectors = fits(left.type, 'vector') && fits(right.type, 'vector');
  if (on && on.labels.length > 0 && !vectors) {
    cursor.fault(on, 'type', `\`${on.mode}\` matches series, and one side has none`, 'remove it');
  }
  if (group && SET_OPERATORS.has(operator) && vectors) {
    const message = `\`group_${group.side}\` does not go with \`${operator}\``;
    cursor.fault(group, 'type', message, 'remove it: set operators match many series with many');
  }
  for (const each of fill ?? []) {
    if (vectors && !SET_OPERATORS.has(operator)) continue;
    const why = vectors ? `does not go with \`${operator}\`` : 'fills in series, and one side has none';
    cursor.fault(each, 'type', `\`${each.sides}\` ${why}`, 'remove it');
  }
  if (on?.mode === 'on' && group) checkIncluded(cursor, on.labels, group.labels, group.side);
}

function checkIncluded(cursor: Cursor, on: readonly Name[], included: readonly Name[], side: string): void {
  for (const label of included) {
    const same = on.find(({ name }) => name === label.name);
    if (!same) continue;
    const message = `the label \`${label.name}\` stands in \`on\` and in \`group_${side}\``;
    const related = [{ start: same.start, end: same.end, message: 'it is matched here' }];
    cursor.report({
      ...faultAt(label, 'type', message, `remove it from \`group_${side}\`: it is there anyway`),
      related,
    });
  }
}
