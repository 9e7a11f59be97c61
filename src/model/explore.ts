import { type Matcher, printMatchers } from '../promql/selector.ts';
import { explorePath } from './links.ts';
import type { Project, Service } from './types.ts';

/** A way to what a system outside of qmon knows. */
export interface ExploreLink {
  readonly role: 'logs' | 'traces';
  /** The data source in Grafana. */
  readonly datasource: string;
  /** A path inside Grafana. */
  readonly path: string;
}

/** Whether a matcher alone keeps series without the label out, as Loki wants of at least one. Source: https://grafana.com/docs/loki/latest/query/log_queries/ (Log stream selector) */
function excludesMissing({ operator, value }: Matcher): boolean {
  if (operator === '=') return value !== '';
  return operator === '=~' && !matchesEmpty(value);
}

/** What cannot be read here is the author's to see in Explore. */
function matchesEmpty(pattern: string): boolean {
  try {
    return new RegExp(`^(?:${pattern})$`).test('');
  } catch {
    return false;
  }
}

/**
 * The logs of a service: by its own selector, which scrapers of logs use as well; without one by the label that Loki
 * itself gives to streams. Source: https://grafana.com/docs/loki/latest/get-started/labels/#default-labels-for-all-users
 */
function logQuery({ name, selector }: Service): Readonly<Record<string, unknown>> {
  const matchers = selector?.matchers.some(excludesMissing)
    ? selector.matchers
    : [{ label: 'service_name', operator: '=' as const, value: name }];
  return { expr: printMatchers(matchers), queryType: 'range' };
}

/** The traces of a service by its name. Source: https://grafana.com/docs/grafana/latest/datasources/tempo/query-editor/ and …/datasources/jaeger/ */
const TRACE_QUERIES: Readonly<Record<'tempo' | 'jaeger', (service: string) => Readonly<Record<string, unknown>>>> = {
  tempo: (service) => ({
    queryType: 'traceql',
    query: `{resource.service.name=${JSON.stringify(service)}}`,
    limit: 20,
    tableType: 'traces',
  }),
  jaeger: (service) => ({ queryType: 'search', service }),
};

/** The ways to logs and traces, where the project names their data sources: those of a service, or the systems as a whole. */
export function exploreLinks({ grafana }: Project, service?: Service): readonly ExploreLink[] {
  const { logs, traces, tracesType } = grafana.datasources;
  const traced = service && TRACE_QUERIES[tracesType](service.name);
  return [
    ...(logs === undefined ? [] : [link('logs', logs, service && logQuery(service))]),
    ...(traces === undefined ? [] : [link('traces', traces, traced)]),
  ];
}

function link(
  role: ExploreLink['role'],
  datasource: string,
  query: Readonly<Record<string, unknown>> | undefined,
): ExploreLink {
  return { role, datasource, path: explorePath(datasource, query) };
}
