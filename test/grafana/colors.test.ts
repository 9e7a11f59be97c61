import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rational, toNumber } from '../../src/base/quantity.ts';
import type { Comparison } from '../../src/model/types.ts';
import { authoredSteps, budgetSteps, kpiMappings, kpiSteps, statusWords } from '../../src/targets/grafana/colors.ts';
import { condition, kpi, POLICY } from './model.ts';

const steps = (list: ReturnType<typeof kpiSteps>) => list?.map(({ value, color }) => [value, color]);

describe('kpiSteps', () => {
  it('is green above the target where more is better', () => {
    const rate = kpi('rate', { target: condition('>', '0.9'), critical: condition('<', '0.7') });
    expect(steps(kpiSteps(rate))).toEqual([
      [null, 'red'],
      [0.7, 'yellow'],
      [0.9, 'green'],
    ]);
  });

  it('is green below the target where less is better', () => {
    const latency = kpi('latency', { target: condition('<', '0.2'), critical: condition('>', '1') });
    expect(steps(kpiSteps(latency))).toEqual([
      [null, 'green'],
      [0.2, 'yellow'],
      [1, 'red'],
    ]);
  });

  it('needs only one of the two', () => {
    expect(steps(kpiSteps(kpi('a', { target: condition('>=', '5') })))).toEqual([
      [null, 'yellow'],
      [5, 'green'],
    ]);
    expect(steps(kpiSteps(kpi('b', { critical: condition('>', '5') })))).toEqual([
      [null, 'green'],
      [5, 'red'],
    ]);
    expect(kpiSteps(kpi('c'))).toBeUndefined();
  });

  it('colours a single value that is right or wrong', () => {
    const exact = kpi('replicas', { target: condition('==', '3') });
    expect(steps(kpiSteps(exact))).toEqual([[null, 'yellow']]);
    expect(kpiMappings(exact)).toEqual([{ type: 'value', options: { 3: { color: 'green', index: 0 } } }]);
    expect(kpiMappings(kpi('rate', { target: condition('>', '3') }))).toEqual([]);
  });

  it('agrees with the conditions everywhere but on the bounds', () => {
    const bound = fc.integer({ min: -50, max: 50 });
    const operator = fc.constantFrom<Comparison>('<', '<=', '>', '>=');
    fc.assert(
      fc.property(operator, bound, operator, bound, bound, (better, target, worse, critical, twice) => {
        const value = twice + 0.5;
        const holds = (how: Comparison, limit: number) => (how.startsWith('<') ? value < limit : value > limit);
        const expected = holds(worse, critical) ? 'red' : holds(better, target) ? 'green' : 'yellow';
        const list = kpiSteps(
          kpi('k', {
            target: { operator: better, value: rational(target), text: '' },
            critical: { operator: worse, value: rational(critical), text: '' },
          }),
        );
        expect(list?.findLast((step) => step.value === null || step.value <= value)?.color).toBe(expected);
      }),
    );
  });
});

describe('budget colours', () => {
  it('go from spent to untouched', () => {
    expect(steps(budgetSteps(POLICY))).toEqual([
      [null, 'red'],
      [0, 'orange'],
      [0.1, 'yellow'],
      [0.5, 'green'],
    ]);
  });

  it('are those of the words, however many statuses there are', () => {
    for (let count = 0; count <= 6; count++) {
      const policy = Array.from({ length: count }, (_, index) => ({
        atMost: rational(count - index, 10),
        status: `S${index}`,
      }));
      const words = statusWords(policy, 10);
      expect(words.map(([value]) => value)).toEqual(
        Array.from({ length: count + 1 }, (_, index) => String(10 + index)),
      );
      expect(words[0]?.slice(1)).toEqual(['HEALTHY', 'green']);
      const colors = words.map(([, , color]) => color);
      expect(budgetSteps(policy).map(({ color }) => color)).toEqual([...colors].reverse());
      expect(
        budgetSteps(policy)
          .slice(1)
          .map(({ value }) => value),
      ).toEqual(policy.map(({ atMost }) => toNumber(atMost)).reverse());
    }
  });
});

describe('authoredSteps', () => {
  it('begins with the lowest threshold where that is 0 or less', () => {
    const thresholds = [
      { above: 0.9, color: 'green' },
      { above: 0, color: 'red' },
    ];
    expect(steps(authoredSteps(thresholds))).toEqual([
      [null, 'red'],
      [0.9, 'green'],
    ]);
  });

  it('is green below the lowest, or has no colour where green comes above', () => {
    expect(steps(authoredSteps([{ above: 50, color: 'red' }]))?.[0]).toEqual([null, 'green']);
    expect(steps(authoredSteps([{ above: 50, color: 'dark-green' }]))?.[0]).toEqual([null, 'text']);
    expect(authoredSteps([])).toBeUndefined();
  });
});
