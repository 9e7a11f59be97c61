import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readPattern } from '../../src/promql/pattern.ts';

describe('patterns', () => {
  test.each([
    ['[a-z-]+', 'web-team', true],
    ['[a-z-]+', 'web team', false],
    ['web|api', 'api', true],
    ['web|api', 'web-api', false],
    ['a.b', 'a\nb', true],
    ['[.]x{2,3}', '.xxx', true],
    ['', '', true],
    ['(?:ab)+', 'abab', true],
    ['\\d+\\.\\d+', '2.42', true],
    ['.', '😀', true],
  ])('%s against %j', (pattern, text, expected) => {
    expect(readPattern(pattern)!.matches(text)).toBe(expected);
  });

  test.each([
    ['(?i)web', 'flags'],
    ['(?P<name>x)', 'a named group'],
    ['(?<name>x)', 'a named group'],
    ['(?!x)y', 'a lookahead, which RE2 lacks'],
    ['\\s', 'white space, which JavaScript reads more widely'],
    ['[\\s]', 'the same in a class'],
    ['\\Aweb\\z', 'anchors of RE2'],
    ['\\pL', 'a class of Unicode'],
    ['[[:alpha:]]', 'a class of POSIX'],
    ['\\Qa.b\\E', 'a quoted text'],
    ['\\101', 'an octal escape'],
    ['(a)\\1', 'a reference back'],
    ['a{,5}', 'a repetition of JavaScript that is a text of RE2'],
    ['(', 'an open group'],
    ['a**', 'a repeated repetition'],
    ['[]a]', 'a bracket as the first member'],
  ])('%s is refused: %s', (pattern) => {
    expect(readPattern(pattern)).toBeUndefined();
  });

  test('any text is read or refused, and a plain one matches itself alone', () => {
    fc.assert(
      fc.property(fc.string(), fc.stringMatching(/^[\w :/@-]+$/), (any, plain) => {
        readPattern(any);
        expect(readPattern(plain)!.matches(plain)).toBe(true);
        expect(readPattern(plain)!.matches(`${plain}x`)).toBe(false);
      }),
    );
  });
});
