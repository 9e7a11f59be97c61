import { enumerate, plural } from '../base/text.ts';
import type { Model, PlainAlert, RuleSet } from '../model/types.ts';
import { defineCode } from '../source/code.ts';
import type { Diagnostic } from '../source/diagnostic.ts';
import { originSpan } from '../source/document.ts';
import type { LintRule } from './rule.ts';

const MISSING = defineCode<{ alerts: readonly string[] }>({
  code: 'rule-set/page-missing',
  severity: 'warning',
  title: 'alerts without a page in the folder of runbooks',
  explain: `A RuleSet names a folder of pages in \`runbooks\`, and some of its alerts have none there, nor a \`runbook_url\` of their own.
A page belongs to the alert of its name: \`KubePodCrashLooping.md\` or \`kube-pod-crash-looping.md\`.`,
  message: ({ alerts }) =>
    `${plural(alerts.length, 'alert')} ${alerts.length === 1 ? 'has' : 'have'} no page here: ${listed(alerts)}`,
  help: () => 'write a page of the name of the alert, or disable the alert',
});

const ORPHANED = defineCode<{ page: string }>({
  code: 'rule-set/page-orphaned',
  severity: 'warning',
  title: 'a page in the folder of runbooks that no alert has',
  explain: `No alert of the RuleSet is called like the page, or another page of the folder has its alert already. The page is not
published, because nothing would lead to it. After an update of rule files it often means that the alert was renamed.`,
  message: ({ page }) => `no alert leads to the page \`${page}\``,
  help: () => 'rename the page after its alert, or remove it',
});

const SHOWN = 12;

function listed(names: readonly string[]): string {
  const quoted = names.map((name) => `\`${name}\``);
  if (quoted.length <= SHOWN) return enumerate(quoted);
  return `${quoted.slice(0, SHOWN).join(', ')} and ${quoted.length - SHOWN} more`;
}

function alertsOf({ files }: RuleSet): readonly PlainAlert[] {
  const rules = files.flatMap(({ groups }) => groups.flatMap((group) => group.rules));
  return rules.filter((rule) => rule.type === 'alert');
}

function missing(set: RuleSet): Diagnostic[] {
  if (!set.pages) return [];
  const bare = alertsOf(set).filter(({ page, annotations }) => page === undefined && !annotations.runbook_url);
  const alerts = [...new Set(bare.map(({ alert }) => alert))];
  return alerts.length === 0 ? [] : [MISSING.at(originSpan(set.part('spec', 'runbooks')), { alerts })];
}

/** Several RuleSets may share a folder: a page is orphaned when none of them has its alert. */
function orphaned({ ruleSets }: Model): Diagnostic[] {
  const led = new Set(ruleSets.all.flatMap((set) => alertsOf(set).flatMap(({ page }) => page ?? [])));
  const pages = ruleSets.all.flatMap((set) => set.pages ?? []);
  const used = new Set(pages.filter(({ name }) => led.has(name)).map(({ origin }) => origin.document.file));
  const spare = new Set(pages.map(({ origin }) => origin.document.file).filter((file) => !used.has(file)));
  return [...spare].map((file) => {
    const page = file.path.slice(file.path.lastIndexOf('/') + 1);
    return ORPHANED.at({ file, start: 0, end: 0 }, { page });
  });
}

/** The pages of a RuleSet's folder, held against its alerts. */
export const ruleSetPages: LintRule = {
  codes: [MISSING, ORPHANED],
  needs: ['RuleSet'],
  check: (model) => [...model.ruleSets.all.flatMap(missing), ...orphaned(model)],
};
