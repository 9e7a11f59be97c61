import { formatDuration } from '../../base/quantity.ts';
import type { DashboardProvisioning, DataSourceProvisioning } from '../../formats/grafana.ts';
import { PATHS, projectTags } from '../../model/names.ts';
import type { Project } from '../../model/types.ts';
import type { Artifact } from '../../output/artifact.ts';
import { writeYaml } from '../../output/block-yaml.ts';
import { GENERATED } from '../target.ts';

/** Where Grafana's packages and images keep dashboards. Source: https://grafana.com/docs/grafana/latest/administration/provisioning/#dashboards */
const DASHBOARDS = '/var/lib/grafana/dashboards';

function provider(project: Project): Artifact {
  const path = [DASHBOARDS, ...projectTags(project)].join('/');
  const document: DashboardProvisioning = {
    apiVersion: 1,
    providers: [
      {
        name: ['qmon', ...projectTags(project)].join('-'),
        orgId: 1,
        folder: project.grafana.folder,
        type: 'file',
        disableDeletion: false,
        updateIntervalSeconds: 30,
        allowUiUpdates: false,
        options: { path, foldersFromFilesStructure: false },
      },
    ],
  };
  const header = [
    GENERATED,
    'Tells Grafana to load the dashboards of this folder. Put it into /etc/grafana/provisioning/dashboards,',
    `and the folder grafana/dashboards, mounted or copied, at ${path}.`,
  ].join('\n');
  return {
    path: PATHS.dashboardProvider,
    text: writeYaml(document, { header }),
    target: 'grafana',
    verifier: 'none',
    origins: new Map([['', project.part('spec', 'targets', 'grafana')]]),
  };
}

/** Only the Prometheus: the addresses of other systems are not known. Never the default, which Grafana allows only once. */
function datasources(project: Project, url: string): Artifact {
  const document: DataSourceProvisioning = {
    apiVersion: 1,
    datasources: [
      {
        name: project.grafana.datasources.metrics ?? 'Prometheus',
        type: 'prometheus',
        access: 'proxy',
        url,
        editable: false,
        jsonData: { httpMethod: 'POST', timeInterval: formatDuration(project.prometheus.scrapeIntervalMs) },
      },
    ],
  };
  const header = [
    GENERATED,
    'Tells Grafana where Prometheus is. Put it into /etc/grafana/provisioning/datasources.',
  ].join('\n');
  return {
    path: PATHS.datasources,
    text: writeYaml(document, { header }),
    target: 'grafana',
    verifier: 'none',
    origins: new Map([['', project.part('spec', 'targets', 'grafana')]]),
  };
}

/** The files that make Grafana load the dashboards and, where its address is known, find the Prometheus. */
export function provisioning(project: Project): readonly Artifact[] {
  const { url } = project.prometheus;
  return [provider(project), ...(url === undefined ? [] : [datasources(project, url)])];
}
