import { groupBy } from '../base/order.ts';
import type { RelatedSpan, Span } from './span.ts';

export type Severity = 'error' | 'warning' | 'info';

/** One finding, shown at the author's own line. */
export interface Diagnostic {
  /** `area/what-is-wrong`: also the documentation page and the topic of `qmon explain`. */
  readonly code: string;
  readonly severity: Severity;
  /** What is wrong, the offending value quoted. */
  readonly message: string;
  readonly span?: Span;
  readonly related: readonly RelatedSpan[];
  /** What to do, imperative, with the legal values or the nearest name. */
  readonly help?: string;
  /** The tool whose verdict this is, with its own words. */
  readonly cause?: { readonly tool: string; readonly text: string };
  /** Of several environments those in which it was found; missing: in all. */
  readonly environments?: readonly string[];
}

/** What a stage returns: its value and everything that it found wrong on the way. */
export type Checked<T> = readonly [value: T, diagnostics: readonly Diagnostic[]];

/** Whether any finding is an error. */
export function hasErrors(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some((diagnostic) => diagnostic.severity === 'error');
}

function placeOf({ span }: Diagnostic): string | undefined {
  return span && `${span.file.path}:${span.start}:${span.end}`;
}

/** What makes two findings the same one: what is wrong, and where. */
export function identityOf(diagnostic: Diagnostic): string {
  const { code, message, span } = diagnostic;
  return JSON.stringify([code, message, span?.file.path, span?.start, span?.end]);
}

function relatedOf(same: readonly Diagnostic[]): ReadonlyMap<string, RelatedSpan> {
  const all = same.flatMap((each) => each.related);
  return new Map(all.map((each) => [JSON.stringify([each.message, each.span.file.path, each.span.start]), each]));
}

/** So many further places are shown of a finding that has them again and again. */
const SHOWN_PLACES = 3;

function mergedRelated(same: readonly Diagnostic[]): RelatedSpan[] {
  const all = [...relatedOf(same).values()];
  if (same.length === 1 || all.length <= SHOWN_PLACES) return all;
  const rest = all.length - SHOWN_PLACES;
  const last = all[SHOWN_PLACES - 1]!;
  return [...all.slice(0, SHOWN_PLACES - 1), { ...last, message: `${last.message} (and ${rest} more)` }];
}

function environmentsOf(same: readonly Diagnostic[]): Pick<Diagnostic, 'environments'> {
  if (!same.every(({ environments }) => environments)) return {};
  return { environments: [...new Set(same.flatMap(({ environments = [] }) => environments))] };
}

/** Each finding once: one about a template that many services use names a few of them. */
export function merged(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  if (diagnostics.length < 2) return [...diagnostics];
  const same = groupBy(diagnostics, identityOf);
  return [...same.values()].map((each) => {
    if (each.length === 1) return each[0]!;
    const { environments: _, ...first } = each[0]!;
    return { ...first, related: mergedRelated(each), ...environmentsOf(each) };
  });
}

/** The findings in one environment. */
export interface InEnvironment {
  readonly environment: string;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * The findings in all environments of a project, each once. One that only some have says in which; of one that all have
 * only those further places are named that it has everywhere.
 */
export function acrossEnvironments(all: readonly InEnvironment[]): Diagnostic[] {
  const found = all.flatMap(({ environment, diagnostics }) =>
    merged(diagnostics).map((diagnostic) => ({ environment, diagnostic })),
  );
  const same = groupBy(found, ({ diagnostic }) => identityOf(diagnostic));
  return [...same.values()].map((each) => {
    const diagnostics = each.map(({ diagnostic }) => diagnostic);
    const [first] = diagnostics;
    if (each.length < all.length) {
      const environments = each.map(({ environment }) => environment);
      return { ...first!, related: mergedRelated(diagnostics), environments };
    }
    const places = diagnostics.map((diagnostic) => relatedOf([diagnostic]));
    const shared = [...places[0]!].filter(([key]) => places.every((known) => known.has(key)));
    return { ...first!, related: shared.map(([, related]) => related) };
  });
}

/** The findings at other places than those of earlier ones: one mistake is reported once, by the first stage that saw it. */
export function atOtherPlaces(found: readonly Diagnostic[], earlier: readonly Diagnostic[]): readonly Diagnostic[] {
  if (found.length === 0 || earlier.length === 0) return found;
  const taken = new Set(earlier.map(placeOf));
  return found.filter((diagnostic) => diagnostic.span === undefined || !taken.has(placeOf(diagnostic)));
}
