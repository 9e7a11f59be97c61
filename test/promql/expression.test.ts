// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the braces are those of Grafana's variables
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  authored,
  dedented,
  type Expression,
  edited,
  indented,
  joinedBy,
  parenthesised,
  promql,
  raw,
  substitute,
  trimmed,
} from '../../src/promql/expression.ts';
import { fitted } from '../../src/promql/layout.ts';
import { fakeDocument } from './document.ts';

function author(text: string): Expression {
  return authored(text, fakeDocument(text), ['expr']);
}

/** Every piece must show the same characters in the expression and in the author's text. */
function expectTruePieces({ text, pieces }: Expression): void {
  for (const { at, length, document, offset } of pieces) {
    expect(text.slice(at, at + length)).toBe(document.file.text.slice(offset, offset + length));
  }
}

function authoredText({ text, pieces }: Expression): string {
  return pieces.map(({ at, length }) => text.slice(at, at + length)).join('|');
}

test("a template keeps the author's characters", () => {
  const result = promql`sum(rate(${author('a{b="c"}')}[${'5m'}])) > ${author('1')}`;
  expect(result.text).toBe('sum(rate(a{b="c"}[5m])) > 1');
  expect(authoredText(result)).toBe('a{b="c"}|1');
  expectTruePieces(result);
});

test('a comment at the end does not swallow what follows', () => {
  expect(promql`sum(${raw('a # why')})`.text).toBe('sum(a # why\n)');
  expect(promql`a + ${raw('b # why')}`.text).toBe('a + b # why');
  expect(promql`sum(${raw('a{b="# no comment"}')})`.text).toBe('sum(a{b="# no comment"})');
});

describe('substitute', () => {
  test.each<[string, Record<string, string>, string]>([
    ['rate(a[$window])', { window: '5m' }, 'rate(a[5m])'],
    ['rate(a[${window}]) + rate(a[[[window]]])', { window: '1h' }, 'rate(a[1h]) + rate(a[1h])'],
    ['a$selector', { selector: '{b="c"}' }, 'a{b="c"}'],
    ['a$selector', { selector: '{}' }, 'a{}'],
    ['a{$selector}', { selector: '{b="c"}' }, 'a{b="c"}'],
    ['a{$selector, x="y"}', { selector: '{b="c"}' }, 'a{b="c", x="y"}'],
    ['a{$selector, x="y"}', { selector: '{}' }, 'a{x="y"}'],
    ['a{x="y", $selector}', { selector: '{}' }, 'a{x="y"}'],
    ['a{$p, $q}', { p: '{}', q: '{}' }, 'a{}'],
    ['a{$selector}', { selector: '{}' }, 'a{}'],
    ['a{job=$job}', { job: '"x"' }, 'a{job="x"}'],
    ['a{job="$job"}', { job: '"x"' }, 'a{job="$job"}'],
    ['label_replace(a, "x", "$1", "y", "(.*)")', { '1': 'no' }, 'label_replace(a, "x", "$1", "y", "(.*)")'],
    ['a # $window', { window: '5m' }, 'a # $window'],
    ['a * $factor', { factor: '1 + 2' }, 'a * (1 + 2)'],
    ['f($factor)', { factor: '1 + 2' }, 'f(1 + 2)'],
    ['$factor', { factor: '1 + 2' }, '1 + 2'],
    ['$unknown > $toString', {}, '$unknown > $toString'],
  ])('%s with %j', (text, values, expected) => {
    const result = substitute(author(text), values);
    expect(result.text).toBe(expected);
    expectTruePieces(result);
  });

  test('pieces on both sides of a hole, and of what fills it', () => {
    const result = substitute(author('rate(a{$selector}[$window]) > 1'), { window: '5m', selector: author('{x="y"}') });
    expect(authoredText(result)).toBe('rate(a{|x="y"|}[|]) > 1');
    expectTruePieces(result);
  });
});

describe('layout', () => {
  test('dedented, trimmed', () => {
    const result = dedented(trimmed(author('\n  a\n    + b\n\n  - c\n')));
    expect(result.text).toBe('a\n    + b\n\n  - c');
    expect(dedented(author('  a\n    + b\n\n  - c')).text).toBe('a\n  + b\n\n- c');
    expectTruePieces(result);
  });

  test('indented, raw strings and empty lines apart', () => {
    const result = indented(author('a{b=`x\ny`}\n\n+ c'), 2);
    expect(result.text).toBe('  a{b=`x\ny`}\n\n  + c');
    expectTruePieces(result);
  });

  test.each([
    ['a', 'a'],
    ['sum(a + b)', 'sum(a + b)'],
    ['a{b="c or d"}', 'a{b="c or d"}'],
    ['a + b', '(a + b)'],
    ['a or b', '(a or b)'],
    ['-a', '(-a)'],
    ['(a) + (b)', '((a) + (b))'],
    ['(a + b)', '(a + b)'],
    ['a offset -5m', 'a offset -5m'],
    ['rate(a[5m] offset 1h)', 'rate(a[5m] offset 1h)'],
    ['a\nor\nb', '(\n  a\n  or\n  b\n)'],
    ['a or b # why', '(\n  a or b # why\n)'],
  ])('parenthesised: %s', (text, expected) => {
    expect(parenthesised(author(text)).text).toBe(expected);
  });

  test.each([
    ['sum(\n  a\n)', 'sum(a)'],
    ['a\n/\nb', 'a / b'],
    ['f(\n  a,\n  b\n)', 'f(a, b)'],
    ['a # why\n+ b', 'a # why\n+ b'],
    ['a{b=`x\ny`}\n+ c', 'a{b=`x\ny`}\n+ c'],
    [`${'a'.repeat(60)}\n+\n${'b'.repeat(60)}`, `${'a'.repeat(60)}\n+\n${'b'.repeat(60)}`],
  ])('fitted: %s', (text, expected) => {
    const result = fitted(author(text));
    expect(result.text).toBe(expected);
    expectTruePieces(result);
  });
});

describe('properties', () => {
  const parts = [
    'a',
    '$x',
    '${y}',
    '{',
    '}',
    '$x,',
    ',',
    '`',
    '\n',
    '  ',
    '"',
    '# c',
    '(',
    ')',
    '+',
    '[',
    ']',
    'or',
    '{b="c"}',
  ];
  const text = fc.oneof(
    fc.string(),
    fc.array(fc.constantFrom(...parts)).map((each) => each.join('')),
  );

  test("whatever is done, pieces show the author's characters", () => {
    fc.assert(
      fc.property(text, text, text, (one, two, value) => {
        const expression = joinedBy('\n', [author(one), raw('+'), author(two)]);
        const filled = substitute(expression, { x: author(value), y: value });
        for (const result of [
          filled,
          indented(filled, 4),
          dedented(filled),
          trimmed(filled),
          parenthesised(filled),
          fitted(filled),
        ]) {
          expectTruePieces(result);
        }
      }),
    );
  });

  test('edits that put back what was there change nothing', () => {
    fc.assert(
      fc.property(text, fc.nat(), fc.nat(), (content, from, length) => {
        const start = content === '' ? 0 : from % content.length;
        const end = Math.min(content.length, start + (length % 5));
        const result = edited(author(content), [{ start, end, replacement: content.slice(start, end) }]);
        expect(result.text).toBe(content);
        expectTruePieces(result);
      }),
    );
  });
});
