import { describe, expect, test } from 'vitest';
import { runbookChecks } from '../../src/lint/runbooks.ts';
import { type Fixture, fixture, index, project, runbook, SERVICE_DOWN, slo } from './model.ts';

function findings({ model, rules }: Fixture): string[] {
  return runbookChecks(model, rules).map(({ severity, code, message }) => `${severity} ${code}: ${message}`);
}

describe('runbookChecks', () => {
  test('finds a runbook that nothing leads to', () => {
    expect(findings(fixture())).toEqual([
      'warning runbook/unused: no alert, SLO or KPI leads to the runbook `in-vain`',
    ]);
  });

  test('finds an alert without the runbook that its severity requires, once for each severity', () => {
    const policy = { requireRunbook: ['P1_CRITICAL', 'P3_MEDIUM'], requireOwner: false };
    const made = fixture({ project: project({ policy }), runbooks: index([SERVICE_DOWN]) });
    expect(findings(made)).toEqual([
      'error runbook/missing: `Orphan` has no runbook, and the project requires one at `P3_MEDIUM`',
    ]);
  });

  test.each([
    ['index', 'the index of all runbooks'],
    ['incident-p1-critical', 'the incident procedure of `P1_CRITICAL`'],
    ['slo-cart-availability', 'the page of the SLO `cart-availability`'],
    ['kpi-orders', 'the page of the KPI `orders`'],
  ])('refuses the name %s', (name, by) => {
    const made = fixture({ runbooks: index([SERVICE_DOWN, runbook(name)]) });
    expect(findings(made)).toContain(`error runbook/name-taken: the runbook name \`${name}\` is taken by ${by}`);
  });

  test('leaves a name alone that only looks like one of ours', () => {
    const own = slo('cart-availability', { runbook: 'slo-cart-availability' });
    const made = fixture({
      slos: index([own]),
      runbooks: index([SERVICE_DOWN, runbook('slo-cart-availability'), runbook('slo-other')]),
    });
    expect(findings(made)).toEqual(['warning runbook/unused: no alert, SLO or KPI leads to the runbook `slo-other`']);
  });
});
