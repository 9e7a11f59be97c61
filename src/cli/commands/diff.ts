import { type DiffReport, diffTrees, type Tree } from '../../diff/trees.ts';
import { readManifest } from '../../output/manifest.ts';
import { type Compilation, compile } from '../../pipeline/compile.ts';
import { renderDiffJson, renderDiffText } from '../../report/diff.ts';
import { renderText } from '../../report/text.ts';
import { hasErrors } from '../../source/diagnostic.ts';
import type { SourceFile } from '../../source/span.ts';
import { type Console, consoleOf, type GlobalOptions } from '../command.ts';
import { EXIT, Stop, usage } from '../exit.ts';
import { specsAtRevision } from '../revision.ts';
import { allDiagnostics, compileFolder, outputFolder, warnOfPending } from '../session.ts';
import { DEFAULT_SPECS } from '../specs.ts';

interface Options extends GlobalOptions {
  readonly out: string;
  readonly against?: string;
  readonly format: 'text' | 'json';
  readonly exitCode?: boolean;
}

const REVISION = 'git:';

function treeOf({ artifacts = [] }: Compilation): Tree {
  return new Map(artifacts.map(({ path, text }) => [path, text]));
}

/** What an output folder holds of ours: the files of its manifest that are still there. */
async function publishedTree(console: Console, folder: string): Promise<Tree> {
  const path = `${folder}/manifest.json`;
  if ((await console.host.kindOf(path)) !== 'file') return new Map();
  const read = readManifest(await console.host.readText(path));
  if ('fault' in read) throw usage(`the manifest \`${path}\` ${read.fault}`, 'restore it, or generate again');
  const tree = new Map<string, string>();
  for (const file of read.manifest.files) {
    if ((await console.host.kindOf(`${folder}/${file.path}`)) !== 'file') continue;
    tree.set(file.path, await console.host.readText(`${folder}/${file.path}`));
  }
  return tree;
}

async function outputTrees(console: Console, out: string, names: readonly string[]): Promise<Map<string, Tree>> {
  if (!(await console.host.isFolder(out)) && out !== 'out') throw usage(`there is no folder \`${out}\``);
  const trees = names.map(async (name) => [name, await publishedTree(console, outputFolder(out, name))] as const);
  return new Map(await Promise.all(trees));
}

/** Compiles the specs as they were; with errors in them there is nothing to compare with. */
async function revisionTrees(
  console: Console,
  files: readonly SourceFile[],
  revision: string,
): Promise<Map<string, Tree>> {
  const [compilations, diagnostics] = compile(files);
  const found = [...diagnostics, ...compilations.flatMap((each) => each.diagnostics)];
  if (files.length > 0 && hasErrors(found)) {
    await console.warn(renderText(found, { color: console.color('stderr') }));
    throw new Stop(EXIT.findings, `the specs at ${revision} have errors, so there is nothing to compare with`);
  }
  return new Map(compilations.map((each) => [each.project, treeOf(each)]));
}

async function treesBefore(console: Console, specs: string, names: readonly string[], options: Options) {
  const against = options.against ?? options.out;
  if (!against.startsWith(REVISION)) return outputTrees(console, against, names);
  const revision = against.slice(REVISION.length);
  return revisionTrees(console, await specsAtRevision(console.host, revision, specs), revision);
}

function render(console: Console, projects: readonly { name: string; report: DiffReport }[], format: string): string {
  if (format === 'json') return renderDiffJson(projects);
  const color = console.color('stdout');
  const heading = (name: string) => (projects.length > 1 ? `${name}\n\n` : '');
  return projects.map(({ name, report }) => heading(name) + renderDiffText(report, { color })).join('\n');
}

/** `qmon diff`: what a deploy would change, by meaning. */
export async function run(folder: string | undefined, options: Options): Promise<number> {
  const console = consoleOf(options);
  const specs = folder ?? DEFAULT_SPECS;
  const compiled = await compileFolder(console, specs);
  const found = allDiagnostics(compiled);
  if (hasErrors(found)) {
    await console.warn(renderText(found, { color: console.color('stderr') }));
    return EXIT.findings;
  }
  if (options.against === undefined) await warnOfPending(console, compiled, options.out);
  const now = new Map(compiled.compilations.map((each) => [each.project, treeOf(each)]));
  const before = await treesBefore(console, specs, [...now.keys()], options);
  const names = [...new Set([...now.keys(), ...before.keys()])];
  const projects = names.map((name) => ({
    name,
    report: diffTrees(before.get(name) ?? new Map(), now.get(name) ?? new Map()),
  }));
  await console.result(render(console, projects, options.format));
  const changed = projects.some(({ report }) => report.changes.length > 0);
  return changed && options.exitCode ? EXIT.changes : EXIT.ok;
}
