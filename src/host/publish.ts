import { MANIFEST_PATH, WORK_FOLDER } from '../output/artifact-path.ts';
import { isUpToDate, type PublishPlan } from '../output/plan.ts';
import { sha256 } from '../output/sha256.ts';
import { forEachAtMost } from './concurrency.ts';
import { HostError, type Processes } from './host.ts';
import { type Journal, readJournal, writeJournal } from './journal.ts';
import { type LockHost, withLock } from './lock.ts';
import { parentOf } from './out-folder.ts';
import { rollForward } from './roll-forward.ts';

export type PublishHost = LockHost & Pick<Processes, 'uninterrupted'>;

/** The disk takes several files at once much faster than one after the other. */
const FILES_AT_A_TIME = 16;

/** What qmon keeps in an output folder while it publishes. */
function workPaths(root: string) {
  const work = `${root}/${WORK_FOLDER}`;
  return { work, stage: `${work}/stage`, journal: `${work}/journal.json`, lock: `${work}/lock` };
}

/**
 * Carries out a plan, all or nothing. The new files are finished in `.qmon/stage` first; then a journal decides that they
 * are published; then they are renamed to where they belong, stale ones deleted, and the manifest renamed last. What is
 * interrupted before the journal leaves the old files, and after it `recover` finishes the new ones. Files that are
 * up to date are not touched. Throws `HostError`; signals wait until it has ended.
 */
export async function publish(host: PublishHost, root: string, plan: PublishPlan): Promise<void> {
  if (isUpToDate(plan)) return;
  await checkWritable(host, root, plan);
  await host.uninterrupted(() =>
    working(host, root, async () => {
      const { work } = workPaths(root);
      if (await pendingPublication(host, root)) {
        throw new HostError(work, `a publication in \`${root}\` was interrupted; run \`qmon generate\` again`);
      }
      await discard(host, root);
      const journal = await stage(host, root, plan).catch(async (error) => {
        await discard(host, root).catch(() => {});
        throw error;
      });
      await complete(host, root, journal);
    }),
  );
}

/** Whether a publication into this folder was interrupted after it was decided, so that the folder may be half new. */
export async function pendingPublication(host: PublishHost, root: string): Promise<boolean> {
  return (await host.kindOf(workPaths(root).journal)) === 'file';
}

/** Mends what an interrupted publication left: finishes it when it was decided, otherwise discards its stage. */
export async function recover(host: PublishHost, root: string): Promise<'none' | 'completed' | 'discarded'> {
  const { work, journal: path } = workPaths(root);
  if ((await host.kindOf(work)) === undefined) return 'none';
  return host.uninterrupted(() =>
    working(host, root, async () => {
      if (await pendingPublication(host, root)) {
        await complete(host, root, readJournal(path, await host.readText(path)));
        return 'completed';
      }
      await discard(host, root);
      return 'discarded';
    }),
  );
}

/** Holds the lock in `.qmon`, and leaves no empty folder behind. */
async function working<T>(host: PublishHost, root: string, task: () => Promise<T>): Promise<T> {
  const { work, lock } = workPaths(root);
  await makeDurableFolder(host, work);
  if ((await host.kindOf(work)) !== 'folder') throw new HostError(work, `\`${work}\` is no folder; delete it`);
  const tidy = async () => {
    if (await host.removeEmptyFolder(work)) await host.removeEmptyFolder(root);
  };
  return alsoAfterwards(() => withLock(host, lock, task), tidy);
}

/** A fault while tidying up never hides the one that came first. */
async function alsoAfterwards<T>(task: () => Promise<T>, tidy: () => Promise<void>): Promise<T> {
  const result = await task().catch(async (error) => {
    await tidy().catch(() => {});
    throw error;
  });
  await tidy();
  return result;
}

/** Finishes the new files in the stage and decides by the journal that they are published. */
async function stage(host: PublishHost, root: string, plan: PublishPlan): Promise<Journal> {
  const { stage: folder, journal: path } = workPaths(root);
  const manifest = plan.manifestChanged ? { path: MANIFEST_PATH, text: plan.manifest } : undefined;
  const texts = [...plan.write, ...(manifest ? [manifest] : [])].map(({ text }) => text);
  await host.makeFolder(folder);
  await forEachAtMost(FILES_AT_A_TIME, texts, (text, index) =>
    host.writeText(`${folder}/${index}`, text, { durable: true }),
  );
  await host.syncFolder(folder);
  const journal: Journal = {
    write: plan.write.map((write, index) => ({ path: write.path, staged: String(index) })),
    remove: await withContents(host, root, plan.remove),
    ...(manifest && { manifest: String(plan.write.length) }),
  };
  await host.writeText(`${path}.new`, writeJournal(journal), { durable: true });
  await host.rename(`${path}.new`, path);
  return journal;
}

async function withContents(host: PublishHost, root: string, paths: readonly string[]): Promise<Journal['remove']> {
  const read = async (path: string) => ({ path, sha256: sha256(await host.readBytes(`${root}/${path}`)) });
  return Promise.all(paths.map(read));
}

/** From the journal on there is only forward, so nothing moves before it is on the disk: it may be read, and not be there. */
async function complete(host: PublishHost, root: string, journal: Journal): Promise<void> {
  const { work, stage: folder } = workPaths(root);
  try {
    await host.syncFolder(work);
    await rollForward(host, root, folder, journal);
  } catch (error) {
    if (!(error instanceof HostError)) throw error;
    const advice = 'the publication is half done: mend this, then run `qmon generate` to finish it';
    throw new HostError(error.path, `${error.message}; ${advice}`, { cause: error });
  }
  await discard(host, root);
}

/** The journal goes first, for good: without it the stage means nothing. */
async function discard(host: PublishHost, root: string): Promise<void> {
  const { work, stage: folder, journal } = workPaths(root);
  await host.removeFile(journal);
  await host.removeFile(`${journal}.new`);
  await host.syncFolder(work);
  await host.removeTree(folder);
}

async function makeDurableFolder(host: PublishHost, path: string): Promise<void> {
  if ((await host.kindOf(path)) !== undefined) return;
  await makeDurableFolder(host, parentOf(path));
  await host.makeFolder(path);
  await host.syncFolder(parentOf(path));
}

/** Better refused before anything is staged than stuck half way. */
async function checkWritable(host: PublishHost, root: string, plan: PublishPlan): Promise<void> {
  const paths = [...plan.write.map((write) => write.path), ...plan.remove, MANIFEST_PATH];
  for (const wanted of new Set(paths.map((path) => parentOf(`${root}/${path}`)))) {
    const folder = await nearestFolder(host, wanted);
    if (!(await host.isWritable(folder)))
      throw new HostError(folder, `cannot write in \`${folder}\`: permission denied`);
  }
}

async function nearestFolder(host: PublishHost, path: string): Promise<string> {
  if (path === parentOf(path) || (await host.isFolder(path))) return path;
  return nearestFolder(host, parentOf(path));
}
