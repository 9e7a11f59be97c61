import type { Host } from '../host/host.ts';
import type { SourceFile } from '../source/span.ts';
import { usage } from './exit.ts';

const SPEC_FILE = /\.ya?ml$/;

function isHidden(path: string): boolean {
  return path.split('/').some((segment) => segment.startsWith('.'));
}

/** Whether a path is a spec file: YAML, and in no dot-folder. */
export function isSpecPath(path: string): boolean {
  return SPEC_FILE.test(path) && !isHidden(path);
}

function withoutSlash(path: string): string {
  return path.replace(/(?<=.)\/+$/, '').replace(/^(\.\/)+(?=.)/, '');
}

/** The default specs folder. */
export const DEFAULT_SPECS = 'specs';

/**
 * Reads every spec file below a folder, dot-folders left out, links followed to files only where they stay in it.
 * Paths are shown as they were given: `specs/shop.yaml`. A folder that does not exist is wrong usage.
 */
export async function readSpecs(host: Host, folder: string): Promise<readonly SourceFile[]> {
  const root = withoutSlash(folder);
  if (!(await host.isFolder(root))) {
    throw usage(`there is no folder \`${root}\``, 'name the folder of the specs, or run `qmon init`');
  }
  const entries = await host.list(root, (path) => !isHidden(path));
  const paths = entries
    .filter(({ path, kind }) => kind === 'file' && isSpecPath(path))
    .map(({ path }) => (root === '.' ? path : `${root}/${path}`));
  return Promise.all(paths.map(async (path) => ({ path, text: await host.readText(path) })));
}
