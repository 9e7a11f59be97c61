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
  return url === undefined ? undefined : `${base(url)}/d/${dashboardUid(project.name, dashboard)}`;
}
