import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { commentsOf } from '../../src/source/yaml-comments.ts';

function found(text: string): [comment: string, beside: string][] {
  return commentsOf({ path: 'a.yaml', text }, /# x/).map((comment) => [
    comment.text,
    text.slice(comment.beside.start, comment.beside.end),
  ]);
}

describe('comments of YAML', () => {
  it.each<[what: string, text: string, expected: [string, string][]]>([
    ['beside a value', 'a: 1 # x\nb: 2\n', [['# x', 'a: 1 # x']]],
    ['above it', '# x\na: 1\nb: 2\n', [['# x', 'a: 1']]],
    ['above it, with others and empty lines between', '  # x y\n\n# z\n \na: 1\n', [['# x y', 'a: 1']]],
    ['at the end of the file', 'a: 1\n# x', [['# x', '# x']]],
    ['after a byte order mark', '\ufeff# x\r\na: 1\r\n', [['# x', 'a: 1']]],
    ['beside the header of a block', 'a: | # x\n  # x no\n  b\nc: 1\n', [['# x', 'a: | # x\n  # x no\n  b']]],
    ['above a block', '# x\na: >-\n  b # x no\n  c\nd: 1\n', [['# x', 'a: >-\n  b # x no\n  c']]],
    ['above a text in quotes', '# x\na: "b # x no\n  c"\nd: 1\n', [['# x', 'a: "b # x no\n  c"']]],
    ['in a flow collection', 'a: [1, # x\n  2]\n', [['# x', 'a: [1, # x']]],
    ['in no quotes', `a: 'b # x'\nc: "d # x"\n`, []],
    ['without a space before it', 'a: b# x\n', []],
    ['in a broken file', 'a: [ # x\nb: }\n', []],
  ])('%s', (_what, text, expected) => {
    expect(found(text)).toEqual(expected);
  });

  it('are found behind every value, however it is written', () => {
    const value = fc.constantFrom(
      '1',
      "'# x'",
      '"# x"',
      '[a, b]',
      '{a: 1}',
      '&a b',
      '!!str c',
      '|\n  # x\n  y',
      "'a\n  # x'",
    );
    fc.assert(
      fc.property(fc.array(value, { minLength: 1 }), fc.nat(), (values, at) => {
        const marked = at % values.length;
        const lines = values.map((each, index) => `${index === marked ? '# x here\n' : ''}k${index}: ${each}\n`);
        expect(commentsOf({ path: 'a.yaml', text: lines.join('') }, /# x/).map(({ text }) => text)).toEqual([
          '# x here',
        ]);
      }),
    );
  });
});
