import type { ExposedType, Family, Sample } from './exposition.ts';

/** What a page says of a name, before the samples are given to it. */
export interface Description {
  type?: ExposedType;
  help?: string;
  unit?: string;
}

/**
 * Which suffixes the samples of a type may have.
 * Source: https://prometheus.io/docs/specs/om/open_metrics_spec/#metric-types-1
 */
const SUFFIXES: ReadonlyMap<string, readonly ExposedType[]> = new Map([
  ['_total', ['counter']],
  ['_created', ['counter', 'histogram', 'summary']],
  ['_bucket', ['histogram', 'gaugehistogram']],
  ['_sum', ['histogram', 'summary']],
  ['_count', ['histogram', 'summary']],
  ['_gsum', ['gaugehistogram']],
  ['_gcount', ['gaugehistogram']],
  ['_info', ['info']],
]);

/** The name of the family of a sample: one of that very name goes before one that a suffix leads to. */
function familyOf(name: string, described: ReadonlyMap<string, Description>): string {
  if (described.get(name)?.type) return name;
  const suffix = name.slice(name.lastIndexOf('_'));
  const base = name.slice(0, -suffix.length);
  const type = described.get(base)?.type;
  return type && SUFFIXES.get(suffix)?.includes(type) ? base : name;
}

/** Gives each sample to its family, wherever on the page its type stands. Families keep the order of the page. */
export function familiesOf(described: ReadonlyMap<string, Description>, samples: readonly Sample[]): Family[] {
  const byName = new Map<string, Sample[]>([...described.keys()].map((name) => [name, []]));
  const known = new Map<string, string>();
  for (const sample of samples) {
    const name = known.get(sample.name) ?? familyOf(sample.name, described);
    known.set(sample.name, name);
    const family = byName.get(name);
    if (family) family.push(sample);
    else byName.set(name, [sample]);
  }
  return [...byName].map(([name, own]) => ({ name, ...described.get(name), samples: own }));
}
