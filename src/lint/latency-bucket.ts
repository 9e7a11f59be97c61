import { compare, formatDuration, formatNumber, inSeconds, subtract } from '../base/quantity.ts';
import { closest, enumerate } from '../base/text.ts';
import type { LatencyIndicator, Model, Slo } from '../model/types.ts';
import { defineCode } from '../source/code.ts';
import type { Diagnostic } from '../source/diagnostic.ts';
import { originSpan } from '../source/document.ts';
import type { LintRule } from './rule.ts';

const UNKNOWN_HISTOGRAM = defineCode<{ name: string; meant: string | undefined }>({
  code: 'slo/unknown-histogram',
  severity: 'error',
  title: 'a latency indicator on a histogram that no catalogue declares',
  explain:
    'The bound of a latency indicator must be a bucket that the service exposes, so the histogram must be declared in a MetricCatalog with its buckets.',
  message: ({ name }) => `no MetricCatalog declares the histogram \`${name}\``,
  help: ({ meant }) => (meant === undefined ? 'declare it, with its buckets' : `did you mean \`${meant}\`?`),
});

const NOT_A_HISTOGRAM = defineCode<{ name: string; type: string }>({
  code: 'slo/not-a-histogram',
  severity: 'error',
  title: 'a latency indicator on a metric without buckets',
  explain: 'A latency indicator counts events below a bound by the buckets of a classic histogram.',
  message: ({ name, type }) => `\`${name}\` is declared as ${type}, not as a histogram with buckets`,
  help: () => 'name a metric of type `histogram` that lists its `buckets`',
});

const BOUND_NO_BUCKET = defineCode<{ below: string; name: string; nearest: string; all: readonly string[] }>({
  code: 'slo/bound-is-no-bucket',
  severity: 'error',
  title: 'a latency bound that is no bucket of the histogram',
  explain:
    'A classic histogram counts only up to its bucket bounds; between two of them nobody knows how many events there were.',
  message: ({ below, name }) => `\`${below}\` is no bucket of \`${name}\``,
  help: ({ nearest, all }) => `write one of the declared buckets: ${enumerate(all, 'or')}; the nearest is ${nearest}`,
});

function checkLatency(model: Model, slo: Slo, { histogram, belowMs }: LatencyIndicator): Diagnostic[] {
  const at = (property: string) => originSpan(slo.part('spec', 'indicator', 'latency', property));
  const metric = model.metrics.get(histogram);
  if (!metric) {
    const histograms = model.metrics.all.filter(({ type }) => type === 'histogram').map(({ name }) => name);
    return [UNKNOWN_HISTOGRAM.at(at('histogram'), { name: histogram, meant: closest(histogram, histograms) })];
  }
  if (!metric.buckets) return [NOT_A_HISTOGRAM.at(at('histogram'), { name: histogram, type: metric.type })];
  const below = inSeconds(belowMs);
  if (metric.buckets.some((bound) => compare(bound, below) === 0)) return [];
  const distance = (bound: typeof below) => Math.abs(Number(formatNumber(subtract(bound, below))));
  const nearest = metric.buckets.reduce((best, bound) => (distance(bound) < distance(best) ? bound : best));
  const text = (bound: typeof below) => `${formatNumber(bound)}s`;
  const parameters = {
    below: formatDuration(belowMs),
    name: histogram,
    nearest: text(nearest),
    all: metric.buckets.map(text),
  };
  return [BOUND_NO_BUCKET.at(at('below'), parameters)];
}

/** The bound of a latency indicator must be a bucket that the catalogue declares. */
export const latencyBucket: LintRule = {
  codes: [UNKNOWN_HISTOGRAM, NOT_A_HISTOGRAM, BOUND_NO_BUCKET],
  needs: ['MetricCatalog'],
  check: (model) =>
    model.slos.all.flatMap((slo) => (slo.indicator.type === 'latency' ? checkLatency(model, slo, slo.indicator) : [])),
};
