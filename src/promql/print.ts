import type { Binary, Duration, Expr, LabelMatcher, Matching, Modifiers, Name, VectorSelector } from './ast.ts';
import { quote } from './string-literal.ts';
import { precedenceOf } from './structure.ts';

const PLAIN_LABEL = /^[A-Za-z_]\w*$/;
/** Words that are no labels in `by (…)` and the like unless they are quoted. */
const NO_LABEL = /^(?:without|inf|nan)$/i;
/** Bytes that are no UTF-8; a text that holds them stays as it was written. */
const BROKEN = '\ufffd';

/** An expression on one line in its canonical form: words in lower case, double quotes, one space around operators. */
export function printFlat(node: Expr): string {
  switch (node.kind) {
    case 'number':
    case 'hole':
      return node.text;
    case 'string':
      return printText(node.value, node.text);
    case 'vector':
      return printSelectorNode(node) + printModifiers(node);
    case 'matrix':
      return `${printFlat(node.selector)}${printRange(node)}`;
    case 'subquery':
      return `${operandText(node.expression)}${printRange(node)}`;
    case 'call':
      return `${node.name.name}(${node.args.map(printFlat).join(', ')})`;
    case 'aggregation':
      return `${printHead(node)}(${argumentsOf(node).map(printFlat).join(', ')})`;
    case 'binary':
      return printBinary(node);
    case 'unary':
      return `${node.operator}${signedText(node.operand, POWER)}`;
    case 'paren':
      return `(${printFlat(node.expression)})`;
    default:
      return '';
  }
}

/** A sign takes what binds as tightly as this. */
export const POWER = precedenceOf('^');
const SIGN = precedenceOf('*');
/** Binds tighter than any operator. */
export const OPERAND = POWER + 1;

/** How tightly the loosest operator outside brackets binds; `</` and a hole bind like comparisons. */
export function bindingOf(node: Expr): number {
  if (node.kind === 'unary') return SIGN;
  if (node.kind !== 'binary') return OPERAND;
  return operatorPrecedence(node);
}

export function operatorPrecedence({ operator }: Binary): number {
  return precedenceOf(operator) ?? precedenceOf('>');
}

/** The text of an operand, in parentheses where it binds too loosely. */
function within(node: Expr, atLeast: number): string {
  const text = printFlat(node);
  return bindingOf(node) < atLeast ? `(${text})` : text;
}

function operandText(node: Expr): string {
  return within(node, OPERAND);
}

/** How tightly the operands of an operator must bind. */
export function operandBindings(node: Binary): readonly [left: number, right: number] {
  const precedence = operatorPrecedence(node);
  return node.operator === '^' ? [precedence + 1, precedence] : [precedence, precedence + 1];
}

function printBinary(node: Binary): string {
  const [left, right] = operandBindings(node);
  const sign = ` ${printOperator(node)} `;
  return `${within(node.left, left)}${sign}${signedText(node.right, right)}`;
}

/** After an operator or a sign, a sign needs no parentheses: `a ^ -b`, `--a`. */
function signedText(node: Expr, atLeast: number): string {
  return node.kind === 'unary' ? printFlat(node) : within(node, atLeast);
}

/** The operator with all that stands between it and its right operand. */
export function printOperator({ operator, matching }: Binary): string {
  return `${operator}${printMatching(matching)}`;
}

function printMatching({ bool, on, group, fill }: Matching): string {
  const parts: string[] = [];
  if (bool) parts.push('bool');
  if (on) parts.push(`${on.mode} ${printLabels(on.labels)}`);
  if (group) parts.push(`group_${group.side} ${printLabels(group.labels)}`);
  for (const { sides, text } of fill ?? []) parts.push(`${sides} (${text.replace(/\s/g, '')})`);
  return parts.map((part) => ` ${part}`).join('');
}

function printLabels(labels: readonly Name[]): string {
  return `(${labels.map(printGroupLabel).join(', ')})`;
}

function printGroupLabel({ name, hole }: Name): string {
  return hole || (PLAIN_LABEL.test(name) && !NO_LABEL.test(name)) ? name : quote(name);
}

/** `sum by (job) `: what stands before the parentheses of an aggregation. */
export function printHead({ operator, grouping }: Extract<Expr, { kind: 'aggregation' }>): string {
  return grouping ? `${operator} ${grouping.mode} ${printLabels(grouping.labels)} ` : operator;
}

export function argumentsOf({ parameter, expression }: Extract<Expr, { kind: 'aggregation' }>): readonly Expr[] {
  return parameter ? [parameter, expression] : [expression];
}

/** The name and the matchers of a selector. */
export function printSelectorNode({ name, matchers, braces }: VectorSelector): string {
  const written = name?.name ?? '';
  if (matchers.length === 0) return braces && !name ? '{}' : written;
  return `${written}{${matchers.map(printEntry).join(',')}}`;
}

export function printEntry(entry: VectorSelector['matchers'][number]): string {
  return entry.kind === 'hole' ? entry.text : printLabelMatcher(entry);
}

function printLabelMatcher({ label, operator, value, valueText, hole, bare }: LabelMatcher): string {
  const text = hole === 'bare' ? value : printText(value, valueText);
  if (bare) return text;
  return `${label.hole || PLAIN_LABEL.test(label.name) ? label.name : quote(label.name)}${operator}${text}`;
}

function printText(value: string, written: string): string {
  return value.includes(BROKEN) ? written : quote(value);
}

/** `[5m]` or `[5m:1m]` with what follows it. */
export function printRange(node: Extract<Expr, { kind: 'matrix' | 'subquery' }>): string {
  const step = node.kind === 'subquery' ? `:${node.step ? printDuration(node.step) : ''}` : '';
  return `[${printDuration(node.range)}${step}]${printModifiers(node)}`;
}

export function printModifiers({ extended, offset, at }: Modifiers): string {
  const words = extended ? ` ${extended.name}` : '';
  const back = offset ? ` offset ${printDuration(offset.duration)}` : '';
  return `${words}${back}${at ? ` @ ${at.text.replace(/\s/g, '').toLowerCase()}` : ''}`;
}

function printDuration(duration: Duration): string {
  switch (duration.kind) {
    case 'literal':
    case 'hole':
      return duration.text;
    case 'sign':
      return `${duration.operator}${printDuration(duration.operand)}`;
    case 'binary':
      return `${printDuration(duration.left)} ${duration.operator} ${printDuration(duration.right)}`;
    case 'call':
      return `${duration.name}(${duration.args.map(printDuration).join(', ')})`;
    default:
      return `(${printDuration(duration.inner)})`;
  }
}
