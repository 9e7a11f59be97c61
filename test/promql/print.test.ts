// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the braces are those of Grafana's variables
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Expr } from '../../src/promql/ast.ts';
import { parseExpression } from '../../src/promql/parser.ts';
import { printExpression } from '../../src/promql/print-layout.ts';
import { describeWithTools } from '../tools.ts';
import { expressions } from './grammar.ts';
import { promtools, refusals } from './promtool.ts';
import { VALID, VALID_BEHIND_FLAGS, VALID_IN_GRAFANA, VALID_SINCE_3 } from './valid-expressions.ts';

const OPTIONS = { flags: 'all', holes: 'grafana' } as const;

function printed(text: string, width?: number): string {
  return printExpression(parseExpression(text, OPTIONS).ast!, width);
}

/** What the canonical form may change: places, quotes that are not needed, the case of words, the text of literals. */
const LAYOUT: ReadonlySet<string> = new Set(['start', 'end', 'quoted', 'valueText', 'valueSpan', 'braces', 'sign']);

/** A tree without what the canonical form may change. */
function meaning(tree: Expr | undefined): unknown {
  return JSON.parse(
    JSON.stringify(tree, (key, value) => {
      if (LAYOUT.has(key) && (key !== 'sign' || typeof value === 'object')) return undefined;
      if (key === 'text' && typeof value === 'string')
        return value
          .replace(/^(["'`])[\s\S]*\1$/, '')
          .replace(/\s/g, '')
          .toLowerCase();
      return typeof value === 'number' && !Number.isFinite(value) ? String(value) : value;
    }),
  );
}

describe('the canonical form', () => {
  test.each([
    ['sum(rate(a[5m]))by(x)', 'sum by (x) (rate(a[5m]))'],
    ["a{ x = 'y' , z=~`5\\d` , }", 'a{x="y",z=~"5\\\\d"}'],
    ['a/on(x)group_left b', 'a / on (x) group_left () b'],
    ['a == bool IGNORING( x ) GROUP_RIGHT( y,z ) b', 'a == bool ignoring (x) group_right (y, z) b'],
    ['a   and\nb OR c', 'a and b or c'],
    ['- a ^ - 2', '-a ^ -2'],
    ['a [ 5m : ] @ end ( ) offset - 1h', 'a[5m:] offset -1h @ end()'],
    ['TOPK without()(5,a)', 'topk without () (5, a)'],
    ['(a)', '(a)'],
    ['{"a.b",x="y"}', '{"a.b",x="y"}'],
    ['sum by ("a","b.c") (d)', 'sum by (a, "b.c") (d)'],
    ['a[5m*2] smoothed', 'a[5m * 2] smoothed'],
    ['a+fill( - 1 )b', 'a + fill (-1) b'],
    ['rate($metric{job=~"$job"}[$__rate_interval])', 'rate($metric{job=~"$job"}[$__rate_interval])'],
    ['up # comment', 'up'],
  ])('%s', (text, expected) => {
    expect(printed(text)).toBe(expected);
  });

  test('long ones are broken at operators, arguments and matchers', () => {
    const text =
      'histogram_quantile(0.99, sum by (le, job) (rate(http_request_duration_seconds_bucket{job="checkout",code=~"5.."}[5m]))) > 0.5 and on (job) (sum by (job) (rate(http_requests_total{job="checkout"}[5m])) > 10 or vector(0) > 1 or absent(up{job="checkout"}))';
    expect(printed(text, 60)).toBe(
      [
        'histogram_quantile(',
        '  0.99,',
        '  sum by (le, job) (',
        '    rate(',
        '      http_request_duration_seconds_bucket{',
        '        job="checkout",',
        '        code=~"5..",',
        '      }[5m]',
        '    )',
        '  )',
        ') > 0.5',
        'and on (job)',
        '(',
        '  sum by (job) (',
        '    rate(http_requests_total{job="checkout"}[5m])',
        '  ) > 10',
        '  or',
        '  vector(0) > 1',
        '  or',
        '  absent(up{job="checkout"})',
        ')',
      ].join('\n'),
    );
  });

  test('operands that a program put together get the parentheses that they need', () => {
    const sum = parseExpression('a + b').ast!;
    const product = parseExpression('c * d').ast!;
    if (product.kind !== 'binary') throw new Error('no product');
    expect(printExpression({ ...product, left: sum })).toBe('(a + b) * d');
    expect(printExpression({ ...product, left: sum }, 4)).toBe('(\n  a\n  +\n  b\n)\n*\nd');
  });
});

describe('printing changes no meaning', () => {
  const widths = fc.constantFrom(100, 40, 10);
  const holds = (text: string, width: number) => {
    const before = parseExpression(text, OPTIONS);
    if (before.faults.length > 0) return;
    const once = printExpression(before.ast!, width);
    const after = parseExpression(once, OPTIONS);
    expect(after.faults, once).toEqual([]);
    expect(meaning(after.ast), once).toEqual(meaning(before.ast));
    expect(printExpression(after.ast!, width)).toBe(once);
  };
  test('of expressions of a grammar', () => {
    fc.assert(fc.property(expressions, widths, holds), { numRuns: 3_000 });
  });
  test('of real ones', () => {
    for (const text of [...VALID, ...VALID_SINCE_3, ...VALID_BEHIND_FLAGS, ...VALID_IN_GRAFANA]) {
      for (const width of [100, 40, 10]) holds(text, width);
    }
  });
  test('in time that grows with the text', () => {
    const chain = Array(900).fill('rate(http_requests_total{job="api",code=~"5.."}[5m])').join(' + ');
    expect(printed(chain).split('\n')).toHaveLength(1_799);
  });
});

describeWithTools(['promtool'], 'promtool', () => {
  test.each(promtools())('$version reads what is printed', (tool) => {
    const valid = [
      ...new Set([...VALID, ...VALID_SINCE_3, ...fc.sample(expressions, { numRuns: 1_000, seed: 8 })]),
    ].filter((text) => parseExpression(text, { version: tool.version }).faults.length === 0);
    const texts = valid.map((text) => printExpression(parseExpression(text, { version: tool.version }).ast!, 40));
    const refused = [...refusals(tool, texts)].map(([index, said]) => `${texts[index]}: ${said}`);
    expect(refused).toEqual([]);
    expect(texts.length).toBeGreaterThan(300);
  });
});
