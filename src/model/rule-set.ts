import type { Expression } from '../promql/expression.ts';
import type { Origin } from '../source/document.ts';
import type { Entity } from './entity.ts';

type Texts = Readonly<Record<string, string>>;

/** Rules in the form of Prometheus: third-party files as they are, with the changes that the author wrote, and the author's own. */
export interface RuleSet extends Entity {
  readonly service?: string;
  /** Severity as it is in the rules → level of the scale. */
  readonly severityMap: Texts;
  /** For every alert that has none of the name. */
  readonly alertLabels: Texts;
  readonly alertAnnotations: Texts;
  readonly files: readonly PlainRuleFile[];
  /** Pages for alerts; none where the document names no folder of them. */
  readonly pages?: readonly RunbookPage[];
}

/** The rules of one third-party document, or the author's own. */
export interface PlainRuleFile {
  /** Unique in the RuleSet and safe in a path; none: the author's own rules. */
  readonly name?: string;
  /** The path of the third-party file as it is seen from the folder of the Project. */
  readonly path?: string;
  readonly origin: Origin;
  readonly groups: readonly PlainGroup[];
  /** What the author left out. */
  readonly disabled: readonly DisabledAlert[];
}

export interface PlainGroup {
  /** Unique in its file. */
  readonly name: string;
  readonly intervalMs?: number;
  readonly queryOffsetMs?: number;
  readonly limit?: number;
  readonly rules: readonly PlainRule[];
  readonly origin: Origin;
}

export type PlainRule = PlainRecord | PlainAlert;

export interface PlainRecord {
  readonly type: 'record';
  readonly record: string;
  readonly expr: Expression;
  /** Those of the group included, as for alerts. */
  readonly labels: Texts;
  readonly origin: Origin;
}

export interface PlainAlert {
  readonly type: 'alert';
  readonly alert: string;
  readonly expr: Expression;
  readonly forMs: number;
  readonly keepFiringForMs: number;
  readonly labels: Texts;
  readonly annotations: Texts;
  /** The level that the author chose for this alert. */
  readonly severity?: string;
  /** The page for the alert, by name. */
  readonly page?: string;
  readonly origin: Origin;
  /** What the author changed, the last first. */
  readonly changes: readonly Origin[];
}

export interface DisabledAlert {
  readonly alert: string;
  /** Of the rule. */
  readonly labels: Texts;
  readonly reason: string;
}

/** A page that the author wrote in Markdown; published as it is. */
export interface RunbookPage {
  /** The way to it below the runbooks, without `.md`: `kubernetes-mixin/KubePodCrashLooping`. */
  readonly name: string;
  readonly title: string;
  readonly text: string;
  readonly origin: Origin;
}
