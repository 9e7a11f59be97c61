import type { Origin } from '../source/document.ts';

/** What every entity has: its identity, unique per kind, and the document that it comes from. */
export interface Entity {
  /** As the author wrote it; an imported one will carry its namespace, `platform/slack`. */
  readonly name: string;
  readonly origin: Origin;
  /** The origin of a part of the same document. */
  part(...path: (string | number)[]): Origin;
}

export type Labels = Readonly<Record<string, string>>;
