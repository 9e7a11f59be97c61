import fc from 'fast-check';

export interface PageSample {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
  readonly timestamp?: number;
}

/** A metric as a program exposes it. */
export interface PageFamily {
  readonly name: string;
  readonly type: 'counter' | 'gauge' | 'histogram' | 'summary';
  readonly help?: string;
  readonly samples: readonly PageSample[];
}

function escaped(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll('\n', '\\n');
}

function valueText(value: number): string {
  if (Number.isNaN(value)) return 'NaN';
  if (Number.isFinite(value)) return String(value);
  return value > 0 ? '+Inf' : '-Inf';
}

function line({ name, labels, value, timestamp }: PageSample): string {
  const pairs = Object.entries(labels).map(([label, text]) => `${label}="${escaped(text).replaceAll('"', '\\"')}"`);
  const braces = pairs.length === 0 ? '' : `{${pairs.join(',')}}`;
  return `${name}${braces} ${valueText(value)}${timestamp === undefined ? '' : ` ${timestamp}`}\n`;
}

/** The text format, as the libraries of Prometheus write it. */
export function writePage(families: readonly PageFamily[]): string {
  return families
    .map(({ name, type, help, samples }) => {
      const described = help === undefined ? '' : `# HELP ${name} ${escaped(help)}\n`;
      return `${described}# TYPE ${name} ${type}\n${samples.map(line).join('')}`;
    })
    .join('');
}

const WORDS = [
  'shop',
  'http',
  'requests',
  'queue',
  'seconds',
  'bytes',
  'no',
  'y',
  'e5',
  'ms',
  'percent',
  '_',
  'constructor',
  'toString',
];
const TYPES = ['counter', 'gauge', 'histogram', 'summary'] as const;

const words = fc.array(fc.constantFrom(...WORDS), { minLength: 1, maxLength: 4 }).map((each) => each.join('_'));

/** Ends that belong to a type by convention would make a part of one metric of another. */
const ends: Readonly<Record<PageFamily['type'], string>> = {
  counter: '_total',
  gauge: '',
  histogram: '_h',
  summary: '_s',
};

const text = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.constantFrom('', 'a\nb', 'a"b', 'c\\d', '# x', 'a: b', '{x}, [y]', 'no'),
);
const labelName = fc.constantFrom('code', 'method', 'on', 'no', 'y', 'A', '_x', 'null', 'e5');
const labels = fc.dictionary(
  labelName,
  text.map((value) => value.replaceAll('\r', '')),
  { maxKeys: 3, noNullPrototype: true },
);
const value = fc.oneof(fc.double(), fc.integer()).map((each) => (Object.is(each, -0) ? 0 : each));

function plain(name: string) {
  const timestamp = fc.option(fc.integer(), { nil: undefined });
  const sample = fc.record({ labels, value, timestamp });
  return fc
    .array(sample, { minLength: 1, maxLength: 3 })
    .map((all) =>
      all.map(({ timestamp: time, ...each }) => ({ name, ...each, ...(time !== undefined && { timestamp: time }) })),
    )
    .map(distinct);
}

/** Two samples of the same labels are one series; a page has each once. */
function distinct(samples: readonly PageSample[]): PageSample[] {
  const known = new Map(samples.map((sample) => [JSON.stringify([sample.name, sample.labels]), sample]));
  return [...known.values()];
}

/** Bounds that specs can hold. */
export const EXACT_BOUNDS: readonly number[] = [-3, 0, 0.00025, 0.1, 0.25, 1, 2.5, 1e6];

/** Bounds of programs may have any digits; none is so near to zero that it is zero for all purposes. */
const NEAREST_TO_ZERO = 1e-30;

const anyBound = fc
  .double({ noNaN: true, noDefaultInfinity: true })
  .filter((bound) => Math.abs(bound) > NEAREST_TO_ZERO);

const bounds = fc
  .uniqueArray(fc.oneof(anyBound, fc.constantFrom(...EXACT_BOUNDS)), { maxLength: 4 })
  .map((all) => all.sort((a, b) => a - b));

function histogram(name: string) {
  return fc
    .record({ own: labels, les: bounds })
    .map(({ own, les }): PageSample[] => [
      ...[...les.map(String), '+Inf'].map((le) => ({ name: `${name}_bucket`, labels: { ...own, le }, value: 1 })),
      { name: `${name}_sum`, labels: own, value: 1 },
      { name: `${name}_count`, labels: own, value: 1 },
    ]);
}

function summary(name: string) {
  return labels.map((own): PageSample[] => [
    { name, labels: { ...own, quantile: '0.5' }, value: 1 },
    { name: `${name}_sum`, labels: own, value: 1 },
    { name: `${name}_count`, labels: own, value: 1 },
  ]);
}

function samplesOf(name: string, type: PageFamily['type']): fc.Arbitrary<PageSample[]> {
  if (type === 'histogram') return histogram(name);
  return type === 'summary' ? summary(name) : plain(name);
}

const family: fc.Arbitrary<PageFamily> = fc.tuple(words, fc.constantFrom(...TYPES)).chain(([base, type]) => {
  const name = base + ends[type];
  const help = fc.option(
    text.map((each) => each.trim().replaceAll('\r', '')),
    { nil: undefined },
  );
  return fc
    .record({ help, samples: samplesOf(name, type) })
    .map(({ help: said, samples }) => ({ name, type, samples, ...(said !== undefined && { help: said }) }));
});

/** Metrics of all types that a page can hold, each name once. */
export const pageFamilies: fc.Arbitrary<PageFamily[]> = fc.uniqueArray(family, {
  minLength: 1,
  maxLength: 6,
  selector: ({ name }) => name,
});
