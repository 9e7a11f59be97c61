import { enumerate } from '../base/text.ts';
import { stageTo } from '../host/out-folder.ts';
import type { Artifact } from '../output/artifact.ts';
import type { Compilation } from '../pipeline/compile.ts';
import type { Diagnostic } from '../source/diagnostic.ts';
import type { ToolFinding } from '../verify/finding.ts';
import { locateFindings } from '../verify/locate.ts';
import { judgedFiles, type ToolRun as ToolRunPlan, toolRuns } from '../verify/runs.ts';
import { assessTool, type ToolName, type ToolState, tools, versionArgs } from '../verify/tool.ts';
import type { Console } from './console.ts';
import { EXIT, Stop } from './exit.ts';

export type ToolMode = 'auto' | 'require' | 'off';

/** A tool as it took part in a run. */
export interface ToolRun {
  readonly name: ToolName;
  /** Missing when the tool was not asked. */
  readonly version?: string;
  readonly ran: boolean;
}

export interface Verification {
  readonly tools: readonly ToolRun[];
  /** Their findings, by the name of the compilation. */
  readonly byName: ReadonlyMap<string, readonly Diagnostic[]>;
}

/** The tools that judge output. */
const JUDGES = ['promtool', 'amtool'] as const;

/** Nobody was asked. */
export const UNVERIFIED: Verification = {
  tools: JUDGES.map((name) => ({ name, ran: false })),
  byName: new Map(),
};

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
  features: readonly string[] | undefined,
  judges: readonly ToolState[],
): Promise<Diagnostic[]> {
  return console.inTemporaryFolder(async (folder) => {
    await stageTo(console.host, folder, judgedFiles(artifacts));
    const findings: ToolFinding[] = [];
    for (const run of toolRuns(artifacts, features)) {
      const tool = judges.find(({ name }) => name === run.tool);
      if (tool?.path) findings.push(...(await runTool(console, run, tool.path, folder)));
    }
    return [...locateFindings(findings, artifacts)];
  });
}

const REASONS: Readonly<Record<ToolState['status'], (tool: ToolState) => string>> = {
  ready: () => 'ready',
  missing: () => 'not found',
  broken: ({ path }) => `\`${path}\` does not say its version`,
  'too-old': ({ version, minimum }) => `${version} is older than ${minimum}`,
};

/** The judges that are there; a missing one is said in one line, or ends the command where it is required. */
async function readyJudges(console: Console, names: readonly ToolName[], mode: ToolMode): Promise<ToolState[]> {
  const all = await Promise.all(names.map((name) => findTool(console, name)));
  const missing = all.filter(({ status }) => status !== 'ready');
  const listed = enumerate(missing.map((tool) => `${tool.name} (${REASONS[tool.status](tool)})`));
  if (missing.length > 0 && mode === 'require') {
    throw new Stop(
      EXIT.unavailable,
      `cannot verify with ${listed}`,
      '`qmon doctor` says what to install; QMON_TOOLS_DIR names a folder of tools',
    );
  }
  if (missing.length > 0) await console.tell(`not verified with ${listed}; \`qmon doctor\` says what follows`);
  return all.filter(({ status }) => status === 'ready');
}

/** Lets promtool and amtool judge what was compiled, in a temporary folder; their findings come back at the author's lines. */
export async function verify(
  console: Console,
  compilations: readonly Compilation[],
  mode: ToolMode,
): Promise<Verification> {
  const wanted = new Set(compilations.flatMap(({ artifacts = [] }) => toolRuns(artifacts).map(({ tool }) => tool)));
  const judges = await readyJudges(
    console,
    JUDGES.filter((name) => wanted.has(name)),
    mode,
  );
  const byName = new Map<string, Diagnostic[]>();
  await console.during(`verifying with ${enumerate(judges.map(({ name }) => name))}`, async () => {
    if (judges.length === 0) return;
    for (const { name, model, artifacts = [], counting } of compilations) {
      const features = model?.project.prometheus.features;
      byName.set(name, [...counting(await verifyOne(console, artifacts, features, judges))]);
    }
  });
  return { byName, tools: JUDGES.map((name) => ranAs(name, judges)) };
}

function ranAs(name: ToolName, judges: readonly ToolState[]): ToolRun {
  const judge = judges.find((each) => each.name === name);
  return { name, ran: judge !== undefined, ...(judge?.version !== undefined && { version: judge.version }) };
}
