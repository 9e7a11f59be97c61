import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type Matcher,
  type MatchOperator,
  parseMatchers,
  parseSelector,
  printMatchers,
  printSelector,
  type Selector,
} from '../../src/promql/selector.ts';
import { escapeValue, quote, unquote } from '../../src/promql/string-literal.ts';

const job: Matcher = { label: 'job', operator: '=', value: 'a' };

describe('parseSelector', () => {
  test('a metric with matchers, each with its place', () => {
    expect(parseSelector('http_requests_total{code=~"5..", job!=`a`}')).toEqual({
      metric: 'http_requests_total',
      matchers: [
        { label: 'code', operator: '=~', value: '5..', span: { start: 20, end: 31 } },
        { label: 'job', operator: '!=', value: 'a', span: { start: 33, end: 41 } },
      ],
    });
  });

  test.each(['up', ' up ', 'job:a:rate5m', 'up{}', 'sum', '{job="a"}', '{"a.b"}', 'up{job="a",}', 'up # why'])(
    '%s is one',
    (text) => {
      expect(parseSelector(text)).toBeDefined();
    },
  );

  test.each([
    '',
    'up[5m]',
    'up offset 5m',
    'sum(up)',
    'up > 1',
    '-up',
    '(up)',
    'up{job=a}',
    'up{job="a" x="b"}',
    'up{,}',
    'up{job}',
    'up{job=="a"}',
  ])('%s is none', (text) => {
    expect(parseSelector(text)).toBeUndefined();
  });

  test.each(['a b', 'up{job="a"', 'up{a="b"} c', 'up{"x"}', '$metric', 'up{$x}', 'bool', '5'])(
    '%s is none either',
    (text) => {
      expect(parseSelector(text)).toBeUndefined();
    },
  );
});

test('parseMatchers wants no metric', () => {
  expect(parseMatchers('{job="a"}')).toMatchObject([job]);
  expect(parseMatchers('up{job="a"}')).toBeUndefined();
  expect(parseMatchers('job="a"')).toBeUndefined();
});

describe('printing', () => {
  test.each<[Selector, string]>([
    [{ metric: 'up', matchers: [] }, 'up'],
    [{ metric: 'up', matchers: [job] }, 'up{job="a"}'],
    [{ matchers: [job, { label: 'x', operator: '!~', value: 'a"\\d\n' }] }, '{job="a",x!~"a\\"\\\\d\\n"}'],
    [{ matchers: [] }, '{}'],
    [{ metric: 'a.b', matchers: [job] }, '{__name__="a.b",job="a"}'],
    [{ metric: 'on', matchers: [] }, '{__name__="on"}'],
    [{ metric: 'up', matchers: [{ label: 'a.b', operator: '=', value: '' }] }, 'up{"a.b"=""}'],
  ])('%j', (selector, text) => {
    expect(printSelector(selector)).toBe(text);
  });

  test('no matchers leave a metric as it is', () => {
    expect(printMatchers([])).toBe('{}');
  });

  test('what is printed is read as the same', () => {
    const name = fc.stringMatching(/^[a-z_]\w{0,5}$/);
    const matcher = fc.record({
      label: fc.oneof(name, fc.string({ unit: 'grapheme', minLength: 1 })),
      operator: fc.constantFrom<MatchOperator>('=', '!=', '=~', '!~'),
      value: fc.string({ unit: 'grapheme' }),
    });
    fc.assert(
      fc.property(fc.array(matcher), (matchers) => {
        const read = parseSelector(printSelector({ metric: 'up', matchers }))!;
        expect(read.matchers.map(({ label, operator, value }) => ({ label, operator, value }))).toEqual(matchers);
      }),
    );
  });
});

describe('string literals', () => {
  test.each([
    ['"a\\n\\"\\\\"', 'a\n"\\'],
    ["'it\\'s'", "it's"],
    ['`\\n`', '\\n'],
    ['"\\x41\\102\\u0043\\U00000044"', 'ABCD'],
    ['"\\xc3\\xa9 \\303\\251"', 'é é'],
    ['""', ''],
  ])('%s', (literal, value) => {
    expect(unquote(literal)).toBe(value);
  });

  test('control characters are escaped', () => {
    expect(quote('\x00\x07\x7f\té')).toBe('"\\x00\\a\\x7f\\té"');
    expect(escapeValue('a"b')).toBe('a\\"b');
  });

  test('a quoted value is read as itself', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (value) => unquote(quote(value)) === value));
  });
});
