import type { Pattern } from '../promql/pattern.ts';
import type { Origin } from '../source/document.ts';

/** What a project insists on. */
export interface Policy {
  /** Severities whose alerts must name a runbook. */
  readonly requireRunbook: readonly string[];
  /** Whether every service must name an owner. */
  readonly requireOwner: boolean;
  /** Severities whose alerts must have an owner. */
  readonly ownedSeverities: readonly string[];
  readonly alerts: readonly AlertDemand[];
  readonly records: readonly RecordDemand[];
  readonly expressions: readonly ExpressionDemand[];
  readonly groups: readonly GroupDemand[];
}

/** The kinds of documents in which people write expressions and alerts. */
export type RuleSource = 'SLO' | 'KPI' | 'AlertPolicy' | 'RuleSet' | 'Dashboard';

/** What every demand has: its name and place in the Project, and what it is about. */
export interface Demand {
  readonly name: string;
  readonly origin: Origin;
  /** RuleSets to which it is confined, files of others included; none: to nothing, and files of others keep what is theirs. */
  readonly ruleSets?: readonly string[];
}

/** What is demanded of the value of a label or an annotation. */
export interface TextDemand {
  readonly name: string;
  /** None: any value. */
  readonly matches?: Pattern;
  readonly required: boolean;
}

/** What is demanded of the labels, or of the annotations. */
export interface TextDemands {
  readonly texts: readonly TextDemand[];
  /** Whether there may be any besides. */
  readonly others: boolean;
}

/** Bounds of a duration, inclusive. */
export interface DurationBounds {
  readonly minMs?: number;
  readonly maxMs?: number;
}

export interface AlertDemand extends Demand {
  readonly severities?: readonly string[];
  readonly from?: readonly RuleSource[];
  readonly named?: Pattern;
  readonly labels: TextDemands;
  readonly annotations: TextDemands;
  readonly for?: DurationBounds;
  readonly keepFiringFor?: DurationBounds;
}

export interface RecordDemand extends Demand {
  readonly named?: Pattern;
  readonly labels: TextDemands;
}

export interface GroupDemand extends Demand {
  readonly named: Pattern;
}

export interface ExpressionDemand extends Demand {
  readonly from?: readonly RuleSource[];
  /** Names of the metrics whose selectors are meant; none: all. */
  readonly metrics?: Pattern;
  /** Labels that selectors must narrow, each with the pattern of the matcher's text. */
  readonly matchers: readonly { readonly label: string; readonly value: Pattern }[];
  readonly maxRangeMs?: number;
}
