import type { LexFault } from './fault.ts';
import { withoutParentheses } from './grouping.ts';
import { structureOf } from './structure.ts';

/**
 * Whether a rule can use the result of an expression, judged by its text: a text and a range of samples pass promtool,
 * and then every evaluation fails. The expression must be free of lexical faults.
 * Source: https://prometheus.io/docs/prometheus/latest/querying/basics/ (Expression language data types)
 */
export function checkResult(text: string): LexFault[] {
  const structure = structureOf(text);
  const { tokens, partners } = structure;
  const [from, to] = withoutParentheses(structure, 0, tokens.length);
  const first = tokens[from];
  if (!first) return [];
  if (to - from === 1 && first.kind === 'string') {
    const message = 'the expression is a text, which is no value';
    return [{ kind: 'syntax', start: first.start, end: first.end, message, help: 'write an expression of numbers' }];
  }
  for (let index = from; index < to; index++) {
    const [token, partner] = [tokens[index]!, partners[index]!];
    if (partner <= index) continue;
    if (token.value === '[') {
      const range = text.slice(token.start, tokens[partner]!.end);
      const message = `the expression gives a range of samples, \`${range}\`, where a rule needs one value`;
      const help = `put it into a function, such as \`rate(…${range})\`, or remove the range`;
      return [{ kind: 'syntax', start: token.start, end: tokens[partner]!.end, message, help }];
    }
    index = partner;
  }
  return [];
}
