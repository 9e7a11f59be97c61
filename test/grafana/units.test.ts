import { describe, expect, it } from 'vitest';
import { grafanaUnit, misspeltUnit } from '../../src/targets/grafana/units.ts';

describe('grafanaUnit', () => {
  it.each([
    ['percent', 'percentunit'],
    ['ratio', 'percentunit'],
    ['seconds', 's'],
    ['$', 'currencyUSD'],
    ['$/month', 'suffix:$/month'],
    ['bytes', 'bytes'],
    ['bytes/s', 'binBps'],
    ['reqps', 'reqps'],
    ['requests/second', 'reqps'],
    ['percentage (0-100)', 'percent'],
    ['score (0-100)', 'none'],
    ['widgets (per shift)', 'suffix:widgets'],
    ['suffix:widgets', 'suffix:widgets'],
    ['', 'none'],
  ])('%s → %s', (unit, id) => {
    expect(grafanaUnit(unit)).toBe(id);
  });
});

describe('misspeltUnit', () => {
  it('proposes the unit that was meant', () => {
    expect(misspeltUnit('reqqps')).toBe('reqps');
    expect(misspeltUnit('secnds')).toBe('seconds');
  });

  it('says nothing of known units and of units that are nothing like one', () => {
    for (const unit of ['reqps', 'seconds', 'widgets', '$/GB', 'suffix:secnds', 'score (0-100)']) {
      expect(misspeltUnit(unit), unit).toBeUndefined();
    }
  });
});
