import type { Checked, Diagnostic } from '../source/diagnostic.ts';
import type { Located, Path } from '../source/document.ts';

/** The envelope of every document. */
export interface Envelope {
  readonly kind: string;
  readonly metadata: { readonly name: string };
  readonly spec?: unknown;
}

/** A name that a document uses, and the kinds that may own it. */
export interface Reference {
  readonly path: Path;
  readonly to: KindName;
  readonly name: string;
}

/** What names can refer to: the kinds, and the levels of the SeverityScale. */
export type KindName =
  | 'Project'
  | 'Team'
  | 'Service'
  | 'MetricCatalog'
  | 'SLO'
  | 'KPI'
  | 'SeverityScale'
  | 'Channel'
  | 'NotificationPolicy'
  | 'AlertPolicy'
  | 'Dashboard'
  | 'Runbook'
  | 'severity'
  | 'metric';

/**
 * A kind of document: one folder with its schema and this, and one line in the registry.
 * `lower` is called only for documents in which neither the schema nor `check` found an error.
 */
export interface SpecKind<Document extends Envelope, Entity> {
  readonly name: Exclude<KindName, 'severity' | 'metric'>;
  /** One line for the reference. */
  readonly summary: string;
  /** How many documents of the kind a workspace may have. */
  readonly count: 'any' | 'at-most-one' | 'exactly-one';
  references(document: Document): readonly Reference[];
  check(document: Located<Document>): readonly Diagnostic[];
  lower(document: Located<Document>): Entity;
}

export type { Checked };
