import { slug } from '../base/text.ts';
import { generatedRunbook, PATHS } from '../model/names.ts';
import type { Alert, RuleBook } from '../model/rule.ts';
import type { Model } from '../model/types.ts';
import { defineCode } from '../source/code.ts';
import type { Diagnostic } from '../source/diagnostic.ts';
import { originSpan } from '../source/document.ts';

const MISSING = defineCode<{ alert: string; severity: string }>({
  code: 'runbook/missing',
  severity: 'error',
  title: 'an alert that needs a runbook has none',
  explain:
    'The project says in `policy.requireRunbook` at which severities nobody may be woken without instructions. Alerts of SLOs and KPIs always have a page, because qmon writes one where the author names none; an alert of an AlertPolicy needs `runbook`, the name of a Runbook.',
  message: ({ alert, severity }) => `\`${alert}\` has no runbook, and the project requires one at \`${severity}\``,
  help: () => "name a Runbook in `runbook`, or take the severity out of the project's `policy.requireRunbook`",
});

const UNUSED = defineCode<{ name: string }>({
  code: 'runbook/unused',
  severity: 'warning',
  title: 'no alert, SLO or KPI leads to a runbook',
  explain:
    'A page that nothing links to is not found when it is needed. Often the alert that should name it was renamed or removed.',
  message: ({ name }) => `no alert, SLO or KPI leads to the runbook \`${name}\``,
  help: ({ name }) => `write \`runbook: ${name}\` where it belongs, or remove it`,
});

const NAME_TAKEN = defineCode<{ name: string; by: string }>({
  code: 'runbook/name-taken',
  severity: 'error',
  title: 'a runbook has the name of a page that qmon writes',
  explain:
    'qmon writes `index`, one `incident-<severity>` for each severity, and `slo-<name>` or `kpi-<name>` for an SLO or a KPI that names no runbook. A Runbook of the same name would be the same file. To replace the page of an SLO, give the Runbook another name and write that name in the `runbook` of the SLO.',
  message: ({ name, by }) => `the runbook name \`${name}\` is taken by ${by}`,
  help: () => 'give the Runbook another name',
});

export const codes = [MISSING, UNUSED, NAME_TAKEN];

/** Whether every alert that needs a runbook has one, every runbook is led to, and no two pages are the same file. */
export function runbookChecks(model: Model, rules: RuleBook): readonly Diagnostic[] {
  return [...missing(model, rules), ...unused(model, rules), ...namesTaken(model, rules)];
}

/** Rules that come from the same line (an alert of several tiers) are reported once. */
function missing(model: Model, rules: RuleBook): readonly Diagnostic[] {
  const required = new Set(model.project.policy.requireRunbook);
  const reported = new Map<string, Alert>();
  for (const each of rules.alerts) {
    if (each.runbook !== undefined || !required.has(each.severity)) continue;
    reported.set(JSON.stringify([each.alert, each.severity, each.source, each.origin.path]), each);
  }
  return [...reported.values()].map(({ alert, severity, origin }) =>
    MISSING.at(originSpan(origin), { alert, severity }),
  );
}

function unused(model: Model, rules: RuleBook): readonly Diagnostic[] {
  const led = new Set([...rules.alerts, ...model.slos.all, ...model.kpis.all].map(({ runbook }) => runbook));
  const idle = model.runbooks.all.filter(({ name }) => !led.has(name));
  return idle.map((each) => UNUSED.at(originSpan(each.part('metadata', 'name')), { name: each.name }));
}

function namesTaken(model: Model, rules: RuleBook): readonly Diagnostic[] {
  const taken = pagesOfOurOwn(model, rules);
  return model.runbooks.all.flatMap((each) => {
    const by = taken.get(PATHS.runbook(each.name));
    if (by === undefined) return [];
    return [NAME_TAKEN.at(originSpan(each.part('metadata', 'name')), { name: each.name, by })];
  });
}

/** The pages that qmon writes itself, by path, each with what it is. */
function pagesOfOurOwn(model: Model, rules: RuleBook): ReadonlyMap<string, string> {
  const pages = new Map<string, string>([[PATHS.runbookIndex, 'the index of all runbooks']]);
  for (const { name } of model.severities) {
    pages.set(PATHS.incident(slug(name)), `the incident procedure of \`${name}\``);
  }
  for (const { source, runbook } of rules.alerts) {
    if (source.kind === 'AlertPolicy') continue;
    const ofSlo = source.kind === 'SLO';
    const own = ofSlo ? generatedRunbook.slo(source.name) : generatedRunbook.kpi(source.name);
    const named = (ofSlo ? model.slos : model.kpis).get(source.name)?.runbook;
    if (runbook === own && named === undefined) {
      pages.set(PATHS.runbook(own), `the page of the ${source.kind} \`${source.name}\``);
    }
  }
  return pages;
}
