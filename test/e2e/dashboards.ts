import { type DashboardJson, type PanelJson, readDashboard } from '../../src/formats/grafana.ts';
import type { Artifact } from '../../src/output/artifact.ts';
import type { PrometheusApi, Range } from './prometheus-api.ts';

/** A query of a panel, as Grafana sends it when somebody opens the dashboard. */
export interface PanelQuery {
  /** Dashboard, panel and reference, for people. */
  readonly place: string;
  readonly expr: string;
  /** The chart's time range; none: only the last value is asked for. */
  readonly range?: Range;
}

/** What Grafana knows without asking: a chart of ten minutes. Source: https://grafana.com/docs/grafana/latest/dashboards/variables/add-template-variables/#global-variables */
const GLOBALS: Readonly<Record<string, string>> = {
  __rate_interval: '1m',
  __interval: '15s',
  __interval_ms: '15000',
  __range: '10m',
  __range_s: '600',
  __range_ms: '600000',
};

const RANGE: Range = { seconds: 600, step: 15 };

/** The dashboards among the artifacts of a workspace. */
export function dashboardsOf(artifacts: readonly Artifact[]): readonly DashboardJson[] {
  const documents = artifacts.filter(({ path }) => path.startsWith('grafana/') && path.endsWith('.json'));
  return documents.flatMap(({ text }) => readDashboard(JSON.parse(text)) ?? []);
}

/** The variables of a dashboard with the values that Grafana would offer first, read from Prometheus. */
export async function variableValues(
  dashboard: DashboardJson,
  prometheus: PrometheusApi,
): Promise<Readonly<Record<string, string>>> {
  const values: Record<string, string> = {};
  for (const variable of dashboard.templating.list.filter(({ type }) => type === 'query')) {
    const query = substitute(String(variable.definition), values);
    const offered = await offeredBy(query, prometheus);
    const [first] = offered;
    if (first === undefined)
      throw new Error(`${dashboard.title}: the variable ${variable.name} has no values: ${query}`);
    const every = typeof variable.allValue === 'string' ? variable.allValue : `(${offered.join('|')})`;
    values[variable.name] = variable.includeAll === true ? every : first;
  }
  return values;
}

/** Source: https://grafana.com/docs/grafana/latest/datasources/prometheus/template-variables/#query-variable */
async function offeredBy(query: string, prometheus: PrometheusApi): Promise<readonly string[]> {
  const [, series, label] = /^label_values\((?:(.+),\s*)?(\w+)\)$/.exec(query) ?? [];
  if (label === undefined) throw new Error(`not a query for the values of a label: ${query}`);
  return prometheus.labelValues(label, series);
}

/** Grafana leaves what it does not know, such as the `$1` of `label_replace`; a name that it does not know is a mistake. */
function substitute(text: string, values: Readonly<Record<string, string>>): string {
  return text.replace(/\$([a-z_]\w*)|\$\{(\w+)(?::\w+)?\}/gi, (hole, plain?: string, braced?: string) => {
    const value = values[plain ?? braced ?? ''];
    if (value === undefined) throw new Error(`nothing is known of ${hole} in ${text}`);
    return value;
  });
}

/** Every query of every panel, with the variables replaced. */
export function panelQueries(
  dashboard: DashboardJson,
  values: Readonly<Record<string, string>>,
): readonly PanelQuery[] {
  const panels = dashboard.panels.filter((panel): panel is PanelJson => panel.type !== 'row');
  return panels.flatMap(({ title, targets = [] }) =>
    targets.map(({ refId, expr, range }) => ({
      place: `${dashboard.title} / ${title} / ${refId}`,
      expr: substitute(expr, { ...GLOBALS, ...values }),
      ...(range && { range: RANGE }),
    })),
  );
}
