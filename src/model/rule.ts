import type { Expression } from '../promql/expression.ts';
import type { Origin } from '../source/document.ts';
import type { Labels } from './types.ts';

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
