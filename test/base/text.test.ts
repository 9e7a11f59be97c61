import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareText, groupBy, sortedBy, sortedByNumber, uniqueTexts } from '../../src/base/order.ts';
import {
  closest,
  editDistance,
  enumerate,
  pascalCase,
  plural,
  slipOf,
  slug,
  titleCase,
  titleOfName,
} from '../../src/base/text.ts';

describe('order', () => {
  it('is that of UTF-16 code units, whatever the locale', () => {
    expect(uniqueTexts(['ä', 'b', 'Z', 'a', '_', '1', 'b', '😀', '\uffff'])).toEqual([
      '1',
      'Z',
      '_',
      'a',
      'b',
      'ä',
      '😀',
      '\uffff',
    ]);
    expect(compareText('a', 'a')).toBe(0);
  });

  it('is stable, by one key after the other, and leaves its input alone', () => {
    const items = Object.freeze([
      { a: 'x', b: '2', n: 3 },
      { a: 'x', b: '1', n: 1 },
      { a: 'w', b: '9', n: 2 },
    ]);
    const names = (list: readonly { n: number }[]) => list.map(({ n }) => n);
    expect(
      names(
        sortedBy(
          items,
          ({ a }) => a,
          ({ b }) => b,
        ),
      ),
    ).toEqual([2, 1, 3]);
    expect(names(sortedBy(items, ({ a }) => a))).toEqual([2, 3, 1]);
    expect(names(sortedByNumber(items, ({ n }) => n))).toEqual([1, 2, 3]);
  });

  it('does not depend on the order of what it sorts', () => {
    fc.assert(
      fc.property(fc.array(fc.string()), (texts) => {
        expect(uniqueTexts([...texts].reverse())).toEqual(uniqueTexts(texts));
      }),
    );
  });

  it('groups in the order in which keys appear', () => {
    expect([...groupBy([3, 1, 4, 1, 5], (each) => each % 2)]).toEqual([
      [1, [3, 1, 1, 5]],
      [0, [4]],
    ]);
  });
});

describe('the nearest name', () => {
  it.each([
    ['objectve', ['objective', 'window'], 'objective'],
    ['god', ['good', 'errors'], 'good'],
    ['Sevice', ['Service', 'SLO'], 'Service'],
    ['teh', ['the'], 'the'],
    ['SLACK-INCIDENTS', ['slack-incidents'], 'slack-incidents'],
    ['colour', ['service', 'window'], undefined],
    ['x', ['y', 'z'], 'y'],
    ['ab', ['xy'], undefined],
    ['anything', [], undefined],
  ])('of `%s` among %j is %s', (name, candidates, expected) => {
    expect(closest(name, candidates)).toBe(expected);
  });

  it('is the first of those that are equally near', () => {
    expect(closest('cat', ['bat', 'hat'])).toBe('bat');
    expect(closest('golden', ['goldn', 'platform/golden', 'platform/goldn'])).toBe('platform/golden');
    expect(closest('golden', ['goldn', 'a/golden', 'b/golden'])).toBe('goldn');
  });

  it('is always found when it is there, and always a candidate', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ minLength: 1 }), { minLength: 1 }), fc.string(), (candidates, name) => {
        expect(closest(candidates[0]!, candidates)?.toLowerCase()).toBe(candidates[0]!.toLowerCase());
        const found = closest(name, candidates);
        if (found !== undefined) expect(candidates).toContain(found);
      }),
    );
  });

  it('is measured by a symmetric distance', () => {
    expect(editDistance('kitten', 'sitting')).toBe(3);
    expect(editDistance('ab', 'ba')).toBe(1);
    fc.assert(
      fc.property(fc.string({ maxLength: 12 }), fc.string({ maxLength: 12 }), (left, right) => {
        const distance = editDistance(left, right);
        expect(distance).toBe(editDistance(right, left));
        expect(distance === 0).toBe(left === right);
        expect(distance).toBeLessThanOrEqual(Math.max(left.length, right.length));
      }),
    );
  });
});

describe('words', () => {
  it('of names', () => {
    expect(slug('  P1 CRITICAL (ü) ')).toBe('p1-critical');
    expect(pascalCase('qagent-latency_p95')).toBe('QagentLatencyP95');
    expect(titleCase('code-gen_rate')).toBe('Code gen rate');
    expect(titleOfName('platform/base/first-steps')).toBe('First steps');
    expect(slug('---')).toBe('');
  });

  it('of lists and counts', () => {
    expect(enumerate([])).toBe('');
    expect(enumerate(['a'])).toBe('a');
    expect(enumerate(['a', 'b', 'c'])).toBe('a, b and c');
    expect(enumerate(['a', 'b'], 'or')).toBe('a or b');
    expect(plural(1, 'rule')).toBe('1 rule');
    expect(plural(0, 'entry', 'entries')).toBe('0 entries');
  });
});

describe('slips', () => {
  it.each([
    ['CartDwn', ['CartDown', 'CartSlow'], 'CartDown'],
    ['job:request:rate5m', ['job:requests:rate5m', 'job:errors:rate5m'], 'job:requests:rate5m'],
    ['job:requests:rate1m', ['job:requests:rate5m'], undefined],
    ['job:requests:rate30m', ['job:requests:rate5m'], undefined],
    ['namespace:kube_pod_requests:sum', ['namespace:kube_pod_limits:sum'], undefined],
  ])('%s among %j', (name, candidates, expected) => {
    expect(slipOf(name, candidates)).toBe(expected);
  });
});
