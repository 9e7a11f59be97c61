// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the braces are those of Grafana's variables
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type ParseOptions, parseExpression } from '../../src/promql/parser.ts';
import { expressions } from './grammar.ts';
import { edited, mistyped } from './mutation.ts';
import { VALID, VALID_BEHIND_FLAGS, VALID_IN_GRAFANA, VALID_SINCE_3 } from './valid-expressions.ts';

const REAL = [...VALID, ...VALID_SINCE_3, ...VALID_BEHIND_FLAGS];

/** Each fault as the characters it is about and what is said of them. */
function said(text: string, options: ParseOptions = {}): string[] {
  return parseExpression(text, options).faults.map(
    ({ start, end, message }) => `${text.slice(start, end)} → ${message}`,
  );
}

describe('the tree', () => {
  test('holds what binds tighter further down', () => {
    const { ast } = parseExpression('-a ^ 2 * b + on (x) c');
    expect(ast).toMatchObject({ kind: 'binary', operator: '+', type: 'vector', matching: { on: { mode: 'on' } } });
    expect(ast).toMatchObject({ left: { operator: '*', left: { kind: 'unary', operand: { operator: '^' } } } });
  });
  test('binds `^` to the right and the others to the left', () => {
    expect(parseExpression('a ^ b ^ c').ast).toMatchObject({ left: { kind: 'vector' }, right: { operator: '^' } });
    expect(parseExpression('a - b - c').ast).toMatchObject({ left: { operator: '-' }, right: { kind: 'vector' } });
    expect(parseExpression('a or b and c').ast).toMatchObject({ operator: 'or', right: { operator: 'and' } });
  });
  test('knows where everything stands', () => {
    const text = 'sum by (job) (rate(up{a="b"}[5m] offset 1h @ 3)) > 0.5';
    const { ast } = parseExpression(text);
    const at = (node: { start: number; end: number }) => text.slice(node.start, node.end);
    if (ast?.kind !== 'binary' || ast.left.kind !== 'aggregation') throw new Error('no comparison of an aggregation');
    expect(at(ast.sign)).toBe('>');
    expect(at(ast.left)).toBe('sum by (job) (rate(up{a="b"}[5m] offset 1h @ 3))');
    expect(at(ast.left.grouping!)).toBe('by (job)');
    const call = ast.left.expression;
    if (call.kind !== 'call' || call.args[0]?.kind !== 'matrix') throw new Error('no call with a range');
    const [matrix] = call.args;
    expect([call.name, matrix, matrix.range, matrix.offset!, matrix.at!].map(at)).toEqual([
      'rate',
      'up{a="b"}[5m] offset 1h @ 3',
      '5m',
      'offset 1h',
      '@ 3',
    ]);
    expect(matrix.selector).toMatchObject({ name: { name: 'up' }, matchers: [{ label: { name: 'a' }, value: 'b' }] });
  });
  test('has a type at the top', () => {
    const types = ['1', '"a"', 'a', 'a[5m]', 'a[5m:]', 'scalar(a)', 'time() * 2', 'a > bool 1', '$x'];
    expect(types.map((text) => parseExpression(text, { holes: 'grafana' }).ast?.type)).toEqual([
      ...['scalar', 'string', 'vector', 'matrix', 'matrix', 'scalar', 'scalar', 'vector', 'any'],
    ]);
  });
  test('reads numbers as Prometheus does', () => {
    const values = ['0755', '08', '0x1F', '1_000.5', '5m', 'Inf', '.5'].map((text) => parseExpression(text).ast);
    expect(values).toMatchObject([493, 8, 31, 1000.5, 300, Infinity, 0.5].map((value) => ({ value })));
  });
});

describe('every fault is found, at its characters', () => {
  test.each([
    ['sum(foo', ['foo → the expression ends before `(` is closed']],
    ['rate(foo)', ['foo → the argument of `rate` must be a range of samples, not an instant vector']],
    ['sum(foo[5m])', ['foo[5m] → the operand of `sum` must be an instant vector, not a range of samples']],
    ['topk("a", b)', ['"a" → the parameter of `topk` must be a number, not a text']],
    ['1 == 1', ['== → two numbers are compared, which leaves nothing to filter']],
    ['a + bool b', ['bool → `bool` does not go with `+`']],
    ['a and 1', ['1 → `and` joins series, and this is a number']],
    ['a / on (x) 1', ['on (x) → `on` matches series, and one side has none']],
    ['a and on (x) group_left b', ['group_left → `group_left` does not go with `and`']],
    ['a * on (x) group_left (x) b', ['x → the label `x` stands in `on` and in `group_left`']],
    ['{a=~".*"}', ['{a=~".*"} → every matcher of `{a=~".*"}` also matches series without the label']],
    ['up{__name__="x"}', ['__name__="x" → the metric is named twice: `up` and `x`']],
    ['foo{a=~"("}', ['( → "(" is no regular expression of Prometheus: the group opened by `(` is never closed']],
    [
      'foo{a=~"b(?=c)"}',
      ['( → "b(?=c)" is no regular expression of Prometheus: the lookahead `(?=…)` does not exist in RE2'],
    ],
    [
      'foo{a=~"[z-a]"}',
      ['"[z-a]" → "[z-a]" is no regular expression of Prometheus: invalid character class range: `z-a`'],
    ],
    ['foo offset 5m [1h]', ['offset 5m → `offset` stands before the range']],
    ['foo[0s]', ['0s → the range `0s` is zero']],
    ['(foo)[5m]', ['[5m] → a range belongs to a selector, not to parentheses']],
    ['rate(foo[5m]) offset 1h', ['offset 1h → `offset` follows the result of a function']],
    ['foo @ start() [5m] @ 1', ['@ 1 → `@` is set twice']],
    ['foo @ 1 @ 2', ['@ 2 → `@` is set twice']],
    ['raet(foo[5m])', ['raet → there is no function `raet`']],
    ['round(a, 1, 2)', ['round(a, 1, 2) → `round` takes at most 2 arguments, not 3']],
    ['label_replace(a, "b")', ['label_replace(a, "b") → `label_replace` takes 5 arguments, not 2']],
    ['-"a"', ['-"a" → `-` stands before a text']],
    ['sum by (without) (a)', ['without → `without` is no label']],
    ['1e999', ['1e999 → the number `1e999` is out of range']],
    ['a + + * b', ['+ * → there is no operand between `+` and `*`']],
    ['up}', ['} → `}` closes nothing']],
    ['# nothing', ['# nothing → the expression is empty']],
  ])('%s', (text, expected) => {
    expect(said(text)).toEqual(expected);
  });

  test('several at once', () => {
    expect(said('sum(rate(a{x=~"("})) + bool raet(b[0s]) offset 5m / on (x) 1')).toEqual([
      'a{x=~"("} → the argument of `rate` must be a range of samples, not an instant vector',
      '( → "(" is no regular expression of Prometheus: the group opened by `(` is never closed',
      'bool → `bool` does not go with `+`',
      'raet → there is no function `raet`',
      '0s → the range `0s` is zero',
      'offset 5m → `offset` follows the result of a function',
      'on (x) → `on` matches series, and one side has none',
    ]);
  });

  test('one mistake is one fault', () => {
    const texts = [
      'up[5m}]',
      'foo) bar',
      'up @ sta1rt()',
      'a on (x) group_left b',
      '- *- a',
      '(a}',
      'a{job=api}',
      'a by (x)',
      'foo[step(]',
      'foo[max_of(5m,)]',
      'rate(foo[max_of(5m)])',
    ];
    expect(texts.filter((text) => said(text).length !== 1).map((text) => said(text))).toEqual([]);
  });
});

describe('versions and flags', () => {
  test.each<[text: string, known: string, flags: string[], before: string]>([
    ['{"a.b"}', '3.0', [], '2.42'],
    ['sum by ("a.b") (c)', '3.0', [], '2.53'],
    ['a[300]', '3.0', [], '2.53'],
    ['a > 5m', '2.54', [], '2.53'],
    ['1_000', '2.54', [], '2.53'],
    ['a offset +5m', '3.4', [], '3.3'],
    ['histogram_stddev(a)', '2.47', [], '2.46'],
    ['histogram_avg(a)', '2.51', [], '2.50'],
    ['limitk(1, a)', '2.54', ['promql-experimental-functions'], '2.53'],
    ['info(a, {b=~".*"})', '2.55', ['promql-experimental-functions'], '2.54'],
    ['a[5m * 2]', '3.4', ['promql-duration-expr'], '3.3'],
    ['a[5m * 2]', '3.14', [], '3.13'],
    ['a[step() + 1m]', '3.6', ['promql-duration-expr'], '3.5'],
    ['a[min(1m, 2m)]', '3.6', ['promql-duration-expr'], '3.13'],
    ['a[max_of(1m, step())]', '3.13', ['promql-duration-expr'], '3.12'],
    ['a[range()]', '3.10', ['promql-duration-expr'], '3.9'],
    ['rate(a[5m] anchored)', '3.7', ['promql-extended-range-selectors'], '3.6'],
    ['rate(a[5m] smoothed)', '3.16', [], '3.15'],
    ['a + fill(0) b', '3.10', ['promql-binop-fill-modifiers'], '3.9'],
    ['a / on (x) group_left () fill_left (-1) fill_right (2) b', '3.10', ['promql-binop-fill-modifiers'], '3.9'],
    ['a </ 5', '3.11', [], '3.10'],
    ['histogram_quantiles(a, "q", 0.5, 0.9)', '3.11', ['promql-experimental-functions'], '3.10'],
    ['time() - start()', '3.12', ['promql-experimental-functions'], '3.11'],
    ['min_of(1, 2)', '3.13', ['promql-experimental-functions'], '3.12'],
    ['first_over_time(a[5m])', '3.14', [], '3.13'],
    ['start_timestamp(a)', '3.14', ['use-start-timestamps'], '3.13'],
    ['integral(a[5m])', '3.16', ['promql-experimental-functions'], '3.15'],
    ['holt_winters(a[5m], 0.1, 0.2)', '2.55', [], '3.0'],
  ])('%s', (text, known, flags, before) => {
    expect(said(text, { version: known, flags })).toEqual([]);
    expect(said(text, { version: `${known}.2`, flags: 'all' })).toEqual([]);
    const kinds = parseExpression(text, { version: before, flags }).faults.map(({ kind }) => kind);
    expect(kinds).toContain('version');
    if (flags.length > 0) expect(said(text, { version: known })).not.toEqual([]);
  });
  test('say which version knows it, and by which flag', () => {
    expect(said('limitk(1, a)', { version: '2.53' })).toEqual([
      'limitk → the aggregation `limitk` is known from Prometheus 2.54 on with `--enable-feature=promql-experimental-functions`, not in 2.53',
    ]);
    const [fault] = parseExpression('first_over_time(a[5m])', { version: '3.8' }).faults;
    expect(fault).toMatchObject({
      message: '`first_over_time` is experimental in Prometheus 3.8; from 3.14 on it needs no flag',
      help: 'start Prometheus with `--enable-feature=promql-experimental-functions` and list it in `targets.prometheus.features`, or write it without',
    });
  });
  test('a new name is proposed for the old one', () => {
    const [fault] = parseExpression('holt_winters(a[5m], 0.1, 0.2)', { version: '3.5' }).faults;
    expect(fault?.help).toBe('it is called `double_exponential_smoothing` in Prometheus 3.5');
  });
});

// No promtool at hand knows these: the shapes are those of prometheus/prometheus, promql/parser/parse_test.go, and of its grammar.
describe('the newest language', () => {
  test.each([
    ...['foo offset 1m+1m', 'foo offset (1m+1m)', 'foo offset -(1m+1m)', 'foo offset step()*2', 'foo offset -2^2'],
    ...[
      'foo offset max_of(1m,2m)+1m',
      'foo offset -min_of(step(),1s)',
      'foo[2^3^2s]',
      'foo[(5m):(1m)]',
      'foo[-step()]',
    ],
    ...['foo[200 - min_of(step() + 10s, -max_of(step() ^ 2, 3))]', 'foo[STEP()+range()]', 'foo offset +(5)'],
    ...[
      'foo + fill(0) bar',
      'fill + fill',
      'foo + on(a) group_left fill(-1) bar',
      'foo + fill_right(2) fill_left(1m) bar',
    ],
    ...[
      'foo smoothed[5m]',
      'rate(foo[5m] anchored offset 1h)',
      'anchored + smoothed',
      'sum by (anchored, step) (range)',
    ],
    ...['foo </ 5', 'foo >/ on(a) bar', '1 </ 2', 'step() * 2', 'foo @ start() + start()', 'start offset 5m'],
    ...['info(foo, {a=~".*"})', 'max_of(time(), 1)', 'integral(foo[5m], 2)', 'start_timestamp(foo)'],
  ])('knows %s', (text) => {
    expect(said(text, { flags: 'all' })).toEqual([]);
  });
  test.each([
    ...['foo offset --5m + bar', 'foo[1m-]', 'foo[-(5m'],
    ...['foo[step]', 'foo[max_of(5m)]', 'foo[5m/0]', 'foo[5m%0s]', 'foo[1m,2m]', 'foo[min(1m,2m)]', 'foo[2*inf]'],
    ...['foo + fill() bar', 'foo fill(0) bar', 'foo and fill(0) bar', 'foo + fill(0) 1', 'foo + fill(x) bar'],
    ...['foo[5m] anchored smoothed', 'foo[5m:] anchored', 'sum(foo) smoothed', 'foo </ bool 5', 'foo < / 5'],
    ...[
      'info(foo, bar)',
      'info(foo, sum(bar))',
      'range(1)',
      'max_of(foo, 1)',
      'foo @ (start())',
      'foo fill_left(1) bar',
    ],
  ])('refuses %s', (text) => {
    expect(said(text, { flags: 'all' })).not.toEqual([]);
  });
});

describe('holes', () => {
  test.each([
    ...VALID_IN_GRAFANA,
    'rate(a[$__rate_interval])',
    'rate(a[${w}m] offset $off)',
    'a[$range:$step] @ $time',
    '$metric{job="x"}[5m]',
    'http_${code}_total{a="b"}',
    '[[metric]]_total',
    '$agg',
    '$fn(a)',
    'sum by ($labels, job) (a)',
    'sum by (a_$x) (b)',
    'a{$matchers}',
    'a{$label="x", job=~"${job:regex}", b=$c}',
    'a > $threshold',
    'rate($x)',
    'abs($x) + scalar($x) and $x',
    'topk($n, a) / on ($l) group_left ($m) b',
    'a{b=~"(${x:pipe})"}',
    '{__name__=~"$m"}',
  ])('%s', (text) => {
    expect(said(text, { holes: 'grafana' })).toEqual([]);
  });
  test('only those that have a meaning', () => {
    expect(said('rate(a[$window])', { holes: ['window'] })).toEqual([]);
    expect(said('rate(a[$windwo])', { holes: ['window'] })).toEqual([
      '$windwo → the variable `$windwo` is not defined here',
    ]);
  });
  test('do not hide other faults', () => {
    expect(said('sum(a[$w]) + raet($x)', { holes: 'grafana' })).toEqual([
      'a[$w] → the operand of `sum` must be an instant vector, not a range of samples',
      'raet → there is no function `raet`',
    ]);
  });
});

describe('whatever the text', () => {
  test('nothing is thrown, and faults stand in the text', () => {
    const texts = fc.oneof(expressions, mistyped(REAL), edited(REAL), fc.string({ unit: 'grapheme' }), fc.string());
    const options = fc.record({
      version: fc.constantFrom('2.42', '2.53', '3.5', '3.16'),
      holes: fc.constantFrom('grafana' as const, ['window']),
    });
    fc.assert(
      fc.property(texts, options, (text, chosen) => {
        const { ast, faults } = parseExpression(text, chosen);
        for (const { start, end } of faults) {
          expect(start).toBeGreaterThanOrEqual(0);
          expect(end).toBeGreaterThanOrEqual(start);
          expect(end).toBeLessThanOrEqual(text.length);
        }
        expect(ast !== undefined || faults.length > 0).toBe(true);
      }),
      { numRuns: 3_000 },
    );
  });

  const LONG = 200_000;
  const repeated = (unit: string, before = '', after = '') =>
    [unit, before + unit.repeat(Math.floor(LONG / unit.length)) + after] as const;
  test.each([
    ...['(', ')', '{', '[', '-', '"', '#', '&', '$a', 'abs(', 'sum by (a) (', 'a + ', '2 ^ ', 'a ', 'by ', '+ * '].map(
      (unit) => repeated(unit),
    ),
    ...['offset 5m ', '@ 1 ', '[5m:]', 'smoothed ', '{} '].map((unit) => repeated(unit, 'a ')),
    ...['b="c",', 'b=c,', '$a,', '"a",'].map((unit) => repeated(unit, 'a{', '}')),
    ...['(5m + ', '5m + ', '-', 'min_of('].map((unit) => repeated(unit, 'a[')),
    repeated('"a",', 'label_join(a,', '"b")'),
    repeated('(a|', 'a{b=~"', '"}'),
    repeated('a,', 'sum by (', ') (b)'),
    repeated('9'),
  ])('a long row of `%s` ends', (_unit, text) => {
    expect(() => parseExpression(text, { flags: 'all', holes: 'grafana' })).not.toThrow();
  });
  test('a million characters end', () => {
    for (const unit of ['(', 'a + ', 'sum(']) expect(said(unit.repeat(1_000_000 / unit.length)).length).toBe(1);
  });
  test('a tree is never too deep to walk', () => {
    const deepest = (text: string) => parseExpression(text).ast!.depth;
    for (const text of ['a + '.repeat(LONG / 4), `${'-'.repeat(LONG)}a`, `a${'[5m:]'.repeat(LONG / 5)}`]) {
      expect(deepest(text)).toBeLessThan(1_010);
    }
  });
});
