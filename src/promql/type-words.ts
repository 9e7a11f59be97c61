import type { ValueType } from './ast.ts';

const WORDS: Readonly<Record<ValueType, string>> = {
  scalar: 'a number',
  vector: 'an instant vector',
  matrix: 'a range of samples',
  string: 'a text',
  any: 'anything',
};

/** A type in the words of the documentation, with its article. */
export function typeWords(type: ValueType): string {
  return WORDS[type];
}
