import { sortedBy, sortedByNumber } from '../base/order.ts';
import { plural } from '../base/text.ts';
import type { Diagnostic } from '../source/diagnostic.ts';

/** Findings as they are shown: by file, place and code, each once; those about the workspace as a whole come first. */
export function inOrder(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  const byCode = sortedBy(
    diagnostics,
    ({ code }) => code,
    ({ message }) => message,
  );
  const byPlace = sortedByNumber(byCode, ({ span }) => span?.start ?? 0);
  const byFile = sortedBy(byPlace, ({ span }) => span?.file.path ?? '');
  return [...new Map(byFile.map((diagnostic) => [identityOf(diagnostic), diagnostic])).values()];
}

function identityOf({ code, severity, message, help, span }: Diagnostic): string {
  return JSON.stringify([code, severity, message, help, span?.file.path, span?.start, span?.end]);
}

/** How many findings of each severity there are. */
export interface Counts {
  readonly errors: number;
  readonly warnings: number;
  readonly infos: number;
}

/** Counts what is shown: identical findings once. */
export function countFindings(diagnostics: readonly Diagnostic[]): Counts {
  const shown = inOrder(diagnostics);
  const count = (severity: string) => shown.filter((diagnostic) => diagnostic.severity === severity).length;
  return { errors: count('error'), warnings: count('warning'), infos: count('info') };
}

/** All findings in one line: `2 errors, 1 warning`, or `no findings`. */
export function summarise(diagnostics: readonly Diagnostic[]): string {
  const { errors, warnings, infos } = countFindings(diagnostics);
  const parts = [
    ...(errors > 0 ? [plural(errors, 'error')] : []),
    ...(warnings > 0 ? [plural(warnings, 'warning')] : []),
    ...(infos > 0 ? [plural(infos, 'info')] : []),
  ];
  return parts.join(', ') || 'no findings';
}
