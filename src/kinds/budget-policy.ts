import { compare, formatPercent, ONE, ZERO } from '../base/quantity.ts';
import type { BudgetStatus } from '../model/types.ts';
import { defineCode } from '../source/code.ts';
import type { Diagnostic } from '../source/diagnostic.ts';
import type { Located, Path } from '../source/document.ts';
import { defined } from './entity.ts';
import { ratio } from './quantities.ts';

const BOUND_OUT_OF_RANGE = defineCode<{ value: string }>({
  code: 'slo/budget-bound-out-of-range',
  severity: 'error',
  title: 'a budget status has an impossible bound',
  explain:
    'A status of the budget policy holds while at most a share of the error budget is left: from 0% (spent) to 100% (untouched).',
  message: ({ value }) => `a budget status cannot begin at \`${value}\``,
  help: () => 'write a share of the budget from `0%` to `100%`',
});

const BOUND_REPEATED = defineCode<{ status: string; value: string; other: string }>({
  code: 'slo/budget-bound-repeated',
  severity: 'error',
  title: 'two budget statuses begin at the same bound',
  explain: 'Two statuses with the same `atMost` would hold at the same time. Give each its own bound, or remove one.',
  message: ({ status, value, other }) => `\`${status}\` begins at ${value}, where \`${other}\` begins already`,
  help: () => 'give each status its own `atMost`, or remove one',
});

const STATUS_REPEATED = defineCode<{ status: string }>({
  code: 'slo/budget-status-repeated',
  severity: 'error',
  title: 'a budget status is declared twice',
  explain: 'Dashboards and runbooks tell statuses apart by their names; `HEALTHY` is the status above all bounds.',
  message: ({ status }) => `the budget status \`${status}\` is declared already`,
  help: ({ status }) =>
    status === 'HEALTHY' ? 'leave it out: it is the status above all bounds' : 'give it another name',
});

export const codes = [BOUND_OUT_OF_RANGE, BOUND_REPEATED, STATUS_REPEATED];

interface StatusSpec {
  readonly atMost: string;
  readonly status: string;
  readonly action?: string;
}

/** Checks that the bounds of a budget policy are shares of the budget, and tell its statuses apart. */
export function checkBudgetPolicy(document: Located, path: Path, statuses: readonly StatusSpec[] = []): Diagnostic[] {
  const byBound = new Map<string, string>();
  const names = new Set(['HEALTHY']);
  return statuses.flatMap(({ atMost, status }, index) => {
    const found: Diagnostic[] = [];
    const bound = ratio(atMost);
    const at = () => document.at([...path, index, 'atMost']);
    const text = formatPercent(bound);
    const other = byBound.get(text);
    if (compare(bound, ZERO) < 0 || compare(bound, ONE) > 0) found.push(BOUND_OUT_OF_RANGE.at(at(), { value: atMost }));
    if (other !== undefined) found.push(BOUND_REPEATED.at(at(), { status, value: text, other }));
    if (names.has(status)) found.push(STATUS_REPEATED.at(document.at([...path, index, 'status']), { status }));
    byBound.set(text, status);
    names.add(status);
    return found;
  });
}

/** The statuses in the model's order: the highest bound first. */
export function budgetPolicy(statuses: readonly StatusSpec[]): BudgetStatus[] {
  return statuses
    .map(({ atMost, status, action }) => ({ atMost: ratio(atMost), status, ...defined({ action }) }))
    .sort((left, right) => compare(right.atMost, left.atMost));
}
