import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkLexically } from '../../src/promql/lexical.ts';
import { describeWithTools } from '../tools.ts';
import { mistyped } from './mutation.ts';
import { promtools, refusals } from './promtool.ts';
import { VALID, VALID_BEHIND_FLAGS, VALID_IN_GRAFANA, VALID_SINCE_3 } from './valid-expressions.ts';

const tools = promtools();

describe('valid expressions have no fault', () => {
  test.each([...VALID, ...VALID_SINCE_3, ...VALID_BEHIND_FLAGS])('%s', (text) => {
    expect(checkLexically(text, { holes: [] })).toEqual([]);
  });
  test.each(VALID_IN_GRAFANA)('in Grafana: %s', (text) => {
    expect(checkLexically(text, { holes: 'grafana' })).toEqual([]);
  });
  test('numbers as durations, where they are wanted', () => {
    for (const text of ['a[300]', 'a[300:60]', 'a offset 300', 'a offset 0', 'a[1_000]']) {
      expect(checkLexically(text, { holes: [], numbersAsDurations: true })).toEqual([]);
    }
  });
});

describeWithTools(['promtool'], 'promtool', () => {
  test.each(tools)('$path accepts the same', (tool) => {
    const expressions = tool.major >= 3 ? [...VALID, ...VALID_SINCE_3] : VALID;
    const refused = [...refusals(tool, expressions)].map(([index, said]) => `${expressions[index]}: ${said}`);
    expect(refused).toEqual([]);
  });

  test('what is called a fault is refused by every promtool', () => {
    const texts = fc.sample(mistyped([...VALID, ...VALID_SINCE_3]), { numRuns: 2_000, seed: 1 });
    const faulty = texts.filter(
      (text) => checkLexically(text, { holes: 'grafana', numbersAsDurations: true }).length > 0,
    );
    expect(faulty.length).toBeGreaterThan(1_000);
    const accepted = tools.flatMap((tool) => {
      const refused = refusals(tool, faulty);
      return faulty.filter((_, index) => !refused.has(index));
    });
    expect(accepted).toEqual([]);
  });
});
