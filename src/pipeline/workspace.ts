import { groupBy } from '../base/order.ts';
import type { Beside } from '../kinds/kind.ts';
import { defineCode } from '../source/code.ts';
import type { Checked, Diagnostic } from '../source/diagnostic.ts';
import { hasErrors } from '../source/diagnostic.ts';
import type { Located } from '../source/document.ts';
import type { SourceFile } from '../source/span.ts';
import { filesFrom, nearestAbove, type Root, sourcesOf } from './sources.ts';

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

/** Parses the files and shares them out to their Projects. Findings that belong to no Project come beside the workspaces. */
export function workspacesOf(files: readonly SourceFile[]): Checked<readonly Workspace[]> {
  const { files: sorted, specs, roots } = sourcesOf(files);
  const homes = groupBy(specs, ({ file }) => nearestAbove(file.path, roots));
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
