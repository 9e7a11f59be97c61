import type { Alert, RuleBook } from '../model/rule.ts';
import type { Model } from '../model/types.ts';
import { defineCode } from '../source/code.ts';
import type { Diagnostic } from '../source/diagnostic.ts';
import { originSpan } from '../source/document.ts';
import type { LintRule } from './rule.ts';

const RUNBOOK_MISSING = defineCode<{ alert: string; severity: string; plain: boolean }>({
  code: 'runbook/missing',
  severity: 'error',
  suppressible: true,
  title: 'an alert that needs a runbook has none',
  explain:
    'The Project says in `policy.requireRunbook` at which severities nobody may be woken without instructions. Alerts of SLOs and KPIs always have a page, because qmon writes one where the author names none; an alert of an AlertPolicy needs `runbook`, the name of a Runbook; an alert of a RuleSet needs a page in its folder of `runbooks`, or a `runbook_url` of its own.',
  message: ({ alert, severity }) => `\`${alert}\` has no runbook, and the Project requires one at \`${severity}\``,
  help: ({ plain }) =>
    `${plain ? 'write a page of the name of the alert into the folder of `runbooks`' : 'name a Runbook in `runbook`'}, or take the severity out of \`policy.requireRunbook\` of the Project`,
});

/** Third-party alerts often lead to a page of their makers. */
function hasRunbook({ runbook, source, annotations }: Alert): boolean {
  return runbook !== undefined || (source.kind === 'RuleSet' && (annotations.runbook_url ?? '') !== '');
}

/** Rules that come from the same line (an alert of several tiers) are reported once. */
function withoutRunbook(model: Model, rules: RuleBook): Diagnostic[] {
  const required = new Set(model.project.policy.requireRunbook);
  const found = new Map<string, Alert>();
  for (const each of rules.alerts) {
    if (hasRunbook(each) || !required.has(each.severity)) continue;
    found.set(JSON.stringify([each.alert, each.severity, each.source, each.origin.path]), each);
  }
  return [...found.values()].map(({ alert, severity, origin, source }) =>
    RUNBOOK_MISSING.at(originSpan(origin), { alert, severity, plain: source.kind === 'RuleSet' }),
  );
}

/** `policy.requireRunbook`: every alert of these severities says what to do. */
export const requiredRunbook: LintRule = { codes: [RUNBOOK_MISSING], needs: [], check: withoutRunbook };
