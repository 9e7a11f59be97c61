import type { ResourceMetadata } from '../formats/kubernetes.ts';
import { resourceName } from '../model/names.ts';
import type { Labels, Project } from '../model/types.ts';

function unlessEmpty<Name extends string>(name: Name, values: Labels): { readonly [Key in Name]?: Labels } {
  return (Object.keys(values).length === 0 ? {} : { [name]: values }) as { readonly [Key in Name]?: Labels };
}

/** What a resource of Kubernetes says about itself: `part` is the service or dashboard that it is about, if it is one. */
export function resourceMetadata(
  project: Project,
  part: string | undefined,
  labels: Labels,
  annotations: Labels = {},
): ResourceMetadata {
  const { namespace, annotations: everywhere } = project.prometheus.operator;
  return {
    name: resourceName(project, part),
    ...(namespace !== undefined && { namespace }),
    ...unlessEmpty('labels', labels),
    ...unlessEmpty('annotations', { ...everywhere, ...annotations }),
  };
}

/** Which forms of documents the project wants. */
export function formsOf({ prometheus }: Project): { readonly files: boolean; readonly resources: boolean } {
  return { files: prometheus.format !== 'operator', resources: prometheus.format !== 'files' };
}

/** `1.2 MiB`, rounded up: what is refused is never shown as the limit itself. */
export function describeBytes(bytes: number): string {
  return bytes < MIB ? `${Math.ceil(bytes / 1024)} KiB` : `${(Math.ceil((bytes * 10) / MIB) / 10).toFixed(1)} MiB`;
}

const MIB = 1024 * 1024;
