import type { Family, Sample } from '../../formats/exposition/exposition.ts';

/**
 * Last words of metric names → the unit in the words of specs. A `_percent` goes to 100, a `percent` of specs to 1.
 * Source: https://prometheus.io/docs/practices/naming/#base-units; the others are what programs use instead.
 */
const UNITS: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    ['seconds', 'bytes', 'ratio', 'celsius', 'volts', 'amperes', 'joules', 'grams', 'meters', 'watts', 'hertz'].map(
      (word) => [word, word],
    ),
  ),
  ...Object.fromEntries(
    ['nanoseconds', 'microseconds', 'milliseconds', 'minutes', 'hours', 'days', 'percentage'].map((word) => [
      word,
      word,
    ]),
  ),
  ns: 'nanoseconds',
  us: 'microseconds',
  ms: 'milliseconds',
  percent: 'percentage',
};

/** The unit that a name ends in, `_total` apart. */
export function unitOfName(name: string): string | undefined {
  const words = name.replace(/_total$/, '').split('_');
  const last = words.at(-1) ?? '';
  return words.length > 1 && Object.hasOwn(UNITS, last) ? UNITS[last] : undefined;
}

function isUntyped({ type }: Family): boolean {
  return type === undefined || type === 'untyped';
}

/** A histogram or summary whose parts are metrics of their own, because the page does not say what they are. */
function joined(name: string, type: 'histogram' | 'summary', parts: readonly Family[]): Family {
  const help = parts.find((part) => part.help !== undefined)?.help;
  return { name, type, samples: parts.flatMap(({ samples }) => samples), ...(help !== undefined && { help }) };
}

function has(samples: readonly Sample[], label: string): boolean {
  return samples.some(({ labels }) => labels.has(label));
}

/** The base name of what looks like a part of a histogram or summary, and which of the two. */
function baseOf({ name, samples }: Family, untyped: ReadonlyMap<string, Family>) {
  if (name.endsWith('_bucket') && has(samples, 'le'))
    return { base: name.slice(0, -'_bucket'.length), type: 'histogram' } as const;
  if (has(samples, 'quantile')) return { base: name, type: 'summary' } as const;
  const base = /^(.+)_sum$/.exec(name)?.[1];
  if (base !== undefined && untyped.has(`${base}_count`)) return { base, type: 'summary' } as const;
  return undefined;
}

/** The families of a page, and which of them were put together by their names because nothing says that they belong together. */
export interface Gathered {
  readonly families: readonly Family[];
  readonly guessed: ReadonlySet<string>;
}

const PARTS = ['', '_bucket', '_sum', '_count'];

/** Puts `x_bucket`, `x_sum` and `x_count` together where the page gives them no type. */
export function gathered(families: readonly Family[]): Gathered {
  const untyped = new Map(families.filter(isUntyped).map((family) => [family.name, family]));
  const typed = new Set(families.filter((family) => !isUntyped(family)).map(({ name }) => name));
  const wholes = new Map<string, Family>();
  const partOf = new Map<string, string>();
  const candidates = [...untyped.values()]
    .map((family) => baseOf(family, untyped))
    .filter((found) => found !== undefined);
  for (const { base, type } of candidates) {
    if (typed.has(base) || wholes.get(base)?.type === 'histogram') continue;
    const parts = PARTS.flatMap((suffix) => untyped.get(base + suffix) ?? []);
    for (const { name } of parts) partOf.set(name, base);
    wholes.set(base, joined(base, type, parts));
  }
  const placed = new Set<string>();
  const result = families.flatMap((family) => {
    const base = partOf.get(family.name);
    if (base === undefined) return [family];
    if (placed.has(base)) return [];
    placed.add(base);
    return [wholes.get(base)!];
  });
  return { families: result, guessed: new Set(wholes.keys()) };
}

/** The type of a metric of which only name and values are known. */
export function typeOfName(name: string, samples: readonly Sample[]): 'counter' | 'info' | 'gauge' {
  if (name.endsWith('_total')) return 'counter';
  return name.endsWith('_info') && samples.length > 0 && samples.every(({ value }) => value === 1) ? 'info' : 'gauge';
}
