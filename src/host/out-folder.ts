import { invariant } from '../base/assert.ts';
import type { Artifact } from '../output/artifact.ts';
import { MANIFEST_PATH, pathFault, WORK_FOLDER } from '../output/artifact-path.ts';
import { readManifest } from '../output/manifest.ts';
import type { OutEntry, OutState } from '../output/plan.ts';
import { sha256 } from '../output/sha256.ts';
import { forEachAtMost } from './concurrency.ts';
import { type Files, HostError } from './host.ts';

const FILES_AT_A_TIME = 16;

/**
 * What stands in an output folder now; `paths` are those that are about to be published. Only their content and that
 * of the files in the manifest is read.
 */
export async function readOut(files: Files, root: string, paths: Iterable<string>): Promise<OutState> {
  if (!(await files.isFolder(root))) return { entries: new Map() };
  const manifest = await manifestText(files, root);
  const wanted = new Set([...paths, ...listedPaths(manifest)]);
  const found = await files.list(root, (path) => path !== WORK_FOLDER);
  const ours = found.filter(({ path }) => path !== WORK_FOLDER && path !== MANIFEST_PATH);
  const entries = new Map<string, OutEntry>(ours.map(({ path, kind }) => [path, { kind }]));
  const read = ours.filter(({ path, kind }) => kind === 'file' && wanted.has(path));
  await forEachAtMost(FILES_AT_A_TIME, read, async ({ path }) => {
    entries.set(path, { kind: 'file', sha256: sha256(await files.readBytes(`${root}/${path}`)) });
  });
  return { entries, ...(manifest !== undefined && { manifest }) };
}

async function manifestText(files: Files, root: string): Promise<string | undefined> {
  const path = `${root}/${MANIFEST_PATH}`;
  const kind = await files.kindOf(path);
  if (kind === undefined) return undefined;
  if (kind !== 'file')
    throw new HostError(path, `\`${path}\` is a ${kind === 'other' ? 'special file' : kind}, not a file`);
  return files.readText(path);
}

/** One that cannot be read is reported by the plan. */
function listedPaths(manifest: string | undefined): string[] {
  const read = manifest === undefined ? undefined : readManifest(manifest);
  return read && 'manifest' in read ? read.manifest.files.map((file) => file.path) : [];
}

/** Writes artifacts into a temporary folder, where promtool and amtool look at them before they are published. */
export async function stageTo(
  files: Files,
  folder: string,
  artifacts: readonly Pick<Artifact, 'path' | 'text'>[],
): Promise<void> {
  const folders = new Set(artifacts.map(({ path }) => parentOf(`${folder}/${path}`)));
  for (const each of folders) await files.makeFolders(each);
  await forEachAtMost(FILES_AT_A_TIME, artifacts, async ({ path, text }) => {
    invariant(pathFault(path) === undefined, `the artifact path ${path} was not checked`);
    await files.writeText(`${folder}/${path}`, text);
  });
}

/** The folder that something stands in: `.` for a name alone. */
export function parentOf(path: string): string {
  const end = path.lastIndexOf('/');
  return end === -1 ? '.' : path.slice(0, end) || '/';
}
