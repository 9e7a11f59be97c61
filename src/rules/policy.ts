import type { Group } from '../model/rule.ts';
import type { AlertPolicy, Model, PolicyRule } from '../model/types.ts';
import { completeAlert } from './alert.ts';
import { filledIn } from './selector.ts';

function alertOf(model: Model, policy: AlertPolicy, rule: PolicyRule) {
  const service = policy.service === undefined ? undefined : model.services.get(policy.service);
  return completeAlert(model, {
    alert: rule.alert,
    expr: filledIn(rule.expr, service),
    forMs: rule.forMs,
    severity: rule.severity,
    service: policy.service,
    category: rule.category,
    labels: { ...policy.alertLabels, ...rule.labels },
    annotations: { ...policy.alertAnnotations, ...rule.annotations },
    summary: rule.summary,
    description: rule.description,
    runbook: rule.runbook,
    dashboard: rule.dashboard,
    origin: rule.origin,
    source: { kind: 'AlertPolicy', name: policy.name },
  });
}

/** One group per AlertPolicy: its rules in the author's order. */
export function policyGroups(model: Model): Group[] {
  return model.alertPolicies.all.map((policy) => ({
    name: `policy-${policy.name}`,
    rules: policy.rules.map((rule) => alertOf(model, policy, rule)),
    ...(policy.service !== undefined && { service: policy.service }),
  }));
}
