// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the braces are those of Grafana's variables
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ranges } from '../../src/promql/durations.ts';
import { groupingLabels, outermostGrouping } from '../../src/promql/grouping.ts';
import { mayReturnLabel, namedLabels } from '../../src/promql/labels.ts';
import { metricNames } from '../../src/promql/metrics.ts';

test('groupingLabels: every clause with its aggregation and depth', () => {
  const text = 'sum by (a, "b.c") (max(x) without (SUM)) / on (d) count(y) by ()';
  const found = groupingLabels(text).map(({ operator, mode, labels, depth, start, end }) => ({
    clause: text.slice(start, end),
    operator,
    mode,
    depth,
    labels: labels.map((label) => `${label.name} ${text.slice(label.start, label.end)}`),
  }));
  expect(found).toEqual([
    { clause: 'by (a, "b.c")', operator: 'sum', mode: 'by', depth: 0, labels: ['a a', 'b.c "b.c"'] },
    { clause: 'without (SUM)', operator: 'max', mode: 'without', depth: 1, labels: ['SUM SUM'] },
    { clause: 'by ()', operator: 'count', mode: 'by', depth: 0, labels: [] },
  ]);
});

test.each<[string, string | undefined]>([
  ['sum by (a, b) (x)', 'by a,b'],
  ['sum(x) by (a)', 'by a'],
  ['sum(x)', 'by '],
  ['max without (a) (x)', 'without a'],
  ['((sum by (a) (x)))', 'by a'],
  ['(sum by (a) (x)) > 5', 'by a'],
  ['sum by (a) (x) > bool 0.5', 'by a'],
  ['0 < sum by (a) (x) < 10', 'by a'],
  ['sum by (a) (x) > -(1 + 2)', 'by a'],
  ['sum by (a) (sum by (b) (x))', 'by a'],
  ['sum by (a) (x) / sum by (a) (y)', undefined],
  ['sum by (a) (x) > y', undefined],
  ['topk by (a) (5, x)', undefined],
  ['rate(x[5m])', undefined],
  ['x', undefined],
  ['', undefined],
])('outermostGrouping of %s', (text, expected) => {
  const found = outermostGrouping(text);
  expect(found && `${found.mode} ${found.labels.join()}`).toBe(expected);
});

test.each<[string, string[]]>([
  ['sum by (a) (rate(x_total{b="c"}[5m])) / on (d) group_left (e) job:y:rate5m', ['x_total', 'job:y:rate5m']],
  ['{__name__="x", a="b"} or {"y.z"} or {__name__=~"n.*"}', ['x', 'y.z']],
  ['time() - x offset 5m > bool 1', ['x']],
  ['histogram_quantile(0.9, x_bucket) and on () up == 1', ['x_bucket', 'up']],
  ['x @ start() + y @ end()', ['x', 'y']],
  ['rate(x[5m] smoothed) + x', ['x', 'x']],
  ['sum{a="b"} + sum(x)', ['sum', 'x']],
  ['node_$kind + ${a}_b + c$selector + $d', ['c']],
  ['x[max(step(), 5m)]', ['x']],
  ['"x" + 5m + Inf', []],
])('metricNames of %s', (text, expected) => {
  const found = metricNames(text);
  expect(found.map(({ name }) => name)).toEqual(expected);
  for (const { name, start, end } of found) expect(text.slice(start, end)).toContain(name);
});

describe('mayReturnLabel', () => {
  const metricLabels = (metric: string) => ({ x: ['severity', 'job'], y: ['job'] })[metric];

  /** The characters that bring the label in. */
  function source(text: string): string | undefined {
    const found = mayReturnLabel(text, 'severity', metricLabels);
    return found && text.slice(found.start, found.end);
  }

  test.each<[string, string | undefined]>([
    ['x', 'x'],
    ['y', undefined],
    ['unknown', undefined],
    ['unknown{severity="a"}', 'severity="a"'],
    ['unknown{severity!=""}', 'severity!=""'],
    ['unknown{severity!="a"}', undefined],
    ['x{severity=""}', undefined],
    ['{__name__="x"}', '__name__="x"'],
    ['sum(x)', undefined],
    ['sum by (job) (x)', undefined],
    ['sum by (severity) (y)', 'severity'],
    ['sum(x) by (job, severity)', 'severity'],
    ['sum without (job) (x)', 'x'],
    ['sum without (severity) (x)', undefined],
    ['sum by (job) (sum by (severity) (x))', undefined],
    ['topk(5, x)', 'x'],
    ['topk(5, sum by (job) (x))', undefined],
    ['count_values("severity", y)', '"severity"'],
    ['rate(x[5m]) > 0', 'x'],
    ['-x', 'x'],
    ['(x offset 5m)', 'x'],
    ['max_over_time((sum(x))[1h:])', undefined],
    ['(max_over_time(x[1h]))[1h:5m]', 'x'],
    ['sum(x) / sum(y) > 0.1', undefined],
    ['y / on (job) x', undefined],
    ['y / on (severity) x', 'x'],
    ['y / ignoring (severity) x', undefined],
    ['y * on (job) group_left (severity) x', 'severity'],
    ['y * on (job) group_left () x', undefined],
    ['y * on (job) group_right () x', 'x'],
    ['y and on (job) x', undefined],
    ['y unless x', undefined],
    ['x unless y', 'x'],
    ['y or x', 'x'],
    ['y and x or y', undefined],
    ['y and x + y', undefined],
    ['y and y or x > 1', 'x'],
    ['label_replace(y, "severity", "$1", "job", "(.*)")', '"severity"'],
    ['label_replace(y, "other", "$1", "severity", "(.*)")', undefined],
    ['label_join(sum(x), "severity", "-", "job")', '"severity"'],
    ['absent(x)', undefined],
    ['absent(x{severity="a"})', 'severity="a"'],
    ['vector(1) + scalar(x) + time()', undefined],
    ['histogram_quantile(0.9, sum by (le) (rate(x[5m])))', undefined],
    ['', undefined],
    ['sum by (', undefined],
  ])('%s', (text, expected) => {
    expect(source(text)).toBe(expected);
  });

  test('an expression nested beyond measure is answered, not followed', () => {
    expect(mayReturnLabel(`${'f('.repeat(100_000)}y${')'.repeat(100_000)}`, 'severity', metricLabels)).toBeDefined();
  });
});

test('ranges: every range, subquery and offset in milliseconds', () => {
  const text =
    'rate(x[5m] offset -1h) + max_over_time((y)[1d:30s] @ end()) + z[$w] + z[1h:] offset 1w + v[300] + offset';
  expect(ranges(text).map(({ start, end, ...rest }) => ({ at: text.slice(start, end), ...rest }))).toEqual([
    { at: '[5m]', kind: 'range', ms: 300_000 },
    { at: 'offset -1h', kind: 'offset', ms: -3_600_000 },
    { at: '[1d:30s]', kind: 'subquery', ms: 86_400_000, stepMs: 30_000 },
    { at: '[$w]', kind: 'range', ms: undefined },
    { at: '[1h:]', kind: 'subquery', ms: 3_600_000 },
    { at: 'offset 1w', kind: 'offset', ms: 604_800_000 },
    { at: '[300]', kind: 'range', ms: 300_000 },
  ]);
});

test('no text makes the readers throw', () => {
  const words = [
    'sum',
    'by',
    '(',
    ')',
    '[',
    ']',
    '{',
    '}',
    'x',
    ',',
    '"a"',
    '+',
    'on',
    'or',
    'and',
    'group_left',
    '5m',
    ':',
    'offset',
    '-',
    '$w',
    'topk',
    '=',
    '__name__',
  ];
  const text = fc.oneof(
    fc.string(),
    fc.array(fc.constantFrom(...words)).map((parts) => parts.join(' ')),
  );
  fc.assert(
    fc.property(text, (content) => {
      for (const { start, end } of [...groupingLabels(content), ...metricNames(content), ...ranges(content)]) {
        expect(0 <= start && start < end && end <= content.length).toBe(true);
      }
      outermostGrouping(content);
      mayReturnLabel(content, 'a', () => ['a']);
    }),
  );
});

test('namedLabels: what an expression names, as long as nothing else can pass', () => {
  const known = (metric: string) => (metric.startsWith('known') ? ['a'] : undefined);
  const named = (text: string) => namedLabels(text, known);
  expect(named('known > 5')).toEqual([]);
  expect(named('sum by (queue, tenant) (unknown) > 5')).toEqual(['queue', 'tenant']);
  expect(named('known * on (a) group_left (team) unknown')).toEqual(['team']);
  expect(named('label_replace(sum(unknown), "team", "x", "", "")')).toEqual(['team']);
  expect(named('absent(unknown{job="x"})')).toEqual(['job']);
  expect(named('unknown > 5')).toBeUndefined();
  expect(named('sum without (a) (unknown)')).toBeUndefined();
  expect(named('known or unknown')).toBeUndefined();
  expect(named('{job="x"}')).toBeUndefined();
  expect(named('known and unknown')).toEqual([]);
});
