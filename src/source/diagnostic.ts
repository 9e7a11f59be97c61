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

/** The findings at other places than those of earlier ones: one mistake is reported once, by the first stage that saw it. */
export function atOtherPlaces(found: readonly Diagnostic[], earlier: readonly Diagnostic[]): readonly Diagnostic[] {
  if (found.length === 0 || earlier.length === 0) return found;
  const taken = new Set(earlier.map(placeOf));
  return found.filter((diagnostic) => diagnostic.span === undefined || !taken.has(placeOf(diagnostic)));
}
