import type { Alert, Group, Recording, RuleBook } from '../model/rule.ts';
import type { AlertDemand, Demand } from '../model/types.ts';
import type { Origin } from '../source/document.ts';
import type { RelatedSpan } from '../source/span.ts';

/** Whether a demand is about something of a RuleSet, or of none. */
export function isInScope({ ruleSets }: Demand, ruleSet: string | undefined): boolean {
  return ruleSets === undefined || (ruleSet !== undefined && ruleSets.includes(ruleSet));
}

/** The same for what somebody else named or wrote: only a demand that names the RuleSet may find fault with it. */
export function isJudged(demand: Demand, ruleSet: string | undefined, foreign: boolean): boolean {
  return isInScope(demand, ruleSet) && !(foreign && demand.ruleSets === undefined);
}

/** Whether an alert is among those that a demand selects by severity and kind. */
export function isMeant({ severities, from }: AlertDemand, { severity, source }: Alert): boolean {
  return (severities?.includes(severity) ?? true) && (from?.includes(source.kind) ?? true);
}

/** The place of a demand, beside a finding about it. */
export function demandedBy({ name, origin }: Demand): { readonly related: readonly RelatedSpan[] } {
  const { document, path } = origin;
  return { related: [{ span: document.at(path, 'key'), message: `demanded by \`${name}\`` }] };
}

/** A rule with the group that it stands in. */
export interface RuleInGroup<Rule> {
  readonly group: Group;
  readonly rule: Rule;
  readonly ruleSet: string | undefined;
}

function ofType<Rule extends Recording | Alert>({ groups }: RuleBook, type: Rule['type']): RuleInGroup<Rule>[] {
  return groups.flatMap((group) =>
    group.rules.flatMap((rule) =>
      rule.type === type ? [{ group, rule: rule as Rule, ruleSet: group.file?.ruleSet }] : [],
    ),
  );
}

/** Every alert with its group. */
export function alertsIn(rules: RuleBook): RuleInGroup<Alert>[] {
  return ofType<Alert>(rules, 'alert');
}

/** Every recording rule of a RuleSet with its group: the others are qmon's own. */
export function recordsIn(rules: RuleBook): RuleInGroup<Recording>[] {
  return ofType<Recording>(rules, 'record').filter(({ ruleSet }) => ruleSet !== undefined);
}

/** Where a rule says its name. */
export function nameOrigin({ type, origin }: Recording | Alert): Origin {
  return { document: origin.document, path: [...origin.path, type] };
}

/** The value at an origin. */
export function valueAt({ document, path }: Origin): unknown {
  return path.reduce<unknown>(
    (value, key) => (value as Record<string | number, unknown> | undefined)?.[key],
    document.value,
  );
}

/** How a duration of an alert is called where rules have the form of Prometheus. */
const PLAIN = { for: 'for', keepFiringFor: 'keep_firing_for' } as const;

/** Where an alert of an AlertPolicy may say its `for`, other than beside its name. */
interface Waiting {
  readonly thresholds?: readonly { readonly severity: string }[];
  readonly absent?: unknown;
}

/** Where an alert says a duration, or the rule where it does not. */
export function durationOrigin(alert: Alert, property: 'for' | 'keepFiringFor'): Origin {
  const { origin, changes = [], severity, source } = alert;
  const change = changes.find((each) => Object.hasOwn(valueAt(each) as object, property));
  if (change) return { document: change.document, path: [...change.path, property] };
  const { thresholds = [], absent } = (valueAt(origin) ?? {}) as Waiting;
  const level = thresholds.findIndex((each) => each.severity === severity);
  const outer = absent === undefined ? [] : ['absent'];
  const inside = property === 'keepFiringFor' ? [] : level === -1 ? outer : ['thresholds', level];
  return {
    document: origin.document,
    path: [...origin.path, ...inside, source.kind === 'RuleSet' ? PLAIN[property] : property],
  };
}
