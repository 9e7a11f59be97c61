import { plural } from '../base/text.ts';
import { type BaselineEntry, compareWith, readBaseline, renderBaseline } from '../report/baseline.ts';
import type { Report } from '../report/report.ts';
import { hasErrors, identityOf } from '../source/diagnostic.ts';
import type { Console } from './console.ts';
import { usage } from './exit.ts';

/** The files that hold what is known; at most one of them is given. */
export interface BaselineOptions {
  readonly baseline?: string;
  readonly writeBaseline?: string;
}

type Findings = Pick<Report, 'findings' | 'projects' | 'workspaces'>;

/** Both at once would say that everything is known, and hold it against what was. */
export function checkBaselineOptions({ baseline, writeBaseline }: BaselineOptions): void {
  if (baseline !== undefined && writeBaseline !== undefined) {
    throw usage('`--baseline` and `--write-baseline` exclude each other', 'write the baseline first, then use it');
  }
}

/** A baseline that was read. */
export interface Baseline {
  readonly path: string;
  readonly entries: readonly BaselineEntry[];
}

/** Reads a baseline; a file that is none is wrong usage. */
export async function knownFindings({ host }: Console, path: string): Promise<Baseline> {
  const entries = readBaseline(await host.readText(path));
  if (!entries)
    throw usage(`\`${path}\` is not a baseline`, `write one with \`qmon validate --write-baseline ${path}\``);
  return { path, entries };
}

/** Writes everything that is found as known. */
export async function writeBaseline(console: Console, path: string, report: Findings): Promise<void> {
  await console.host.writeText(path, renderBaseline(report.findings, report.workspaces));
  await console.tell(`${plural(report.findings.length, 'finding')} written to ${path}`);
}

/**
 * What is new. What no longer occurs is told, as far as it was looked for: new errors keep others from being found, and
 * `wasSought` says of a code whether this run could find it.
 */
export async function sinceBaseline<T extends Findings>(
  console: Console,
  { path, entries }: Baseline,
  report: T,
  wasSought: (code: string) => boolean,
): Promise<T> {
  const { fresh, known, gone } = compareWith(entries, report.findings, report.workspaces);
  const mended = hasErrors(fresh) ? [] : gone.filter(({ code }) => wasSought(code));
  if (known.length > 0) await console.tell(`${plural(known.length, 'finding')} known from ${path}`);
  for (const { code, file, message } of mended) {
    await console.tell(`no longer found: ${file === null ? '' : `${file}: `}${code}: ${message}`);
  }
  if (mended.length > 0) await console.tell(`help: take them out of the baseline with \`--write-baseline ${path}\``);
  const kept = new Set(fresh.map(identityOf));
  const projects = report.projects.map((each) => ({
    ...each,
    diagnostics: each.diagnostics.filter((finding) => kept.has(identityOf(finding))),
  }));
  return { ...report, findings: fresh, projects };
}
