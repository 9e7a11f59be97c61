import { type Edit, type Expression, edited, parenthesised, raw, sliced } from './expression.ts';
import type { Token } from './lexer.ts';
import { structureOf } from './structure.ts';

/**
 * The expression with holes filled in: `$window`, `${window}` and `[[window]]` by the value of `window`; holes without
 * a value stay. The author's characters keep their positions.
 *
 * Inside quotes nothing is replaced: there a `$` is an anchor of a regular expression or `$1` of `label_replace`. A
 * parameter that is a text is written without quotes, `{job=$job}`, and its value is then a quoted string.
 *
 * Matchers (`{job="a"}`) fill a hole after the name of a metric as they are, and a hole between braces without their
 * braces; an empty list takes the comma next to it away. A value with operators gets parentheses where the hole is an
 * operand among others.
 */
export function substitute(expression: Expression, values: Readonly<Record<string, string | Expression>>): Expression {
  if (!/[$[]/.test(expression.text)) return expression;
  const { tokens } = structureOf(expression.text);
  const edits: Edit[] = [];
  let braces = false;
  tokens.forEach((token, index) => {
    if (token.value === '{' && token.kind === 'open') braces = true;
    else if (token.value === '}' && token.kind === 'close') braces = false;
    else if (token.kind === 'hole' && Object.hasOwn(values, token.value)) {
      const value = values[token.value]!;
      const filling = typeof value === 'string' ? raw(value) : value;
      edits.push(
        braces ? matcherEdit(tokens, index, filling, edits.at(-1)?.end ?? 0) : operandEdit(tokens, index, filling),
      );
    }
  });
  return edited(expression, edits);
}

function operandEdit(tokens: readonly Token[], index: number, value: Expression): Edit {
  const { start, end } = tokens[index]!;
  const [before, after] = [tokens[index - 1], tokens[index + 1]];
  const alone = (!before || isBoundary(before)) && (!after || isBoundary(after));
  return { start, end, replacement: alone ? value : parenthesised(value) };
}

function isBoundary({ kind }: Token): boolean {
  return kind === 'open' || kind === 'close' || kind === 'comma' || kind === 'colon';
}

/** A hole between braces; `from`: where the previous edit ends. */
function matcherEdit(tokens: readonly Token[], index: number, value: Expression, from: number): Edit {
  const { start, end } = tokens[index]!;
  const { text } = value;
  const matchers = /^\s*\{[\s\S]*\}\s*$/.test(text);
  const replacement = matchers ? sliced(value, text.indexOf('{') + 1, text.lastIndexOf('}')) : value;
  if (replacement.text.trim() !== '') return { start, end, replacement };
  const [before, after] = [tokens[index - 1], tokens[index + 1]];
  if (after?.kind === 'comma') return { start, end: tokens[index + 2]?.start ?? after.end, replacement: '' };
  if (before?.kind === 'comma' && before.start >= from) return { start: before.start, end, replacement: '' };
  return { start, end, replacement: '' };
}
