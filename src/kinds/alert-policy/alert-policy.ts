import type { AlertPolicyDocument } from '../../generated/alert-policy.ts';
import type { AlertPolicy, PolicyRule } from '../../model/types.ts';
import type { Located, Path } from '../../source/document.ts';
import { defined, entity } from '../entity.ts';
import { checkExpression, expressionAt, RULE_HOLES } from '../expressions.ts';
import type { Reference, SpecKind } from '../kind.ts';
import { optionalDurationMs } from '../quantities.ts';
import schema from './alert-policy.schema.json' with { type: 'json' };

type Document = Located<AlertPolicyDocument>;
type Rule = AlertPolicyDocument['spec']['rules'][number];

function references({ spec }: AlertPolicyDocument): Reference[] {
  const names: [path: Path, to: string, name: string | undefined][] = [
    [['spec', 'service'], 'Service', spec.service],
    ...spec.rules.flatMap((rule, index): [Path, string, string | undefined][] => [
      [['spec', 'rules', index, 'severity'], 'severity', rule.severity],
      [['spec', 'rules', index, 'runbook'], 'Runbook', rule.runbook],
      [['spec', 'rules', index, 'dashboard'], 'Dashboard', rule.dashboard],
    ]),
  ];
  return names.flatMap(([path, to, name]) => (name === undefined ? [] : [{ path, to, name }]));
}

function lowerRule(document: Document, rule: Rule, index: number): PolicyRule {
  const path = ['spec', 'rules', index];
  return {
    alert: rule.alert,
    expr: expressionAt(document, [...path, 'expr'], rule.expr),
    forMs: optionalDurationMs(rule.for) ?? 0,
    severity: rule.severity,
    labels: rule.labels ?? {},
    annotations: rule.annotations ?? {},
    origin: { document, path },
    ...defined({
      category: rule.category,
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
  codes: [],
  count: 'any',
  raisesAlerts: true,
  isShared: true,
  references,
  check: (document) =>
    document.value.spec.rules.flatMap((rule, index) =>
      checkExpression(document, ['spec', 'rules', index, 'expr'], rule.expr, RULE_HOLES),
    ),
  lower: (document) => {
    const { spec, metadata } = document.value;
    return {
      ...entity(document),
      rules: spec.rules.map((rule, index) => lowerRule(document, rule, index)),
      alertLabels: metadata.labels ?? {},
      alertAnnotations: metadata.annotations ?? {},
      ...defined({ service: spec.service }),
    };
  },
};
