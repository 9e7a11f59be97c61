import type { Lowered } from '../kinds/assemble.ts';
import { kinds } from '../kinds/registry.ts';
import type { Catalog } from '../model/types.ts';
import type { Entry } from './entry.ts';

function lower({ kind, document, beside }: Entry): unknown {
  return kind.lower(document, beside);
}

/** What a package says of a metric counts only where neither the workspace itself nor a package before it says anything. */
function catalogsOf(entries: readonly Entry[]): Catalog[] {
  const own = entries.filter(({ namespace }) => namespace === '').map((entry) => lower(entry) as Catalog);
  const known = new Set(own.flatMap(({ metrics }) => metrics.map(({ name }) => name)));
  const imported = entries
    .filter(({ namespace }) => namespace !== '')
    .flatMap((entry) => {
      const catalog = lower(entry) as Catalog;
      const metrics = catalog.metrics.filter(({ name }) => !known.has(name));
      for (const { name } of metrics) known.add(name);
      return metrics.length > 0 ? [{ ...catalog, metrics }] : [];
    });
  return [...own, ...imported];
}

/** The documents as the kinds make them; what is shared is nothing by itself. */
export function lowerAll(entries: readonly Entry[]): Lowered {
  const real = entries.filter(({ template }) => !template);
  const lowered = kinds.map(({ name }) => {
    const own = real.filter(({ kind }) => kind.name === name);
    return [name, name === 'MetricCatalog' ? catalogsOf(own) : own.map(lower)];
  });
  return Object.fromEntries(lowered) as Lowered;
}
