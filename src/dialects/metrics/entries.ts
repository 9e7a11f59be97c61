import { groupBy, sortedByNumber } from '../../base/order.ts';
import { parseValue } from '../../formats/exposition/sample.ts';
import { digits } from '../../output/plain-data.ts';
import { isExactNumber } from '../../source/yaml-schema.ts';
import type { Entry, Shape } from './entry.ts';
import { unitOfName } from './guess.ts';

/** Prometheus sets these from its own configuration when it reads a page. */
const OF_THE_SCRAPE: readonly string[] = ['job', 'instance'];

const OWN_LABEL: Readonly<Record<string, string>> = { histogram: 'le', native: 'le', summary: 'quantile' };

/** As specs may have them. Source: https://prometheus.io/docs/concepts/data_model/#metric-names-and-labels */
const LABEL_NAME = /^(?!__)[A-Za-z_][A-Za-z0-9_]*$/;
const METRIC_NAME = /^[A-Za-z_:][A-Za-z0-9_:]*$/;

/** Units belong to values that measure something. */
const WITHOUT_UNIT: readonly Entry['type'][] = ['info', 'stateset'];

/** Whether a catalogue can hold the name. */
export function isCatalogName(name: string): boolean {
  return METRIC_NAME.test(name);
}

interface Labels {
  readonly labels: readonly string[];
  readonly remarks: readonly string[];
}

/** The names of all series; an empty value is the same as no label. */
function labelsOf(shape: Shape): Labels {
  const named = shape.labelSets.flatMap((labels) =>
    [...labels].filter(([, value]) => value !== '').map(([name]) => name),
  );
  const names = [...new Set(named)].filter((name) => name !== OWN_LABEL[shape.type]);
  const strange = names.filter((name) => !LABEL_NAME.test(name));
  const scrape = names.filter((name) => OF_THE_SCRAPE.includes(name));
  return {
    labels: names.filter((name) => !strange.includes(name) && !scrape.includes(name)),
    remarks: [
      ...(strange.length > 0 ? [`left out: the labels ${strange.map((name) => JSON.stringify(name)).join(', ')}`] : []),
      ...(scrape.length > 0
        ? [`without honor_labels ${scrape.map((name) => `${name} becomes exported_${name}`).join(', ')}`]
        : []),
    ],
  };
}

function isExact(bound: number): boolean {
  return isExactNumber(digits(bound), bound);
}

interface Buckets {
  readonly buckets?: readonly number[];
  readonly remarks: readonly string[];
}

/** The bounds of all series together. One with more digits than specs can hold is left out: rounded it would be another bucket. */
function bucketsOf({ type, labelSets }: Shape): Buckets {
  if (type !== 'histogram') return { remarks: [] };
  const bounds = labelSets.map((labels) => parseValue(labels.get('le') ?? '')).filter((bound) => bound !== undefined);
  const finite = sortedByNumber(new Set(bounds.filter(Number.isFinite)), (bound) => bound);
  const buckets = finite.filter(isExact);
  const long = finite.filter((bound) => !isExact(bound));
  return {
    ...(buckets.length > 0 && { buckets }),
    remarks: long.length > 0 ? [`left out, too many digits: the buckets ${long.join(', ')}`] : [],
  };
}

function unitOf({ type, unit, name }: Shape): Pick<Entry, 'unit'> & { readonly isGuessed: boolean } {
  if (unit !== undefined || WITHOUT_UNIT.includes(type))
    return { isGuessed: false, ...(unit !== undefined && { unit }) };
  const guess = unitOfName(name);
  return guess === undefined ? { isGuessed: false } : { isGuessed: true, unit: guess };
}

function entryOf(shape: Shape): Entry {
  const { name, type, isTypeGuessed, help, remark, labelSets } = shape;
  const { isGuessed, ...unit } = unitOf(shape);
  const labels = labelsOf(shape);
  const buckets = bucketsOf(shape);
  const description = help?.replace(/\s+/g, ' ').trim();
  const isEmpty = labelSets.length === 0;
  return {
    name,
    type,
    ...unit,
    ...(buckets.buckets && { buckets: buckets.buckets }),
    labels: labels.labels,
    ...(description && { description }),
    ...(isEmpty && { optional: true }),
    guessed: [...(isTypeGuessed ? (['type'] as const) : []), ...(isGuessed ? (['unit'] as const) : [])],
    remarks: [
      ...(remark === undefined ? [] : [remark]),
      ...(isEmpty ? ['no series yet: its labels are not known'] : []),
      ...labels.remarks,
      ...buckets.remarks,
    ],
  };
}

/** A stated type goes before a guessed one, an earlier page before a later one. */
function mergedShape(shapes: readonly Shape[]): Shape {
  const [first] = [...shapes.filter(({ isTypeGuessed }) => !isTypeGuessed), ...shapes];
  const unit = shapes.find((shape) => shape.unit !== undefined)?.unit;
  const help = shapes.find((shape) => shape.help !== undefined)?.help;
  return {
    ...first!,
    ...(unit !== undefined && { unit }),
    ...(help !== undefined && { help }),
    labelSets: shapes.flatMap(({ labelSets }) => labelSets),
  };
}

/** Metrics by name, those of several pages and of several series put together. */
export function entriesOf(shapes: readonly Shape[]): Entry[] {
  return [...groupBy(shapes, ({ name }) => name).values()].map((same) => entryOf(mergedShape(same)));
}
