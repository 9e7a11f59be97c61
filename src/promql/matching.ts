import { GROUPINGS, type Token } from './lexer.ts';
import { unquote } from './string-literal.ts';
import { precedenceOf, type Structure, topLevelOperators } from './structure.ts';

/** A label in a list, with its place. */
export interface LabelToken {
  readonly name: string;
  readonly token: Token;
}

/** What stands between a binary operator and its right operand. */
export interface Matching {
  readonly on?: readonly LabelToken[];
  readonly ignoring?: readonly LabelToken[];
  readonly group?: { readonly side: 'left' | 'right'; readonly labels: readonly LabelToken[] };
}

/** A binary operation as ranges of tokens, the ends exclusive. */
export interface BinaryOperation extends Matching {
  readonly operator: string;
  readonly left: readonly [from: number, to: number];
  readonly right: readonly [from: number, to: number];
}

/** The operation that is evaluated last among the tokens `from`…`to`; nothing where there is a single operand. */
export function lastOperation(structure: Structure, from: number, to: number): BinaryOperation | undefined {
  const operators = topLevelOperators(structure, from, to);
  if (operators.length === 0) return undefined;
  const valueAt = (index: number) => structure.tokens[index]!.value;
  const loosest = operators.reduce((least, index) => Math.min(least, precedenceOf(valueAt(index))), Number.MAX_VALUE);
  const candidates = operators.filter((index) => precedenceOf(valueAt(index)) === loosest);
  const root = valueAt(candidates[0]!) === '^' ? candidates[0]! : candidates.at(-1)!;
  const { matching, next } = readMatching(structure, root + 1, to);
  return { operator: valueAt(root), left: [from, root], right: [next, to], ...matching };
}

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };

function readMatching(structure: Structure, from: number, to: number) {
  const matching: Mutable<Matching> = {};
  let next = from;
  while (next < to) {
    const token = structure.tokens[next]!;
    const modifies = token.kind === 'keyword' && (token.value === 'bool' || GROUPINGS.has(token.value));
    if (!modifies) break;
    const labels = labelsAfter(structure, next);
    addModifier(matching, token.value, labels?.labels ?? []);
    next = labels?.next ?? next + 1;
  }
  return { matching, next };
}

function addModifier(matching: Mutable<Matching>, word: string, labels: readonly LabelToken[]): void {
  if (word === 'on') matching.on = labels;
  else if (word === 'ignoring') matching.ignoring = labels;
  else if (word === 'group_left') matching.group = { side: 'left', labels };
  else if (word === 'group_right') matching.group = { side: 'right', labels };
}

/** The labels in parentheses after a grouping keyword, and the index after them. */
export function labelsAfter(structure: Structure, keyword: number): { labels: LabelToken[]; next: number } | undefined {
  const close = structure.tokens[keyword + 1]?.value === '(' ? structure.partners[keyword + 1]! : -1;
  if (close === -1) return undefined;
  const labels = structure.tokens.slice(keyword + 2, close).flatMap((token) => {
    const name = labelName(structure, token);
    return name === undefined ? [] : [{ name, token }];
  });
  return { labels, next: close + 1 };
}

/** A label as written: unlike keywords, labels distinguish cases. */
function labelName({ text }: Structure, { kind, value, start, end }: Token): string | undefined {
  if (kind === 'string') return unquote(value);
  return kind === 'identifier' || kind === 'keyword' ? text.slice(start, end) : undefined;
}
