// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the braces are those of Grafana's variables
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { codes, faultDiagnostic } from '../../src/promql/fault.ts';
import { parseExpression } from '../../src/promql/parser.ts';
import { VALID } from './valid-expressions.ts';

/** Each fault as `characters: message`. */
function faults(text: string, holes: readonly string[] | 'grafana' = []): string[] {
  return parseExpression(text, { holes, units: 'required' }).faults.map(
    (fault) => `${text.slice(fault.start, fault.end)}: ${fault.message}`,
  );
}

describe('faults', () => {
  test.each<[string, string[]]>([
    // Nothing there
    ['', [': the expression is empty']],
    [' # only a comment\n', [' # only a comment\n: the expression is empty']],
    // Brackets
    ['sum(rate(a[5m])', ['): the expression ends before `(` is closed']],
    ['sum(rate(a[5m', ['5m: the expression ends before `[` is closed (3 brackets are open)']],
    ['a{b="c"', ['"c": the expression ends before `{` is closed']],
    ['sum(a))', ['): `)` closes nothing']],
    ['rate(a[5m)]', ['): `)` cannot close `[`']],
    [
      'sum by (a (b)',
      ['(: a comma is missing before `(` in the labels of `by`', '): the expression ends before `(` is closed'],
    ],
    ['()', ['(): there is nothing between these parentheses']],
    // Strings hide what follows them
    ['a{b="c} > (', ['"c} > (: the string is never closed']],
    // Operands and operators
    ['foo bar', ['foo bar: there is no operator between `foo` and `bar`']],
    [
      'foo bar baz > 1 2',
      ['foo bar: there is no operator between `foo` and `bar`', '1 2: there is no operator between `1` and `2`'],
    ],
    ['foo unles bar', ['foo unles: there is no operator between `foo` and `unles`']],
    ['sum(a) (b)', [') (: there is no operator between `)` and `(`']],
    ['a > ', ['>: the operator `>` has nothing on its right']],
    ['a and', ['and: the operator `and` has nothing on its right']],
    ['(a +) + b', ['+: the operator `+` has nothing on its right']],
    ['* a', ['*: the operator `*` has nothing on its left']],
    ['a / * b', ['/ *: there is no operand between `/` and `*`']],
    ['a and or b', ['and or: there is no operand between `and` and `or`']],
    ['a > = 1', ['> =: `>=` is written without a space']],
    ['a = 1', ['=: `=` does not join two expressions']],
    ['a =~ "b"', ['=~: `=~` does not join two expressions']],
    ['-', ['-: the operator `-` has nothing on its right']],
    // Modifiers
    ['a bool b', ['bool: `bool` belongs right after a comparison']],
    ['a + bool b', ['bool: `bool` does not go with `+`']],
    ['a on (x) / b', ['on: `on` belongs right after a binary operator']],
    ['a / group_left (x) b', ['group_left: `group_left` needs `on` or `ignoring` before it']],
    ['a / on (x) group_left (sum(b))', ['(: a comma is missing before `(` in the labels of `group_left`']],
    ['a / on b', ['on: `on` needs a list of labels']],
    ['rate(a[5m]) by (x)', ['by: `by` follows no aggregation']],
    ['sum by (x) a', ['a: the operand of `sum` must stand in parentheses']],
    ['sum by (x)', ['sum: the aggregation `sum` has no operand']],
    ['sum by (a b) (c)', ['b: a comma is missing before `b` in the labels of `by`']],
    ['sum by (1) (c)', ['1: `1` is no label']],
    ['a offset', ['offset: `offset` lacks its duration']],
    ['a offset b', ['b: `offset` needs a duration, not `b`']],
    ['a @', ['@: `@` lacks its time']],
    ['a @ b', ['b: `@` needs a time, not `b`']],
    // Ranges
    ['a[]', ['[]: the range `[]` is empty']],
    ['a[5]', ['5: the duration `5` has no unit']],
    ['a[0m]', ['0m: the range `0m` is zero']],
    ['a[5m:0s]', ['0s: the step `0s` is zero']],
    ['a[:1m]', [':: the range is missing before `:`']],
    ['a[1h:1m:1s]', [':: `:` has no meaning here']],
    ['a[5 m]', ['5 m: a duration holds no space']],
    ['a[foo]', ['foo: a range needs a duration, not `foo`']],
    ['a[1h1d]', ['1h1d: the units of the duration `1h1d` do not go from large to small, each once']],
    ['[5m]', ['[: the range `[…]` stands after no selector']],
    ['a offset 5', ['5: the duration `5` has no unit']],
    // Commas
    ['abs(a,)', [',: no argument follows this comma']],
    ['abs(,a)', [',: an argument is missing before this comma']],
    ['(a, b)', [',: `,` separates the arguments of a function only']],
    ['sum by (,a) (b)', [',: `,` is no label']],
    ['a{,}', [',: a matcher is missing before this comma']],
    ['a{b="c",,}', [',: a matcher is missing before this comma']],
    // Matchers
    ['a{b=c}', ['c: the value `c` of the label `b` is not quoted']],
    ['a{b=~5.., c="d"}', ['5..: the value `5..` of the label `b` is not quoted']],
    ['a{b=/x/y}', ['/x/y: the value `/x/y` of the label `b` is not quoted']],
    ['a{b "c"}', ['b "c": `=` is missing after the label `b`']],
    ['a{b}', ['b: the label `b` has no operator and no value']],
    ['a{b=}', ['b=: the matcher of `b` has no value']],
    ['a{b=="c"}', ['==: `==` does not match labels']],
    ['a{b="c" d="e"}', [' d: a comma is missing before `d`']],
    ['a{"b":"c"}', ['"b":"c": `"b":"c"` is no matcher']],
    ['sum(a){b="c"}', ['{: matchers belong to a selector, not to an expression']],
    ['{}', ['{}: the selector `{}` selects every series']],
    ['a{{ .window }}', ['{ .window: `{{` has no meaning in PromQL']],
    // Regular expressions
    ['a{b=~"(c"}', ['(: "(c" is no regular expression of Prometheus: the group opened by `(` is never closed']],
    ['a{b!~"c)"}', ['): "c)" is no regular expression of Prometheus: the `)` closes no group']],
    [
      'a{b=~"a(?=c)"}',
      ['(: "a(?=c)" is no regular expression of Prometheus: the lookahead `(?=…)` does not exist in RE2'],
    ],
    ['a{b=~"*"}', ['*: "*" is no regular expression of Prometheus: the `*` has nothing to repeat']],
    ['a{b=~"c**"}', ['*: "c**" is no regular expression of Prometheus: the `*` repeats a repetition']],
    [
      'a{b=~"[c"}',
      ['[: "[c" is no regular expression of Prometheus: the character class opened by `[` is never closed'],
    ],
    [
      'a{b=~`\\1`}',
      ['\\: `\\1` is no regular expression of Prometheus: the backreference `\\1` does not exist in RE2'],
    ],
    [
      'a{b=~"c{3,2}"}',
      ['{: "c{3,2}" is no regular expression of Prometheus: `{3,2}` is no possible count of repetitions'],
    ],
    // Characters
    ['a; b', [';: the character `;` has no meaning in PromQL']],
    ['job:a(1)', ['job:a: `job:a` is no function']],
  ])('%s', (text, expected) => {
    expect(faults(text)).toEqual(expected);
  });

  test('an opening bracket is shown beside the one that does not close it', () => {
    const [fault] = parseExpression('rate(a[5m)', { holes: [] }).faults;
    expect(fault!.related).toEqual([{ start: 6, end: 7, message: '`[` is opened here' }]);
  });

  test('an unquoted value is proposed with quotes', () => {
    expect(parseExpression('a{b=c-d}', { holes: [] }).faults[0]!.help).toBe('write `b="c-d"`');
  });
});

describe('holes', () => {
  test.each<[string, string[]]>([
    ['rate(a[$window])', []],
    ['a{$selector}', []],
    ['a$selector', []],
    ['a{b="$job"}', []],
    ['rate(a[$windw])', ['$windw: the variable `$windw` is not defined here']],
    [
      'rate(a[${window:raw}])',
      ['${window:raw}: the variable `${window:raw}` has a format, which only Grafana fills in'],
    ],
    ['rate(a[[[interval]]])', ['[[interval]]: the variable `[[interval]]` is not defined here']],
  ])('%s', (text, expected) => {
    expect(faults(text, ['window', 'selector'])).toEqual(expected);
  });

  test('the nearest name, or all names', () => {
    const help = (text: string, holes: readonly string[]) => parseExpression(text, { holes }).faults[0]!.help;
    expect(help('a[$windw]', ['window', 'selector'])).toBe('did you mean `$window`?');
    expect(help('a[$x]', ['window', 'selector'])).toBe('the variables known here are `$window` and `$selector`');
    expect(help('a[$x]', [])).toBe('no variable has a meaning here');
  });
});

describe('properties', () => {
  const fragments = [
    'sum',
    'by',
    '(',
    ')',
    '[',
    ']',
    '{',
    '}',
    '"',
    '`',
    '\\',
    '$x',
    '[[',
    'a',
    '5m',
    ',',
    '=',
    '=~',
    '"(a"',
    '+',
    'on',
    'offset',
    '@',
    ':',
    '\n',
    'bool',
    'group_left',
  ];
  const anyText = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.array(fc.constantFrom(...fragments), { maxLength: 30 }).map((parts) => parts.join(' ')),
  );

  test('never throws, and every fault lies in the text', () => {
    fc.assert(
      fc.property(anyText, fc.constantFrom('grafana' as const, ['x']), (text, holes) => {
        for (const { start, end } of parseExpression(text, { holes }).faults) {
          expect(0 <= start && start <= end && end <= text.length).toBe(true);
        }
      }),
    );
  });

  test('an expression that lacks a bracket is never accepted', () => {
    const bracketed = VALID.filter((text) => /^[^"'`#]*[)\]}]$/.test(text));
    fc.assert(
      fc.property(fc.constantFrom(...bracketed), (text) => {
        expect(faults(text.slice(0, -1))).not.toEqual([]);
      }),
    );
  });

  test.each<[string, string]>([
    ['open brackets', '('.repeat(300_000)],
    ['nested calls', `${'f('.repeat(200_000)}a${')'.repeat(200_000)}`],
    ['matchers', `a{${'b="c",'.repeat(100_000)}}`],
    ['labels', `sum by (${'b,'.repeat(200_000)}) (a)`],
    ['operators', 'a + '.repeat(200_000)],
    ['unquoted values', `a{${'b=c,'.repeat(100_000)}}`],
  ])('a long text of %s is judged in one pass', (_, text) => {
    expect(parseExpression(text, { holes: [] }).faults.length).toBeLessThan(100_001);
  });
});

test("a fault becomes a diagnostic at the author's characters", () => {
  const text = 'rate(a[5m)';
  const file = { path: 'specs/a.yaml', text: `expr: ${text}` };
  const [fault] = parseExpression(text, { holes: [] }).faults;
  const diagnostic = faultDiagnostic(fault!, (start, end) => ({ file, start: start + 6, end: end + 6 }));
  expect(diagnostic).toMatchObject({
    code: 'promql/syntax',
    severity: 'error',
    span: { start: 15, end: 16 },
    related: [{ span: { start: 12, end: 13 }, message: '`[` is opened here' }],
    help: 'close it with `]` first',
  });
});

test('each kind of fault has a code of its own', () => {
  expect(new Set(codes.map(({ code }) => code)).size).toBe(8);
});
