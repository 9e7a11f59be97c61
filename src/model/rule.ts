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
  /** Unique in the whole project. */
  readonly name: string;
  /** The service whose file holds the group; none: the project's own file. */
  readonly service?: string;
  /** Where it differs from the project's evaluation interval. */
  readonly intervalMs?: number;
  readonly rules: readonly (Recording | Alert)[];
}

export interface Recording {
  readonly type: 'record';
  readonly record: string;
  readonly expr: Expression;
  readonly labels: Labels;
  readonly origin: Origin;
}

export interface Alert {
  readonly type: 'alert';
  readonly alert: string;
  readonly expr: Expression;
  /** 0: fires at once. */
  readonly forMs: number;
  /** All labels, already under the organisation's names. */
  readonly labels: Labels;
  readonly annotations: Labels;
  readonly origin: Origin;
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
  | { readonly kind: 'AlertPolicy'; readonly name: string };
