import type { Metric, Model, Panel } from '../../../model/types.ts';
import { metricNames } from '../../../promql/metrics.ts';
import type { Scene } from '../board.ts';
import { authoredSteps } from '../colors.ts';
import { grafanaUnit } from '../units.ts';
import { authoredSize, type Tile, tile, type View } from '../view.ts';
import { visuals } from './visuals.ts';

type QueryPanel = Extract<Panel, { readonly shows: 'query' }>;

/** The metrics of the catalogues that a panel reads, each once. */
function metricsOf(panel: QueryPanel, { metrics }: Model): Metric[] {
  const names = new Set(panel.queries.flatMap(({ query }) => metricNames(query.text).map(({ name }) => name)));
  const found = [...names].flatMap(
    (name) => metrics.get(name) ?? metrics.get(name.replace(/_(bucket|count|sum)$/, '')) ?? [],
  );
  return [...new Set(found)];
}

/** What the catalogue says of the metrics behind a panel whose author says nothing. */
function explained(metrics: readonly Metric[]): string {
  const lines = metrics.flatMap(({ name, description, unit }) =>
    description === undefined ? [] : [`- \`${name}\`: ${description}${unit === undefined ? '' : ` (${unit})`}`],
  );
  return lines.join('\n');
}

/** The unit of a panel that shows one gauge: the catalogue's. What becomes of other types depends on the query. */
function unitOf(metrics: readonly Metric[]): string | undefined {
  const [metric, ...others] = metrics;
  return metric?.type === 'gauge' && others.length === 0 ? metric.unit : undefined;
}

/** An author's own queries, drawn as they say; where they say nothing, the catalogue does. */
export function queryTile(panel: QueryPanel, { model }: Scene): Tile {
  const steps = authoredSteps(panel.thresholds);
  const metrics = metricsOf(panel, model);
  const unit = panel.unit ?? unitOf(metrics);
  const view: View = {
    title: panel.title ?? '',
    description: panel.description ?? explained(metrics),
    queries: panel.queries.map(({ query, legend }) => ({ expr: query.text, ...(legend !== undefined && { legend }) })),
    ...(unit !== undefined && { unit: grafanaUnit(unit) }),
    ...(steps && { steps }),
  };
  return tile(visuals[panel.type], view, panel.origin, authoredSize(panel));
}
