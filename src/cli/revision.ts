import type { EntryKind, RunResult } from '../host/host.ts';
import type { SourceFile } from '../source/span.ts';
import type { Console } from './console.ts';
import { EXIT, Stop, usage } from './exit.ts';
import { below } from './folder.ts';
import { type SpecEntry, specEntries, specText } from './specs.ts';

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

interface TreeEntry extends SpecEntry {
  /** What `git cat-file` is asked for. */
  readonly object: string;
}

const LINK_MODE = '120000';
const FILE_MODE = '100';

function kindOf(mode: string): EntryKind {
  if (mode === LINK_MODE) return 'link';
  return mode.startsWith(FILE_MODE) ? 'file' : 'other';
}

/** Source: https://git-scm.com/docs/git-ls-tree (Output Format): `mode type object TAB path`, with `-z` each ended by NUL. */
async function listed(git: Git, commit: string): Promise<TreeEntry[]> {
  const { exitCode, stdout, stderr } = await git(['ls-tree', '-r', '-z', commit]);
  if (exitCode !== 0) throw usage(`git says: ${textOf(stderr).trim()}`);
  const lines = stdout.split('\0').filter((line) => line !== '' && !line.includes('\n'));
  return lines.map((line) => {
    const [, mode, id, bytes] = /^(\d+) \w+ (\w+)\t(.*)$/.exec(line)!;
    const kind = kindOf(mode!);
    return { path: textOf(bytes!), kind, object: kind === 'link' ? `${commit}:./${textOf(bytes!)}` : id! };
  });
}

/**
 * The content of objects, undefined for what is no file. Source: https://git-scm.com/docs/git-cat-file (Batch Output, and
 * `--follow-symlinks`): a header that ends with the type and the size in bytes, the bytes, a line feed.
 */
async function contents(git: Git, entries: readonly TreeEntry[]): Promise<readonly (Uint8Array | undefined)[]> {
  if (entries.length === 0) return [];
  const input = entries.map(({ object }) => `${object}\n`).join('');
  const { stdout } = await git(['cat-file', '--batch', '--follow-symlinks'], input);
  const bytes = Buffer.from(stdout, 'latin1');
  let at = 0;
  return entries.map(() => {
    const end = bytes.indexOf(LINE_FEED, at);
    const [, type, digits] = /(\w+) (\d+)$/.exec(bytes.toString('latin1', at, end)) ?? [];
    at = end + 1;
    if (type === undefined) return undefined;
    const content = bytes.subarray(at, at + Number(digits));
    at += Number(digits) + 1;
    return type === 'blob' ? content : undefined;
  });
}

/** The spec files of a folder as they were at a git revision. Paths are shown as those of today. */
export async function specsAtRevision(
  console: Console,
  revision: string,
  folder: string,
): Promise<readonly SourceFile[]> {
  const git = gitIn(console, folder);
  const entries = await listed(git, await commitOf(git, revision));
  const byPath = new Map(entries.map((entry) => [entry.path, entry]));
  const readText = async (path: string) => {
    const [content] = await contents(git, [byPath.get(path)!]);
    return content === undefined ? '' : Buffer.from(content).toString('utf8');
  };
  const specs = (await specEntries(entries, readText)).map(({ path }) => byPath.get(path)!);
  const found = await contents(git, specs);
  return specs.flatMap(({ path }, index) => {
    const content = found[index];
    const place = below(folder, path);
    return content === undefined ? [] : [{ path: place, text: specText(place, content) }];
  });
}
