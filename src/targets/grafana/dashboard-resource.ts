import { type ConfigMapResource, dataPointer, LARGEST_CONFIG_MAP_BYTES } from '../../formats/grafana-resource.ts';
import { PATHS } from '../../model/names.ts';
import type { Project } from '../../model/types.ts';
import type { Artifact } from '../../output/artifact.ts';
import { writeYaml } from '../../output/block-yaml.ts';
import { defineCode } from '../../source/code.ts';
import type { Diagnostic } from '../../source/diagnostic.ts';
import { originSpan } from '../../source/document.ts';
import { describeBytes, resourceMetadata } from '../resource.ts';
import { GENERATED } from '../target.ts';

const TOO_LARGE = defineCode<{ path: string; bytes: number }>({
  code: 'dashboard/resource-too-large',
  severity: 'error',
  title: 'a dashboard that is larger than a ConfigMap',
  explain: `Kubernetes refuses a ConfigMap whose data is larger than ${describeBytes(LARGEST_CONFIG_MAP_BYTES)}. A dashboard of that size is also
slow to open.`,
  message: ({ path, bytes }) =>
    `\`${path}\` is ${describeBytes(bytes)}, and a ConfigMap holds ${describeBytes(LARGEST_CONFIG_MAP_BYTES)}`,
  help: () => 'make two dashboards of it, and lead from one to the other with `leadsTo`',
});

export const codes = [TOO_LARGE];

/** Whether Kubernetes takes each dashboard. */
export function checkSizes(dashboards: readonly Artifact[]): readonly Diagnostic[] {
  return dashboards.flatMap(({ path, text, origins }) => {
    const bytes = Buffer.byteLength(text);
    const origin = origins.get('');
    return bytes <= LARGEST_CONFIG_MAP_BYTES ? [] : [TOO_LARGE.at(origin && originSpan(origin), { path, bytes })];
  });
}

/**
 * A dashboard as a ConfigMap for the sidecar of Grafana, which keeps the files of all ConfigMaps in one folder: hence
 * the name of the file is that of the resource, which no other has.
 */
export function dashboardResource(project: Project, name: string, { text, origins: own }: Artifact): Artifact {
  const { labels, folderAnnotation } = project.prometheus.operator.dashboards;
  const metadata = resourceMetadata(project, name, labels, { [folderAnnotation]: project.grafana.folder });
  const key = `${metadata.name}.json`;
  const resource: ConfigMapResource = { apiVersion: 'v1', kind: 'ConfigMap', metadata, data: { [key]: text } };
  const at = dataPointer(key);
  return {
    path: PATHS.dashboardResource(name),
    text: writeYaml(resource, { header: `${GENERATED}\nDashboard ${name}.` }),
    target: 'grafana',
    verifier: 'none',
    origins: new Map([...own].map(([pointer, origin]) => [pointer === '' ? '' : `${at}${pointer}`, origin])),
  };
}
