import { resolvePath } from '../base/path.ts';
import type { EntryKind, RunResult } from '../host/host.ts';
import type { SourceFile } from '../source/span.ts';
import type { Console } from './console.ts';
import { EXIT, Stop, usage } from './exit.ts';
import { relativeTo } from './folder.ts';
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

/** A commit of the repository that holds the specs. */
interface Revision {
  readonly git: Git;
  readonly commit: string;
  /** Where a place as it is shown to people is in the repository; undefined where it is outside. */
  inside(place: string): string | undefined;
}

async function revisionOf(console: Console, revision: string, specs: string): Promise<Revision> {
  const git = gitIn(console, specs);
  const commit = await commitOf(git, revision);
  const { stdout } = await git(['rev-parse', '--show-prefix']);
  const prefix = textOf(stdout).replace(/\n$/, '');
  const inside = (place: string) => {
    const path = resolvePath(prefix, relativeTo(specs, place, console.host.cwd));
    return path === '..' || path.startsWith('../') ? undefined : path;
  };
  return { git, commit, inside };
}

/** What was in the repository comes from the commit, and everything else from the disk. */
function revisionShelf(console: Console, { git, commit, inside }: Revision): Shelf {
  const disk = diskShelf(console);
  return {
    list: (folder, enter) => {
      const path = inside(folder);
      return path === undefined ? disk.list(folder, enter) : listed(git, commit, path);
    },
    async read(files) {
      const paths = files.map(({ path }) => inside(path));
      const kept = paths.filter((path) => path !== undefined);
      const fromCommit = (await contents(git, commit, kept)).values();
      const fromDisk = (await disk.read(files.filter((_, index) => paths[index] === undefined))).values();
      return paths.map((path) => (path === undefined ? fromDisk : fromCommit).next().value);
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
