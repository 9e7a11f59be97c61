import { foldPath, MANIFEST_PATH, parentFolders } from '../output/artifact-path.ts';
import { sha256 } from '../output/sha256.ts';
import { type Files, HostError } from './host.ts';
import type { Journal } from './journal.ts';

/**
 * Does what a journal decided, or the rest of it: every step is harmless when it was done before. What the disk holds
 * is certain before the next step that relies on it.
 */
export async function rollForward(files: Files, root: string, stage: string, journal: Journal): Promise<void> {
  const staged = new Set(
    (await files.kindOf(stage)) === 'folder' ? (await files.list(stage)).map(({ path }) => path) : [],
  );
  const waiting = journal.write.filter((write) => staged.has(write.staged));
  const [obstacles, stale] = obstaclesFirst(journal);
  if (waiting.length === journal.write.length) await removeAll(files, root, obstacles);
  for (const { path, staged: name } of waiting) {
    await makeFoldersFor(files, root, path);
    await files.removeEmptyFolder(`${root}/${path}`);
    await files.rename(`${stage}/${name}`, `${root}/${path}`);
  }
  await syncFolders(files, root, journal.write);
  await removeAll(files, root, stale);
  if (journal.manifest !== undefined && staged.has(journal.manifest)) {
    await files.rename(`${stage}/${journal.manifest}`, `${root}/${MANIFEST_PATH}`);
  }
  await files.syncFolder(root);
}

type Removal = Journal['remove'][number];

/**
 * A stale file goes before the renames where a new one takes its place: as a folder, as a file in a folder of its name,
 * or under the same name in another case. All others go after them, so that nobody finds neither the old nor the new.
 */
function obstaclesFirst({ write, remove }: Journal): readonly [obstacles: Removal[], others: Removal[]] {
  const files = new Set(write.map(({ path }) => foldPath(path)));
  const folders = new Set([...files].flatMap(parentFolders));
  const [obstacles, others]: [Removal[], Removal[]] = [[], []];
  for (const removal of remove) {
    const path = foldPath(removal.path);
    const inTheWay = files.has(path) || folders.has(path) || parentFolders(path).some((folder) => files.has(folder));
    (inTheWay ? obstacles : others).push(removal);
  }
  return [obstacles, others];
}

/** Deletes the files that nobody changed since, and the folders that this empties. */
async function removeAll(files: Files, root: string, removals: readonly Removal[]): Promise<void> {
  for (const { path, sha256: planned } of removals) {
    const parents = parentFolders(path);
    if (!(await areFolders(files, root, parents))) continue;
    const place = `${root}/${path}`;
    if ((await files.kindOf(place)) === 'file' && sha256(await files.readBytes(place)) === planned)
      await files.removeFile(place);
    for (const folder of parents) await files.removeEmptyFolder(`${root}/${folder}`);
  }
  await syncFolders(files, root, removals);
}

/** Nothing is followed out of the output folder through a link. */
async function areFolders(files: Files, root: string, folders: readonly string[]): Promise<boolean> {
  for (const folder of folders) {
    const kind = await files.kindOf(`${root}/${folder}`);
    if (kind !== undefined && kind !== 'folder') return false;
  }
  return true;
}

async function makeFoldersFor(files: Files, root: string, path: string): Promise<void> {
  for (const folder of parentFolders(path).reverse()) {
    const place = `${root}/${folder}`;
    const kind = await files.kindOf(place);
    if (kind === 'folder') continue;
    if (kind !== undefined) throw new HostError(place, `\`${place}\` is no folder, and qmon did not make it`);
    await files.makeFolder(place);
  }
}

/** Of the files' folders those that are still there, and the output folder itself. */
async function syncFolders(files: Files, root: string, items: readonly { readonly path: string }[]): Promise<void> {
  const folders = new Set(items.flatMap(({ path }) => parentFolders(path)));
  for (const folder of folders) {
    if ((await files.kindOf(`${root}/${folder}`)) === 'folder') await files.syncFolder(`${root}/${folder}`);
  }
  await files.syncFolder(root);
}
