import { GROUPINGS, type Token, tokenize, WORD_OPERATORS } from './lexer.ts';

/** An expression as tokens without comments, each bracket with the index of its partner (-1 where it has none). */
export interface Structure {
  readonly text: string;
  readonly tokens: readonly Token[];
  readonly partners: Int32Array;
}

/** Reads the brackets of an expression. Never throws; a bracket without partner is left alone. */
export function structureOf(text: string): Structure {
  const tokens = tokenize(text).tokens.filter((token) => token.kind !== 'comment');
  const partners = new Int32Array(tokens.length).fill(-1);
  const open: number[] = [];
  tokens.forEach((token, index) => {
    if (token.kind === 'open') open.push(index);
    else if (token.kind === 'close') {
      const opener = open.pop();
      if (opener === undefined) return;
      partners[opener] = index;
      partners[index] = opener;
    }
  });
  return { text, tokens, partners };
}

/** The signs that combine or compare two operands. */
export const BINARY_SIGNS: ReadonlySet<string> = new Set(['+', '-', '*', '/', '%', '^', ...comparisons()]);
export const COMPARISONS: ReadonlySet<string> = new Set(comparisons());

function comparisons(): string[] {
  return ['==', '!=', '<=', '>=', '<', '>'];
}

/** Words that, followed by parentheses, change how the operands of a binary operator are matched. */
const MATCHING_WORDS: ReadonlySet<string> = new Set([
  ...[...GROUPINGS].filter((word) => word !== 'by' && word !== 'without'),
  ...['fill', 'fill_left', 'fill_right'],
]);

const OPERAND_ENDS: ReadonlySet<string> = new Set(['number', 'duration', 'string', 'identifier', 'metric', 'hole']);
const NO_OPERAND_WORDS: ReadonlySet<string> = new Set([...GROUPINGS, ...WORD_OPERATORS, 'bool', 'offset']);

/** Whether an operand ends with the token at `index`, so that a sign after it has a left operand. */
export function endsOperand(structure: Structure, index: number): boolean {
  const token = structure.tokens[index];
  if (!token) return false;
  if (token.kind === 'keyword') return !NO_OPERAND_WORDS.has(token.value);
  if (token.kind !== 'close') return OPERAND_ENDS.has(token.kind);
  const before = structure.tokens[structure.partners[index]! - 1];
  return !(token.value === ')' && before && MATCHING_WORDS.has(before.value));
}

/** Whether the token at `index` joins two operands. */
export function isBinaryOperator(structure: Structure, index: number): boolean {
  const token = structure.tokens[index]!;
  const joins = BINARY_SIGNS.has(token.value) || (token.kind === 'keyword' && WORD_OPERATORS.has(token.value));
  return joins && endsOperand(structure, index - 1);
}

/** Whether a token is an operator or `offset`: something that needs an operand after it. */
export function isOperatorToken(token: Token): boolean {
  if (token.kind !== 'keyword') return token.kind === 'operator';
  return WORD_OPERATORS.has(token.value) || token.value === 'offset';
}

/** The indexes of the binary operators between `from` and `to` (exclusive) that stand inside no bracket. */
export function topLevelOperators(structure: Structure, from = 0, to = structure.tokens.length): number[] {
  const found: number[] = [];
  for (let index = from; index < to; index++) {
    const partner = structure.partners[index]!;
    if (partner > index) index = partner;
    else if (index > from && isBinaryOperator(structure, index)) found.push(index);
  }
  return found;
}

/** The precedence of binary operators, the loosest lowest. Source: https://prometheus.io/docs/prometheus/latest/querying/operators/ (Binary operator precedence) */
const PRECEDENCE: ReadonlyMap<string, number> = new Map(
  [['or'], ['and', 'unless'], comparisons(), ['+', '-'], ['*', '/', '%', 'atan2'], ['^']].flatMap((operators, level) =>
    operators.map((operator) => [operator, level] as const),
  ),
);

/** How tightly a binary operator binds: 0 (`or`) to 5 (`^`). */
export function precedenceOf(operator: string): number {
  return PRECEDENCE.get(operator)!;
}

/** Binds tighter than any operator: a single operand. */
export const OPERAND_PRECEDENCE = PRECEDENCE.size;

/** How tightly the loosest operator outside brackets binds; a leading sign binds like `*`. */
export function loosestPrecedence(structure: Structure): number {
  const signed = structure.tokens[0]?.kind === 'operator';
  return topLevelOperators(structure).reduce(
    (loosest, index) => Math.min(loosest, precedenceOf(structure.tokens[index]!.value)),
    signed ? precedenceOf('*') : OPERAND_PRECEDENCE,
  );
}
