import { groupBy, uniqueTexts } from '../base/order.ts';
import { enumerate, plural } from '../base/text.ts';
import { readOut } from '../host/out-folder.ts';
import { pendingPublication, publish, recover } from '../host/publish.ts';
import type { Artifact } from '../output/artifact.ts';
import { MANIFEST_PATH } from '../output/artifact-path.ts';
import type { OutState, PublishPlan } from '../output/plan.ts';
import { type Compilation, type CompileOptions, compile, environmentNames } from '../pipeline/compile.ts';
import { planPublication } from '../pipeline/plan.ts';
import { renderText } from '../report/text.ts';
import { acrossEnvironments, type Diagnostic, hasErrors, merged } from '../source/diagnostic.ts';
import type { SourceFile } from '../source/span.ts';
import { allCodes } from './codes.ts';
import { unknownNames } from './command.ts';
import type { Console } from './console.ts';
import { usage } from './exit.ts';
import { below, isWithin, relativeTo } from './folder.ts';
import { readSpecs } from './specs.ts';
import { type ToolMode, UNVERIFIED, type Verification, verify } from './verification.ts';

/** What a run knows after compiling: the compilations, and findings that belong to none of them. */
export interface Compiled {
  /** Everything that was read: specs, and files that they name. */
  readonly files: readonly SourceFile[];
  readonly compilations: readonly Compilation[];
  readonly diagnostics: readonly Diagnostic[];
}

/** So many characters of specs take about a second. */
const LONG_WORK = 1_000_000;

/** The specs folder as the compiler knows it: paths in the folder in which qmon was started have no folder. */
export function withinOf(specs: string): string {
  return specs === '.' ? '' : specs;
}

/** What the compiler knows of the world around it: the day, and the codes of the tools that judge output. */
export function atHand({ host }: Console): Pick<CompileOptions, 'codes' | 'today'> {
  return { codes: allCodes, today: host.now().toISOString().slice(0, 10) };
}

/** Reads the specs of a folder and compiles them. */
export async function compileFolder(console: Console, specs: string, options: CompileOptions = {}): Promise<Compiled> {
  const files = await readSpecs(console, specs);
  await console.detail(`read ${plural(files.length, 'file')} in ${specs}`);
  const size = files.reduce((sum, { text }) => sum + text.length, 0);
  const work = async () => {
    const [compilations, diagnostics] = compile(files, { ...options, ...atHand(console), within: withinOf(specs) });
    checkEnvironments(files, options, compilations);
    return { files, compilations, diagnostics };
  };
  return console.during(`compiling ${plural(files.length, 'file')}`, work, size > LONG_WORK ? 0 : undefined);
}

/** An environment that was asked for must exist somewhere. */
export function checkEnvironments(
  files: readonly SourceFile[],
  { environments = [] }: CompileOptions,
  compilations: readonly Compilation[],
): void {
  const compiled = new Set(compilations.map(({ environment }) => environment));
  if (environments.every((name) => compiled.has(name))) return;
  const known = environmentNames(files);
  const unknown = unknownNames('environment', environments, known);
  if (unknown) throw unknown;
}

/** What belongs to no project, and what was found in each, by the name of the compilation. */
type Found = Omit<Compiled, 'files'>;

/**
 * Everything that was found so far, each finding once; one that only some of a project's environments have says in which.
 * `judged`: what promtool and amtool say of each compilation, by its name.
 */
export function allDiagnostics({ compilations, diagnostics }: Found, judged?: Verification['byName']): Diagnostic[] {
  const projects = groupBy(compilations, ({ folder }) => folder);
  const found = [...projects.values()].flatMap((all) =>
    acrossEnvironments(
      all.map(({ name, environment = '', diagnostics: own }) => ({
        environment,
        diagnostics: [...own, ...(judged?.get(name) ?? [])],
      })),
    ),
  );
  return merged([...diagnostics, ...found]);
}

/** Shows findings to a person, on standard error; mere remarks only to those who ask for more. */
export async function printFindings(console: Console, diagnostics: readonly Diagnostic[]): Promise<void> {
  const shown = console.verbose ? diagnostics : diagnostics.filter(({ severity }) => severity !== 'info');
  const text = renderText(shown, { color: console.color('stderr') });
  if (text !== '') await console.warn(text);
}

/** Asks promtool and amtool about what was compiled; nothing is asked while there are errors. */
export async function verifyAll(console: Console, compiled: Compiled, mode: ToolMode): Promise<Verification> {
  if (mode === 'off') return UNVERIFIED;
  if (hasErrors(allDiagnostics(compiled))) {
    await console.detail('promtool and amtool are asked once the errors are mended');
    return UNVERIFIED;
  }
  return verify(console, compiled.compilations, mode);
}

/** Where the output of a compilation goes, by its name. */
export function outputFolder(out: string, name: string): string {
  return below(out, name);
}

interface Input {
  readonly files: readonly SourceFile[];
  readonly compilations: readonly Pick<Compilation, 'name' | 'folder'>[];
}

/** What of the input lies in a folder. */
function inputIn(folder: string, { compilations, files }: Input, cwd: string): string | undefined {
  const specs = compilations.find((each) => isWithin(each.folder, folder, cwd));
  if (specs) return `the specs in \`${specs.folder || '.'}\``;
  const file = files.find(({ path }) => isWithin(path, folder, cwd));
  return file && `\`${file.path}\`, which is read`;
}

/** Output among the files that it comes from would be taken for specs, or they for output: wrong usage. */
export function checkOutput(console: Console, compiled: Input, out: string): void {
  for (const { name } of compiled.compilations) {
    const folder = outputFolder(out, name);
    const held = inputIn(folder, compiled, console.host.cwd);
    if (held === undefined) continue;
    throw usage(`the output folder \`${folder}\` holds ${held}`, 'choose another output folder with `-o`');
  }
}

/** Output of a Project that is not among these specs is left alone: it may be made from other specs. */
export async function tellOthers(console: Console, { compilations }: Compiled, out: string): Promise<void> {
  if (!console.verbose || !(await console.host.isFolder(out))) return;
  for (const { path, kind } of await console.host.list(out, () => false)) {
    const folder = outputFolder(out, path);
    if (kind !== 'folder' || compilations.some(({ project }) => project === path)) continue;
    if ((await console.host.kindOf(`${folder}/${MANIFEST_PATH}`)) === 'file') {
      await console.detail(`${folder} is not generated from these specs and stays as it is`);
    }
  }
}

/** A compilation with what publishing it would do. */
export interface Planned {
  readonly compilation: Compilation;
  readonly folder: string;
  readonly plan: PublishPlan;
  readonly out: OutState;
  readonly diagnostics: readonly Diagnostic[];
  /** Only there to be removed. */
  readonly leftover?: true;
}

/** The files that a document comes from, as they are written in the folder of the workspace. */
function sourcesOf(artifact: Artifact, workspace: string, cwd: string): string[] {
  const paths = new Set([...artifact.origins.values()].map(({ document }) => document.file.path));
  return uniqueTexts([...paths].map((path) => relativeTo(workspace, path, cwd)));
}

async function planOne(
  console: Console,
  compilation: Compilation,
  out: string,
  targets?: readonly string[],
): Promise<Planned> {
  const folder = outputFolder(out, compilation.name);
  const artifacts = (compilation.artifacts ?? []).map((artifact) => ({
    ...artifact,
    sources: sourcesOf(artifact, compilation.folder, console.host.cwd),
  }));
  const state = await readOut(
    console.host,
    folder,
    artifacts.map(({ path }) => path),
  );
  const [plan, diagnostics] = planPublication({
    project: compilation.name,
    folder,
    artifacts,
    out: state,
    ...(targets && { targets }),
  });
  return { compilation, folder, plan, out: state, diagnostics: compilation.counting(diagnostics) };
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
export async function recoverAll(console: Console, names: readonly string[], out: string): Promise<void> {
  for (const name of names) {
    const folder = outputFolder(out, name);
    const outcome = await recover(console.host, folder);
    if (outcome === 'completed') await console.tell(`finished an interrupted publication in ${folder}`);
    if (outcome === 'discarded') await console.detail(`discarded what an interrupted run left in ${folder}`);
  }
}

/** Says where an interrupted run left a folder half new; only `generate` mends it. */
export async function warnOfPending(console: Console, names: readonly string[], out: string): Promise<void> {
  for (const name of names) {
    const folder = outputFolder(out, name);
    if (await pendingPublication(console.host, folder)) {
      await console.warn(`warning: a publication in ${folder} was interrupted; \`qmon generate\` finishes it`);
    }
  }
}

/** A folder from which everything of ours went needs no manifest. */
async function removeManifest({ host }: Console, folder: string, plan: PublishPlan): Promise<void> {
  if (plan.keep.length > 0) return;
  await host.removeFile(`${folder}/${MANIFEST_PATH}`);
  await host.removeEmptyFolder(folder);
}

/** Publishes every plan; a project that fails leaves the others as they are, old or new, and never half. */
export async function publishAll(console: Console, planned: readonly Planned[]): Promise<void> {
  const done: string[] = [];
  await console.during('writing', async () => {
    for (const { folder, plan, leftover } of planned) {
      await publish(console.host, folder, plan).catch(async (error) => {
        if (done.length > 0) await console.warn(`written before this went wrong: ${enumerate(done)}`);
        throw error;
      });
      if (leftover) await removeManifest(console, folder, plan);
      done.push(folder);
    }
  });
}
