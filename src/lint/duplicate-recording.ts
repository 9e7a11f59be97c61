import { groupBy, uniqueTexts } from '../base/order.ts';
import type { Recording, RuleBook } from '../model/rule.ts';
import { defineCode } from '../source/code.ts';
import type { Diagnostic } from '../source/diagnostic.ts';
import { originSpan } from '../source/document.ts';
import type { LintRule } from './rule.ts';

const DUPLICATE = defineCode<{ record: string; same: boolean; foreign: boolean }>({
  code: 'rule/duplicate-recording',
  severity: 'error',
  title: 'two recording rules with the same name and labels',
  explain:
    'Both rules write the same series. With the same expression one of them is superfluous, and Prometheus drops its samples as duplicates. With different ones that return series with the same labels, each sample is whichever was evaluated last; only where the labels differ are both of use, which is a warning, because the rules do not show it. Between files of RuleSets, whose rules are taken in as they are, it is only worth knowing.',
  message: ({ record, same }) =>
    `\`${record}\` is recorded already with the same labels, by ${same ? 'the same' : 'another'} expression`,
  help: ({ same, foreign }) => {
    if (foreign) return undefined;
    return same ? 'remove one of the two' : 'rename one of the two, or give them different labels';
  },
});

/** What Prometheus tells the series of two rules apart by, before it knows what their expressions return. */
function identity({ record, labels }: Recording): string {
  const names = uniqueTexts(Object.keys(labels));
  return JSON.stringify([record, names, names.map((name) => labels[name])]);
}

function duplicates({ groups }: RuleBook): Diagnostic[] {
  const records = groups.flatMap(({ rules }) => rules.flatMap((rule) => (rule.type === 'record' ? rule : [])));
  return [...groupBy(records, identity).values()].flatMap(([first, ...others]) =>
    others.map(({ record, expr, origin, foreign: taken = false }) => {
      const related = [{ span: originSpan(first!.origin), message: 'the other one' }];
      const foreign = taken && first!.foreign === true;
      const same = expr.text.trim() === first!.expr.text.trim();
      const severity = foreign ? 'info' : same ? 'error' : 'warning';
      return DUPLICATE.at(originSpan(origin), { record, same, foreign }, { related, severity });
    }),
  );
}

/** Recording rules that write the same series. */
export const duplicateRecording: LintRule = {
  codes: [DUPLICATE],
  needs: [],
  check: (_model, rules) => duplicates(rules),
};
