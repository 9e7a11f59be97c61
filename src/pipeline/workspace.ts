import { globMatcher } from '../base/glob.ts';
import { groupBy, sortedBy } from '../base/order.ts';
import { isBelow, relativePath, resolvePath } from '../base/path.ts';
import type { Beside } from '../kinds/kind.ts';
import type { AnyKind } from '../kinds/read.ts';
import { kinds } from '../kinds/registry.ts';
import { defineCode } from '../source/code.ts';
import type { Checked, Diagnostic } from '../source/diagnostic.ts';
import { hasErrors } from '../source/diagnostic.ts';
import type { Located } from '../source/document.ts';
import type { SourceFile } from '../source/span.ts';
import { parseYaml } from '../source/yaml.ts';

/** The folder of a Project and every document below it, down to the next Project. */
export interface Workspace {
  /** Where its output goes below `out`. */
  readonly project: string;
  /** With `/`; empty for the folder that was given. */
  readonly folder: string;
  readonly documents: readonly Located[];
  /** The files that its documents name. */
  readonly beside: Beside;
  /** What reading its files found. */
  readonly diagnostics: readonly Diagnostic[];
}

const NO_PROJECT = defineCode<{ files: number }>({
  code: 'workspace/no-project',
  severity: 'error',
  title: 'there is no Project',
  explain:
    'A workspace is the folder that holds a `Project` document, with everything below it. `qmon init` writes one.',
  message: ({ files }) =>
    files === 0 ? 'there are no `.yaml` or `.yml` files here' : 'no document here is a `Project`',
  help: () => 'add a document `kind: Project`, or run `qmon init`',
});

const PROJECT_REPEATED = defineCode<{ folder: string }>({
  code: 'workspace/two-projects',
  severity: 'error',
  title: 'two Projects in one folder',
  explain: 'A folder with two Projects would be two workspaces made of the same documents.',
  message: ({ folder }) => `the folder \`${folder || '.'}\` has two Projects`,
  help: () => 'move one of them, with its documents, into a folder of its own',
});

const NAME_REPEATED = defineCode<{ name: string }>({
  code: 'workspace/project-name-repeated',
  severity: 'error',
  title: 'two Projects have the same name',
  explain: 'The output of a Project goes to `out/NAME`, so two of one name would overwrite each other.',
  message: ({ name }) => `the Project \`${name}\` exists already`,
  help: () => 'rename one of the two',
});

const OUTSIDE = defineCode<{ path: string }>({
  code: 'workspace/outside',
  severity: 'warning',
  title: 'a file that belongs to no Project',
  explain: 'A file above every Project takes part in nothing.',
  message: ({ path }) => `\`${path}\` belongs to no Project and is ignored`,
  help: () => 'move it below a Project, or remove it',
});

export const codes = [NO_PROJECT, PROJECT_REPEATED, NAME_REPEATED, OUTSIDE];

interface ParsedFile {
  readonly file: SourceFile;
  readonly documents: readonly Located[];
  readonly diagnostics: readonly Diagnostic[];
}

function parsedFile(file: SourceFile): ParsedFile {
  const [documents, diagnostics] = parseYaml(file);
  return { file, documents, diagnostics };
}

interface Root {
  readonly folder: string;
  readonly name: string;
  readonly document: Located;
}

function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}

function rootsOf(files: readonly ParsedFile[]): Root[] {
  return files.flatMap(({ file, documents }) =>
    documents.flatMap((document) => {
      const value = document.value as { kind?: unknown; metadata?: { name?: unknown } } | null;
      if (value?.kind !== 'Project') return [];
      const name = value.metadata?.name;
      return [{ folder: folderOf(file.path), name: typeof name === 'string' ? name : '', document }];
    }),
  );
}

/** The nearest Project above a file. */
function homeOf(path: string, roots: readonly Root[]): Root | undefined {
  const above = roots.filter((root) => isBelow(path, root.folder));
  return above.reduce<Root | undefined>(
    (nearest, root) => (nearest && nearest.folder.length >= root.folder.length ? nearest : root),
    undefined,
  );
}

function repeatedRoots(roots: readonly Root[]): Diagnostic[] {
  const byFolder = [...groupBy(roots, (root) => root.folder).values()].flatMap(([first, ...others]) =>
    others.map(({ document, folder }) => {
      const related = [{ span: first!.document.at(['kind']), message: 'the other one' }];
      return PROJECT_REPEATED.at(document.at(['kind']), { folder }, { related });
    }),
  );
  const named = roots.filter(({ name }) => name !== '');
  const byName = [...groupBy(named, (root) => root.name.toLowerCase()).values()].flatMap(([first, ...others]) =>
    others
      .filter((root) => root.folder !== first!.folder)
      .map(({ document, name }) => {
        const related = [{ span: first!.document.at(['metadata', 'name']), message: 'the other one' }];
        return NAME_REPEATED.at(document.at(['metadata', 'name']), { name }, { related });
      }),
  );
  return [...byFolder, ...byName];
}

const SPEC_FILE = /\.ya?ml$/;

/** The files by their paths, and those that match a pattern which counts from a folder. */
function filesFrom(files: readonly SourceFile[], folder: string): Beside {
  return {
    matching: (pattern) => {
      const matches = globMatcher(resolvePath(folder, pattern));
      return files.filter(({ path }) => matches(resolvePath('', path)));
    },
    pathOf: ({ path }) => relativePath(folder, resolvePath('', path)),
  };
}

/** The patterns in a document that was not checked yet: files that it may name. */
function patternsIn(document: Located): string[] {
  const value = document.value as { kind?: unknown; spec?: Record<string, unknown> | null } | null;
  const kind: AnyKind | undefined = kinds.find(({ name }) => name === value?.kind);
  return (kind?.files ?? []).flatMap(({ property, suffix }) => {
    const named = value?.spec?.[property];
    const patterns = Array.isArray(named) ? named : [named];
    return patterns.flatMap((pattern) => (typeof pattern === 'string' ? [pattern + suffix] : []));
  });
}

/** The paths of files that some document names: they are not specs. */
function claimed(files: readonly SourceFile[], parsed: readonly ParsedFile[], roots: readonly Root[]): Set<string> {
  const paths = parsed.flatMap(({ file, documents }) => {
    const beside = filesFrom(files, homeOf(file.path, roots)?.folder ?? '');
    return documents.flatMap(patternsIn).flatMap((pattern) => beside.matching(pattern).map(({ path }) => path));
  });
  return new Set(paths);
}

/** Parses the files and shares them out to their Projects. Findings that belong to no Project come beside the workspaces. */
export function workspacesOf(files: readonly SourceFile[]): Checked<readonly Workspace[]> {
  const sorted = sortedBy(files, (file) => file.path);
  const all = sorted.filter(({ path }) => SPEC_FILE.test(path)).map(parsedFile);
  const taken = claimed(sorted, all, rootsOf(all));
  const parsed = all.filter(({ file }) => !taken.has(file.path));
  const roots = rootsOf(parsed);
  const homes = groupBy(parsed, ({ file }) => homeOf(file.path, roots));
  const homeless = homes.get(undefined) ?? [];
  const diagnostics = [...repeatedRoots(roots), ...homeless.flatMap((each) => each.diagnostics)];
  if (roots.length === 0 && !hasErrors(diagnostics))
    diagnostics.push(NO_PROJECT.at(undefined, { files: files.length }));
  if (roots.length > 0) {
    diagnostics.push(...homeless.map(({ file }) => OUTSIDE.at({ file, start: 0, end: 0 }, { path: file.path })));
  }
  const first = [...groupBy(roots, (root) => root.folder).values()].map(([root]) => root!);
  const workspaces = first.map((root): Workspace => {
    const own = homes.get(root) ?? [];
    return {
      project: root.name,
      folder: root.folder,
      documents: own.flatMap((each) => each.documents),
      beside: filesFrom(sorted, root.folder),
      diagnostics: own.flatMap((each) => each.diagnostics),
    };
  });
  return [workspaces, diagnostics];
}
