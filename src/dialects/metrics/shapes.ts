import { groupBy } from '../../base/order.ts';
import type { ExposedType, Exposition, Family, LabelSet, Sample } from '../../formats/exposition/exposition.ts';
import type { MetricType, Shape } from './entry.ts';
import { gathered, typeOfName } from './guess.ts';

/** Types of pages that are types of catalogues under the same name. */
const SAME: readonly ExposedType[] = ['counter', 'gauge', 'summary', 'info', 'stateset'];

/** What OpenMetrics adds to the name of a family of which no series is there. */
const NAME_ENDS: Readonly<Record<string, string>> = { counter: '_total', info: '_info' };

const INFINITE_BOUND = /^[+]?inf(?:inity)?$/i;

function labelSetsOf(samples: readonly Sample[]): LabelSet[] {
  return samples.map(({ labels }) => labels);
}

function isFiniteBucket({ name, labels }: Sample): boolean {
  return name.endsWith('_bucket') && !INFINITE_BOUND.test(labels.get('le') ?? '+Inf');
}

function isCreation({ name }: Sample): boolean {
  return name.endsWith('_created');
}

/** Of a native histogram this format shows the bucket `+Inf`, the sum and the count. */
function histogramType(samples: readonly Sample[]): MetricType {
  return samples.length === 0 || samples.some(isFiniteBucket) ? 'histogram' : 'native';
}

function described({ help, unit }: Family): Pick<Shape, 'help' | 'unit'> {
  return { ...(help !== undefined && { help }), ...(unit !== undefined && unit !== '' && { unit }) };
}

function wholeShape(family: Family, isTypeGuessed: boolean): Shape {
  const { name } = family;
  const samples = family.samples.filter((sample) => sample.name === name || !isCreation(sample));
  const type = family.type === 'summary' ? 'summary' : histogramType(samples);
  const isNative = type === 'native';
  return {
    name,
    type,
    isTypeGuessed: isTypeGuessed || isNative,
    ...described(family),
    labelSets: labelSetsOf(samples),
    ...(isNative && { remark: 'it has no bucket but +Inf; native histograms do not show in this format' }),
  };
}

/** The series of a family each under its own name: `x_total`, `x_info`, the parts of a gauge histogram. */
function plainShapes(family: Family, isOpenMetrics: boolean): Shape[] {
  const { type, name } = family;
  const stated = SAME.find((each) => each === type) as MetricType | undefined;
  if (family.samples.length === 0) {
    const end = isOpenMetrics ? (NAME_ENDS[type ?? ''] ?? '') : '';
    return stated
      ? [{ name: name + end, type: stated, isTypeGuessed: false, ...described(family), labelSets: [] }]
      : [];
  }
  const bySeries = groupBy(
    family.samples.filter((sample) => sample.name === name || !isCreation(sample)),
    (sample) => sample.name,
  );
  const isGaugeHistogram = type === 'gaugehistogram';
  return [...bySeries].map(([series, samples]) => ({
    name: series,
    type: stated ?? (isGaugeHistogram ? 'gauge' : typeOfName(series, samples)),
    isTypeGuessed: stated === undefined && !isGaugeHistogram,
    ...described(family),
    labelSets: labelSetsOf(samples),
    ...(isGaugeHistogram && { remark: 'part of a gauge histogram' }),
  }));
}

/** Counters, histograms and summaries may come with the time of their creation, as a series of its own. */
const CREATED: readonly (ExposedType | undefined)[] = ['counter', 'histogram', 'summary'];

function isCreationOf(family: Family, byName: ReadonlyMap<string, Family>): boolean {
  const base = /^(.+)_created$/.exec(family.name)?.[1];
  if (base === undefined) return false;
  return [base, `${base}_total`].some((name) => CREATED.includes(byName.get(name)?.type));
}

/** What a page shows. */
export interface Shapes {
  readonly shapes: readonly Shape[];
  /** Series that say when another one was created, by name; they are left out. */
  readonly creations: readonly string[];
}

/** The metrics of a page with their types, in its order; series that only say when others were created are left out. */
export function shapesOf({ families, isOpenMetrics }: Exposition): Shapes {
  const whole = gathered(families);
  const byName = new Map(whole.families.map((family) => [family.name, family]));
  const separate = whole.families.filter((family) => isCreationOf(family, byName));
  const kept = whole.families.filter((family) => !separate.includes(family));
  const within = kept.flatMap(({ name, samples }) =>
    samples.filter((sample) => sample.name !== name && isCreation(sample)).map((sample) => sample.name),
  );
  const shapes = kept.flatMap((family) =>
    family.type === 'histogram' || family.type === 'summary'
      ? [wholeShape(family, whole.guessed.has(family.name))]
      : plainShapes(family, isOpenMetrics),
  );
  return { shapes, creations: [...new Set([...separate.map(({ name }) => name), ...within])] };
}
