import { compare } from '../base/quantity.ts';
import type { Kpi, Model, PolicyLevel } from '../model/types.ts';
import { defineCode } from '../source/code.ts';
import type { Diagnostic } from '../source/diagnostic.ts';
import { isWritten, type Origin, originSpan } from '../source/document.ts';
import type { LintRule } from './rule.ts';

const LEVELS_OUT_OF_ORDER = defineCode<{ severe: string; severeBound: string; mild: string; mildBound: string }>({
  code: 'policy/levels-out-of-order',
  severity: 'error',
  title: 'a more severe level fires before a milder one',
  explain:
    'Of the levels of one alert the more severe one silences the others. Where its bound is passed first, the milder level never tells anybody. The same bound makes sense only where the more severe level waits longer.',
  message: ({ severe, severeBound, mild, mildBound }) =>
    severeBound === mildBound
      ? `\`${severe}\` fires ${severeBound} no later than the milder \`${mild}\``
      : `\`${severe}\` fires ${severeBound}, and the milder \`${mild}\` only ${mildBound}`,
  help: ({ severeBound, mildBound }) =>
    severeBound === mildBound
      ? 'give the more severe level a bound that is passed later, or a longer `for`'
      : 'give the more severe level the bound that is passed later, or exchange the severities',
});

const AT_RISK_NOT_MILDER = defineCode<{ atRisk: string; severity: string }>({
  code: 'kpi/at-risk-not-milder',
  severity: 'error',
  title: 'a missed target that is as severe as a critical value',
  explain:
    'The alert of a missed target comes first and is milder; the alert of the critical value silences it. Two alerts of the same severity would tell the same people twice.',
  message: ({ atRisk, severity }) => `\`atRisk\` is \`${atRisk}\`, no milder than the critical value, \`${severity}\``,
  help: () => 'name a less severe level of the SeverityScale in `atRisk`',
});

/** Severities that an environment has put in place of others are not the author's. */
function isAuthored({ document, path }: Origin, severity: string): boolean {
  return isWritten(document, path, severity);
}

function severityOrigin({ origin }: PolicyLevel): Origin {
  return { ...origin, path: [...origin.path, 'severity'] };
}

/** Whether the bound of the milder level is passed before, or with the same bound its `for` has passed before. */
function inOrder(severe: PolicyLevel, mild: PolicyLevel): boolean {
  if (!severe.bound || !mild.bound) return true;
  const order = compare(severe.bound.value, mild.bound.value);
  if (order === 0) return severe.forMs > mild.forMs;
  return severe.bound.operator === '>' ? order > 0 : order < 0;
}

function words({ bound }: PolicyLevel): string {
  return bound ? `${bound.operator === '>' ? 'above' : 'below'} \`${bound.text}\`` : '';
}

/** Each level against the one that is next in severity. */
function outOfOrder(model: Model, levels: readonly PolicyLevel[]): Diagnostic[] {
  const ranked = model.severities.flatMap(({ name }) => levels.filter(({ severity }) => severity === name));
  return ranked.slice(1).flatMap((mild, index) => {
    const severe = ranked[index]!;
    if (mild.severity === severe.severity || inOrder(severe, mild)) return [];
    if (![mild, severe].every((level) => isAuthored(severityOrigin(level), level.severity))) return [];
    const names = { severe: severe.severity, mild: mild.severity };
    const related = [{ span: originSpan(severe.origin), message: 'the more severe level' }];
    return [
      LEVELS_OUT_OF_ORDER.at(
        originSpan(mild.origin),
        { ...names, severeBound: words(severe), mildBound: words(mild) },
        { related },
      ),
    ];
  });
}

function notMilder(model: Model, { alert, part }: Kpi): Diagnostic[] {
  const { atRisk, severity } = alert ?? {};
  const rankOf = (name: string | undefined) => model.severities.find((each) => each.name === name)?.rank;
  const [mild, severe] = [rankOf(atRisk), rankOf(severity)];
  if (atRisk === undefined || severity === undefined || mild === undefined || severe === undefined) return [];
  const places = { atRisk: part('spec', 'alert', 'atRisk'), severity: part('spec', 'alert', 'severity') };
  if (mild > severe || !isAuthored(places.atRisk, atRisk) || !isAuthored(places.severity, severity)) return [];
  return [AT_RISK_NOT_MILDER.at(originSpan(places.atRisk), { atRisk, severity })];
}

/** The severities of alerts about the same value: the one that fires later must be the more severe one. */
export const severityOrder: LintRule = {
  codes: [LEVELS_OUT_OF_ORDER, AT_RISK_NOT_MILDER],
  needs: ['SeverityScale'],
  check: (model) => [
    ...model.alertPolicies.all.flatMap(({ rules }) => rules.flatMap(({ levels }) => outOfOrder(model, levels))),
    ...model.kpis.all.flatMap((kpi) => notMilder(model, kpi)),
  ],
};
