import { groupBy } from '../base/order.ts';
import type { FieldChange } from '../diff/field.ts';
import type { Change, ChangeKind, DiffReport } from '../diff/trees.ts';
import type { Diagnostic } from '../source/diagnostic.ts';
import { describeAll } from './json.ts';
import { type DiffLine, lineDiff } from './line-diff.ts';
import { type Brush, brush } from './paint.ts';
import { visible } from './width.ts';

export interface DiffTextOptions {
  readonly color: boolean;
}

const SIGNS: Readonly<Record<ChangeKind, string>> = { added: '+', changed: '~', removed: '-' };

/** A longer value does not fit beside another on one line. */
const LONGEST_VALUE = 60;

/** The diff for a person: parts by system, the changed fields below each, and what it comes to. */
export function renderDiffText({ changes, summary }: DiffReport, { color }: DiffTextOptions): string {
  if (changes.length === 0) return 'No changes.\n';
  const chalk = brush(color);
  const systems = groupBy(changes, ({ system }) => system);
  const blocks = [...systems].map(([system, parts]) => {
    return `${[chalk.bold(system), ...parts.flatMap((part) => changeLines(part, chalk))].join('\n')}\n`;
  });
  const { added, changed, removed } = summary;
  return `${blocks.join('\n')}\nPlan: ${added} to add, ${changed} to change, ${removed} to remove.\n`;
}

function paint(chalk: Brush, sign: string): (text: string) => string {
  if (sign === '+') return chalk.green;
  if (sign === '-') return chalk.red;
  return sign === '~' ? chalk.yellow : chalk.dim;
}

function changeLines({ change, kind, identity, file, fields }: Change, chalk: Brush): readonly string[] {
  const sign = SIGNS[change];
  const place = file.endsWith(identity) ? '' : chalk.dim(`  (${file})`);
  const head = `  ${paint(chalk, sign)(`${sign} ${kind} ${visible(identity)}`)}${place}`;
  return [head, ...fields.flatMap((field) => fieldLines(field, chalk))];
}

function fieldLines({ name, before, after }: FieldChange, chalk: Brush): readonly string[] {
  const [old, now] = [valueText(before), valueText(after)];
  const label = `      ${visible(name)}:`;
  if (old.includes('\n') || now.includes('\n'))
    return [label, ...lineDiff(old, now).map((line) => diffLine(line, chalk))];
  if (old.length <= LONGEST_VALUE && now.length <= LONGEST_VALUE) return [`${label} ${visible(old)} → ${visible(now)}`];
  return [label, diffLine({ sign: '-', text: old }, chalk), diffLine({ sign: '+', text: now }, chalk)];
}

function diffLine({ sign, text }: DiffLine, chalk: Brush): string {
  return `        ${paint(chalk, sign)(`${sign} ${visible(text)}`.trimEnd())}`;
}

/** Texts as they are, other values as JSON. */
function valueText(value: unknown): string {
  if (value === undefined) return '(none)';
  if (typeof value === 'string') return value === '' ? '""' : value;
  return JSON.stringify(value);
}

/** The diff of one project. */
export interface ProjectDiff {
  readonly name: string;
  readonly report: DiffReport;
}

/**
 * The diff for programs: one JSON document; what was not there before, or is gone after, is `null`. So is the summary where
 * errors in the specs leave nothing to compare; the findings tell why.
 */
export function renderDiffJson(
  projects: readonly ProjectDiff[] | undefined,
  diagnostics: readonly Diagnostic[] = [],
): string {
  const shown = projects?.map(({ name, report: { changes, summary } }) => ({
    name,
    changes: changes.map(({ system, kind, identity, change, fields, file }) => ({
      system,
      kind,
      identity,
      change,
      fields: fields.map(({ name, before = null, after = null }) => ({ name, before, after })),
      file,
    })),
    summary,
  }));
  const report = {
    version: 1,
    projects: shown ?? [],
    summary: projects ? totals(projects) : null,
    diagnostics: describeAll(diagnostics),
  };
  return `${JSON.stringify(report, undefined, 2)}\n`;
}

function totals(projects: readonly ProjectDiff[]): DiffReport['summary'] {
  const total = (change: ChangeKind) => projects.reduce((sum, { report }) => sum + report.summary[change], 0);
  return { added: total('added'), changed: total('changed'), removed: total('removed') };
}
