import type { AlertPolicyDocument } from '../../generated/alert-policy.ts';
import type { AlertPolicy, Bound, PolicyLevel, PolicyRule } from '../../model/types.ts';
import type { Located, Path } from '../../source/document.ts';
import { unitOfAmount } from '../amount.ts';
import { defined, entity } from '../entity.ts';
import { expressionAt, operandAt } from '../expressions.ts';
import type { Reference, SpecKind } from '../kind.ts';
import { amount, durationMs, optionalDurationMs } from '../quantities.ts';
import schema from './alert-policy.schema.json' with { type: 'json' };
import { checkAlertPolicy, codes, serviceLabel } from './check.ts';
import { boundOf } from './thresholds.ts';

type Document = Located<AlertPolicyDocument>;
type Rule = AlertPolicyDocument['spec']['rules'][number];
type Level = NonNullable<Rule['thresholds']>[number];
type Named = readonly [path: Path, to: string, name: string | undefined];

const DEFAULT_ABSENCE = '5m';

function references({ spec }: AlertPolicyDocument): Reference[] {
  const names: Named[] = [
    [['spec', 'service'], 'Service', typeof spec.service === 'string' ? spec.service : undefined],
    ...spec.rules.flatMap((rule, index): Named[] => [
      [['spec', 'rules', index, 'severity'], 'severity', rule.severity],
      ...(rule.thresholds ?? []).map(
        ({ severity }, level): Named => [
          ['spec', 'rules', index, 'thresholds', level, 'severity'],
          'severity',
          severity,
        ],
      ),
      [['spec', 'rules', index, 'runbook'], 'Runbook', rule.runbook],
      [['spec', 'rules', index, 'dashboard'], 'Dashboard', rule.dashboard],
    ]),
  ];
  return names.flatMap(([path, to, name]) => (name === undefined ? [] : [{ path, to, name }]));
}

function lowerBound(level: Level): Bound | undefined {
  const bound = boundOf(level);
  if (!bound) return undefined;
  const read = amount(bound.written);
  return {
    operator: bound.property === 'above' ? '>' : '<',
    value: read.value,
    text: String(bound.written),
    unit: unitOfAmount(read),
  };
}

function lowerLevels(document: Document, rule: Rule, path: Path): PolicyLevel[] {
  const origin = { document, path };
  const forMs = optionalDurationMs(rule.for) ?? 0;
  if (rule.absent) {
    const absentMs = durationMs(rule.absent.for ?? DEFAULT_ABSENCE);
    return [{ severity: rule.severity!, forMs: absentMs, origin }];
  }
  if (!rule.thresholds) return [{ severity: rule.severity!, forMs, origin }];
  return rule.thresholds.map((level, index) => ({
    severity: level.severity,
    forMs: optionalDurationMs(level.for) ?? forMs,
    origin: { document, path: [...path, 'thresholds', index] },
    ...defined({ bound: lowerBound(level) }),
  }));
}

function lowerExpression(document: Document, { expr = '', absent, thresholds }: Rule, path: Path) {
  if (absent) return operandAt(document, [...path, 'absent', 'metric'], absent.metric);
  return thresholds ? operandAt(document, [...path, 'expr'], expr) : expressionAt(document, [...path, 'expr'], expr);
}

function lowerRule(document: Document, rule: Rule, index: number): PolicyRule {
  const path = ['spec', 'rules', index];
  return {
    alert: rule.alert,
    watches: rule.absent ? 'absence' : 'result',
    expr: lowerExpression(document, rule, path),
    levels: lowerLevels(document, rule, path),
    keepFiringForMs: optionalDurationMs(rule.keepFiringFor) ?? 0,
    labels: rule.labels ?? {},
    annotations: rule.annotations ?? {},
    origin: { document, path },
    ...defined({
      category: rule.category,
      component: rule.component,
      summary: rule.summary,
      description: rule.description,
      runbook: rule.runbook,
      dashboard: rule.dashboard,
    }),
  };
}

export const alertPolicyKind: SpecKind<AlertPolicyDocument, AlertPolicy> = {
  name: 'AlertPolicy',
  summary: 'hand-written alert rules',
  schema,
  codes,
  count: 'any',
  mapsSeverities: true,
  isShared: true,
  references,
  meansAnyOf: (document) => (serviceLabel(document) === undefined ? [] : ['Service']),
  check: checkAlertPolicy,
  lower: (document) => {
    const { spec, metadata } = document.value;
    return {
      ...entity(document),
      rules: spec.rules.map((rule, index) => lowerRule(document, rule, index)),
      alertLabels: metadata.labels ?? {},
      alertAnnotations: metadata.annotations ?? {},
      ...defined({
        service: typeof spec.service === 'string' ? spec.service : undefined,
        serviceFromLabel: serviceLabel(document.value),
        intervalMs: optionalDurationMs(spec.interval),
      }),
    };
  },
};
