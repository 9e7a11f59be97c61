import { enumerate } from '../../base/text.ts';
import { inOrder, summarise } from '../../report/order.ts';
import type { ProjectFindings, Report } from '../../report/report.ts';
import type { Diagnostic, Severity } from '../../source/diagnostic.ts';
import { codes as verifyCodes } from '../../verify/locate.ts';
import {
  type BaselineOptions,
  checkBaselineOptions,
  knownFindings,
  sinceBaseline,
  writeBaseline,
} from '../baseline.ts';
import { allCodes } from '../codes.ts';
import { version } from '../command.ts';
import type { Console } from '../console.ts';
import { EXIT } from '../exit.ts';
import { folderArgument } from '../folder.ts';
import { reportOutputs, writeReports } from '../report-output.ts';
import { allDiagnostics, type Compiled, compileFolder, verifyAll } from '../session.ts';
import { DEFAULT_SPECS } from '../specs.ts';
import type { ToolMode, Verification } from '../verification.ts';

interface Options extends BaselineOptions {
  /** `NAME` or `NAME=FILE`. */
  readonly format?: readonly string[];
  readonly failOn: Severity;
  readonly tools: ToolMode;
  readonly env?: readonly string[];
}

const RANK: Readonly<Record<Severity, number>> = { error: 2, warning: 1, info: 0 };

function projectFindings(compiled: Compiled, verification: Verification): ProjectFindings[] {
  const tools = verification.tools.map(({ name, version: found, ran }) => ({ name, version: found ?? null, ran }));
  const projects = compiled.compilations.map(({ name, diagnostics }) => ({
    name,
    diagnostics: [...diagnostics, ...(verification.byName.get(name) ?? [])],
    tools,
  }));
  const homeless = { name: '', diagnostics: compiled.diagnostics, tools: [] };
  return compiled.diagnostics.length > 0 ? [...projects, homeless] : projects;
}

function judges({ tools }: Verification): string {
  const ran = tools.filter((tool) => tool.ran).map((tool) => `${tool.name} ${tool.version}`);
  return ran.length === 0 ? 'qmon alone' : enumerate(['qmon', ...ran]);
}

function reportOf(
  folder: string,
  compiled: Compiled,
  verification: Verification,
  fails: (finding: Diagnostic) => boolean,
): Omit<Report, 'color'> {
  return {
    version,
    folder,
    workspaces: compiled.compilations.map(({ project, folder: home }) => ({ project, folder: home })),
    findings: inOrder(allDiagnostics(compiled, verification.byName)),
    projects: projectFindings(compiled, verification),
    files: compiled.files.map(({ path }) => path),
    codes: allCodes,
    fails,
  };
}

/** Whether a run can find a code: not in all environments, it may miss any; without the tools, what they say. */
function soughtIn({ tools }: Verification, { env }: Options): (code: string) => boolean {
  const judged = tools.every(({ ran }) => ran);
  return (code) => env === undefined && (judged || !verifyCodes.some((each) => each.code === code));
}

/** `qmon validate`: everything but publishing. Findings are the result, on standard output or in files. */
export async function run(console: Console, specs: string | undefined, options: Options): Promise<number> {
  const outputs = reportOutputs(options.format);
  checkBaselineOptions(options);
  const baseline = options.baseline === undefined ? undefined : await knownFindings(console, options.baseline);
  const folder = folderArgument(specs ?? DEFAULT_SPECS, 'specs');
  const compiled = await compileFolder(console, folder, options.env && { environments: options.env });
  const verification = await verifyAll(console, compiled, options.tools);
  const isKnown = options.writeBaseline !== undefined;
  const fails = ({ severity }: Diagnostic) => !isKnown && RANK[severity] >= RANK[options.failOn];
  const all = reportOf(folder, compiled, verification, fails);
  const report = baseline ? await sinceBaseline(console, baseline, all, soughtIn(verification, options)) : all;
  await writeReports(console, outputs, report);
  if (options.writeBaseline !== undefined) await writeBaseline(console, options.writeBaseline, all);
  await console.tell(`${summarise(report.findings)}; checked by ${judges(verification)}`);
  return report.findings.some(fails) ? EXIT.findings : EXIT.ok;
}
