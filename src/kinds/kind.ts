import type { AnyCode } from '../source/code.ts';
import type { Diagnostic } from '../source/diagnostic.ts';
import type { Located, Path } from '../source/document.ts';
import type { SourceFile } from '../source/span.ts';

/** The envelope of every document. */
export interface Envelope {
  readonly kind: string;
  readonly metadata: { readonly name: string };
  readonly spec?: unknown;
}

/** A name that a document uses. */
export interface Reference {
  readonly path: Path;
  /** A kind, or what a kind declares inside: `severity`. */
  readonly to: string;
  readonly name: string;
  /** Where the name is a key. */
  readonly side?: 'key';
  /** What goes with it where an environment excludes the thing that is named. Default: the name, or its place in a list. */
  readonly part?: Path;
}

/** Files beside the specs that documents name: rule files, pages. */
export interface Beside {
  /** Those that match a pattern (see `base/glob`), which counts from the folder of the document's Project or package; sorted by path. */
  matching(pattern: string): readonly SourceFile[];
  /** The path of a file as it is seen from that folder. */
  pathOf(file: SourceFile): string;
}

/** A property of `spec` that names files beside the specs: a pattern, or a list of patterns. */
export interface FileProperty {
  readonly property: string;
  /** What is added to each pattern: `/**\/*.md` where the property names a folder. */
  readonly suffix: string;
}

/**
 * A kind of document: one folder with its schema and this, and one line in the registry.
 * `lower` is called only for documents in which neither the schema nor `check` found an error.
 */
export interface SpecKind<Document extends Envelope, Entity> {
  readonly name: string;
  /** One line for the reference. */
  readonly summary: string;
  /** JSON Schema, draft-07: the validator and the types are generated from it, editors read it. */
  readonly schema: object;
  /** The diagnostics that `check` may give. */
  readonly codes: readonly AnyCode[];
  /** How many documents of the kind a workspace may have. */
  readonly count: 'any' | 'at-most-one' | 'exactly-one';
  /** Where the document names files beside the specs; files that are named are read by nobody else. */
  readonly files?: readonly FileProperty[];
  /** Whether its documents raise or show alerts, whose severities environments may map. */
  readonly mapsSeverities?: boolean;
  /** Whether services may take its documents over with values of their own (`params`). */
  readonly isShared?: boolean;
  references(document: Document): readonly Reference[];
  /** Kinds of whose documents it may mean any without naming it: none of them is unused then. */
  meansAnyOf?(document: Document): readonly string[];
  check(document: Located<Document>, beside: Beside): readonly Diagnostic[];
  lower(document: Located<Document>, beside: Beside): Entity;
}
