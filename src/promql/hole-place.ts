import type { Range } from './fault.ts';
import { GROUPINGS, type Token } from './lexer.ts';
import { type Structure, structureOf } from './structure.ts';

/**
 * What may stand where a hole stands: an operand; a text that is an argument of a function; a duration of a range, a
 * step or an offset; the name of a label; the value of a matcher; whole matchers.
 */
export type HolePlace = 'operand' | 'text' | 'duration' | 'label' | 'matcher-value' | 'matchers';

export interface PlacedHole extends Range {
  readonly name: string;
  readonly place: HolePlace;
  /** Names, numbers, texts and holes beside it without a blank: the two would be read as one. */
  readonly touching: readonly Token[];
}

/** The holes of an expression outside of quotes and comments, in order. */
export function placedHoles(text: string): PlacedHole[] {
  if (!/[$[]/.test(text)) return [];
  const structure = structureOf(text);
  const { tokens, partners } = structure;
  const around: number[] = [];
  return tokens.flatMap((token, index) => {
    if (token.kind === 'open') around.push(index);
    else if (token.kind === 'close' && partners[index] !== -1) around.pop();
    if (token.kind !== 'hole') return [];
    const { value: name, start, end } = token;
    const place = placeAt(structure, index, around.at(-1) ?? -1);
    return [{ name, start, end, place, touching: touching(tokens, index) }];
  });
}

/** `opener`: index of the innermost bracket around the hole. */
function placeAt(structure: Structure, index: number, opener: number): HolePlace {
  const { tokens } = structure;
  const [before, after] = [tokens[index - 1], tokens[index + 1]];
  const bracket = tokens[opener]?.value;
  if (bracket === '{') {
    if (before?.kind === 'operator') return 'matcher-value';
    return after?.kind === 'operator' ? 'label' : 'matchers';
  }
  const word = before?.value === '-' ? tokens[index - 2] : before;
  if (bracket === '[' || (word?.kind === 'keyword' && word.value === 'offset')) return 'duration';
  return bracket === '(' ? placeInParentheses(structure, index, opener) : 'operand';
}

/** Whether an argument is a text, by function. Source: https://prometheus.io/docs/prometheus/latest/querying/functions/ */
const TEXT_ARGUMENTS: ReadonlyMap<string, (index: number) => boolean> = new Map([
  ['count_values', (index) => index === 0],
  ...['label_replace', 'label_join', 'sort_by_label', 'sort_by_label_desc'].map(
    (name) => [name, (index: number) => index > 0] as const,
  ),
]);

function placeInParentheses({ tokens, partners }: Structure, index: number, opener: number): HolePlace {
  const word = tokens[opener - 1];
  if (word?.kind === 'keyword' && GROUPINGS.has(word.value)) return 'label';
  const isText = TEXT_ARGUMENTS.get(owner({ tokens, partners }, opener) ?? '');
  if (!isText) return 'operand';
  let commas = 0;
  for (let each = opener + 1; each < index; each++) {
    if (partners[each]! > each) each = partners[each]!;
    else if (tokens[each]!.kind === 'comma') commas++;
  }
  return isText(commas) ? 'text' : 'operand';
}

/** The function whose arguments an opening parenthesis begins; `count_values by (a) (…)` has its labels in between. */
function owner({ tokens, partners }: Pick<Structure, 'tokens' | 'partners'>, opener: number): string | undefined {
  const before = tokens[opener - 1];
  if (before?.kind !== 'close') return before?.value;
  const list = partners[opener - 1]!;
  const isGrouping = tokens[list - 1]?.kind === 'keyword' && GROUPINGS.has(tokens[list - 1]!.value);
  return isGrouping ? tokens[list - 2]?.value : undefined;
}

const WORDS: ReadonlySet<string> = new Set(['identifier', 'metric', 'number', 'duration', 'string', 'hole']);

function touching(tokens: readonly Token[], index: number): Token[] {
  const { start, end } = tokens[index]!;
  return [tokens[index - 1], tokens[index + 1]].filter(
    (each): each is Token => each !== undefined && WORDS.has(each.kind) && (each.end === start || each.start === end),
  );
}
