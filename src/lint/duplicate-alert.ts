import { groupBy, uniqueTexts } from '../base/order.ts';
import type { Alert, RuleBook } from '../model/rule.ts';
import { defineCode } from '../source/code.ts';
import type { Diagnostic } from '../source/diagnostic.ts';
import { originSpan } from '../source/document.ts';
import type { LintRule } from './rule.ts';

const DUPLICATE_ALERT = defineCode<{ alert: string; foreign: boolean }>({
  code: 'rule/duplicate-alert',
  severity: 'error',
  title: 'two alerts with the same name and labels',
  explain:
    'Alertmanager tells alerts apart by their labels: two rules with the same name and labels overwrite each other where their series have the same labels, too. In the files of a RuleSet, whose rules are taken in as they are, it is only worth knowing.',
  message: ({ alert }) => `the alert \`${alert}\` exists already with the same labels`,
  help: ({ foreign }) => (foreign ? undefined : 'rename one of the two, or give them different labels'),
});

/** What Alertmanager tells alerts apart by. */
function identity({ alert, labels }: Alert): string {
  const names = uniqueTexts(Object.keys(labels));
  return JSON.stringify([alert, names, names.map((name) => labels[name])]);
}

function duplicates({ alerts }: RuleBook): Diagnostic[] {
  const same = groupBy(alerts, identity);
  return [...same.values()].flatMap(([first, ...others]) =>
    others.map(({ alert, origin, foreign: taken = false }) => {
      const related = [{ span: originSpan(first!.origin), message: 'the other one' }];
      const foreign = taken && first!.foreign === true;
      const extra = foreign ? { related, severity: 'info' as const } : { related };
      return DUPLICATE_ALERT.at(originSpan(origin), { alert, foreign }, extra);
    }),
  );
}

/** Alerts that overwrite each other in Alertmanager. */
export const duplicateAlert: LintRule = {
  codes: [DUPLICATE_ALERT],
  needs: [],
  check: (_model, rules) => duplicates(rules),
};
