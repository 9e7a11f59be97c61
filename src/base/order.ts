/** Compares by UTF-16 code units: the same on every machine, whatever its locale. */
export function compareText(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}

/** A sorted copy, by one or more text keys. The one place of the project that sorts by names. */
export function sortedBy<T>(items: Iterable<T>, ...keys: readonly ((item: T) => string)[]): T[] {
  return [...items].sort((left, right) => {
    for (const key of keys) {
      const order = compareText(key(left), key(right));
      if (order !== 0) return order;
    }
    return 0;
  });
}

/** A sorted copy, by numbers, smallest first. */
export function sortedByNumber<T>(items: Iterable<T>, key: (item: T) => number): T[] {
  return [...items].sort((left, right) => key(left) - key(right));
}

/** Sorted, each text once. */
export function uniqueTexts(texts: Iterable<string>): string[] {
  return sortedBy(new Set(texts), (text) => text);
}

/** Items by key, in the order in which the keys first appear. */
export function groupBy<T, K>(items: Iterable<T>, key: (item: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const item of items) {
    const name = key(item);
    const group = groups.get(name);
    if (group) group.push(item);
    else groups.set(name, [item]);
  }
  return groups;
}
