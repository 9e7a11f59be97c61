import { groupBy } from '../../base/order.ts';
import type { RuleSetDocument } from '../../generated/rule-set.ts';
import type { PlainGroup, PlainRule, PlainRuleFile } from '../../model/types.ts';
import type { Diagnostic } from '../../source/diagnostic.ts';
import type { Located, Path } from '../../source/document.ts';
import { defined } from '../entity.ts';
import { checkExpression, expressionAt, RULE_HOLES } from '../expressions.ts';
import { optionalDurationMs } from '../quantities.ts';
import { type Field, inside, refuse } from './fields.ts';

type Document = Located<RuleSetDocument>;
type Group = NonNullable<RuleSetDocument['spec']['groups']>[number];
type Rule = Group['rules'][number];

interface Placed {
  readonly rule: Rule;
  readonly path: Path;
}

function records({ value: { spec } }: Document): readonly Placed[] {
  return (spec.records ?? []).map((rule, index) => ({ rule, path: ['spec', 'records', index] }));
}

function rulesOf(group: Group, index: number): readonly Placed[] {
  return group.rules.map((rule, position) => ({ rule, path: ['spec', 'groups', index, 'rules', position] }));
}

/** What is wrong with the author's own rules beyond the schema. */
export function checkOwnRules(document: Document): readonly Diagnostic[] {
  const { groups = [] } = document.value.spec;
  const faults: Diagnostic[] = [];
  for (const { rule, path } of [...records(document), ...groups.flatMap(rulesOf)]) {
    checkRule({ document, path, value: rule, faults });
    faults.push(...checkExpression(document, [...path, 'expr'], rule.expr, RULE_HOLES));
  }
  const names = [...(records(document).length > 0 ? [recordsGroup(document)] : []), ...groups.map(({ name }) => name)];
  for (const [name, [, ...others]] of groupBy(names.keys(), (index) => names[index]!)) {
    for (const at of others) {
      const path = ['spec', 'groups', at - names.length + groups.length, 'name'];
      const message = `there are two groups \`${name}\` in this document`;
      refuse({ document, path, value: name, faults }, message, 'rename one of the two');
    }
  }
  return faults;
}

function checkRule(field: Field): void {
  const rule = field.value as Rule;
  if ((rule.record === undefined) === (rule.alert === undefined)) {
    const both = rule.record !== undefined;
    const message = both ? 'a rule has both `alert` and `record`' : 'a rule has neither `alert` nor `record`';
    refuse(field, message, 'write one of the two');
  }
  if (rule.alert !== undefined) return;
  for (const name of ['for', 'keep_firing_for', 'annotations'].filter((each) => each in rule)) {
    refuse(inside(field, name), `a recording rule has no \`${name}\``, 'remove it: only alerts have one');
  }
}

function recordsGroup({ value }: Document): string {
  return value.metadata.name;
}

function lowered(document: Document, { rule, path }: Placed, labels: Readonly<Record<string, string>>): PlainRule {
  const common = {
    expr: expressionAt(document, [...path, 'expr'], rule.expr),
    labels: { ...labels, ...rule.labels },
    origin: { document, path },
  };
  if (rule.alert === undefined) return { type: 'record', record: rule.record ?? '', ...common };
  return {
    type: 'alert',
    alert: rule.alert,
    ...common,
    forMs: optionalDurationMs(rule.for) ?? 0,
    keepFiringForMs: optionalDurationMs(rule.keep_firing_for) ?? 0,
    annotations: rule.annotations ?? {},
    changes: [],
  };
}

function loweredGroup(document: Document, group: Group, index: number): PlainGroup {
  const queryOffsetMs = optionalDurationMs(group.query_offset);
  return {
    name: group.name,
    origin: { document, path: ['spec', 'groups', index] },
    rules: rulesOf(group, index).map((rule) => lowered(document, rule, group.labels ?? {})),
    ...defined({ intervalMs: optionalDurationMs(group.interval), limit: group.limit || undefined }),
    ...(queryOffsetMs ? { queryOffsetMs } : {}),
  };
}

/** The author's own rules; nothing where there are none. */
export function ownRules(document: Document): PlainRuleFile | undefined {
  const recorded = records(document).map((rule) => lowered(document, rule, {}));
  const origin = { document, path: ['spec', 'records'] };
  const groups = [
    ...(recorded.length > 0 ? [{ name: recordsGroup(document), origin, rules: recorded }] : []),
    ...(document.value.spec.groups ?? []).map((group, index) => loweredGroup(document, group, index)),
  ];
  return groups.length === 0 ? undefined : { origin: { document, path: ['spec'] }, groups, disabled: [] };
}
