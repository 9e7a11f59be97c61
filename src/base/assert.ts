/** Stops with an internal error when what the code takes for granted does not hold; never used for an author's mistake. */
export function invariant(condition: unknown, message: string): asserts condition {
  if (!condition) throw new Error(`internal error: ${message}`);
}

/** Returns the value, or stops with an internal error when there is none. */
export function present<T>(value: T | undefined | null, what: string): T {
  invariant(value !== undefined && value !== null, `${what} is missing`);
  return value;
}

/** Marks the branch that the types exclude. */
export function unreachable(value: never): never {
  throw new Error(`internal error: unexpected ${JSON.stringify(value)}`);
}
