import type { Host, RunResult } from '../host/host.ts';
import type { SourceFile } from '../source/span.ts';
import { EXIT, Stop, usage } from './exit.ts';
import { isSpecPath } from './specs.ts';

const TIMEOUT_MS = 60_000;

async function git(host: Host, args: readonly string[], input?: string): Promise<RunResult> {
  const result = await host.run('git', args, { timeoutMs: TIMEOUT_MS, ...(input !== undefined && { input }) });
  if (result.missing) throw new Stop(EXIT.unavailable, 'git is not found, so no revision can be read');
  return result;
}

/** The answers of `git cat-file --batch`: a header with the size in bytes, the bytes, a line break. */
function contents(output: string, paths: readonly string[]): SourceFile[] {
  const bytes = Buffer.from(output, 'utf8');
  let at = 0;
  return paths.map((path) => {
    const end = bytes.indexOf(10, at);
    const size = Number(bytes.toString('utf8', at, end).split(' ').at(-1));
    at = end + 1 + size + 1;
    return { path, text: bytes.toString('utf8', end + 1, at - 1) };
  });
}

/** The spec files of a folder as they were at a git revision; an unknown revision is wrong usage. */
export async function specsAtRevision(host: Host, revision: string, folder: string): Promise<readonly SourceFile[]> {
  const known = await git(host, ['rev-parse', '--verify', '--quiet', '--end-of-options', `${revision}^{commit}`]);
  if (known.exitCode !== 0) {
    throw usage(`git knows no revision \`${revision}\` here`, 'name a commit, a branch or a tag, such as `git:main`');
  }
  const commit = known.stdout.trim();
  const listed = await git(host, [
    'ls-tree',
    '-r',
    '-z',
    '--name-only',
    commit,
    '--',
    `${folder}/`.replace(/\/+$/, '/'),
  ]);
  if (listed.exitCode !== 0) throw usage(listed.stderr.trim());
  const paths = listed.stdout.split('\0').filter((path) => path !== '' && isSpecPath(path));
  if (paths.length === 0) return [];
  const input = paths.map((path) => `${commit}:./${path}\n`).join('');
  const batch = await git(host, ['cat-file', '--batch'], input);
  return contents(batch.stdout, paths);
}
