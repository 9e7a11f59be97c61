import { enumerate } from '../../base/text.ts';
import { type DiffReport, diffTrees, type Tree } from '../../diff/trees.ts';
import { readManifest } from '../../output/manifest.ts';
import { type Compilation, compile, environmentNames } from '../../pipeline/compile.ts';
import { renderDiffJson, renderDiffText } from '../../report/diff.ts';
import { type Diagnostic, hasErrors } from '../../source/diagnostic.ts';
import type { Console } from '../console.ts';
import { EXIT, usage } from '../exit.ts';
import { folderArgument } from '../folder.ts';
import { formerPlaces, leftovers } from '../leftovers.ts';
import { specsAtRevision } from '../revision.ts';
import {
  allDiagnostics,
  atHand,
  type Compiled,
  compileFolder,
  outputFolder,
  printFindings,
  warnOfPending,
  withinOf,
} from '../session.ts';
import { DEFAULT_SPECS } from '../specs.ts';

interface Options {
  readonly out: string;
  readonly against?: string;
  readonly format: 'text' | 'json';
  readonly exitCode?: boolean;
  readonly env?: readonly string[];
}

/** What one side of the comparison is: the files of each project, or the errors that leave none. */
type Side = ReadonlyMap<string, Tree> | { readonly faults: readonly Diagnostic[]; readonly where: string };

/** What is asked about: the specs as they are, and what becomes of them. */
interface Asked {
  readonly specs: string;
  readonly compiled: Compiled;
  readonly now: ReadonlyMap<string, Tree>;
  readonly env: Options['env'];
}

const REVISION = 'git:';
const ENVIRONMENT = 'env:';

function isTrees(side: Side): side is ReadonlyMap<string, Tree> {
  return side instanceof Map;
}

function treesOf(compilations: readonly Compilation[]): Map<string, Tree> {
  const treeOf = ({ artifacts = [] }: Compilation) => new Map(artifacts.map(({ path, text }) => [path, text]));
  return new Map(compilations.map((each) => [each.name, treeOf(each)]));
}

/** What an output folder holds of ours: the files of its manifest that are still there. */
async function publishedTree({ host }: Console, folder: string): Promise<Tree> {
  const path = `${folder}/manifest.json`;
  if ((await host.kindOf(path)) !== 'file') return new Map();
  const read = readManifest(await host.readText(path));
  if ('fault' in read) throw usage(`the manifest \`${path}\` ${read.fault}`, 'restore it, or generate again');
  const tree = new Map<string, string>();
  for (const { path: file } of read.manifest.files) {
    if ((await host.kindOf(`${folder}/${file}`)) !== 'file') continue;
    tree.set(file, await host.readText(`${folder}/${file}`));
  }
  return tree;
}

async function outputTrees(console: Console, out: string, names: Iterable<string>): Promise<Map<string, Tree>> {
  const trees = new Map<string, Tree>();
  for (const name of names) trees.set(name, await publishedTree(console, outputFolder(out, name)));
  return trees;
}

/** Compiles the specs as they were. Where there were none, everything is new. */
async function sideAtRevision(console: Console, revision: string, { specs, now, env }: Asked): Promise<Side> {
  const files = await specsAtRevision(console, revision, specs);
  if (files.length === 0) return new Map();
  const [compilations, diagnostics] = compile(files, {
    ...atHand(console),
    ...(env && { environments: env }),
    within: withinOf(specs),
  });
  const faults = allDiagnostics({ compilations, diagnostics });
  if (hasErrors(faults)) return { faults, where: `the specs at ${revision}` };
  const all = treesOf(compilations);
  return env ? new Map([...all].filter(([name]) => now.has(name))) : all;
}

/** Another environment, compiled under the name of the one that is asked about: what is left differs in substance. */
async function sideInEnvironment(console: Console, name: string, { specs, now, env }: Asked): Promise<Side> {
  const [shownAs, ...others] = env ?? [];
  if (shownAs === undefined || others.length > 0) {
    throw usage('`--against env:NAME` compares one environment with another', 'name the other one: `--env staging`');
  }
  const compiled = await compileFolder(console, specs, { environments: [name], shownAs });
  const faults = allDiagnostics(compiled);
  if (hasErrors(faults)) return { faults, where: `the specs in ${name}` };
  await console.tell(`from ${name} to ${shownAs}: names and links are those of ${shownAs} on both sides`);
  const before = treesOf(compiled.compilations);
  const alone = [...now.keys()].filter((each) => !before.has(each));
  if (alone.length > 0) await console.tell(`not compared, because there is no ${name}: ${enumerate(alone)}`);
  return before;
}

/** An output folder, with what `generate` would remove from it because it is published elsewhere now. */
async function sideInFolder(console: Console, folder: string, { compiled, now, env }: Asked): Promise<Side> {
  const left = env ? [] : await leftovers(console, compiled.compilations, folder);
  return outputTrees(console, folder, [...now.keys(), ...left.map(({ name }) => name)]);
}

/** What the specs of today are compared with. Only the output folder itself may be missing: then everything is new. */
async function sideBefore(console: Console, asked: Asked, { against, out }: Options): Promise<Side> {
  if (against?.startsWith(REVISION)) return sideAtRevision(console, against.slice(REVISION.length), asked);
  if (against?.startsWith(ENVIRONMENT)) return sideInEnvironment(console, against.slice(ENVIRONMENT.length), asked);
  const folder = folderArgument(against ?? out, 'output');
  if (against !== undefined && !(await console.host.isFolder(folder))) {
    const meant = environmentNames(asked.compiled.files).includes(against);
    const help = meant ? `did you mean \`env:${against}\`?` : 'name an output folder, or a revision as `git:main`';
    throw usage(`there is no folder \`${folder}\``, help);
  }
  return sideInFolder(console, folder, asked);
}

/** What is compared: between two environments only what has both. */
function comparable(now: ReadonlyMap<string, Tree>, before: ReadonlyMap<string, Tree>, { against }: Options) {
  if (!against?.startsWith(ENVIRONMENT)) return now;
  return new Map([...now].filter(([name]) => before.has(name)));
}

/** There is nothing to compare: the errors are the result. */
async function refuse(console: Console, faults: readonly Diagnostic[], where: string, format: string): Promise<number> {
  await printFindings(console, faults);
  if (format === 'json') await console.result(renderDiffJson(undefined, faults));
  await console.warn(`${where} have errors, so there is nothing to compare`);
  return EXIT.findings;
}

interface ProjectDiff {
  readonly name: string;
  readonly report: DiffReport;
}

function compare(before: ReadonlyMap<string, Tree>, now: ReadonlyMap<string, Tree>): ProjectDiff[] {
  const names = [...new Set([...now.keys(), ...before.keys()])];
  const none: Tree = new Map();
  return names.map((name) => ({ name, report: diffTrees(before.get(name) ?? none, now.get(name) ?? none) }));
}

function textOf(console: Console, projects: readonly ProjectDiff[]): string {
  const color = console.color('stdout');
  const heading = (name: string) => (projects.length > 1 ? `${name}\n\n` : '');
  return projects.map(({ name, report }) => heading(name) + renderDiffText(report, { color })).join('\n');
}

/** `qmon diff`: what a deploy would change, by meaning. */
export async function run(console: Console, folder: string | undefined, options: Options): Promise<number> {
  const { format } = options;
  const specs = folderArgument(folder ?? DEFAULT_SPECS, 'specs');
  const out = folderArgument(options.out, 'output');
  const compiled = await compileFolder(console, specs, options.env && { environments: options.env });
  const found = allDiagnostics(compiled);
  if (hasErrors(found)) return refuse(console, found, 'the specs', format);
  const now = treesOf(compiled.compilations);
  if (options.against === undefined) {
    const former = options.env ? [] : await formerPlaces(console, compiled.compilations, out);
    await warnOfPending(console, [...now.keys(), ...former], out);
  }
  const before = await sideBefore(console, { specs, compiled, now, env: options.env }, options);
  if (!isTrees(before)) return refuse(console, before.faults, before.where, format);
  const projects = compare(before, comparable(now, before, options));
  await console.result(format === 'json' ? renderDiffJson(projects, found) : textOf(console, projects));
  const changed = projects.some(({ report }) => report.changes.length > 0);
  return changed && options.exitCode ? EXIT.changes : EXIT.ok;
}
