import { uniqueTexts } from '../base/order.ts';
import { readOut } from '../host/out-folder.ts';
import { pendingPublication, publish, recover } from '../host/publish.ts';
import type { Artifact } from '../output/artifact.ts';
import type { OutState, PublishPlan } from '../output/plan.ts';
import { type Compilation, type CompileOptions, compile } from '../pipeline/compile.ts';
import { planPublication } from '../pipeline/plan.ts';
import { type Diagnostic, hasErrors } from '../source/diagnostic.ts';
import type { Console } from './command.ts';
import { readSpecs } from './specs.ts';
import { type ToolMode, type Verification, verify } from './verification.ts';

/** What a run knows after compiling: the compilations, and findings that belong to none of them. */
export interface Compiled {
  readonly compilations: readonly Compilation[];
  readonly diagnostics: readonly Diagnostic[];
}

/** Reads the specs of a folder and compiles them. */
export async function compileFolder(console: Console, specs: string, options: CompileOptions = {}): Promise<Compiled> {
  const files = await readSpecs(console.host, specs);
  await console.detail(`read ${files.length} files in ${specs}`);
  const [compilations, diagnostics] = compile(files, options);
  return { compilations, diagnostics };
}

/** Everything that was found so far. */
export function allDiagnostics({ compilations, diagnostics }: Compiled): Diagnostic[] {
  return [...diagnostics, ...compilations.flatMap((each) => each.diagnostics)];
}

/** Asks promtool and amtool about what was compiled; nothing is asked while there are errors. */
export async function verifyAll(console: Console, compiled: Compiled, mode: ToolMode): Promise<Verification> {
  if (mode === 'off' || hasErrors(allDiagnostics(compiled)))
    return { diagnostics: [], tools: [], byProject: new Map() };
  return verify(console, compiled.compilations, mode);
}

/** Where the output of a project goes. */
export function outputFolder(out: string, project: string): string {
  return `${out.replace(/(?<=.)\/+$/, '')}/${project}`;
}

/** A compilation with what publishing it would do. */
export interface Planned {
  readonly compilation: Compilation;
  readonly folder: string;
  readonly plan: PublishPlan;
  readonly out: OutState;
  readonly diagnostics: readonly Diagnostic[];
}

/** The spec files that a document comes from, relative to the workspace. */
function sourcesOf(artifact: Artifact, workspace: string): string[] {
  const below = (path: string) => (workspace === '' ? path : path.slice(workspace.length + 1));
  return uniqueTexts([...artifact.origins.values()].map(({ document }) => below(document.file.path)));
}

async function planOne(
  console: Console,
  compilation: Compilation,
  out: string,
  targets?: readonly string[],
): Promise<Planned> {
  const folder = outputFolder(out, compilation.project);
  const artifacts = (compilation.artifacts ?? []).map((artifact) => ({
    ...artifact,
    sources: sourcesOf(artifact, compilation.folder),
  }));
  const state = await readOut(
    console.host,
    folder,
    artifacts.map(({ path }) => path),
  );
  const [plan, diagnostics] = planPublication({
    project: compilation.project,
    folder,
    artifacts,
    out: state,
    ...(targets && { targets }),
  });
  return { compilation, folder, plan, out: state, diagnostics };
}

/** What publishing would do, project by project. Only for compilations without errors. */
export async function planAll(
  console: Console,
  compiled: Compiled,
  out: string,
  targets?: readonly string[],
): Promise<Planned[]> {
  return Promise.all(compiled.compilations.map((each) => planOne(console, each, out, targets)));
}

/** Finishes or discards what an interrupted run left in the output folders. */
export async function recoverAll(console: Console, compiled: Compiled, out: string): Promise<void> {
  for (const { project } of compiled.compilations) {
    const folder = outputFolder(out, project);
    const outcome = await recover(console.host, folder);
    if (outcome === 'completed') await console.tell(`finished an interrupted publication in ${folder}`);
    if (outcome === 'discarded') await console.detail(`discarded what an interrupted run left in ${folder}`);
  }
}

/** Says where an interrupted run left a folder half new; only `generate` mends it. */
export async function warnOfPending(console: Console, compiled: Compiled, out: string): Promise<void> {
  for (const { project } of compiled.compilations) {
    const folder = outputFolder(out, project);
    if (await pendingPublication(console.host, folder)) {
      await console.warn(`warning: a publication in ${folder} was interrupted; \`qmon generate\` finishes it`);
    }
  }
}

/** Publishes every plan; a project that fails leaves the others as they are, old or new, and never half. */
export async function publishAll(console: Console, planned: readonly Planned[]): Promise<void> {
  for (const { folder, plan } of planned) await publish(console.host, folder, plan);
}
