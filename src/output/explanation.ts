import type { RelatedSpan, Span } from '../source/span.ts';

/** What is known about one thing that specs name, as data: printed for people, or for programs. */
export interface Explanation {
  /** A kind of document, or `alert`, `series`, `severity`, `metric`. */
  readonly kind: string;
  readonly name: string;
  /** Where it is declared, and behind that the further places that it comes from; none: qmon itself brings it. */
  readonly places: readonly RelatedSpan[];
  /** The parts that somebody else set, such as an environment: the path of each, and where that stands. */
  readonly changed: readonly ChangedPart[];
  readonly facts: readonly Fact[];
  /** Facts of which there is one set for each variant, such as the alerts of one name. */
  readonly variants: readonly Variant[];
  readonly tables: readonly FactTable[];
  readonly refersTo: readonly Mention[];
  readonly referredToBy: readonly Mention[];
}

export interface ChangedPart {
  /** As `spec.objective`. */
  readonly path: string;
  readonly places: readonly RelatedSpan[];
}

/** A property with its values; a value may have several lines. */
export interface Fact {
  readonly label: string;
  readonly values: readonly string[];
}

export interface Variant {
  readonly title: string;
  readonly facts: readonly Fact[];
}

export interface FactTable {
  readonly title: string;
  readonly headings: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** Something else, and where the two are brought together. */
export interface Mention {
  readonly kind: string;
  readonly name: string;
  readonly span: Span;
}
