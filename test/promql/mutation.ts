import fc from 'fast-check';

const WORDS = [
  'foo',
  'sum',
  'by',
  'and',
  '(',
  ')',
  '[',
  '5m',
  ']',
  '{',
  '}',
  'job',
  '=',
  '"a"',
  '=~',
  '>',
  '-',
  '*',
  ',',
  '5',
];
const MORE = [
  'on',
  'ignoring',
  'group_left',
  'bool',
  'offset',
  '@',
  ':',
  '1h',
  '==',
  'start',
  '`r`',
  'inf',
  '"(a"',
  '"["',
  '# c\n',
  '\\',
  '"x',
  '1..2',
];
const TOKEN = /"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|#.*|[\w:.]+|=~|!~|[=!<>]=|\s+|./gs;

/** Expressions that somebody mistyped: a token taken away, put in, replaced or doubled. */
export function mistyped(expressions: readonly string[]): fc.Arbitrary<string> {
  return fc
    .record({
      text: fc.constantFrom(...expressions),
      at: fc.nat(),
      how: fc.constantFrom('remove', 'insert', 'replace', 'double'),
      word: fc.constantFrom(...WORDS, ...MORE),
    })
    .map(({ text, at, how, word }) => {
      const tokens = text.match(TOKEN) ?? [];
      const index = at % Math.max(1, tokens.length);
      const added =
        how === 'remove'
          ? []
          : how === 'insert'
            ? [word, ' ', tokens[index]!]
            : [how === 'double' ? tokens[index]! : word];
      tokens.splice(index, how === 'double' ? 0 : 1, ...added);
      return tokens.join('');
    });
}

const CHARACTERS = ['', ...'()[]{},:;=~!<>+-*/%^@"\\`.0159aeEdmsxX_ \n#'];

/** Expressions with one character put in, replaced or taken away. */
export function edited(expressions: readonly string[]): fc.Arbitrary<string> {
  return fc
    .tuple(fc.constantFrom(...expressions.filter(isPlain)), fc.nat(), fc.constantFrom(...CHARACTERS), fc.boolean())
    .map(([text, at, character, replaces]) => {
      const index = at % (text.length + 1);
      return text.slice(0, index) + character + text.slice(index + (replaces ? 1 : 0));
    });
}

/** Characters of two code units would be cut in halves, which no file can hold. */
function isPlain(text: string): boolean {
  return !/[\ud800-\udfff]/.test(text);
}
