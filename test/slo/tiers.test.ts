import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  compare,
  DAY_MS,
  formatDuration,
  formatNumber,
  formatPercent,
  multiply,
  rational,
} from '../../src/base/quantity.ts';
import { tiersFor } from '../../src/slo/tiers.ts';

const rows = (days: number) =>
  tiersFor(days * DAY_MS).map(({ longWindowMs, shortWindowMs, burnRate, budgetShare }) =>
    [
      formatDuration(longWindowMs),
      formatDuration(shortWindowMs),
      formatNumber(burnRate),
      formatPercent(budgetShare),
    ].join(' '),
  );

test('the tiers of the SRE workbook, scaled to other windows', () => {
  expect(rows(30)).toEqual(['1h 5m 14.4 2%', '6h 30m 6 5%', '1d 2h 3 10%', '3d 6h 1 10%']);
  expect(rows(7)).toEqual(['14m 5m 14.4 2%', '1h24m 7m 6 5%', '5h36m 28m 3 10%', '16h48m 1h24m 1 10%']);
  expect(rows(90)).toEqual(['3h 15m 14.4 2%', '18h 1h30m 6 5%', '3d 6h 3 10%', '9d 18h 1 10%']);
});

test('a window of a day or three: pages keep their burn rate and have spent more when they fire', () => {
  expect(rows(1)).toEqual(['10m 5m 14.4 10%', '12m 5m 6 5%', '48m 5m 3 10%', '2h24m 12m 1 10%']);
  expect(rows(3)[0]).toBe('10m 5m 14.4 3.3%');
});

test('whatever the window, a page burns faster than a ticket, and as much is spent as is said', () => {
  fc.assert(
    fc.property(fc.integer({ min: DAY_MS, max: 365 * DAY_MS }), (windowMs) => {
      const tiers = tiersFor(windowMs);
      for (const [index, tier] of tiers.entries()) {
        const spent = multiply(tier.burnRate, rational(tier.longWindowMs, windowMs));
        expect(compare(spent, tier.budgetShare)).toBeGreaterThanOrEqual(0);
        const next = tiers[index + 1];
        if (next) expect(compare(tier.burnRate, next.burnRate)).toBeGreaterThan(0);
      }
    }),
  );
});
