import { compareText } from '../base/order.ts';
import { stageTo } from '../host/out-folder.ts';
import type { Artifact } from '../output/artifact.ts';
import type { Compilation } from '../pipeline/compile.ts';
import type { Diagnostic } from '../source/diagnostic.ts';
import type { ToolFinding } from '../verify/finding.ts';
import { locateFindings } from '../verify/locate.ts';
import { type ToolRun as ToolRunPlan, toolRuns } from '../verify/runs.ts';
import { assessTool, type ToolName, type ToolState, tools, versionArgs } from '../verify/tool.ts';
import type { Console } from './command.ts';
import { EXIT, Stop } from './exit.ts';

export type ToolMode = 'auto' | 'require' | 'off';

/** A tool as it took part in a run. */
export interface ToolRun {
  readonly name: ToolName;
  readonly version?: string;
  readonly ran: boolean;
}

export interface Verification {
  readonly diagnostics: readonly Diagnostic[];
  readonly tools: readonly ToolRun[];
  readonly byProject: ReadonlyMap<string, readonly Diagnostic[]>;
}

/** A tool may hang on a broken machine; it never needs this long. */
const TIMEOUT_MS = 120_000;

/** The folders in which tools are looked for before the PATH. */
export function toolFolders(console: Console): string[] {
  const folder = console.host.env.QMON_TOOLS_DIR;
  return folder === undefined || folder === '' ? [] : [folder];
}

/** Finds a tool by one of its names and asks for its version. */
export async function findTool(console: Console, name: ToolName): Promise<ToolState> {
  const tool = tools.find((each) => each.name === name)!;
  for (const command of tool.programs) {
    const path = await console.host.which(command, toolFolders(console));
    if (path === undefined) continue;
    const { stdout, stderr } = await console.host.run(path, versionArgs, { timeoutMs: TIMEOUT_MS });
    return assessTool(tool, { path, output: `${stdout}\n${stderr}` });
  }
  return assessTool(tool);
}

async function runTool(
  console: Console,
  run: ToolRunPlan,
  command: string,
  folder: string,
): Promise<readonly ToolFinding[]> {
  const { stdout, stderr, exitCode, timedOut } = await console.host.run(command, run.args, {
    cwd: folder,
    timeoutMs: TIMEOUT_MS,
  });
  if (timedOut) throw new Stop(EXIT.unavailable, `${run.tool} did not answer within ${TIMEOUT_MS / 1000} seconds`);
  return run.parse(stdout, stderr, exitCode);
}

async function verifyOne(
  console: Console,
  artifacts: readonly Artifact[],
  ready: readonly ToolState[],
): Promise<Diagnostic[]> {
  const folder = await console.host.temporaryFolder();
  try {
    await stageTo(console.host, folder, artifacts);
    const findings: ToolFinding[] = [];
    for (const run of toolRuns(artifacts)) {
      const tool = ready.find(({ name }) => name === run.tool);
      if (tool?.path) findings.push(...(await runTool(console, run, tool.path, folder)));
    }
    return [...locateFindings(findings, artifacts)];
  } finally {
    await console.host.removeTree(folder);
  }
}

function explainMissing(missing: readonly ToolState[]): string {
  const names = missing.map(({ name, status, version }) =>
    status === 'too-old' ? `${name} (${version} is too old)` : name,
  );
  return names.sort(compareText).join(' and ');
}

async function ready(console: Console, mode: ToolMode): Promise<{ ready: ToolState[]; all: ToolState[] }> {
  const all = await Promise.all((['promtool', 'amtool'] as const).map((name) => findTool(console, name)));
  const missing = all.filter(({ status }) => status !== 'ready');
  if (missing.length > 0 && mode === 'require') {
    throw new Stop(
      EXIT.unavailable,
      `not found: ${explainMissing(missing)}`,
      'install what is missing; `qmon doctor` says how',
    );
  }
  if (missing.length > 0) {
    const subject = explainMissing(missing);
    await console.tell(
      `not verified: ${subject} not found, so only qmon's own checks were made; \`qmon doctor\` says more`,
    );
  }
  return { ready: all.filter(({ status }) => status === 'ready'), all };
}

/** Lets promtool and amtool judge what was compiled, in a temporary folder; their findings come back at the author's lines. */
export async function verify(
  console: Console,
  compilations: readonly Compilation[],
  mode: ToolMode,
): Promise<Verification> {
  const tooling = await ready(console, mode);
  const byProject = new Map<string, Diagnostic[]>();
  for (const { project, artifacts = [] } of compilations) {
    byProject.set(project, await verifyOne(console, artifacts, tooling.ready));
  }
  return {
    byProject,
    diagnostics: [...byProject.values()].flat(),
    tools: tooling.all.map(({ name, status, version }) => ({
      name,
      ran: status === 'ready',
      ...(version !== undefined && { version }),
    })),
  };
}
