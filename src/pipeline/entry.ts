import type { Beside } from '../kinds/kind.ts';
import type { ReadDocument } from '../kinds/read.ts';
import type { Template } from '../kinds/template.ts';
import type { Located, Path } from '../source/document.ts';

/** A document as it stands in its file, or as the environment makes it. */
export interface Source {
  readonly document: Located;
  /** The Environment that changes it. */
  readonly adaptedBy?: Located;
  readonly beside: Beside;
  /** Empty for the workspace's own. */
  readonly namespace: string;
  /** Level as the document calls it → level of the workspace. */
  readonly severityMap: Readonly<Record<string, string>>;
}

/** A document that was read, under the names that it has in the whole workspace. */
export interface Entry extends ReadDocument {
  readonly namespace: string;
  /** What services take over with their own values; it is nothing by itself. */
  readonly template?: Template;
  /** The parts that only its user knows; names in them are the user's. */
  readonly given?: readonly Path[];
}

/** The kind and the name that a document gives itself, as far as it can be understood. */
export function declared(document: Located): { readonly kind?: string; readonly name?: string } {
  const value = document.value as { kind?: unknown; metadata?: { name?: unknown } } | null;
  const [kind, name] = [value?.kind, value?.metadata?.name];
  return { ...(typeof kind === 'string' && { kind }), ...(typeof name === 'string' && { name }) };
}

/** A name as the whole workspace knows it: `platform/slack` for `slack` of the package `platform`. */
export function inNamespace(namespace: string, name: string): string {
  return namespace === '' ? name : `${namespace}/${name}`;
}
