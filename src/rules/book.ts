import type { Group, RuleBook } from '../model/rule.ts';
import type { Model } from '../model/types.ts';
import type { Checked } from '../source/diagnostic.ts';
import { guarded } from './guarded.ts';
import { kpiGroups } from './kpi.ts';
import { policyGroups } from './policy.ts';
import { ruleSetGroups } from './rule-set.ts';
import { sloGroups } from './slo.ts';

/**
 * Every recording rule and alert that a model implies, in the order of services and names, with what is wrong with
 * them together (see the codes of `check.ts` and `slo.ts`).
 */
export function ruleBook(model: Model): Checked<RuleBook> {
  const [slos, diagnostics] = sloGroups(model);
  const all: readonly Group[] = [...slos, ...kpiGroups(model), ...policyGroups(model), ...ruleSetGroups(model)];
  const groups = guarded(model.project, all);
  const alerts = groups.flatMap((group) => group.rules).filter((rule) => rule.type === 'alert');
  return [{ groups, alerts }, diagnostics];
}
