import { slug } from '../../base/text.ts';
import { generatedRunbook, PATHS } from '../../model/names.ts';
import type { RuleBook } from '../../model/rule.ts';
import type { Model } from '../../model/types.ts';
import { defineCode } from '../../source/code.ts';
import type { Diagnostic } from '../../source/diagnostic.ts';
import { originSpan } from '../../source/document.ts';

const NAME_TAKEN = defineCode<{ name: string; by: string }>({
  code: 'runbook/name-taken',
  severity: 'error',
  title: 'a runbook has the name of a page that qmon writes',
  explain:
    'qmon writes `index`, `metrics`, one `incident-<severity>` for each severity, and `slo-<name>` or `kpi-<name>` for an SLO or a KPI that names no runbook. A Runbook of the same name would be the same file. To replace the page of an SLO, write the name of the Runbook in the `runbook` of the SLO.',
  message: ({ name, by }) => `the runbook name \`${name}\` is taken by ${by}`,
  help: () => 'give the Runbook another name',
});

export const codes = [NAME_TAKEN];

/** Whether no two pages are the same file. */
export function runbookChecks(model: Model, rules: RuleBook): readonly Diagnostic[] {
  const taken = pagesOfOurOwn(model, rules);
  return model.runbooks.all.flatMap((each) => {
    const by = taken.get(PATHS.runbook(each.name));
    if (by === undefined) return [];
    return [NAME_TAKEN.at(originSpan(each.part('metadata', 'name')), { name: each.name, by })];
  });
}

/** The pages that qmon writes itself, by path, each with what it is. */
function pagesOfOurOwn(model: Model, rules: RuleBook): ReadonlyMap<string, string> {
  const pages = new Map<string, string>([
    [PATHS.runbookIndex, 'the index of all runbooks'],
    [PATHS.metrics, 'the list of all metrics'],
  ]);
  for (const { name } of model.severities) {
    pages.set(PATHS.incident(slug(name)), `the incident procedure of \`${name}\``);
  }
  for (const { source, runbook } of rules.alerts) {
    if (source.kind !== 'SLO' && source.kind !== 'KPI') continue;
    const ofSlo = source.kind === 'SLO';
    const own = ofSlo ? generatedRunbook.slo(source.name) : generatedRunbook.kpi(source.name);
    const named = (ofSlo ? model.slos : model.kpis).get(source.name)?.runbook;
    if (runbook === own && named === undefined) {
      pages.set(PATHS.runbook(own), `the page of the ${source.kind} \`${source.name}\``);
    }
  }
  return pages;
}
