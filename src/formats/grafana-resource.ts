import { dashboardParts } from './grafana.ts';
import { partsBelow, type ResourceMetadata, readResource, resourcePart } from './kubernetes.ts';
import { isPlain, type Part } from './part.ts';

/**
 * Dashboards as a resource of Kubernetes: a sidecar of Grafana writes each entry to a file of that name.
 * Source: https://github.com/kiwigrid/k8s-sidecar#readme
 */
export interface ConfigMapResource {
  readonly apiVersion: 'v1';
  readonly kind: 'ConfigMap';
  readonly metadata: ResourceMetadata;
  readonly data: Readonly<Record<string, string>>;
}

/** Source: https://kubernetes.io/docs/concepts/configuration/configmap/ (What is a ConfigMap?) */
export const LARGEST_CONFIG_MAP_BYTES = 1024 * 1024;

function parsedJson(text: unknown): unknown {
  try {
    return typeof text === 'string' ? JSON.parse(text) : undefined;
  } catch {
    return undefined;
  }
}

/** The pointer of an entry of a ConfigMap. Source: RFC 6901 §3 */
export function dataPointer(key: string): string {
  return `/data/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`;
}

/** The parts of a ConfigMap: itself by its name, and those of the dashboards that it carries; nothing when it has none. */
function configMapParts(value: unknown): readonly Part[] | undefined {
  const resource = readResource(value, 'ConfigMap');
  if (!resource || !isPlain(resource.data)) return undefined;
  const dashboards = Object.entries(resource.data).map(([key, text]) => {
    const parts = dashboardParts(parsedJson(text));
    return parts && partsBelow(dataPointer(key), parts);
  });
  if (dashboards.some((parts) => parts === undefined)) return undefined;
  return [resourcePart('ConfigMap', resource.metadata), ...dashboards.flatMap((parts) => parts ?? [])];
}

/** The parts of a document of Grafana: a dashboard, by itself or in a ConfigMap; nothing when it is none. */
export function grafanaParts(value: unknown): readonly Part[] | undefined {
  return configMapParts(value) ?? dashboardParts(value);
}
