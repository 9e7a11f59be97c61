import { describe, expect, test } from 'vitest';
import { parseExpression } from '../../src/promql/parser.ts';
import { describeWithTools } from '../tools.ts';
import { promtools, refusals } from './promtool.ts';
import { VALID, VALID_BEHIND_FLAGS, VALID_IN_GRAFANA, VALID_SINCE_3 } from './valid-expressions.ts';

const tools = promtools();

describe('valid expressions have no fault', () => {
  test.each([...VALID, ...VALID_SINCE_3])('%s', (text) => {
    expect(parseExpression(text, { flags: 'all' }).faults).toEqual([]);
  });
  test.each(VALID_BEHIND_FLAGS)('behind flags: %s', (text) => {
    expect(parseExpression(text, { version: '3.12', flags: 'all' }).faults).toEqual([]);
  });
  test.each(VALID_IN_GRAFANA)('in Grafana: %s', (text) => {
    expect(parseExpression(text, { holes: 'grafana' }).faults).toEqual([]);
  });
  test.each([
    ['a[300]', '300'],
    ['a[5m:60]', '60'],
    ['a offset 300', '300'],
    ['a offset -300', '300'],
    ['a[1_000]', '1_000'],
  ])('%s, unless durations need their units', (text, number) => {
    expect(parseExpression(text).faults).toEqual([]);
    const message = `the duration \`${number}\` has no unit`;
    expect(parseExpression(text, { units: 'required' }).faults).toMatchObject([{ kind: 'duration', message }]);
    expect(parseExpression('a[5m:1m] offset -1h', { units: 'required' }).faults).toEqual([]);
  });
});

describeWithTools(['promtool'], 'promtool', () => {
  test.each(tools)('$path accepts the same', (tool) => {
    const expressions = tool.major >= 3 ? [...VALID, ...VALID_SINCE_3] : VALID;
    const refused = [...refusals(tool, expressions)].map(([index, said]) => `${expressions[index]}: ${said}`);
    expect(refused).toEqual([]);
  });
});
