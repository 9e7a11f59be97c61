import { groupBy } from '../base/order.ts';
import { compare, describeDuration } from '../base/quantity.ts';
import type { Alert, Group } from '../model/rule.ts';
import type { AlertPolicy, Model, PolicyLevel, PolicyRule, Service } from '../model/types.ts';
import { compared } from '../promql/build.ts';
import { type Expression, promql } from '../promql/expression.ts';
import { completeAlert } from './alert.ts';
import { filledIn, narrowed } from './selector.ts';
import { formattedValue, literal } from './value.ts';

/** The label of `component`. */
const COMPONENT = 'component';

function conditionOf({ expr, watches }: PolicyRule, { bound }: PolicyLevel, service: Service | undefined): Expression {
  if (watches === 'absence') return promql`absent(${narrowed(expr, service)})`;
  const value = filledIn(expr, service);
  return bound ? compared(value, bound.operator, bound.value) : value;
}

interface Texts {
  readonly summary?: string;
  readonly description?: string;
}

/** What an alert says where its author is silent: what happened, the value and the bound that it passed. */
function defaultTexts(rule: PolicyRule, { bound, forMs }: PolicyLevel, service: Service | undefined): Texts {
  const lasting = forMs === 0 ? '' : ` for ${describeDuration(forMs)}`;
  if (rule.watches === 'absence') {
    const selector = literal(narrowed(rule.expr, service).text);
    return {
      summary: `${rule.alert}: no ${literal(rule.expr.text)}`,
      description: `There has been no series of ${selector}${lasting}.`,
    };
  }
  if (!bound) return {};
  const beyond = `${bound.operator === '>' ? 'above' : 'below'} ${literal(bound.text)}`;
  const value = formattedValue(bound.unit, [bound.value]);
  const lasted = forMs === 0 ? `, ${beyond}` : `, and has been ${beyond}${lasting}`;
  return { summary: `${rule.alert}: ${beyond}`, description: `The value is ${value}${lasted}.` };
}

function alertOf(model: Model, policy: AlertPolicy, rule: PolicyRule, level: PolicyLevel): Alert {
  const service = policy.service === undefined ? undefined : model.services.get(policy.service);
  const component = rule.component === undefined ? {} : { [COMPONENT]: rule.component };
  const texts = defaultTexts(rule, level, service);
  return completeAlert(model, {
    alert: rule.alert,
    expr: conditionOf(rule, level, service),
    forMs: level.forMs,
    keepFiringForMs: rule.keepFiringForMs,
    severity: level.severity,
    service: policy.service,
    serviceFromLabel: policy.serviceFromLabel,
    category: rule.category,
    labels: { ...policy.alertLabels, ...rule.labels, ...component },
    annotations: { ...policy.alertAnnotations, ...rule.annotations },
    summary: rule.summary ?? texts.summary,
    description: rule.description ?? texts.description,
    runbook: rule.runbook,
    dashboard: rule.dashboard,
    origin: rule.origin,
    source: { kind: 'AlertPolicy', name: policy.name },
  });
}

/** The one that fires first of levels that an environment has given the same severity: two would be the same alert. */
function mildest(levels: readonly PolicyLevel[]): PolicyLevel {
  return levels.reduce((mild, level) => {
    if (!mild.bound || !level.bound) return mild;
    const order = compare(level.bound.value, mild.bound.value);
    return (level.bound.operator === '>' ? order < 0 : order > 0) ? level : mild;
  });
}

function alertsOf(model: Model, policy: AlertPolicy, rule: PolicyRule): Alert[] {
  const levels = [...groupBy(rule.levels, ({ severity }) => severity).values()].map(mildest);
  return levels.map((level) => alertOf(model, policy, rule, level));
}

/** One group per AlertPolicy: its rules in the author's order, each with its levels. */
export function policyGroups(model: Model): Group[] {
  const evaluationMs = model.project.prometheus.evaluationIntervalMs;
  return model.alertPolicies.all.map((policy) => {
    const { name, service, intervalMs } = policy;
    return {
      name: `policy-${name}`,
      ...(intervalMs !== undefined && intervalMs !== evaluationMs && { intervalMs }),
      rules: policy.rules.flatMap((rule) => alertsOf(model, policy, rule)),
      ...(service !== undefined && { service }),
    };
  });
}
