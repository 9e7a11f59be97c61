import { groupBy } from '../../base/order.ts';
import type { PlainAlert, PlainGroup, PlainRecord, PlainRule } from '../../model/types.ts';
import { authored } from '../../promql/expression.ts';
import { defineCode } from '../../source/code.ts';
import type { Origin } from '../../source/document.ts';
import { defined } from '../entity.ts';
import { checkExpression } from '../expressions.ts';
import type { RuleDocument } from './documents.ts';
import { count, duration, type Field, inside, isMapping, items, mapping, refuse, text, texts } from './fields.ts';

const PARTIAL_RESPONSE = defineCode<{ group: string }>({
  code: 'rule-set/partial-response',
  severity: 'warning',
  title: 'a field of Thanos in a rule group',
  explain: `\`partial_response_strategy\` says what the ruler of Thanos does when a part of its stores is silent. Prometheus, which has
no such stores, refuses a file with it; so the field is left out, as the Prometheus operator leaves it out.`,
  message: ({ group }) =>
    `\`partial_response_strategy\` of the group \`${group}\` is left out: Prometheus does not know it`,
  help: () => 'delete the line, if the file is yours',
});

export const codes = [PARTIAL_RESPONSE];

const STRATEGY = 'partial_response_strategy';
const GROUP_FIELDS = ['name', 'rules', 'interval', 'query_offset', 'limit', 'labels', STRATEGY];
const RULE_FIELDS = ['alert', 'expr', 'record', 'for', 'keep_firing_for', 'labels', 'annotations'];

/** The groups of a third-party document as they are; what Prometheus would refuse goes into its faults. */
export function readGroups({ owner }: RuleDocument): readonly PlainGroup[] {
  if (!isMapping(owner.value)) return [];
  const fields = items(inside(owner, 'groups'));
  const groups = fields.flatMap((field) => readGroup(field) ?? []);
  const named = groupBy(groups, ({ name }) => name);
  for (const [name, [, ...others]] of named) {
    for (const { origin } of others) {
      const place = { ...owner, path: [...origin.path, 'name'] };
      refuse(place, `there are two groups \`${name}\` in this document`, 'rename one of the two');
    }
  }
  return groups;
}

function originOf({ document, path }: Field): Origin {
  return { document, path };
}

function readGroup(field: Field): PlainGroup | undefined {
  if (!mapping(field, 'a group', GROUP_FIELDS)) return undefined;
  const name = text(inside(field, 'name'));
  if (name === undefined || name === '') {
    refuse(field, 'a group has no `name`', 'write `name` and a text that no other group of the file has');
    return undefined;
  }
  const labels = texts(inside(field, 'labels'));
  if (isMapping(field.value) && STRATEGY in field.value) {
    field.faults.push(PARTIAL_RESPONSE.at(field.document.at([...field.path, STRATEGY], 'key'), { group: name }));
  }
  return {
    name,
    origin: originOf(field),
    rules: items(inside(field, 'rules')).flatMap((rule) => readRule(rule, labels) ?? []),
    ...unlessZero({
      intervalMs: duration(inside(field, 'interval')),
      queryOffsetMs: duration(inside(field, 'query_offset')),
      limit: count(inside(field, 'limit')),
    }),
  };
}

/** Zero, or less, is what holds where nothing is written. */
function unlessZero<T extends Readonly<Record<string, number | undefined>>>(values: T) {
  const entries = Object.entries(values).map(([name, value]) => [name, (value ?? 0) > 0 ? value : undefined]);
  return defined(Object.fromEntries(entries) as T);
}

function readRule(field: Field, groupLabels: Readonly<Record<string, string>>): PlainRule | undefined {
  if (!mapping(field, 'a rule', RULE_FIELDS)) return undefined;
  const [record, alert] = [text(inside(field, 'record')) ?? '', text(inside(field, 'alert')) ?? ''];
  if ((record === '') === (alert === '')) {
    const message = record === '' ? 'a rule has neither `alert` nor `record`' : 'a rule has both `alert` and `record`';
    refuse(field, message, 'write one of the two');
    return undefined;
  }
  const expr = readExpression(field, alert || record);
  const rule = { expr, labels: { ...groupLabels, ...texts(inside(field, 'labels')) }, origin: originOf(field) };
  const own = {
    forMs: duration(inside(field, 'for')) ?? 0,
    keepFiringForMs: duration(inside(field, 'keep_firing_for')) ?? 0,
    annotations: texts(inside(field, 'annotations')),
  };
  if (alert !== '') return { type: 'alert', alert, ...rule, ...own, changes: [] } satisfies PlainAlert;
  checkRecording(field, own);
  return { type: 'record', record, ...rule } satisfies PlainRecord;
}

function readExpression(field: Field, rule: string) {
  const at = inside(field, 'expr');
  const written = text(at);
  const { document, path, faults } = at;
  if (written === undefined || written === '') {
    refuse(field, `\`${rule}\` has no \`expr\``, 'write `expr` and an expression in PromQL');
  } else faults.push(...checkExpression(document, path, written, [], {}));
  return authored(written ?? '', document, path);
}

/** Source: https://github.com/prometheus/prometheus/blob/main/model/rulefmt/rulefmt.go (Validate) */
function checkRecording(field: Field, own: Pick<PlainAlert, 'forMs' | 'keepFiringForMs' | 'annotations'>): void {
  const alone = [
    ['for', own.forMs > 0],
    ['keep_firing_for', own.keepFiringForMs > 0],
    ['annotations', Object.keys(own.annotations).length > 0],
  ] as const;
  for (const [name, written] of alone) {
    if (written) refuse(inside(field, name), `a recording rule has no \`${name}\``, 'remove it: only alerts have one');
  }
}
