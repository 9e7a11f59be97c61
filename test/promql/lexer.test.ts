// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the braces are those of Grafana's variables
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { tokenize } from '../../src/promql/lexer.ts';

function kinds(text: string): string[] {
  return tokenize(text).tokens.map((token) => `${token.kind} ${token.value}`);
}

describe('tokens', () => {
  test.each<[string, string[]]>([
    ['sum by(x)', ['keyword sum', 'keyword by', 'open (', 'identifier x', 'close )']],
    ['SUM(a:b)', ['keyword sum', 'open (', 'metric a:b', 'close )']],
    ['{sum="a"}', ['open {', 'identifier sum', 'operator =', 'string "a"', 'close }']],
    ['a[5m:1h30m]', ['identifier a', 'open [', 'duration 5m', 'colon :', 'duration 1h30m', 'close ]']],
    ['a!=1_0e3', ['identifier a', 'operator !=', 'number 1_0e3']],
    ['Inf nAn', ['number Inf', 'number nAn']],
    ['0x1F+.5', ['number 0x1F', 'operator +', 'number .5']],
    ['a@1 # c\nb', ['identifier a', 'operator @', 'number 1', 'comment # c', 'identifier b']],
    ['`a\n"b`', ['string `a\n"b`']],
    ['$window ${job:regex} [[x]]', ['hole window', 'hole job', 'hole x']],
    ['a[[[i]]]', ['identifier a', 'open [', 'hole i', 'close ]']],
    ['a$b_c', ['identifier a', 'hole b_c']],
    [
      'a^2%b>=c',
      ['identifier a', 'operator ^', 'number 2', 'operator %', 'identifier b', 'operator >=', 'identifier c'],
    ],
    ['offset by_x', ['keyword offset', 'identifier by_x']],
    ['a[foo) b:c', ['identifier a', 'open [', 'identifier foo', 'close )', 'identifier b', 'colon :', 'identifier c']],
  ])('%s', (text, expected) => {
    expect(kinds(text)).toEqual(expected);
  });

  test('positions count UTF-16 code units', () => {
    const [string, name] = tokenize('"😀" up').tokens;
    expect([string!.start, string!.end, name!.start]).toEqual([0, 4, 5]);
  });
});

describe('faults of single tokens', () => {
  test.each<[string, string, string, string | undefined]>([
    ['a{b="c}', '"c}', 'the string is never closed', 'close it with `"`'],
    ['"a\nb"', '"a', 'the string is never closed', 'close it with `"`'],
    [
      '"\\d"',
      '\\d',
      'unknown escape `\\d` in a string',
      'write `\\\\d` for a backslash followed by `d`, or use backticks instead of quotes',
    ],
    ['"\\ud800"', '\\ud800', 'the escape `\\ud800` is no character of Unicode', undefined],
    [
      '1h1d',
      '1h1d',
      'the units of the duration `1h1d` do not go from large to small, each once',
      'order the units y, w, d, h, m, s, ms, as in `1h30m`',
    ],
    ['5min', '5min', '`5min` is no duration', 'write `5m`; the units are y, w, d, h, m, s and ms'],
    ['1.5h', '1.5h', '`1.5h` is no duration', 'use whole numbers with smaller units, as in `1h30m` for 1.5h'],
    ['1..2', '1..2', '`1..2` is neither a number nor a duration', undefined],
    ['a; b', ';', 'the character `;` has no meaning in PromQL', undefined],
    ['a\u00a0b', '\u00a0', 'the character U+00A0 has no meaning in PromQL', 'use an ordinary space'],
    ['a{b=“c”}', '“', 'the character `“` has no meaning in PromQL', 'use the straight quote `"`'],
    ['a && b', '&', 'the character `&` has no meaning in PromQL', 'use `and`'],
    ['$ 1', '$', 'the character `$` has no meaning in PromQL', 'write a variable as `$name`'],
  ])('%s', (text, at, message, help) => {
    const [fault] = tokenize(text).faults;
    expect({ at: text.slice(fault!.start, fault!.end), message: fault!.message, help: fault!.help }).toEqual({
      at,
      message,
      help,
    });
  });
});

const FRAGMENTS = [
  'sum',
  'by',
  '(',
  ')',
  '[',
  ']',
  '{',
  '}',
  '"',
  "'",
  '`',
  '\\',
  '$',
  '${',
  '[[',
  'a:',
  '5m',
  '1e',
  '#',
  '\n',
  ' ',
  '=~',
  '!',
  '😀',
  '.',
  ',',
];
const anyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.array(fc.constantFrom(...FRAGMENTS)).map((parts) => parts.join('')),
);

describe('properties', () => {
  test('tokens stand in order and cover all but white space', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        let at = 0;
        for (const { start, end } of tokenize(text).tokens) {
          expect(text.slice(at, start)).toMatch(/^[ \t\r\n]*$/);
          expect(end).toBeGreaterThan(start);
          at = end;
        }
        expect(text.slice(at)).toMatch(/^[ \t\r\n]*$/);
      }),
    );
  });

  test.each<[string, string]>([
    ['open brackets', '('.repeat(500_000)],
    ['brackets that close nothing', `${'('.repeat(250_000)}${']'.repeat(250_000)}`],
    ['unclosed holes', '${a:'.repeat(250_000)],
    ['unknown escapes', `"${'\\q'.repeat(500_000)}"`],
    ['a long number', `${'1'.repeat(1_000_000)}x`],
    ['a number with many zeros', `1${'0'.repeat(1_000_000)}1m`],
  ])('a megabyte of %s is read', (_, text) => {
    expect(tokenize(text).tokens.at(-1)!.end).toBe(text.length);
  });
});
