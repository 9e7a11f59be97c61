import type { RuleBook } from '../model/rule.ts';
import type { Demand, Model, Policy } from '../model/types.ts';
import type { Pattern } from '../promql/pattern.ts';
import { defineCode } from '../source/code.ts';
import type { Diagnostic } from '../source/diagnostic.ts';
import { type Origin, originSpan } from '../source/document.ts';
import { alertsIn, demandedBy, isJudged, isMeant, nameOrigin, recordsIn, valueAt } from './demands.ts';
import type { LintRule } from './rule.ts';

const NAME = defineCode<{ noun: string; name: string; pattern: string }>({
  code: 'demand/name',
  severity: 'error',
  title: 'a name that the policy of the project does not allow',
  explain:
    'The Project says in `policy` how alerts, recording rules or groups are named: `named` is a regular expression for the whole name, in the syntax of RE2. Names in the files of a RuleSet are judged only where the demand names the RuleSet; names that qmon makes are never judged.',
  message: ({ noun, name, pattern }) => `the name of the ${noun} \`${name}\` does not match \`${pattern}\``,
  help: ({ noun }) => `rename the ${noun}, or change \`named\` in \`policy\` of the Project`,
});

interface Named {
  readonly noun: string;
  readonly name: string;
  readonly at: Origin;
  readonly ruleSet: string | undefined;
  readonly foreign: boolean;
}

type NameDemand = Demand & { readonly named?: Pattern };

function mismatches(demands: readonly NameDemand[], all: readonly Named[]): Diagnostic[] {
  return demands.flatMap((demand) => {
    const { named } = demand;
    if (!named) return [];
    return all
      .filter(({ name, ruleSet, foreign }) => isJudged(demand, ruleSet, foreign) && !named.matches(name))
      .map(({ noun, name, at }) => NAME.at(originSpan(at), { noun, name, pattern: named.text }, demandedBy(demand)));
  });
}

function alertNames({ alerts }: Policy, rules: RuleBook): Diagnostic[] {
  const all = alertsIn(rules).filter(
    ({ rule: { source } }) => source.kind === 'AlertPolicy' || source.kind === 'RuleSet',
  );
  return alerts.flatMap((demand) => {
    const meant = all.filter(({ rule }) => isMeant(demand, rule));
    return mismatches(
      [demand],
      meant.map(({ rule, ruleSet }) => ({
        noun: 'alert',
        name: rule.alert,
        at: nameOrigin(rule),
        ruleSet,
        foreign: rule.foreign === true,
      })),
    );
  });
}

function recordNames({ records }: Policy, rules: RuleBook): Diagnostic[] {
  const all = recordsIn(rules).map(({ rule, ruleSet }) => ({
    noun: 'recording rule',
    name: rule.record,
    at: nameOrigin(rule),
    ruleSet,
    foreign: rule.foreign === true,
  }));
  return mismatches(records, all);
}

/** Groups that somebody wrote as such. */
function groupNames({ groups }: Policy, rules: RuleBook): Diagnostic[] {
  const all = rules.groups.flatMap(({ name, file, origin }) =>
    file && origin && Object.hasOwn(valueAt(origin) as object, 'name')
      ? [
          {
            noun: 'group',
            name,
            at: { document: origin.document, path: [...origin.path, 'name'] },
            ruleSet: file.ruleSet,
            foreign: file.name !== undefined,
          },
        ]
      : [],
  );
  return mismatches(groups, all);
}

function check({ project: { policy } }: Model, rules: RuleBook): Diagnostic[] {
  return [...alertNames(policy, rules), ...recordNames(policy, rules), ...groupNames(policy, rules)];
}

/** `policy.….named`: names of alerts, recording rules and groups. */
export const policyName: LintRule = { codes: [NAME], needs: [], check };
