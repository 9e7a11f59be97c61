import type { Diagnostic, Severity } from '../source/diagnostic.ts';
import type { SourceFile, Span } from '../source/span.ts';
import { type Lines, lineIndex } from './lines.ts';
import { type Counts, countFindings, inOrder } from './order.ts';
import type { ProjectFindings, ReportFormat, ToolRun } from './report.ts';

interface JsonPlace {
  /** Nothing where the finding concerns the workspace as a whole. */
  readonly file: string | null;
  /** From 1, as are columns, which count UTF-16 code units; the end is exclusive. */
  readonly line: number | null;
  readonly column: number | null;
  readonly endLine: number | null;
  readonly endColumn: number | null;
}

export interface JsonDiagnostic extends JsonPlace {
  readonly code: string;
  readonly severity: Severity;
  readonly message: string;
  readonly help: string | null;
  readonly related: readonly ({ readonly message: string } & JsonPlace)[];
}

export interface JsonReport {
  readonly version: 1;
  readonly projects: readonly {
    readonly name: string;
    readonly diagnostics: readonly JsonDiagnostic[];
    readonly tools: readonly ToolRun[];
  }[];
  /** A finding that several environments have counts once. */
  readonly summary: Counts;
}

/** Findings for programs, project by project. */
export const jsonFormat: ReportFormat = { name: 'json', render: ({ projects }) => renderJson(projects) };

/** The report of `validate --format json`, as one JSON document with a line break at its end. */
export function renderJson(projects: readonly ProjectFindings[]): string {
  return `${JSON.stringify(reportOf(projects), null, 2)}\n`;
}

/** The same as data. */
export function reportOf(projects: readonly ProjectFindings[]): JsonReport {
  const lines = lineIndex();
  return {
    version: 1,
    projects: projects.map(({ name, diagnostics, tools }) => ({
      name,
      diagnostics: describeAll(diagnostics, lines),
      tools: tools.map(({ name: tool, version, ran }) => ({ name: tool, version, ran })),
    })),
    summary: countFindings(projects.flatMap(({ diagnostics }) => diagnostics)),
  };
}

/** Findings as data, in the order in which they are shown. */
export function describeAll(diagnostics: readonly Diagnostic[], lines = lineIndex()): JsonDiagnostic[] {
  return inOrder(diagnostics).map((diagnostic) => describe(diagnostic, lines));
}

function describe(diagnostic: Diagnostic, lines: (file: SourceFile) => Lines): JsonDiagnostic {
  const { code, severity, message, span, help, related } = diagnostic;
  return {
    code,
    severity,
    message,
    ...place(span, lines),
    help: help ?? null,
    related: related.map((each) => ({ message: each.message, ...place(each.span, lines) })),
  };
}

function place(span: Span | undefined, lines: (file: SourceFile) => Lines): JsonPlace {
  if (!span) return { file: null, line: null, column: null, endLine: null, endColumn: null };
  const start = lines(span.file).position(span.start);
  const end = lines(span.file).position(Math.max(span.start, span.end));
  return { file: span.file.path, line: start.line, column: start.column, endLine: end.line, endColumn: end.column };
}
