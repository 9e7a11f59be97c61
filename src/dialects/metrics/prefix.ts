import { groupBy } from '../../base/order.ts';

/** What may remain of a name. Source: https://prometheus.io/docs/concepts/data_model/#metric-names-and-labels */
const NAME_START = /^[A-Za-z_:]/;
const PREFIX = /^[A-Za-z_][A-Za-z0-9_]*_$/;

/** As many metrics need to share it before a prefix makes the catalogue shorter. */
const FEWEST = 2;

function sharedStart(names: readonly string[]): string {
  return names.reduce((shared, name) => {
    let length = 0;
    while (length < shared.length && shared[length] === name[length]) length++;
    return shared.slice(0, length);
  });
}

/** Whether a name has the prefix, and what remains is a name. */
export function isBelow(prefix: string, name: string): boolean {
  return name.startsWith(prefix) && NAME_START.test(name.slice(prefix.length));
}

/** The longest beginning that all names share, up to an underscore; what remains of each is a name. Empty where there is none. */
export function commonPrefix(names: readonly string[]): string {
  if (names.length < FEWEST) return '';
  let prefix = sharedStart(names);
  while (prefix !== '') {
    prefix = prefix.slice(0, prefix.lastIndexOf('_', prefix.length - 1) + 1);
    const isUsable = PREFIX.test(prefix) && names.every((name) => isBelow(prefix, name));
    if (isUsable) return prefix;
    prefix = prefix.slice(0, -1);
  }
  return '';
}

/** The first word that most names share, where it is not the only one: `prometheus_`, with their number. */
export function mostlyPrefix(
  names: readonly string[],
): { readonly prefix: string; readonly count: number } | undefined {
  const byWord = groupBy(names, (name) => name.slice(0, name.indexOf('_') + 1));
  const [prefix, same] = [...byWord].reduce((most, each) => (each[1].length > most[1].length ? each : most), [
    '',
    [],
  ] as [string, string[]]);
  const isMost = PREFIX.test(prefix) && same.length * 2 > names.length && same.length < names.length;
  return isMost ? { prefix, count: same.length } : undefined;
}
