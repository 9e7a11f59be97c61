import { groupBy } from '../base/order.ts';
import { closest, enumerate } from '../base/text.ts';
import type { Alert, RuleBook } from '../model/rule.ts';
import type { Model, RuleSet } from '../model/types.ts';
import { defineCode } from '../source/code.ts';
import type { Diagnostic } from '../source/diagnostic.ts';
import { originSpan } from '../source/document.ts';
import type { LintRule } from './rule.ts';

interface Unmapped {
  readonly value: string;
  readonly alerts: readonly string[];
  readonly meant: string | undefined;
  readonly levels: readonly string[];
}

const UNMAPPED = defineCode<Unmapped>({
  code: 'rule-set/unmapped-severity',
  severity: 'error',
  title: 'alerts of a rule file have a severity that the scale does not know',
  explain: `Severity decides who is told. Alerts with a severity that no level of the SeverityScale has, or without any, would follow
the default route, or reach nobody at all. Say in \`severityMap\` which level each severity of the rule files means, or give
single alerts a \`severity\` in \`override\`.`,
  message: ({ value, alerts }) =>
    value === ''
      ? `alerts have no severity: ${listed(alerts)}`
      : `no level of the scale is called \`${value}\`, the severity of ${listed(alerts)}`,
  help: ({ value, meant, levels }) =>
    value === ''
      ? `give each a \`severity\` in \`override\`: ${enumerate(levels.map(quoted), 'or')}`
      : `add \`${value}: ${meant ?? levels[0]}\` to \`severityMap\`; the levels are ${enumerate(levels.map(quoted))}`,
});

const TEMPLATED = defineCode<{ value: string; alerts: readonly string[] }>({
  code: 'rule-set/templated-severity',
  severity: 'warning',
  title: 'an alert whose severity only Prometheus knows',
  explain: `The severity of the alert is a template, which Prometheus fills in when the alert fires. qmon cannot tell who will be told,
and \`severityMap\` does not apply. Give the alert a fixed \`severity\` in \`override\`, or see to it that the values that it
can take are levels of the scale.`,
  message: ({ value, alerts }) => `the severity \`${value}\` of ${listed(alerts)} is known only when it fires`,
  help: () => 'write a fixed `severity` into `override`',
});

const UNUSED = defineCode<{ value: string; known: readonly string[] }>({
  code: 'rule-set/unused-severity',
  severity: 'warning',
  title: 'a severity is mapped that no alert has',
  explain:
    'The line has no effect: either it is left over from an older version of the rule files, or the severity is misspelt.',
  message: ({ value }) => `no alert of this RuleSet has the severity \`${value}\``,
  help: ({ value, known }) => {
    const meant = closest(value, known);
    return meant === undefined ? 'remove the line' : `did you mean \`${meant}\`?`;
  },
});

function quoted(name: string): string {
  return `\`${name}\``;
}

const SHOWN = 8;

/** `A`, `B` and 3 more. */
function listed(names: readonly string[]): string {
  if (names.length <= SHOWN) return enumerate(names.map(quoted));
  return `${names.slice(0, SHOWN).map(quoted).join(', ')} and ${names.length - SHOWN} more`;
}

function ofAlerts(model: Model, set: RuleSet, alerts: readonly Alert[]): Diagnostic[] {
  const levels = model.severities.map(({ name }) => name);
  const strange = alerts.filter(({ severity }) => !levels.includes(severity));
  return [...groupBy(strange, ({ severity }) => severity)].map(([value, same]) => {
    const first = same[0]!;
    const names = [...new Set(same.map(({ alert }) => alert))];
    if (value.includes('{{')) {
      return TEMPLATED.at(originSpan(labelOrigin(model, first)), { value, alerts: names });
    }
    const related = [{ span: originSpan(labelOrigin(model, first)), message: `\`${first.alert}\` has it` }];
    const mapped = Object.keys(set.severityMap).length > 0;
    const at = originSpan(mapped ? set.part('spec', 'severityMap') : set.part('metadata', 'name'));
    const parameters = { value, alerts: names, meant: closest(value, levels), levels };
    return UNMAPPED.at(at, parameters, value === '' ? { related: related.map(withoutIt) } : { related });
  });
}

function withoutIt<T extends { readonly message: string }>(related: T): T {
  return { ...related, message: 'such as this one' };
}

/** The severity label of an alert, or the alert where it has none. */
function labelOrigin({ project }: Model, { origin, labels }: Alert) {
  const name = labels[project.labelNames.severity] === undefined ? [] : ['labels', 'severity'];
  return { ...origin, path: [...origin.path, ...name] };
}

function unused({ project }: Model, set: RuleSet): Diagnostic[] {
  const alerts = set.files.flatMap(({ groups }) => groups.flatMap(({ rules }) => rules));
  const written = new Set(
    alerts.flatMap(({ type, labels }) =>
      type === 'alert' ? [labels[project.labelNames.severity] ?? labels.severity ?? ''] : [],
    ),
  );
  return Object.keys(set.severityMap)
    .filter((value) => !written.has(value))
    .map((value) =>
      UNUSED.at(set.origin.document.at(['spec', 'severityMap', value], 'key'), { value, known: [...written] }),
    );
}

function check(model: Model, rules: RuleBook): Diagnostic[] {
  const bySet = groupBy(rules.alerts, ({ source }) => (source.kind === 'RuleSet' ? source.name : undefined));
  return model.ruleSets.all.flatMap((set) => [
    ...ofAlerts(model, set, bySet.get(set.name) ?? []),
    ...unused(model, set),
  ]);
}

/** Alerts of rule files must have a level of the scale, and `severityMap` must say nothing in vain. */
export const ruleSetSeverity: LintRule = {
  codes: [UNMAPPED, TEMPLATED, UNUSED],
  needs: ['SeverityScale'],
  check,
};
