import { closest, plural } from '../../base/text.ts';
import type { RuleSetDocument } from '../../generated/rule-set.ts';
import type { DisabledAlert, PlainAlert, PlainRule, PlainRuleFile } from '../../model/types.ts';
import { defineCode } from '../../source/code.ts';
import type { Diagnostic } from '../../source/diagnostic.ts';
import type { Located, Path } from '../../source/document.ts';
import { defined } from '../entity.ts';
import { checkExpression, expressionAt, RULE_HOLES } from '../expressions.ts';
import { optionalDurationMs } from '../quantities.ts';

const MATCHES_NOTHING = defineCode<{ alert: string; meant: string | undefined; where: readonly string[] }>({
  code: 'rule-set/override-matches-nothing',
  severity: 'error',
  title: 'a change to an alert that does not exist',
  explain: `An entry of \`override\` names an alert that no file of the RuleSet has, or labels that none of its alerts has in the file.
What it should change stays as it was, so nobody may believe otherwise. After a newer version of the files was fetched it
often means that the alert was renamed.`,
  message: ({ alert, where }) =>
    where.length === 0 ? `no file of this RuleSet has an alert \`${alert}\`` : `no alert \`${alert}\` has these labels`,
  help: ({ meant, where }) => {
    if (where.length > 0) return `write labels as they are in the file: ${where.join(' or ')}`;
    return meant === undefined
      ? 'write the name as it is in the file, or remove the entry'
      : `did you mean \`${meant}\`?`;
  },
});

const CONTRADICTION = defineCode<{ message: string; help: string }>({
  code: 'rule-set/override-contradicts-itself',
  severity: 'error',
  title: 'a change to an alert that cannot be made as it is written',
  explain: `An entry of \`override\` says nothing to change, changes what it disables, or gives several alerts of one name the same
expression, which would make them the same alert. \`where\` picks one of several alerts by its labels.`,
  message: ({ message }) => message,
  help: ({ help }) => help,
});

export const codes = [MATCHES_NOTHING, CONTRADICTION];

type Document = Located<RuleSetDocument>;
type Override = NonNullable<RuleSetDocument['spec']['override']>[number];

function picks({ alert, where = {} }: Override, rule: PlainRule): rule is PlainAlert {
  if (rule.type !== 'alert' || rule.alert !== alert) return false;
  return Object.entries(where).every(([name, value]) => (rule.labels[name] ?? '') === value);
}

/** What is wrong with the changes of a RuleSet, given its files as they are. */
export function checkOverrides(document: Document, files: readonly PlainRuleFile[]): readonly Diagnostic[] {
  const alerts = files.flatMap(({ groups }) => groups).flatMap(({ rules }) => rules.filter(isAlert));
  return (document.value.spec.override ?? []).flatMap((override, index) => {
    const path = ['spec', 'override', index];
    return [...checkChange(document, path, override), ...checkPick(document, path, override, alerts)];
  });
}

function isAlert(rule: PlainRule): rule is PlainAlert {
  return rule.type === 'alert';
}

function checkChange(document: Document, path: Path, override: Override): Diagnostic[] {
  const { alert, where: _, disable, ...changes } = override;
  const wrong = (message: string, help: string) => [
    CONTRADICTION.at(document.at([...path, 'alert']), { message, help }),
  ];
  const changed = Object.keys(changes).length > 0;
  if (disable === undefined && !changed) {
    return wrong(`this entry changes nothing in \`${alert}\``, 'say what to change, such as `for: 30m`, or remove it');
  }
  if (disable !== undefined && changed) {
    return wrong(`this entry disables \`${alert}\` and changes it`, 'remove `disable` or the changes');
  }
  return override.expr === undefined ? [] : checkExpression(document, [...path, 'expr'], override.expr, RULE_HOLES);
}

function checkPick(document: Document, path: Path, override: Override, alerts: readonly PlainAlert[]): Diagnostic[] {
  const { alert, where, expr } = override;
  const named = alerts.filter((each) => each.alert === alert);
  const picked = named.filter((each) => picks(override, each));
  if (picked.length === 0) {
    const meant = closest(alert, new Set(alerts.map((each) => each.alert)));
    const at = document.at([...path, named.length > 0 ? 'where' : 'alert']);
    const labels = [...new Set(named.map((each) => labelText(each, Object.keys(where ?? {}))))];
    return [MATCHES_NOTHING.at(at, { alert, meant, where: labels })];
  }
  if (expr === undefined || picked.length === 1) return [];
  const message = `this expression would be that of ${plural(picked.length, 'alert')} \`${alert}\``;
  return [
    CONTRADICTION.at(document.at([...path, 'expr']), { message, help: 'pick one of them by its labels with `where`' }),
  ];
}

/** `{severity: warning}`: what an alert has of some labels. */
function labelText({ labels }: PlainAlert, names: readonly string[]): string {
  return `\`{${names.map((name) => `${name}: ${labels[name] || '""'}`).join(', ')}}\``;
}

/** The rules of a third-party document with the author's changes made; the groups left empty are left out. */
export function withOverrides(document: Document, file: PlainRuleFile): PlainRuleFile {
  const overrides = document.value.spec.override ?? [];
  const disabled: DisabledAlert[] = [];
  const groups = file.groups.map((group) => ({
    ...group,
    rules: group.rules.flatMap((rule) => {
      const own = overrides.flatMap((override, index) => (picks(override, rule) ? [{ override, index }] : []));
      if (!isAlert(rule) || own.length === 0) return [rule];
      const reason = own.find(({ override }) => override.disable !== undefined)?.override.disable;
      if (reason === undefined) return [own.reduce((alert, each) => changed(document, alert, each), rule)];
      disabled.push({ alert: rule.alert, labels: rule.labels, reason });
      return [];
    }),
  }));
  return { ...file, groups: groups.filter(({ rules }) => rules.length > 0), disabled };
}

function changed(
  document: Document,
  alert: PlainAlert,
  { override, index }: { override: Override; index: number },
): PlainAlert {
  const path = ['spec', 'override', index];
  return {
    ...alert,
    ...defined({
      forMs: optionalDurationMs(override.for),
      keepFiringForMs: optionalDurationMs(override.keepFiringFor),
      severity: override.severity,
      expr: override.expr === undefined ? undefined : expressionAt(document, [...path, 'expr'], override.expr),
    }),
    labels: { ...alert.labels, ...override.labels },
    annotations: { ...alert.annotations, ...override.annotations },
    changes: [{ document, path }, ...alert.changes],
  } as PlainAlert;
}
