import type { Diagnostic, Severity } from './diagnostic.ts';
import type { RelatedSpan, Span } from './span.ts';

/** The definition of one diagnostic code, declared beside the rule that emits it. */
export interface CodeDefinition<Parameters> {
  /** `area/what-is-wrong`, lower case with hyphens. */
  readonly code: string;
  readonly severity: Severity;
  /** An error that says what a project insists on, and leaves output right: a comment or a setting may silence it. */
  readonly suppressible?: true;
  /** One line for lists. */
  readonly title: string;
  /** The documentation page: why it matters and how to mend it. Markdown. */
  readonly explain: string;
  message(parameters: Parameters): string;
  help?(parameters: Parameters): string | undefined;
}

export interface DiagnosticCode<Parameters> extends CodeDefinition<Parameters> {
  /** The finding at a span (none: it concerns the workspace as a whole). */
  at(span: Span | undefined, parameters: Parameters, extra?: DiagnosticExtra): Diagnostic;
}

export interface DiagnosticExtra {
  readonly related?: readonly RelatedSpan[];
  readonly cause?: { readonly tool: string; readonly text: string };
  /** A softer or harder verdict than the code's own, where a policy says so. */
  readonly severity?: Severity;
}

/** A code of which only the documentation is of interest. */
// biome-ignore lint/suspicious/noExplicitAny: the parameters differ from code to code, and the catalogue never calls `at`
export type AnyCode = DiagnosticCode<any>;

/** Declares a diagnostic code. */
export function defineCode<Parameters = Record<never, never>>(
  definition: CodeDefinition<Parameters>,
): DiagnosticCode<Parameters> {
  return {
    ...definition,
    at(span, parameters, extra = {}) {
      const help = definition.help?.(parameters);
      return {
        code: definition.code,
        severity: extra.severity ?? definition.severity,
        message: definition.message(parameters),
        related: [...(extra.related ?? []), ...(span?.via ?? [])],
        ...(span && { span }),
        ...(help !== undefined && { help }),
        ...(extra.cause && { cause: extra.cause }),
      };
    },
  };
}
