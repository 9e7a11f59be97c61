import { describe, expect, test } from 'vitest';
import { requiredRunbook } from '../../src/lint/required-runbook.ts';
import { runbookTarget } from '../../src/targets/runbook/runbook.ts';
import { alert, type Fixture, fixture, index, project, runbook, SERVICE_DOWN, slo } from './model.ts';

function findings({ model, rules }: Fixture): string[] {
  const all = [...requiredRunbook.check(model, rules), ...runbookTarget.check(model, { rules })];
  return all.map(({ severity, code, message }) => `${severity} ${code}: ${message}`);
}

describe('required runbooks', () => {
  const policy = { ...project().policy, requireRunbook: ['P1_CRITICAL', 'P3_MEDIUM'] };

  test('are missed at the severities that require them, once for each place', () => {
    const orphan = alert('Orphan', { severity: 'P3_MEDIUM' });
    expect(findings(fixture({ project: project({ policy }) }, [orphan]))).toEqual([
      'error runbook/missing: `Orphan` has no runbook, and the Project requires one at `P3_MEDIUM`',
    ]);
  });

  test('are not missed where nobody asks for them', () => {
    expect(findings(fixture())).toEqual([]);
  });
});

describe('names of runbooks', () => {
  test.each([
    ['index', 'the index of all runbooks'],
    ['incident-p1-critical', 'the incident procedure of `P1_CRITICAL`'],
    ['slo-cart-availability', 'the page of the SLO `cart-availability`'],
    ['kpi-orders', 'the page of the KPI `orders`'],
  ])('refuses %s', (name, by) => {
    const made = fixture({ runbooks: index([SERVICE_DOWN, runbook(name)]) });
    expect(findings(made)).toEqual([`error runbook/name-taken: the runbook name \`${name}\` is taken by ${by}`]);
  });

  test('leaves alone what only looks like one of ours', () => {
    const own = slo('cart-availability', { runbook: 'slo-cart-availability' });
    const pages = [SERVICE_DOWN, runbook('slo-cart-availability'), runbook('slo-other')];
    expect(findings(fixture({ slos: index([own]), runbooks: index(pages) }))).toEqual([]);
  });
});
