import { execFileSync } from 'node:child_process';
import { mkdtempSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { consoleOf } from '../../src/cli/console.ts';
import { specsAtRevision } from '../../src/cli/revision.ts';
import { readSpecs } from '../../src/cli/specs.ts';
import { nodeHost } from '../../src/host/node.ts';
import { library, project, withKindWithFiles } from '../pipeline/kind-with-files.ts';
import { write } from './sandbox.ts';

withKindWithFiles();

let base: string;
let folder: string;
beforeAll(() => {
  base = realpathSync(mkdtempSync(join(tmpdir(), 'qmon-revision-')));
});
beforeEach(() => {
  folder = mkdtempSync(join(base, 'case-'));
});
afterAll(() => rmSync(base, { recursive: true, force: true }));

function git(cwd: string, ...args: string[]): void {
  const { GIT_DIR: _, ...env } = process.env;
  const settings = ['-c', 'user.name=a', '-c', 'user.email=a@example.org', '-c', 'protocol.file.allow=always'];
  execFileSync('git', [...settings, ...args], { cwd, stdio: 'pipe', env: { ...env, GIT_CONFIG_GLOBAL: '/dev/null' } });
}

function commit(cwd: string, files: Readonly<Record<string, string>>): void {
  write(cwd, files);
  git(cwd, 'init', '-q');
  git(cwd, 'add', '-A');
  git(cwd, 'commit', '-q', '-m', 'x');
}

/** Texts by path below the folder of the test, now and at the last commit. */
async function reads(specs: string): Promise<{ now: Record<string, string>; past: Record<string, string> }> {
  const console = consoleOf({ quiet: true }, nodeHost());
  const root = join(folder, specs);
  const texts = (files: readonly { path: string; text: string }[]) =>
    Object.fromEntries(files.map(({ path, text }) => [path.slice(folder.length + 1), text]));
  return { now: texts(await readSpecs(console, root)), past: texts(await specsAtRevision(console, 'HEAD', root)) };
}

const TEAM = 'kind: Team\nmetadata: { name: a }\n';

describe('specs at a revision', () => {
  it('bring what they named then, from the same revision', async () => {
    const committed = {
      'team/specs/a.yaml': project('a', '../plätform', '../../nowhere'),
      'team/specs/b.yaml': library({ books: ['../../rules/**/*.rules', '../out/*.md'], shelf: 'docs' }),
      'team/specs/docs/x.md': 'then',
      'team/plätform/p.yaml': project('p', '../../base'),
      'base/b.yaml': TEAM,
      'rules/deep/r.rules': 'then',
      'rules/.hidden/r.rules': '',
      'rules/node_modules/r.rules': '',
    };
    commit(folder, committed);
    const kept = Object.keys(committed).filter((path) => !/hidden|node_modules/.test(path));
    const before = await reads('team/specs');
    expect(Object.keys(before.now).sort()).toEqual([...kept].sort());
    expect(before.past).toEqual(before.now);
    write(folder, { 'team/specs/a.yaml': project('a'), 'rules/deep/r.rules': 'now', 'rules/s.rules': 'now' });
    rmSync(join(folder, 'base'), { recursive: true });
    const after = await reads('team/specs');
    expect(after.past).toEqual(before.past);
    expect(after.now).toMatchObject({ 'rules/deep/r.rules': 'now', 'rules/s.rules': 'now' });
  });

  it('bring what is outside the repository as it is on the disk', async () => {
    write(folder, { 'platform/p.yaml': library({ books: ['../shop/rules/*', 'own/*'] }), 'platform/own/o.md': 'now' });
    commit(join(folder, 'shop'), { 'specs/a.yaml': project('a', '../../platform'), 'rules/r.md': 'then' });
    write(folder, { 'shop/rules/r.md': 'now' });
    const { past } = await reads('shop/specs');
    expect(Object.keys(past).sort()).toEqual([
      'platform/own/o.md',
      'platform/p.yaml',
      'shop/rules/r.md',
      'shop/specs/a.yaml',
    ]);
    expect(past).toMatchObject({ 'shop/rules/r.md': 'then', 'platform/own/o.md': 'now' });
  });

  it('follow links to files within the repository, as on the disk', async () => {
    write(folder, { 'lib/x.txt': 'linked' });
    symlinkSync('x.txt', join(folder, 'lib/x.rules'));
    symlinkSync('../lib', join(folder, 'lib/loop.rules'));
    commit(folder, { 'specs/a.yaml': project('a'), 'specs/b.yaml': library({ books: '../lib/*.rules' }) });
    const { now, past } = await reads('specs');
    expect(past).toEqual(now);
    expect(past['lib/x.rules']).toBe('linked');
  });

  it('bring what a submodule held then, as long as it is checked out', async () => {
    commit(join(folder, 'upstream'), { 'deep/p.yaml': library({ books: ['r.md'] }), 'deep/r.md': 'then' });
    commit(join(folder, 'shop'), { 'team/specs/a.yaml': project('a', '../vendor/lib/deep') });
    git(join(folder, 'shop'), 'submodule', '--quiet', 'add', '../upstream', 'team/vendor/lib');
    git(join(folder, 'shop'), 'commit', '-q', '-m', 'y');
    const lib = 'shop/team/vendor/lib';
    const before = await reads('shop/team/specs');
    expect(Object.keys(before.now).sort()).toEqual([
      'shop/team/specs/a.yaml',
      `${lib}/deep/p.yaml`,
      `${lib}/deep/r.md`,
    ]);
    expect(before.past).toEqual(before.now);
    commit(join(folder, lib), { 'deep/r.md': 'now' });
    expect((await reads('shop/team/specs')).past).toEqual(before.past);
    git(join(folder, 'shop'), 'submodule', '--quiet', 'deinit', '-f', 'team/vendor/lib');
    expect(Object.keys((await reads('shop/team/specs')).past)).toEqual(['shop/team/specs/a.yaml']);
  });

  it('are found where the folder of the specs is a link', async () => {
    commit(join(folder, 'shop'), { 'a/specs/a.yaml': project('a', '../lib'), 'a/lib/l.yaml': TEAM });
    symlinkSync('shop/a/specs', join(folder, 'linked'));
    expect(Object.keys((await reads('linked')).past)).toContain('linked/a.yaml');
  });
});
