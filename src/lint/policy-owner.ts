import { ownersOf, type RuleBook } from '../model/rule.ts';
import type { Model } from '../model/types.ts';
import { defineCode } from '../source/code.ts';
import type { Diagnostic } from '../source/diagnostic.ts';
import { originSpan } from '../source/document.ts';
import type { LintRule } from './rule.ts';

const OWNER = defineCode<{ alert: string; severity: string; service: string | undefined }>({
  code: 'demand/owner',
  severity: 'error',
  title: 'an alert that needs an owner has none',
  explain:
    'The Project says in `policy.requireOwner` at which severities an alert must belong to somebody: nobody is called for what nobody owns. The owner of an alert is the `owner` of its Service; alerts of a RuleSet may carry the label themselves.',
  message: ({ alert, severity }) => `nobody owns \`${alert}\`, and the Project requires an owner at \`${severity}\``,
  help: ({ service }) =>
    service === undefined ? 'name a `service` that has an `owner`' : `add \`owner\` to the Service \`${service}\``,
});

function ownerless({ project }: Model, { alerts }: RuleBook): Diagnostic[] {
  const { policy, labelNames } = project;
  return alerts
    .filter((each) => policy.ownedSeverities.includes(each.severity) && ownersOf(each, labelNames).length === 0)
    .map(({ alert, severity, service, origin }) => OWNER.at(originSpan(origin), { alert, severity, service }));
}

/** `policy.requireOwner` with severities: every alert of them belongs to somebody. */
export const policyOwner: LintRule = { codes: [OWNER], needs: ['Service'], check: ownerless };
