import { present } from '../../base/assert.ts';
import { divide, multiply, parseDecimal, type Rational, rational } from '../../base/quantity.ts';
import type { MetricCatalogDocument } from '../../generated/metric-catalog.ts';
import type { Catalog, Metric } from '../../model/types.ts';
import { defineCode } from '../../source/code.ts';
import type { Diagnostic } from '../../source/diagnostic.ts';
import type { Located } from '../../source/document.ts';
import { defined, entity } from '../entity.ts';
import type { SpecKind } from '../kind.ts';
import schema from './metric-catalog.schema.json' with { type: 'json' };

const BUCKETS_ON_OTHER_TYPE = defineCode<{ name: string; type: string }>({
  code: 'metric/buckets-without-histogram',
  severity: 'error',
  title: 'buckets on a metric that has none',
  explain: 'Only a classic histogram has buckets. A native histogram chooses its own, and the other types have none.',
  message: ({ name, type }) => `\`${name}\` is a ${type} and has no buckets`,
  help: () => 'remove `buckets`, or make the type `histogram`',
});

const HISTOGRAM_WITHOUT_BUCKETS = defineCode<{ name: string }>({
  code: 'metric/histogram-without-buckets',
  severity: 'info',
  title: 'a histogram without declared buckets',
  explain:
    'Without `buckets` a latency objective on this histogram cannot be checked: its threshold must be a bucket bound that the service really exposes.',
  message: ({ name }) => `the histogram \`${name}\` declares no buckets`,
  help: () => 'list the upper bounds that the service exposes, such as `buckets: [0.1, 0.5, 1]`',
});

const BUCKETS_NOT_ASCENDING = defineCode<{ name: string; bound: string }>({
  code: 'metric/buckets-not-ascending',
  severity: 'error',
  title: 'bucket bounds are not ascending',
  explain: 'The bounds of a classic histogram ascend strictly; a bound out of order is a typing mistake.',
  message: ({ name, bound }) => `the bucket bound ${bound} of \`${name}\` is not above the one before it`,
  help: () => 'write the bounds in ascending order, each once',
});

const RESERVED_LABEL = defineCode<{ name: string; label: string }>({
  code: 'metric/reserved-label',
  severity: 'error',
  title: 'a label that belongs to the metric type',
  explain:
    'Histograms carry `le` and summaries carry `quantile` by themselves; a metric that declares such a label means something else than it says.',
  message: ({ name, label }) => `\`${name}\` declares the label \`${label}\`, which belongs to the metric type`,
  help: ({ label }) => `remove \`${label}\` from the labels`,
});

const COUNTER_WITHOUT_TOTAL = defineCode<{ name: string }>({
  code: 'metric/counter-without-total',
  severity: 'info',
  title: 'a counter whose name does not end in _total',
  explain:
    'By convention the names of counters end in `_total`; readers and tools rely on it. See https://prometheus.io/docs/practices/naming/.',
  message: ({ name }) => `the counter \`${name}\` does not end in \`_total\``,
  help: ({ name }) => `if the service can still change it, call it \`${name}_total\``,
});

export const codes = [
  BUCKETS_ON_OTHER_TYPE,
  HISTOGRAM_WITHOUT_BUCKETS,
  BUCKETS_NOT_ASCENDING,
  RESERVED_LABEL,
  COUNTER_WITHOUT_TOTAL,
];

type MetricSpec = MetricCatalogDocument['spec']['metrics'][string];

const OWN_LABELS: Readonly<Record<string, string>> = { histogram: 'le', summary: 'quantile' };

function checkBuckets(document: Located, key: string, name: string, metric: MetricSpec): Diagnostic[] {
  const path = ['spec', 'metrics', key, 'buckets'];
  const buckets = metric.buckets;
  if (buckets === undefined) {
    return metric.type === 'histogram'
      ? [HISTOGRAM_WITHOUT_BUCKETS.at(document.at(path.slice(0, -1), 'key'), { name })]
      : [];
  }
  if (metric.type !== 'histogram') {
    return [BUCKETS_ON_OTHER_TYPE.at(document.at(path, 'key'), { name, type: metric.type })];
  }
  return buckets.flatMap((bound, index) =>
    index > 0 && bound <= buckets[index - 1]!
      ? [BUCKETS_NOT_ASCENDING.at(document.at([...path, index]), { name, bound: String(bound) })]
      : [],
  );
}

function checkMetric(document: Located, key: string, name: string, metric: MetricSpec): Diagnostic[] {
  const found = checkBuckets(document, key, name, metric);
  const reserved = metric.labels?.indexOf(OWN_LABELS[metric.type] ?? '') ?? -1;
  if (reserved >= 0) {
    const label = metric.labels![reserved]!;
    found.push(RESERVED_LABEL.at(document.at(['spec', 'metrics', key, 'labels', reserved]), { name, label }));
  }
  if (metric.type === 'counter' && !name.endsWith('_total')) {
    found.push(COUNTER_WITHOUT_TOTAL.at(document.at(['spec', 'metrics', key], 'key'), { name }));
  }
  return found;
}

/** A YAML number as an exact fraction: at most 15 digits got past the reader, so its shortest form is the author's. */
function exact(bound: number): Rational {
  const [digits = '', exponent = '0'] = String(bound).split('e');
  const power = rational(10n ** BigInt(Math.abs(Number(exponent))));
  const value = present(parseDecimal(digits), `bucket bound ${bound}`);
  return Number(exponent) < 0 ? divide(value, power) : multiply(value, power);
}

function metricsOf(document: Located<MetricCatalogDocument>): Metric[] {
  const { spec } = document.value;
  return Object.entries(spec.metrics).map(([key, metric]) => ({
    name: (spec.prefix ?? '') + key,
    origin: { document, path: ['spec', 'metrics', key] },
    part: (...path) => ({ document, path: ['spec', 'metrics', key, ...path] }),
    type: metric.type,
    labels: metric.labels ?? [],
    optional: metric.optional ?? false,
    ...defined({
      unit: metric.unit,
      buckets: metric.buckets?.map(exact),
      description: metric.description,
    }),
  }));
}

function lower(document: Located<MetricCatalogDocument>): Catalog {
  const { description, service } = document.value.spec;
  return { ...entity(document), metrics: metricsOf(document), ...defined({ description, service }) };
}

export const metricCatalogKind: SpecKind<MetricCatalogDocument, Catalog> = {
  name: 'MetricCatalog',
  summary: 'metrics that services expose, with types, labels and buckets',
  schema,
  codes,
  count: 'any',
  references: ({ spec }) =>
    spec.service === undefined ? [] : [{ path: ['spec', 'service'], to: 'Service', name: spec.service }],
  check: (document) => {
    const { prefix = '', metrics } = document.value.spec;
    return Object.entries(metrics).flatMap(([key, metric]) => checkMetric(document, key, prefix + key, metric));
  },
  lower,
};
