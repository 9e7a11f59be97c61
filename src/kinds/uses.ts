import type { Path } from '../source/document.ts';

/** What a service takes over: the property of `use` that names it, and its kind. */
export const USED_KINDS = {
  policy: 'AlertPolicy',
  slo: 'SLO',
  kpi: 'KPI',
  dashboard: 'Dashboard',
  ruleSet: 'RuleSet',
} as const;

/** One entry of a service's `use`. */
export interface UseEntry {
  readonly kind: string;
  /** As written, with its namespace. */
  readonly name: string;
  readonly as?: string;
  /** Nothing where it is no mapping. */
  readonly with?: Readonly<Record<string, unknown>>;
  /** Of the entry in the document. */
  readonly path: Path;
  /** The property that names what is used. */
  readonly property: string;
}

/** A kind whose documents services may take over is declared under this name: nothing but `use` refers to it. */
export function templateKind(kind: string): string {
  return `shared ${kind}`;
}

function isMapping(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What a service uses, as far as its document can be understood. */
export function useEntries(value: unknown): UseEntry[] {
  const { spec } = isMapping(value) ? value : {};
  const uses = isMapping(spec) && Array.isArray(spec.use) ? spec.use : [];
  return uses.flatMap((entry: unknown, index): UseEntry[] => {
    if (!isMapping(entry)) return [];
    const [used, ...others] = Object.entries(USED_KINDS).filter(([property]) => typeof entry[property] === 'string');
    if (!used || others.length > 0) return [];
    const [property, kind] = used;
    const given = entry.with === undefined ? { with: {} } : isMapping(entry.with) ? { with: entry.with } : {};
    const as = typeof entry.as === 'string' ? { as: entry.as } : {};
    return [{ kind, name: String(entry[property]), property, path: ['spec', 'use', index], ...given, ...as }];
  });
}
