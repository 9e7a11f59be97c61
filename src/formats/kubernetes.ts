import { isPlain, type Part } from './part.ts';

/** What every resource of Kubernetes says about itself. Source: https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/object-meta/ */
export interface ResourceMetadata {
  /** A DNS subdomain (RFC 1123), unique for its kind within the namespace. */
  readonly name: string;
  readonly namespace?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
}

/** Plain data as a resource of one kind; nothing when it is none. */
export function readResource(
  value: unknown,
  kind: string,
): { readonly metadata: ResourceMetadata; readonly [field: string]: unknown } | undefined {
  if (!isPlain(value) || value.kind !== kind || !isPlain(value.metadata)) return undefined;
  if (typeof value.metadata.name !== 'string') return undefined;
  return value as unknown as ReturnType<typeof readResource>;
}

/** The resource itself, as far as it is not what it carries. */
export function resourcePart(kind: string, { name, ...fields }: ResourceMetadata): Part {
  return { kind, identity: name, fields, pointer: '/metadata' };
}

/** Parts of a document inside another one, found where they stand. */
export function partsBelow(pointer: string, parts: readonly Part[]): readonly Part[] {
  return parts.map((part) => ({ ...part, pointer: `${pointer}${part.pointer}` }));
}
