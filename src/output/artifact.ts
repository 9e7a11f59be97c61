import type { Origin } from '../source/document.ts';

/** A JSON pointer (RFC 6901) into an emitted document, such as `/groups/0/rules/2`. */
export type JsonPointer = string;

/** Which tool judges an artifact before it is published. */
export type Verifier = 'promtool-rules' | 'promtool-config' | 'amtool-config' | 'none';

/** One file to publish, relative to `out/<project>`. */
export interface Artifact {
  /** With `/`, unique ignoring case, never absolute. */
  readonly path: string;
  readonly text: string;
  /** The name of the target that made it. */
  readonly target: string;
  readonly verifier: Verifier;
  /** What the tool judges, where it cannot read the whole document: a part of it as a text of its own, and where that stands. */
  readonly judged?: { readonly text: string; readonly pointer: JsonPointer };
  /** Where the parts of the document come from: each rule, route, receiver and panel. */
  readonly origins: ReadonlyMap<JsonPointer, Origin>;
}
