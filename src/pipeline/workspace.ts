import { groupBy } from '../base/order.ts';
import { isBelow } from '../base/path.ts';
import type { Beside } from '../kinds/kind.ts';
import { defineCode } from '../source/code.ts';
import type { Checked, Diagnostic } from '../source/diagnostic.ts';
import { hasErrors } from '../source/diagnostic.ts';
import type { Located } from '../source/document.ts';
import type { SourceFile } from '../source/span.ts';
import { type ImportEntry, importsOf, isImported, type Package, packagesOf, type Shelf } from './packages.ts';
import { filesFrom, nearestAbove, type ParsedFile, type Root, sourcesOf } from './sources.ts';

/** The folder of a Project and every document below it, down to the next Project. */
export interface Workspace {
  /** Where its output goes below `out`. */
  readonly project: string;
  /** With `/`; empty for the folder that was given. */
  readonly folder: string;
  readonly documents: readonly Located[];
  /** The files that its documents name. */
  readonly beside: Beside;
  /** What it imports. */
  readonly packages: readonly Package[];
  /** What reading its files, and those of its packages, found. */
  readonly diagnostics: readonly Diagnostic[];
  /** What is wrong with its imports. */
  readonly importFaults: readonly Diagnostic[];
  /** Namespaces of which nothing is known, because their import is wrong; an empty one may be any. */
  readonly lost: readonly string[];
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

/** The folder that a file is in; empty for the one in which qmon was started. */
function parentOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}

/** The documents of each folder that somebody imports. */
function shelfOf(parsed: readonly ParsedFile[], roots: readonly Root[], files: readonly SourceFile[]): Shelf {
  return {
    packageAt(folder) {
      const inner = roots.filter((root) => root.folder !== folder && isBelow(root.folder, folder));
      const own = parsed.filter(
        ({ file }) => isBelow(file.path, folder) && nearestAbove(file.path, inner) === undefined,
      );
      const project = roots.find((root) => root.folder === folder)?.document;
      const documents = own.flatMap((each) => each.documents).filter((each) => each !== project);
      const diagnostics = own.flatMap((each) => each.diagnostics);
      return { documents, diagnostics, beside: filesFrom(files, folder), ...(project && { project }) };
    },
  };
}

/**
 * A Project that is there only to be imported is no workspace of this run: it lies outside the folder that was asked
 * for, or (vendored, as are the examples that a package brings) below the one that imports it.
 */
function compiled(roots: readonly Root[], imports: readonly ImportEntry[], within: string | undefined): Root[] {
  const vendored = imports
    .map(({ folder, project }) => ({ folder, importer: parentOf(project.file.path) }))
    .filter(({ folder, importer }) => folder !== importer && isBelow(folder, importer));
  return roots.filter(({ folder }) => {
    if (vendored.some((each) => isBelow(folder, each.folder))) return false;
    const isImported = imports.some((each) => each.folder === folder);
    return !isImported || within === undefined || isBelow(folder, within);
  });
}

function workspaceAt(root: Root, files: readonly ParsedFile[], shelf: Shelf, all: readonly SourceFile[]): Workspace {
  const imports = importsOf(root.document, root.folder);
  const own = files.filter(({ file }) => !isImported(file.path, imports, root.folder));
  const { packages, found, faults, lost } = packagesOf(shelf, root.document, root.folder);
  return {
    project: root.name,
    folder: root.folder,
    documents: own.flatMap((each) => each.documents),
    beside: filesFrom(all, root.folder),
    packages,
    diagnostics: [...own.flatMap((each) => each.diagnostics), ...faults],
    importFaults: found,
    lost,
  };
}

/**
 * Parses the files and shares them out to their Projects. Findings that belong to no Project come beside the workspaces.
 * `within`: the folder that was asked for; a Project outside it is there only to be imported.
 */
export function workspacesOf(files: readonly SourceFile[], within?: string): Checked<readonly Workspace[]> {
  const { files: sorted, specs: parsed, roots } = sourcesOf(files);
  const imports = roots.flatMap((root) => importsOf(root.document, root.folder));
  const homes = groupBy(parsed, ({ file }) => nearestAbove(file.path, roots));
  const homeless = (homes.get(undefined) ?? []).filter(
    ({ file }) => !imports.some(({ folder }) => isBelow(file.path, folder)),
  );
  const main = compiled(roots, imports, within);
  const diagnostics = [...repeatedRoots(main), ...homeless.flatMap((each) => each.diagnostics)];
  if (roots.length === 0 && !hasErrors(diagnostics))
    diagnostics.push(NO_PROJECT.at(undefined, { files: files.length }));
  if (roots.length > 0) {
    diagnostics.push(...homeless.map(({ file }) => OUTSIDE.at({ file, start: 0, end: 0 }, { path: file.path })));
  }
  const first = [...groupBy(main, (root) => root.folder).values()].map(([root]) => root!);
  const shelf = shelfOf(parsed, roots, sorted);
  return [first.map((root) => workspaceAt(root, homes.get(root) ?? [], shelf, sorted)), diagnostics];
}
