import { dashboardUid } from './names.ts';
import type { Project } from './types.ts';

/** A URL without the slash at its end. */
function base(url: string): string {
  return url.replace(/\/+$/, '');
}

/** The page of a runbook, where the project says where runbooks are read. */
export function runbookUrl(project: Project, runbook: string): string | undefined {
  return project.runbooksUrl === undefined ? undefined : `${base(project.runbooksUrl)}/${runbook}`;
}

/** The page of a dashboard, where the project says where Grafana is. */
export function dashboardUrl(project: Project, dashboard: string): string | undefined {
  const url = project.grafana.url;
  return url === undefined ? undefined : `${base(url)}/d/${dashboardUid(project, dashboard)}`;
}

/** Prometheus's own graph of an expression over the last hours, where the project says where Prometheus is. */
export function graphUrl(project: Project, expression: string): string | undefined {
  const url = project.prometheus.url;
  if (url === undefined) return undefined;
  const encoded = encodeURIComponent(expression).replace(/[()]/g, (character) => (character === '(' ? '%28' : '%29'));
  return `${base(url)}/graph?g0.expr=${encoded}&g0.tab=0&g0.range_input=6h`;
}
