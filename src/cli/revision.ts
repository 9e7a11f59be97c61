import { groupBy } from '../base/order.ts';
import { resolvePath } from '../base/path.ts';
import type { EntryKind, RunResult } from '../host/host.ts';
import type { SourceFile } from '../source/span.ts';
import type { Console } from './console.ts';
import { EXIT, Stop, usage } from './exit.ts';
import { below, relativeTo } from './folder.ts';
import { diskShelf, readShelf, type Shelf, type SpecEntry } from './specs.ts';

const TIMEOUT_MS = 60_000;
const LINE_FEED = 10;

/** Runs git; what it prints comes as one character a byte, because it counts in bytes. */
type Git = (args: readonly string[], input?: string) => Promise<RunResult>;

/** Git in a folder: its paths are below that folder, whichever repository it is in. */
function gitIn({ host }: Console, folder: string): Git {
  const options = { cwd: folder, timeoutMs: TIMEOUT_MS, encoding: 'latin1' } as const;
  return async (args, input) => {
    const result = await host.run('git', args, { ...options, ...(input !== undefined && { input }) });
    if (result.missing) throw new Stop(EXIT.unavailable, 'git is not found, so no revision can be read');
    return result;
  };
}

function textOf(bytes: string): string {
  return Buffer.from(bytes, 'latin1').toString('utf8');
}

/** The commit that a revision names; a folder outside of every repository, or a revision unknown there, is wrong usage. */
async function commitOf(git: Git, revision: string): Promise<string> {
  const args = ['rev-parse', '--verify', '--quiet', '--end-of-options', `${revision}^{commit}`];
  const { exitCode, stdout, stderr } = await git(args);
  if (exitCode === 0) return stdout.trim();
  const said = textOf(stderr).trim().split('\n')[0]!;
  if (said !== '') throw usage(`git says: ${said}`);
  throw usage(`git knows no revision \`${revision}\` here`, 'name a commit, a branch or a tag, such as `git:main`');
}

const LINK_MODE = '120000';
const FILE_MODE = '100';

function kindOf(mode: string): EntryKind {
  if (mode === LINK_MODE) return 'link';
  return mode.startsWith(FILE_MODE) ? 'file' : 'other';
}

/**
 * What stands below a folder of the repository at a commit; undefined where there is no such folder.
 * Source: https://git-scm.com/docs/git-ls-tree (Output Format): `mode type object TAB path`, with `-z` each ended by NUL.
 */
async function listed(git: Git, commit: string, folder: string): Promise<SpecEntry[] | undefined> {
  const { exitCode, stdout } = await git(['ls-tree', '-r', '-z', '--full-tree', `${commit}:${folder}`]);
  if (exitCode !== 0) return undefined;
  const lines = stdout.split('\0').filter((line) => line !== '' && !line.includes('\n'));
  return lines.map((line) => {
    const [, mode, bytes] = /^(\d+) \w+ \w+\t(.*)$/.exec(line)!;
    return { path: textOf(bytes!), kind: kindOf(mode!) };
  });
}

/**
 * The content of files, undefined for what is no file. Source: https://git-scm.com/docs/git-cat-file (Batch Output, and
 * `--follow-symlinks`): a header that ends with the type and the size in bytes, the bytes, a line feed.
 */
async function contents(git: Git, commit: string, paths: readonly string[]): Promise<(Uint8Array | undefined)[]> {
  if (paths.length === 0) return [];
  const input = paths.map((path) => `${commit}:${path}\n`).join('');
  const { stdout } = await git(['cat-file', '--batch', '--follow-symlinks'], input);
  const bytes = Buffer.from(stdout, 'latin1');
  let at = 0;
  return paths.map(() => {
    const end = bytes.indexOf(LINE_FEED, at);
    const [, type, digits] = /(\w+) (\d+)$/.exec(bytes.toString('latin1', at, end)) ?? [];
    at = end + 1;
    if (type === undefined) return undefined;
    const content = bytes.subarray(at, at + Number(digits));
    at += Number(digits) + 1;
    return type === 'blob' ? content : undefined;
  });
}

/** A commit of a repository: the one that holds the specs, or a submodule of it. */
interface Revision {
  readonly git: Git;
  readonly commit: string;
  /** A folder of the repository, and the same folder as its top folder sees it; empty for that one itself. */
  readonly home: string;
  readonly prefix: string;
}

async function revisionOf(console: Console, revision: string, specs: string): Promise<Revision> {
  const git = gitIn(console, specs);
  const commit = await commitOf(git, revision);
  const { stdout } = await git(['rev-parse', '--show-prefix']);
  return { git, commit, home: specs, prefix: textOf(stdout).replace(/\/?\n$/, '') };
}

/** Where a place is in a repository; undefined where it is outside. */
function pathIn({ home, prefix }: Revision, place: string, cwd: string): string | undefined {
  const path = resolvePath(prefix, relativeTo(home, place, cwd));
  return path === '..' || path.startsWith('../') ? undefined : path;
}

const SUBMODULE = /^160000 commit (\w+)\t(.*)$/s;

/** The submodule that a path leads into; undefined where there is none, or its commit is not at hand. */
async function submoduleAt(console: Console, outer: Revision, path: string): Promise<Revision | undefined> {
  const parts = path.split('/');
  const above = parts.map((_, index) => parts.slice(0, index + 1).join('/'));
  // Git lists what stands beside the asked paths as well.
  const { stdout } = await outer.git(['ls-tree', '-z', '--full-tree', outer.commit, '--', ...above]);
  const modules = stdout.split('\0').flatMap((line) => {
    const [, commit, bytes] = SUBMODULE.exec(line) ?? [];
    return commit !== undefined && above.includes(textOf(bytes!)) ? [{ commit, at: textOf(bytes!) }] : [];
  });
  const [module] = modules;
  if (!module) return undefined;
  const home = resolvePath(outer.home, relativeTo(`/${outer.prefix}`, `/${module.at}`, '/'));
  if (!(await console.host.isFolder(home))) return undefined;
  const git = gitIn(console, home);
  const isThere = (await git(['cat-file', '-e', `${module.commit}^{commit}`])).exitCode === 0;
  return isThere ? { git, commit: module.commit, home, prefix: '' } : undefined;
}

/** A file as git knows it. */
interface Kept {
  readonly revision: Revision;
  readonly path: string;
}

/** What was in the repository comes from the commit, and everything else from the disk. */
function revisionShelf(console: Console, top: Revision): Shelf {
  const disk = diskShelf(console);
  const kept = new Map<string, Kept>();
  const list = async (revision: Revision, folder: string): Promise<readonly SpecEntry[] | undefined> => {
    const path = pathIn(revision, folder, console.host.cwd)!;
    const entries = await listed(revision.git, revision.commit, path);
    for (const entry of entries ?? []) {
      kept.set(below(folder, entry.path), { revision, path: resolvePath(path, entry.path) });
    }
    if (entries) return entries;
    const inner = await submoduleAt(console, revision, path);
    return inner && list(inner, folder);
  };
  return {
    list: (folder, enter) =>
      pathIn(top, folder, console.host.cwd) === undefined ? disk.list(folder, enter) : list(top, folder),
    async read(files) {
      const found = new Map<SpecEntry, Uint8Array | undefined>();
      const groups = groupBy(files, ({ path }) => kept.get(path)?.revision);
      for (const [revision, group] of groups) {
        const paths = group.map(({ path }) => kept.get(path)?.path ?? '');
        const bytes = revision ? await contents(revision.git, revision.commit, paths) : await disk.read(group);
        for (const [index, file] of group.entries()) found.set(file, bytes[index]);
      }
      return files.map((file) => found.get(file));
    },
  };
}

/** The spec files of a folder, and what they name, as they were at a git revision. Paths are shown as those of today. */
export async function specsAtRevision(
  console: Console,
  revision: string,
  folder: string,
): Promise<readonly SourceFile[]> {
  const shelf = revisionShelf(console, await revisionOf(console, revision, folder));
  return (await readShelf(shelf, folder)) ?? [];
}
