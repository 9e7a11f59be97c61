import type { LexFault } from './fault.ts';
import type { Token } from './lexer.ts';
import { missingLabelComma, noLabel } from './sequence-fault.ts';

/** What was found between the parentheses of `by (…)`, `on (…)` and the like. */
export interface LabelListCheck {
  readonly faults: readonly LexFault[];
  /** The index of the closing parenthesis; nothing where the text ends before it, or where reading makes no sense. */
  readonly end: number | undefined;
  /** The text ended inside the list. */
  readonly unclosed: boolean;
}

/** Checks the labels after `keyword`; `from` is the index of the token after the opening parenthesis. */
export function checkLabelList(tokens: readonly Token[], from: number, keyword: Token): LabelListCheck {
  const faults: LexFault[] = [];
  for (let index = from; index < tokens.length; index++) {
    const token = tokens[index]!;
    if (token.kind === 'close' && token.value === ')') return { faults, end: index, unclosed: false };
    const fault = labelFault(token, tokens[index - 1]!, keyword, index - from);
    if (fault) faults.push(fault);
    if (fault && !isLabel(token)) return { faults, end: undefined, unclosed: false };
  }
  return { faults, end: undefined, unclosed: true };
}

function isLabel({ kind }: Token): boolean {
  return kind === 'identifier' || kind === 'keyword' || kind === 'string';
}

function labelFault(token: Token, before: Token, keyword: Token, position: number): LexFault | undefined {
  if (token.kind === 'hole' || token.kind === 'unknown') return undefined;
  const expected = before.kind === 'open' || before.kind === 'comma';
  if (token.kind === 'comma' && !expected) return undefined;
  if (isLabel(token) && (expected || before.kind === 'hole')) return undefined;
  return expected ? noLabel(token, keyword, position === 0) : missingLabelComma(token, keyword, position === 1);
}
