import type { Aggregation, Binary, Call, Expr, VectorSelector } from './ast.ts';
import { LINE_WIDTH } from './layout.ts';
import * as flat from './print.ts';

const STEP = 2;

/**
 * An expression in its canonical form: on one line where that fits, otherwise broken at its operators, arguments and
 * matchers, the operators on lines of their own. Reading it again gives the same tree. Comments are not part of the tree
 * and are lost.
 *
 * ```promql
 * sum by (job) (rate(http_requests_total{code=~"5.."}[5m]))
 * /
 * sum by (job) (rate(http_requests_total[5m]))
 * ```
 */
export function printExpression(node: Expr, width: number = LINE_WIDTH): string {
  return new Layout(width).lines(node, 0).join('\n');
}

class Layout {
  private readonly width: number;
  private readonly texts = new Map<Expr, string>();

  constructor(width: number) {
    this.width = width;
  }

  /** The lines of a node that begins at column `indent`; the first has no indentation of its own. */
  lines(node: Expr, indent: number, atLeast = 0): readonly string[] {
    if (flat.bindingOf(node) < atLeast) return this.block('(', [node], ')', indent);
    if (this.text(node).length + indent <= this.width) return [this.text(node)];
    switch (node.kind) {
      case 'binary':
        return this.binary(node, indent);
      case 'paren':
        return this.block('(', [node.expression], ')', indent);
      case 'call':
      case 'aggregation':
        return this.call(node, indent);
      case 'unary':
        return prefixed(node.operator, this.signed(node.operand, indent + 1, flat.POWER));
      case 'subquery':
        return suffixed(this.lines(node.expression, indent, flat.OPERAND), flat.printRange(node));
      case 'matrix':
        return suffixed(this.lines(node.selector, indent), flat.printRange(node));
      case 'vector':
        return this.selector(node, indent);
      default:
        return [this.text(node)];
    }
  }

  private text(node: Expr): string {
    let text = this.texts.get(node);
    if (text === undefined) {
      text = flat.printFlat(node);
      this.texts.set(node, text);
    }
    return text;
  }

  /** A chain of operators that bind alike stands in one column; a number stays beside what it is compared with. */
  private binary(node: Binary, indent: number): readonly string[] {
    const [left, right] = flat.operandBindings(node);
    const binding = flat.bindingOf(node);
    const alike = node.left.kind === 'binary' && flat.bindingOf(node.left) === binding && left <= binding;
    const before = alike ? this.binary(node.left as Binary, indent) : this.lines(node.left, indent, left);
    const operator = flat.printOperator(node);
    const beside = ` ${operator} ${this.text(node.right)}`;
    if (node.left.kind !== 'binary' && isPlain(node.right) && this.fits(before, beside))
      return suffixed(before, beside);
    const after = this.rest(node.right, indent, node.right.kind === 'unary' ? 0 : right);
    return [...before, this.indented(operator, indent), ...after];
  }

  private fits(lines: readonly string[], suffix: string): boolean {
    return lines.length > 1 && lines.at(-1)!.length + suffix.length <= this.width;
  }

  private signed(node: Expr, indent: number, atLeast: number): readonly string[] {
    return this.lines(node, indent, node.kind === 'unary' ? 0 : atLeast);
  }

  private rest(node: Expr, indent: number, atLeast: number): string[] {
    const [first, ...others] = this.lines(node, indent, atLeast);
    return [this.indented(first!, indent), ...others];
  }

  private call(node: Call | Aggregation, indent: number): string[] {
    if (node.kind === 'call') return this.block(`${node.name.name}(`, node.args, ')', indent);
    return this.block(`${flat.printHead(node)}(`, flat.argumentsOf(node), ')', indent);
  }

  private block(open: string, parts: readonly Expr[], close: string, indent: number): string[] {
    const inner = parts.flatMap((part, index) => {
      const lines = this.rest(part, indent + STEP, 0);
      return index < parts.length - 1 ? suffixed(lines, ',') : lines;
    });
    return [open, ...inner, this.indented(close, indent)];
  }

  private selector(node: VectorSelector, indent: number): readonly string[] {
    if (node.matchers.length < 2) return [this.text(node)];
    const entries = node.matchers.map((entry) => this.indented(`${flat.printEntry(entry)},`, indent + STEP));
    return [`${node.name?.name ?? ''}{`, ...entries, this.indented(`}${flat.printModifiers(node)}`, indent)];
  }

  private indented(text: string, indent: number): string {
    return ' '.repeat(indent) + text;
  }
}

/** A number, a hole, or one with a sign. */
function isPlain(node: Expr): boolean {
  return node.kind === 'number' || node.kind === 'hole' || (node.kind === 'unary' && isPlain(node.operand));
}

function prefixed(prefix: string, [first, ...rest]: readonly string[]): string[] {
  return [prefix + first!, ...rest];
}

function suffixed(lines: readonly string[], suffix: string): string[] {
  return [...lines.slice(0, -1), lines.at(-1)! + suffix];
}
