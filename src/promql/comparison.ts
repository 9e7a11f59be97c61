import type { Range } from './fault.ts';
import { withoutParentheses } from './grouping.ts';
import { lastOperation } from './matching.ts';
import { COMPARISONS, type Structure, structureOf } from './structure.ts';

/**
 * The comparison that decides which series an expression returns, as the place of its sign; nothing where there is
 * none. Comparisons inside functions, aggregations and arithmetic do not count, nor do those on the right of `and`
 * and `unless`: they only choose what is looked at.
 */
export function outermostComparison(text: string): Range | undefined {
  const structure = structureOf(text);
  return inRange(structure, 0, structure.tokens.length);
}

function inRange(structure: Structure, from: number, to: number): Range | undefined {
  const [start, end] = withoutParentheses(structure, from, to);
  const operation = lastOperation(structure, start, end);
  if (!operation) return undefined;
  const { operator, left, right } = operation;
  if (COMPARISONS.has(operator)) {
    const sign = structure.tokens[left[1]]!;
    return { start: sign.start, end: sign.end };
  }
  if (operator === 'or') return inRange(structure, ...left) ?? inRange(structure, ...right);
  return operator === 'and' || operator === 'unless' ? inRange(structure, ...left) : undefined;
}
