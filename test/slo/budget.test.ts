import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  compare,
  DAY_MS,
  describeDuration,
  formatNumber,
  HOUR_MS,
  MINUTE_MS,
  parsePercent,
  type Rational,
  rational,
  subtract,
} from '../../src/base/quantity.ts';
import { compile } from '../../src/pipeline/compile.ts';
import { budgetMs, budgetRatio } from '../../src/slo/budget.ts';
import { outageDetectionMs } from '../../src/slo/detection.ts';
import { BASE_WINDOW_MS, canFire, exhaustionMs, thresholdRatio, tiersFor } from '../../src/slo/tiers.ts';
import { compiledSlo } from './rule-tests.ts';

function specs(objective: string, window: string): string {
  return `kind: SLO
metadata: { name: requests }
spec:
  service: shop
  objective: ${objective}
  window: ${window}
  indicator: { ratio: { errors: errors_total, total: requests_total } }
`;
}

describe('error budgets', () => {
  it.each([
    ['99.5%', '30d', 3.6 * HOUR_MS, '3.6 hours', '0.005'],
    ['99%', '30d', 7.2 * HOUR_MS, '7.2 hours', '0.01'],
    ['99.9%', '30d', 43.2 * MINUTE_MS, '43.2 minutes', '0.001'],
    ['95%', '7d', 8.4 * HOUR_MS, '8.4 hours', '0.05'],
    ['99.99%', '28d', 241_920, '241.92 seconds', '0.0001'],
  ])('%s in %s is %d ms', (objective, window, ms, _words, ratio) => {
    const slo = compiledSlo(specs(objective, window));
    expect(budgetMs(slo)).toBe(ms);
    expect(formatNumber(budgetRatio(slo))).toBe(ratio);
  });

  it.each([
    ['99.5%', '3.6 hours in 30 days at an objective of 99.5%', '1 - slo:error_ratio:rate30d{slo="requests"} / 0.005'],
    ['99%', '7.2 hours in 30 days at an objective of 99%', '1 - slo:error_ratio:rate30d{slo="requests"} / 0.01'],
  ])('%s stands in the rules as people and Prometheus read it', (objective, words, formula) => {
    const project = 'kind: Project\nmetadata: { name: shop }\n---\nkind: Service\nmetadata: { name: shop }\n---\n';
    const channel = '---\nkind: Channel\nmetadata: { name: mail }\nspec: { webhook: { url: "https://example.org" } }\n';
    const text = project + specs(objective, '30d') + channel;
    const [[compilation]] = compile([{ path: 'shop.yaml', text }], { targets: ['prometheus'] });
    const rules = compilation!.artifacts!.find(({ path }) => path.endsWith('shop.yml'))!.text;
    expect(rules).toContain(words);
    expect(rules).toContain(`expr: ${formula}\n`);
    expect(describeDuration(budgetMs(compilation!.model!.slos.all[0]!))).toBe(words.replace(/ in .*/, ''));
  });
});

const anyWindow = fc.integer({ min: 1, max: 365 }).map((days) => days * DAY_MS);
const anyBudget = fc.integer({ min: 1, max: 99_999 }).map((parts) => rational(parts, 100_000));
const ratioIndicator = compiledSlo(specs('99%', '30d')).indicator;

describe('burn-rate tiers', () => {
  it('are those of the SRE Workbook for 30 days', () => {
    const rows = tiersFor(30 * DAY_MS).map(({ urgency, longWindowMs, shortWindowMs, burnRate }) => [
      urgency,
      longWindowMs / HOUR_MS,
      shortWindowMs / MINUTE_MS,
      formatNumber(burnRate),
    ]);
    expect(rows).toEqual([
      ['page', 1, 5, '14.4'],
      ['page', 6, 30, '6'],
      ['ticket', 24, 120, '3'],
      ['ticket', 72, 360, '1'],
    ]);
  });

  it('spend their share of the budget in their long window and get slower one after the other, whatever the SLO window', () => {
    const ratio = ({ numerator, denominator }: Rational) => Number(numerator) / Number(denominator);
    fc.assert(
      fc.property(anyWindow, (windowMs) => {
        const tiers = tiersFor(windowMs);
        for (const { burnRate, budgetShare, longWindowMs, shortWindowMs } of tiers) {
          const spent = (ratio(burnRate) * longWindowMs) / windowMs;
          expect(spent).toBeGreaterThan(ratio(budgetShare) - 1e-9);
          expect(spent).toBeLessThan(ratio(budgetShare) + 0.001);
          expect(shortWindowMs).toBeGreaterThanOrEqual(BASE_WINDOW_MS);
          expect(shortWindowMs).toBeLessThan(longWindowMs);
          expect(longWindowMs % MINUTE_MS).toBe(0);
          expect(exhaustionMs(windowMs, burnRate)).toBeLessThanOrEqual(windowMs * 1.01);
        }
        const rates = tiers.map(({ burnRate }) => ratio(burnRate));
        expect(rates).toEqual([...rates].sort((left, right) => right - left));
      }),
    );
  });

  it('can fire exactly when a total outage exceeds them, and the sooner the smaller the budget', () => {
    fc.assert(
      fc.property(anyWindow, anyBudget, (windowMs, budget) => {
        for (const tier of tiersFor(windowMs)) {
          const fires = compare(thresholdRatio(tier, budget), rational(1)) < 0;
          expect(canFire(tier, budget)).toBe(fires);
          if (!fires) continue;
          const detected = outageDetectionMs(tier, budget, ratioIndicator);
          expect(detected).toBeGreaterThan(0);
          expect(detected).toBeLessThanOrEqual(tier.longWindowMs + BASE_WINDOW_MS / 2);
          const smaller = subtract(budget, rational(1, 200_000));
          expect(outageDetectionMs(tier, smaller, ratioIndicator)).toBeLessThanOrEqual(detected);
        }
      }),
    );
  });

  it('need longer than the ideal, because a rate over the base window sees an outage only by and by', () => {
    const [page] = tiersFor(30 * DAY_MS);
    const threshold = { ...ratioIndicator, type: 'threshold' } as never;
    const budget = (text: string) => subtract(rational(1), parsePercent(text)!);
    expect(outageDetectionMs(page!, budget('99.9%'), threshold)).toBe(51_840);
    expect(outageDetectionMs(page!, budget('99.9%'), ratioIndicator)).toBe(176_364);
    expect(outageDetectionMs(page!, budget('99.5%'), threshold)).toBe(259_200);
    expect(outageDetectionMs(page!, budget('99.5%'), ratioIndicator)).toBe(409_200);
  });
});
