import { compare } from '../../base/quantity.ts';
import { closest } from '../../base/text.ts';
import type { KPIDocument } from '../../generated/kpi.ts';
import type { Condition } from '../../model/types.ts';
import { type Measure, parseUnit } from '../../model/unit.ts';
import { defineCode } from '../../source/code.ts';
import type { Diagnostic } from '../../source/diagnostic.ts';
import type { Located, Path } from '../../source/document.ts';
import { amountIn, describeAmount, isBare } from '../amount.ts';
import { readCondition } from '../condition.ts';
import { checkExpression, RULE_HOLES } from '../expressions.ts';
import { conditionOf } from '../quantities.ts';
import { checkReturnedLabel } from '../returned-label.ts';

const ALERT_WITHOUT_CRITICAL = defineCode<{ name: string }>({
  code: 'kpi/alert-without-critical',
  severity: 'error',
  title: 'a KPI alerts but says not when',
  explain: 'The alert of a KPI with `severity` fires while its value is critical, so it needs `critical`.',
  message: ({ name }) => `the KPI \`${name}\` has an alert but no \`critical\``,
  help: () => 'add `critical`, such as `critical: "< 70%"`, or remove `severity` of the alert',
});

const AT_RISK_WITHOUT_TARGET = defineCode<{ name: string }>({
  code: 'kpi/at-risk-without-target',
  severity: 'error',
  title: 'a KPI is at risk of missing a target that it does not have',
  explain: 'With `atRisk` an alert fires while the value misses its target, so it needs `target`.',
  message: ({ name }) => `the KPI \`${name}\` has \`atRisk\` but no \`target\``,
  help: () => 'add `target`, such as `target: "> 90%"`, or remove `atRisk`',
});

const ALERT_WITHOUT_SEVERITY = defineCode<{ name: string }>({
  code: 'kpi/alert-without-severity',
  severity: 'error',
  title: 'an alert without a severity',
  explain:
    'The alert of a KPI has a `severity` for the critical value, `atRisk` for a missed target, or both. With neither nothing would fire.',
  message: ({ name }) => `the alert of the KPI \`${name}\` has neither \`severity\` nor \`atRisk\``,
  help: () => 'add `severity` for the critical value, or `atRisk` for a missed target',
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

/** The unit to write for values of each measure. */
const USUAL_UNITS: Readonly<Record<Measure, string>> = {
  percentage: 'percent',
  'sum of money': '$',
  'number of bytes': 'bytes',
  duration: 'seconds',
  count: '',
};

const BOUND_IN_OTHER_UNIT = defineCode<{
  property: string;
  value: string;
  measure: string;
  unit: string;
  usual: string;
}>({
  code: 'kpi/bound-in-other-unit',
  severity: 'error',
  title: 'a bound that is not in the unit of the KPI',
  explain:
    'A bound is compared with the value of the query. `200ms` is 0.2 of `seconds` and 200 of `ms`, `500MB/day` is 0.5 of `GB/day`. A bound of something else, of another currency, or per something else cannot be compared: `$5/GB` says nothing about `$/month`, and qmon does not convert `requests/second` into `requests/minute`. A bare number is in whatever unit the values are.',
  message: ({ property, value, measure, unit }) =>
    `\`${property}\` is \`${value}\`, a ${measure}, but the unit is \`${unit}\``,
  help: ({ unit, usual }) => {
    const nearest = usual === '' ? undefined : closest(unit, [usual]);
    return nearest === undefined || nearest === unit
      ? 'write the bound in the unit of the values, or correct the unit'
      : `did you mean the unit \`${nearest}\`?`;
  },
});

export const codes = [
  ALERT_WITHOUT_CRITICAL,
  AT_RISK_WITHOUT_TARGET,
  ALERT_WITHOUT_SEVERITY,
  PERCENT_WITHOUT_SIGN,
  TARGET_CONTRADICTS_CRITICAL,
  BOUND_IN_OTHER_UNIT,
];

type Document = Located<KPIDocument>;

function checkBound(document: Document, path: Path, value: string): Diagnostic[] {
  const { unit } = document.value.spec;
  const read = readCondition(value);
  if (!read) return [];
  const at = () => document.at(path);
  const property = String(path.at(-1));
  const isRatio = /^(percent|%)$/.test(unit);
  if (isBare(read.amount) && isRatio) return [PERCENT_WITHOUT_SIGN.at(at(), { property, value })];
  if (amountIn(read.amount, parseUnit(unit))) return [];
  const names = { measure: describeAmount(read.amount), usual: USUAL_UNITS[read.amount.measure] };
  return [BOUND_IN_OTHER_UNIT.at(at(), { property, value, unit, ...names })];
}

/** Everything that is compared with the value, each at its place. */
function bounds({ target, critical, advice = [] }: KPIDocument['spec']): [path: Path, value: string][] {
  const places: [Path, string | undefined][] = [
    [['spec', 'target'], target],
    [['spec', 'critical'], critical],
    ...advice.map(({ when }, index): [Path, string] => [['spec', 'advice', index, 'when'], when]),
  ];
  return places.flatMap(([path, value]): [Path, string][] => (value === undefined ? [] : [[path, value]]));
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

function checkAlert(document: Document): Diagnostic[] {
  const { metadata, spec } = document.value;
  const { target, critical, alert } = spec;
  if (!alert) return [];
  const { name } = metadata;
  const at = () => document.at(['spec', 'alert'], 'key');
  if (alert.severity === undefined && alert.atRisk === undefined) return [ALERT_WITHOUT_SEVERITY.at(at(), { name })];
  const found: Diagnostic[] = [];
  if (alert.severity !== undefined && critical === undefined) found.push(ALERT_WITHOUT_CRITICAL.at(at(), { name }));
  if (alert.atRisk !== undefined && target === undefined) {
    found.push(AT_RISK_WITHOUT_TARGET.at(document.at(['spec', 'alert', 'atRisk'], 'key'), { name }));
  }
  return found;
}

function checkConditions(document: Document): Diagnostic[] {
  const { target, critical, unit } = document.value.spec;
  const found = bounds(document.value.spec).flatMap(([path, value]) => checkBound(document, path, value));
  if (found.length > 0 || target === undefined || critical === undefined) return found;
  if (!overlap(conditionOf(target, unit), conditionOf(critical, unit))) return [];
  const related = [{ span: document.at(['spec', 'target']), message: 'the target' }];
  return [TARGET_CONTRADICTS_CRITICAL.at(document.at(['spec', 'critical']), { target, critical }, { related })];
}

function checkQuery(document: Document): Diagnostic[] {
  const { query, groupBy } = document.value.spec;
  const faults = checkExpression(document, ['spec', 'query'], query, RULE_HOLES);
  if (faults.length > 0) return faults;
  return (groupBy?.labels ?? []).flatMap((label, index) =>
    checkReturnedLabel(document, ['spec', 'groupBy', 'labels', index], query, label, 'by which the KPI is grouped'),
  );
}

/** What one KPI shows to be wrong by itself. */
export function checkKpi(document: Document): Diagnostic[] {
  return [...checkQuery(document), ...checkConditions(document), ...checkAlert(document)];
}
