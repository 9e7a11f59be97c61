import type { AnyCode } from '../source/code.ts';
import type { Diagnostic } from '../source/diagnostic.ts';

/** What was found in one project, and which tools had a say. */
export interface ProjectFindings {
  readonly name: string;
  readonly diagnostics: readonly Diagnostic[];
  readonly tools: readonly ToolRun[];
}

export interface ToolRun {
  readonly name: string;
  /** Nothing where the tool was not found. */
  readonly version: string | null;
  readonly ran: boolean;
}

/** The folder of a Project, with its name. */
export interface ProjectFolder {
  readonly project: string;
  readonly folder: string;
}

/** Everything that a report may say. */
export interface Report {
  /** The version of qmon. */
  readonly version: string;
  /** The specs folder: the place of what concerns the workspace as a whole. */
  readonly folder: string;
  readonly workspaces: readonly ProjectFolder[];
  /** The findings of all, each once, in the order in which they are shown. */
  readonly findings: readonly Diagnostic[];
  /** The same project by project, one for each environment. */
  readonly projects: readonly ProjectFindings[];
  /** The paths of everything that was read. */
  readonly files: readonly string[];
  /** What the codes mean. */
  readonly codes: readonly AnyCode[];
  readonly color: boolean;
  /** Whether a finding makes the command fail. */
  fails(diagnostic: Diagnostic): boolean;
}

/** A way to print findings. */
export interface ReportFormat {
  /** As `--format` calls it. */
  readonly name: string;
  /** The whole report, with a line break at its end unless it is empty. */
  render(report: Report): string;
}
