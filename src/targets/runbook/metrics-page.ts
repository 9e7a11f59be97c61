import { formatNumber } from '../../base/quantity.ts';
import { titleOfName } from '../../base/text.ts';
import { PATHS, projectSubject } from '../../model/names.ts';
import type { Catalog, Metric, Model } from '../../model/types.ts';
import { codeSpan, escapeMarkdown } from '../../output/markdown.ts';
import { GENERATED } from '../target.ts';
import { relativeLink, serviceTitle } from './library.ts';
import type { Table } from './reference.ts';

/** What templates/runbook/metrics.hbs shows: every catalogue, for whoever writes a query at night. */
export function metricsView(model: Model) {
  return {
    generated: GENERATED,
    source: projectSubject(model.project),
    title: `${model.project.title}: metrics`,
    catalogs: model.catalogs.all.map((catalog) => ({
      title: titleOfName(catalog.name),
      description: catalog.description,
      service: catalog.service === undefined ? undefined : serviceTitle(model, catalog.service),
      metrics: metricTable(catalog),
    })),
    index: relativeLink(PATHS.metrics, PATHS.runbookIndex),
  };
}

function metricTable({ metrics }: Catalog): Table {
  return {
    headings: ['Metric', 'Type', 'Unit', 'Labels', 'What it measures'],
    rows: metrics.map((metric) => [
      codeSpan(metric.name),
      metric.optional ? `${metric.type}, may be missing` : metric.type,
      metric.unit === undefined ? '–' : escapeMarkdown(metric.unit),
      metric.labels.length === 0 ? '–' : metric.labels.map(codeSpan).join(', '),
      meaning(metric),
    ]),
  };
}

function meaning({ description, buckets }: Metric): string {
  const text = escapeMarkdown(description ?? '');
  if (!buckets) return text === '' ? '–' : text;
  const bounds = `buckets ${buckets.map(formatNumber).join(', ')}`;
  return text === '' ? bounds : `${text}; ${bounds}`;
}
