import { plural } from '../base/text.ts';
import type { Diagnostic, Severity } from '../source/diagnostic.ts';
import { type FilePlace, places } from './place.ts';
import type { Report, ReportFormat } from './report.ts';
import { visible } from './width.ts';
import { headline, wordingOf } from './wording.ts';

/** The worst first: a job shows only so many. */
const COMMANDS: readonly (readonly [Severity, command: string])[] = [
  ['error', 'error'],
  ['warning', 'warning'],
  ['info', 'notice'],
];

/** Annotations of each severity that GitHub keeps of a step. Source: https://github.com/orgs/community/discussions/26680 */
const LIMIT = 10;

/**
 * Workflow commands, which GitHub shows at the lines of a pull request. It drops more than ten of a severity, so the
 * others are listed in the log, where none is lost.
 * Source: https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands#setting-an-error-message
 */
export const githubFormat: ReportFormat = { name: 'github', render };

function render({ findings, folder }: Report): string {
  const placeOf = places(folder);
  const annotations: string[] = [];
  const rest: string[] = [];
  for (const [severity, command] of COMMANDS) {
    const own = findings.filter((each) => each.severity === severity);
    annotations.push(...own.slice(0, LIMIT).map((each) => annotation(command, each, placeOf(each.span))));
    rest.push(...own.slice(LIMIT).map((each) => logLine(each, placeOf(each.span))));
  }
  const group = [`::group::${plural(rest.length, 'more finding')}`, ...rest, '::endgroup::'];
  return [...annotations, ...(rest.length > 0 ? group : [])].map((line) => `${line}\n`).join('');
}

function annotation(command: string, finding: Diagnostic, { path, start, end }: FilePlace): string {
  // An end column counts only within one line.
  const columns = start.line === end.line ? { col: start.column, endColumn: end.column } : { col: start.column };
  const properties = { file: path, line: start.line, endLine: end.line, ...columns, title: finding.code };
  const listed = Object.entries(properties).map(([name, value]) => `${name}=${escapedProperty(String(value))}`);
  return `::${command} ${listed.join(',')}::${escapedData(wordingOf(finding))}`;
}

/** The dash keeps a path from being taken for a command. */
function logLine(finding: Diagnostic, { path, start }: FilePlace): string {
  const line = `${path}:${start.line}:${start.column} ${finding.severity}  ${finding.code}: ${headline(finding)}`;
  return `- ${visible(line)}`;
}

/** Source: https://github.com/actions/toolkit, packages/core/src/command.ts */
function escapedData(text: string): string {
  return text.replace(/%/g, '%25').replace(/\r/g, '%0D').replace(/\n/g, '%0A');
}

function escapedProperty(text: string): string {
  return escapedData(text).replace(/:/g, '%3A').replace(/,/g, '%2C');
}
