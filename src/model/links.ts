import type { Matcher } from '../promql/selector.ts';
import { dashboardUid } from './names.ts';
import type { Project } from './types.ts';

/** Encoded for a query or a fragment; `encodeURIComponent` leaves what Markdown and HTML take for the end of a link. */
function encoded(text: string): string {
  return encodeURIComponent(text).replace(/['()]/g, (character) => `%${character.charCodeAt(0).toString(16)}`);
}

/**
 * An address below the one of a system, which may lie under a path and carry parameters that every link needs, such as
 * `https://example.org/grafana/?orgId=2`.
 */
function below(url: string, path: string, parameters: Readonly<Record<string, string>> = {}, fragment = ''): string {
  const { origin, pathname, search } = new URL(url);
  const own = Object.entries(parameters).map(([name, value]) => `${name}=${encoded(value)}`);
  const query = [...(search === '' ? [] : [search.slice(1)]), ...own].join('&');
  const place = `${origin}${pathname.replace(/\/+$/, '')}${path}`;
  return `${place}${query === '' ? '' : `?${query}`}${fragment}`;
}

/** The page of a runbook, where the project says where runbooks are read. */
export function runbookUrl(project: Project, runbook: string): string | undefined {
  return project.runbooksUrl === undefined ? undefined : below(project.runbooksUrl, `/${runbook}`);
}

/** The page of a dashboard, where the project says where Grafana is. */
export function dashboardUrl(project: Project, dashboard: string): string | undefined {
  const { url } = project.grafana;
  return url === undefined ? undefined : below(url, `/d/${dashboardUid(project, dashboard)}`);
}

/** Prometheus's own graph of an expression over the last hours, where the project says where Prometheus is. */
export function graphUrl(project: Project, expression: string): string | undefined {
  const { url } = project.prometheus;
  const parameters = { 'g0.expr': expression, 'g0.tab': '0', 'g0.range_input': '6h' };
  return url === undefined ? undefined : below(url, '/graph', parameters);
}

/**
 * The alerts that fire now in Alertmanager's own pages, where the project says where it is. The filter is part of the
 * fragment, as the pages themselves write it: `#/alerts?filter={alertname="Down"}`.
 * Source: https://github.com/prometheus/alertmanager/blob/main/ui/app/src/Utils/Filter.elm
 */
export function alertsUrl(project: Project, matchers: readonly Matcher[]): string | undefined {
  const { url } = project.alertmanager;
  const filter = `{${matchers.map(({ label, operator, value }) => `${label}${operator}${JSON.stringify(value)}`).join(', ')}}`;
  return url === undefined ? undefined : below(url, '/', {}, `#/alerts?filter=${encoded(filter)}`);
}

/** An address of a system without its last slashes and its parameters: what its own links begin with. */
export function rootUrl(url: string): string {
  const { origin, pathname } = new URL(url);
  return `${origin}${pathname.replace(/\/+$/, '')}`;
}

/** A page inside Grafana, given by its path and query; nothing where the project does not say where Grafana is. */
export function grafanaUrl(project: Project, inside: string): string | undefined {
  const { url } = project.grafana;
  const [path = '', query = ''] = inside.split('?', 2);
  if (url === undefined) return undefined;
  const page = below(url, path);
  return query === '' ? page : `${page}${page.includes('?') ? '&' : '?'}${query}`;
}

/**
 * Explore with a query, as a path inside Grafana. The parameter `left` is what Grafana 9 reads and what every later
 * version still turns into its own `panes`; the data source may be named by its name.
 * Source: https://github.com/grafana/grafana/tree/main/public/app/features/explore/hooks/useStateSync/migrators (v0.ts)
 */
export function explorePath(datasource: string, query: Readonly<Record<string, unknown>> = {}): string {
  const pane = { datasource, queries: [{ refId: 'A', ...query }], range: { from: 'now-1h', to: 'now' } };
  return `/explore?left=${encoded(JSON.stringify(pane))}`;
}
