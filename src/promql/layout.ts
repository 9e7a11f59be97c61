import { type Edit, type Expression, edited } from './expression.ts';
import { type Token, tokenize } from './lexer.ts';

/** The width up to which an expression stays on one line. */
export const LINE_WIDTH = 100;

/** On one line where that is at most `width` characters long and no comment is in the way; otherwise as it is. */
export function fitted(expression: Expression, width = LINE_WIDTH): Expression {
  const { text } = expression;
  if (!text.includes('\n')) return expression;
  const { tokens } = tokenize(text);
  if (tokens.some((token) => token.kind === 'comment' || (token.kind === 'string' && token.value.includes('\n')))) {
    return expression;
  }
  const flat = edited(expression, lineBreaks(text, tokens));
  return flat.text.length <= width ? flat : expression;
}

/** The line breaks between tokens, each replaced by a space or, next to a bracket, by nothing. */
function lineBreaks(text: string, tokens: readonly Token[]): Edit[] {
  return tokens.slice(1).flatMap((token, index) => {
    const before = tokens[index]!;
    if (!text.slice(before.end, token.start).includes('\n')) return [];
    const bracket = before.kind === 'open' || token.kind === 'close' || token.kind === 'comma';
    return [{ start: before.end, end: token.start, replacement: bracket ? '' : ' ' }];
  });
}
