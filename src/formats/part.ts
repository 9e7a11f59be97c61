/**
 * A piece of a target document that people know by a name of its own (a rule, a receiver, a panel), so that two
 * versions of a document can be compared by what changed and not by which lines moved.
 */
export interface Part {
  /** What it is, in the singular, as a reader of a diff calls it: `alert`, `receiver`, `panel`. */
  readonly kind: string;
  /** Unique for its kind within its system; the same before and after. */
  readonly identity: string;
  /**
   * Everything that means something; nested plain data is compared path by path. Of a field `order`, a list of
   * identities, only the order of those that remain counts: they are parts of their own.
   */
  readonly fields: Readonly<Record<string, unknown>>;
  /** Where it is in its document: a JSON pointer (RFC 6901). */
  readonly pointer: string;
}

/** Whether plain data is a mapping. */
export function isPlain(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
