import type { Model } from './types.ts';

/** Labels of the series behind a metric name, histogram suffixes included, as the catalogues declare them. */
export function labelsOfMetric(model: Model, name: string): readonly string[] | undefined {
  const metric = model.metrics.get(name) ?? model.metrics.get(name.replace(/_(bucket|count|sum)$/, ''));
  return metric?.labels;
}
