import type { Expression } from '../promql/expression.ts';
import type { Origin } from '../source/document.ts';
import type { LabelNames, Labels } from './types.ts';

/**
 * Every recording rule and alert that a model implies, still independent of any file format: the Prometheus target
 * writes them, runbooks list them, dashboards link them, routing proves who gets them.
 */
export interface RuleBook {
  readonly groups: readonly Group[];
  /** Every alert of every group, in order. */
  readonly alerts: readonly Alert[];
}

/** Rules that are evaluated together, in order, because later ones read earlier ones. */
export interface Group {
  /** Unique in its file. */
  readonly name: string;
  /** The service whose file holds the group; none: the project's own file. */
  readonly service?: string;
  /** The file of a RuleSet that holds the group instead. */
  readonly file?: RuleSetFile;
  /** Where it differs from the project's evaluation interval. */
  readonly intervalMs?: number;
  /** How far in the past the rules are evaluated. */
  readonly queryOffsetMs?: number;
  /** The most series or alerts that a rule may make. */
  readonly limit?: number;
  /** Where somebody wrote the group as such. */
  readonly origin?: Origin;
  readonly rules: readonly (Recording | Alert)[];
}

/** A file of a RuleSet: that of a third-party document, by its name there, or the one of the author's own rules. */
export interface RuleSetFile {
  readonly ruleSet: string;
  readonly name: string | undefined;
}

export interface Recording {
  readonly type: 'record';
  readonly record: string;
  readonly expr: Expression;
  readonly labels: Labels;
  readonly origin: Origin;
  /** Somebody else's, taken in as it is. */
  readonly foreign?: boolean;
}

export interface Alert {
  readonly type: 'alert';
  readonly alert: string;
  readonly expr: Expression;
  /** 0: fires at once. */
  readonly forMs: number;
  /** It goes on firing for so long after its condition has ended. */
  readonly keepFiringForMs?: number;
  /** All labels, already under the organisation's names. */
  readonly labels: Labels;
  /**
   * Where labels follow from a label of the series: what they may come to, once for each service that may be meant and
   * once, last, for none that is known.
   */
  readonly variants?: readonly Labels[];
  /** The label of the series that names the service, instead of `service`. */
  readonly serviceFromLabel?: string;
  readonly annotations: Labels;
  readonly origin: Origin;
  /** Somebody else's, taken in as it is but for what the author changes. */
  readonly foreign?: boolean;
  /** What the author changed in a rule of somebody else, the last first. */
  readonly changes?: readonly Origin[];
  readonly severity: string;
  readonly service?: string;
  readonly owner?: string;
  readonly category?: string;
  /** The page that tells what to do: a Runbook of the author's, or one that qmon writes. */
  readonly runbook?: string;
  /** The dashboard to look at, by name: the author's, or one that qmon draws (see `generatedDashboard`). */
  readonly dashboard?: string;
  readonly source: AlertSource;
}

export type AlertSource =
  | { readonly kind: 'SLO'; readonly name: string }
  | { readonly kind: 'KPI'; readonly name: string }
  | { readonly kind: 'AlertPolicy'; readonly name: string }
  | { readonly kind: 'RuleSet'; readonly name: string };

/** Every label set that an alert may have as far as it is known before any series is; the name of the alert left out. */
export function labelSetsOf({ labels, variants }: Alert): readonly Labels[] {
  return variants ?? [labels];
}

/** The services that an alert may be about, each once. */
export function servicesOf({ service, variants }: Alert, names: LabelNames): readonly string[] {
  if (service !== undefined) return [service];
  return [...new Set((variants ?? []).flatMap((labels) => labels[names.service] ?? []))];
}

/** The owners that an alert may have, each once. */
export function ownersOf({ owner, variants }: Alert, names: LabelNames): readonly string[] {
  if (owner !== undefined) return [owner];
  const owners = new Set((variants ?? []).flatMap((labels) => labels[names.owner] ?? []));
  owners.delete(NO_VALUE);
  return [...owners];
}

/**
 * What a label comes to that follows from the service and has no value for it. Never the empty text: then the series
 * `ALERTS` carries the template itself, because it begins with the labels as the rule has them.
 * Source: Prometheus, rules/alerting.go, AlertingRule.sample
 */
export const NO_VALUE = 'none';
