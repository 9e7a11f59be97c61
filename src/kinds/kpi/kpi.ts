import { compare } from '../../base/quantity.ts';
import { closest, titleCase } from '../../base/text.ts';
import type { KPIDocument } from '../../generated/kpi.ts';
import type { Condition, Kpi } from '../../model/types.ts';
import { defineCode } from '../../source/code.ts';
import type { Diagnostic } from '../../source/diagnostic.ts';
import type { Located, Path } from '../../source/document.ts';
import { type Measure, measureOf, perOf } from '../condition.ts';
import { defined, entity } from '../entity.ts';
import { checkExpression, expressionAt, RULE_HOLES } from '../expressions.ts';
import type { Reference, SpecKind } from '../kind.ts';
import { condition, durationMs, optionalCondition } from '../quantities.ts';
import schema from './kpi.schema.json' with { type: 'json' };

const ALERT_WITHOUT_CRITICAL = defineCode<{ name: string }>({
  code: 'kpi/alert-without-critical',
  severity: 'error',
  title: 'a KPI alerts but says not when',
  explain: 'The alert of a KPI fires while its value is critical, so `alert` needs `critical`.',
  message: ({ name }) => `the KPI \`${name}\` has an alert but no \`critical\``,
  help: () => 'add `critical`, such as `critical: "< 70%"`, or remove `alert`',
});

const PERCENT_WITHOUT_SIGN = defineCode<{ property: string; value: string }>({
  code: 'kpi/percent-without-sign',
  severity: 'error',
  title: 'a percentage without a percent sign',
  explain:
    'A KPI with the unit `percent` has values from 0 to 1. A bare number such as `90` would mean 9000 %, so the bound must carry its percent sign.',
  message: ({ property, value }) => `the unit is percent, but \`${property}\` is \`${value}\``,
  help: ({ value }) => `write \`"${value}%"\``,
});

const TARGET_CONTRADICTS_CRITICAL = defineCode<{ target: string; critical: string }>({
  code: 'kpi/target-contradicts-critical',
  severity: 'error',
  title: 'a value can be on target and critical at once',
  explain:
    'The target and the critical bound of a KPI must exclude each other; usually one of the operators points the wrong way.',
  message: ({ target, critical }) => `a value can be on target (\`${target}\`) and critical (\`${critical}\`) at once`,
  help: () => 'turn one of the operators round, or move one of the bounds',
});

const BOUND_IN_OTHER_UNIT = defineCode<{ property: string; value: string; measure: string; unit: string }>({
  code: 'kpi/bound-in-other-unit',
  severity: 'error',
  title: 'a bound that is not in the unit of the KPI',
  explain:
    'A bound is compared with the value of the query. `200ms` is 0.2 seconds and `5GiB` a number of bytes, so a duration fits only values in seconds, and so on; a value in any other unit is compared with a bare number.',
  message: ({ property, value, measure, unit }) =>
    `\`${property}\` is \`${value}\`, a ${measure}, but the unit is \`${unit}\``,
  help: ({ unit }) => {
    const nearest = closest(unit, ['seconds', 'bytes', 'percent', 'ratio']);
    return nearest === undefined || nearest === unit
      ? 'write the bound in the unit of the values, or correct the unit'
      : `did you mean the unit \`${nearest}\`?`;
  },
});

export const codes = [ALERT_WITHOUT_CRITICAL, PERCENT_WITHOUT_SIGN, TARGET_CONTRADICTS_CRITICAL, BOUND_IN_OTHER_UNIT];

const DEFAULT_FOR = '5m';

type Document = Located<KPIDocument>;

/** Units whose values a measure can be compared with; a count fits everything but percentages. */
const FITTING: Readonly<Record<Measure, RegExp>> = {
  percentage: /^(percent|percentunit|ratio|%)$/,
  'sum of money': /^\$|usd|dollar|^currency/i,
  'number of bytes': /^(dec)?bytes?\b|^B\b/,
  duration: /^(s|seconds?)$/,
  count: /^(?!percent$)/,
};

function checkBound(document: Document, property: string, value: string): Diagnostic[] {
  const { unit } = document.value.spec;
  const { measure, per } = measureOf(value);
  const unitPer = perOf(unit);
  const samePer = per === undefined || unitPer === undefined || per === unitPer;
  if (FITTING[measure].test(unit) && samePer) return [];
  const at = document.at(['spec', property]);
  if (measure === 'count' && unit === 'percent') return [PERCENT_WITHOUT_SIGN.at(at, { property, value })];
  const named = samePer ? measure : `${measure} per ${per}`;
  return [BOUND_IN_OTHER_UNIT.at(at, { property, value, measure: named, unit })];
}

function holds({ operator, value }: Condition, sample: Condition['value']): boolean {
  const order = compare(sample, value);
  return { '<': order < 0, '<=': order <= 0, '>': order > 0, '>=': order >= 0, '==': order === 0, '!=': order !== 0 }[
    operator
  ];
}

/** Whether some value satisfies both conditions. */
function overlap(one: Condition, other: Condition): boolean {
  const upward = (each: Condition) => each.operator.startsWith('>');
  const exact = [one, other].find(({ operator }) => operator === '==');
  if (exact) return holds(one, exact.value) && holds(other, exact.value);
  if (one.operator === '!=' || other.operator === '!=') return true;
  if (upward(one) === upward(other)) return true;
  const [floor, ceiling] = upward(one) ? [one, other] : [other, one];
  const order = compare(floor.value, ceiling.value);
  return order < 0 || (order === 0 && floor.operator === '>=' && ceiling.operator === '<=');
}

function checkConditions(document: Document): Diagnostic[] {
  const { target, critical, alert } = document.value.spec;
  const found: Diagnostic[] = [];
  for (const [property, value] of Object.entries({ target, critical })) {
    if (value !== undefined) found.push(...checkBound(document, property, value));
  }
  if (alert && critical === undefined) {
    const name = document.value.metadata.name;
    found.push(ALERT_WITHOUT_CRITICAL.at(document.at(['spec', 'alert'], 'key'), { name }));
  }
  if (found.length > 0) return found;
  if (target !== undefined && critical !== undefined && overlap(condition(target), condition(critical))) {
    const related = [{ span: document.at(['spec', 'target']), message: 'the target' }];
    const at = document.at(['spec', 'critical']);
    found.push(TARGET_CONTRADICTS_CRITICAL.at(at, { target, critical }, { related }));
  }
  return found;
}

function references({ spec }: KPIDocument): Reference[] {
  const names: [path: Path, to: string, name: string | undefined][] = [
    [['spec', 'service'], 'Service', spec.service],
    [['spec', 'alert', 'severity'], 'severity', spec.alert?.severity],
    [['spec', 'runbook'], 'Runbook', spec.runbook],
    [['spec', 'dashboard'], 'Dashboard', spec.dashboard],
  ];
  return names.flatMap(([path, to, name]) => (name === undefined ? [] : [{ path, to, name }]));
}

function lower(document: Document): Kpi {
  const { spec, metadata } = document.value;
  const base = entity(document);
  return {
    ...base,
    title: spec.title ?? titleCase(base.name),
    category: spec.category ?? 'kpi',
    query: expressionAt(document, ['spec', 'query'], spec.query),
    unit: spec.unit,
    alertLabels: metadata.labels ?? {},
    alertAnnotations: metadata.annotations ?? {},
    ...defined({
      description: spec.description,
      service: spec.service,
      target: optionalCondition(spec.target),
      critical: optionalCondition(spec.critical),
      alert: spec.alert && { severity: spec.alert.severity, forMs: durationMs(spec.alert.for ?? DEFAULT_FOR) },
      runbook: spec.runbook,
      dashboard: spec.dashboard,
    }),
  };
}

export const kpiKind: SpecKind<KPIDocument, Kpi> = {
  name: 'KPI',
  summary: 'a number that people watch, with target and critical bound',
  schema,
  codes,
  count: 'any',
  raisesAlerts: true,
  isShared: true,
  references,
  check: (document) => [
    ...checkExpression(document, ['spec', 'query'], document.value.spec.query, RULE_HOLES),
    ...checkConditions(document),
  ],
  lower,
};
