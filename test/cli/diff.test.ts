import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { filesIn, type Sandbox, sandbox, write } from './sandbox.ts';
import { BROKEN, service, shop } from './workspaces.ts';

let box: Sandbox;
beforeAll(() => {
  box = sandbox();
});
afterAll(() => box.remove());

/** A generated workspace. */
async function generated(): Promise<string> {
  const folder = box.folder();
  write(folder, { 'specs/shop.yaml': shop() });
  await box.qmon(['generate', '-q'], { cwd: folder });
  return folder;
}

function git(cwd: string, ...args: string[]): void {
  const settings = ['-c', 'user.name=a', '-c', 'user.email=a@example.org', '-c', 'init.defaultBranch=main'];
  const { GIT_DIR: _, ...env } = process.env;
  execFileSync('git', [...settings, ...args], { cwd, stdio: 'pipe', env: { ...env, GIT_CONFIG_GLOBAL: '/dev/null' } });
}

/** A repository whose first commit holds these files. */
function repository(files: Readonly<Record<string, string | Uint8Array>>): string {
  const folder = box.folder();
  write(folder, files);
  commit(folder, 'init', '-q');
  return folder;
}

function commit(folder: string, ...first: string[]): void {
  if (first.length > 0) git(folder, ...first);
  git(folder, 'add', '-A');
  git(folder, 'commit', '-q', '--allow-empty', '-m', 'x');
}

const run = (cwd: string, ...args: string[]) => box.qmon(['diff', ...args], { cwd });
const objective = (text: string) => shop().replace('99.9%', text);
const same = { code: 0, stdout: 'No changes.\n', stderr: '' };

describe('diff against output', () => {
  it('says that everything is new where there is no output yet', async () => {
    const folder = box.folder();
    write(folder, { 'specs/shop.yaml': shop() });
    const { code, stdout, stderr } = await run(folder, '--exit-code');
    expect({ code, stderr }).toEqual({ code: 2, stderr: '' });
    expect(stdout.match(/^ {2}\S/gm)!.every((line) => line === '  +')).toBe(true);
    expect(stdout).toMatch(/\nPlan: \d+ to add, 0 to change, 0 to remove\.\n$/);
    expect(await run(folder, '-o', 'elsewhere')).toMatchObject({ code: 0, stdout });
  });

  it('says what would change, by meaning', async () => {
    const folder = await generated();
    expect(await run(folder, '--exit-code')).toEqual(same);
    write(folder, { 'specs/shop.yaml': objective('99.5%') });
    const { code, stdout } = await run(folder, '--exit-code');
    expect(code).toBe(2);
    expect(stdout).toMatch(/^ {2}~ alert \w+/m);
    expect(stdout).not.toContain('manifest');
    expect(await run(folder)).toMatchObject({ code: 0, stdout });
    await box.qmon(['generate', '-q', '-o', 'next'], { cwd: folder });
    expect(await run(folder, '--against', 'next')).toEqual(same);
    expect(await run(folder, '--against', './out/')).toMatchObject({ stdout });
  });

  it('shows what is missing in the output, and what is no longer generated', async () => {
    const folder = await generated();
    write(folder, { 'specs/search.yaml': service('search') });
    await box.qmon(['generate', '-q'], { cwd: folder });
    rmSync(join(folder, 'specs/search.yaml'));
    rmSync(join(folder, 'out/shop/prometheus/prometheus.yml'));
    const { stdout } = await run(folder);
    expect(stdout).toMatch(/^ {2}- alert Search/m);
    expect(stdout).toMatch(/^ {2}\+ .*\n/m);
  });

  it('prints one JSON document, with and without errors', async () => {
    const folder = await generated();
    write(folder, { 'specs/shop.yaml': objective('99.5%') });
    const changed = await run(folder, '--format', 'json', '--exit-code');
    expect(changed).toMatchObject({ code: 2, stderr: '' });
    const { version, projects, summary, diagnostics } = JSON.parse(changed.stdout);
    expect({ version, diagnostics }).toEqual({ version: 1, diagnostics: [] });
    expect(projects).toMatchObject([{ name: 'shop', summary }]);
    expect(summary.added + summary.changed + summary.removed).toBe(projects[0].changes.length);
    write(folder, { 'specs/broken.yaml': BROKEN });
    const broken = await run(folder, '--format', 'json');
    expect(broken.code).toBe(1);
    expect(broken.stderr).toMatch(
      /^specs\/broken\.yaml:4:12 error [\s\S]*\nthe specs have errors, so there is nothing to compare\n$/,
    );
    expect(JSON.parse(broken.stdout)).toMatchObject({
      projects: [],
      summary: null,
      diagnostics: [{ code: 'reference/unknown-name', line: 4 }],
    });
  });

  it('does not guess what a broken manifest lists', async () => {
    const folder = await generated();
    write(folder, { 'out/shop/manifest.json': '{' });
    const { code, stdout, stderr } = await run(folder);
    expect({ code, stdout }).toEqual({ code: 64, stdout: '' });
    expect(stderr).toContain('the manifest `out/shop/manifest.json` is not JSON');
  });
});

describe('diff against a git revision', () => {
  it('compares with the specs as they were, from wherever', async () => {
    const folder = repository({
      'team/specs/shop.yaml': objective('99.5%'),
      'team/specs/deep/s.yaml': service('search'),
    });
    git(folder, 'tag', 'v1');
    write(folder, { 'team/specs/shop.yaml': shop() });
    const here = await run(join(folder, 'team'), '--against', 'git:v1');
    expect(here).toMatchObject({ code: 0, stderr: '' });
    expect(here.stdout).toMatch(/^ {2}~ alert Checkout/m);
    expect(here.stdout).not.toContain('Search');
    expect(await run(folder, './team//specs', '--against', 'git:HEAD')).toEqual(here);
    expect(await run(box.folder(), join(folder, 'team/specs'), '--against', 'git:main')).toEqual(here);
    commit(folder);
    expect(await run(join(folder, 'team/specs'), '.', '--against', 'git:HEAD')).toEqual(same);
    expect(await run(join(folder, 'team'), '--against', 'git:HEAD~1')).toEqual(here);
  });

  it('compiles what was imported then as a part of the importer, and not by itself', async () => {
    const imports = 'spec: { imports: [{ path: ../platform, as: platform }] }\n---\n';
    const folder = repository({
      'specs/shop.yaml': shop().replace('---\n', imports).replace('owner: payments', 'owner: platform/sre'),
      'platform/project.yaml': 'kind: Project\nmetadata: { name: platform }\n',
      'platform/team.yaml': 'kind: Team\nmetadata: { name: sre }\nspec: { title: Reliability }\n',
    });
    expect(await run(folder, '--against', 'git:main', '--exit-code')).toEqual(same);
    write(folder, { 'platform/team.yaml': 'kind: Team\nmetadata: { name: sre }\nspec: { title: Sleepless }\n' });
    expect(await run(folder, '--against', 'git:main', '--exit-code')).toMatchObject({ code: 2 });
  });

  it('shows Projects that came and went', async () => {
    const folder = repository({ 'specs/a/a.yaml': shop('a') });
    rmSync(join(folder, 'specs/a'), { recursive: true });
    write(folder, { 'specs/b/b.yaml': shop('b') });
    const { stdout } = await run(folder, '--against', 'git:main', '--format', 'json');
    const counts = JSON.parse(stdout).projects.map(({ name, summary }: { name: string; summary: object }) => [
      name,
      summary,
    ]);
    const many = expect.toSatisfy((count: number) => count > 5);
    expect(counts).toEqual([
      ['b', { added: many, changed: 0, removed: 0 }],
      ['a', { added: 0, changed: 0, removed: many }],
    ]);
  });

  it('reads links and generated files as they are read today, and letters of all kinds', async () => {
    const folder = box.folder();
    write(folder, {
      'shop.yaml': shop().replace('objective:', 'description: Zürich 💶\n  objective:'),
      'lib/s.txt': service('search'),
    });
    symlinkSync('lib/s.txt', join(folder, 'ßearch.yaml'));
    symlinkSync('nowhere', join(folder, 'lib/dangling'));
    await box.qmon(['generate', '.', '-q'], { cwd: folder });
    commit(folder, 'init', '-q');
    expect(await run(folder, '.', '--against', 'git:main')).toEqual(same);
  });

  it('says that everything is new where there were no specs', async () => {
    const folder = repository({ 'README.md': 'x' });
    write(folder, { 'specs/shop.yaml': shop() });
    const { code, stdout } = await run(folder, '--against', 'git:HEAD', '--exit-code');
    expect(code).toBe(2);
    expect(stdout).toMatch(/ to add, 0 to change, 0 to remove\.\n$/);
  });

  it('compares with nothing where the specs had errors', async () => {
    const folder = repository({ 'specs/shop.yaml': shop(), 'specs/broken.yaml': BROKEN });
    rmSync(join(folder, 'specs/broken.yaml'));
    const { code, stdout, stderr } = await run(folder, '--against', 'git:main', '--format', 'json');
    expect(code).toBe(1);
    expect(stderr).toContain('\nthe specs at main have errors, so there is nothing to compare\n');
    expect(JSON.parse(stdout)).toMatchObject({ summary: null, diagnostics: [{ code: 'reference/unknown-name' }] });
  });

  it('refuses what is not UTF-8 there', async () => {
    const folder = repository({ 'specs/a.yaml': Buffer.from('# \xfc', 'latin1'), 'specs/shop.yaml': shop() });
    rmSync(join(folder, 'specs/a.yaml'));
    const { code, stderr } = await run(folder, '--against', 'git:main');
    expect(code).toBe(74);
    expect(stderr).toContain('`specs/a.yaml`: line 1 is not UTF-8');
  });

  it('says what is wrong with the revision, the repository or git', async () => {
    const folder = repository({ 'specs/shop.yaml': shop() });
    for (const revision of ['nonsense', '', '--help', 'main:specs']) {
      const { code, stderr } = await run(folder, '--against', `git:${revision}`);
      expect({ code, stderr }).toEqual({
        code: 64,
        stderr: `qmon: git knows no revision \`${revision}\` here\nhelp: name a commit, a branch or a tag, such as \`git:main\`\n`,
      });
    }
    const outside = await run(await generated(), '--against', 'git:main');
    expect(outside.code).toBe(64);
    expect(outside.stderr).toMatch(/^qmon: git says: fatal: not a git repository/);
    const without = await box.qmon(['diff', '--against', 'git:main'], { cwd: folder, env: { PATH: '/nonexistent' } });
    expect(without).toMatchObject({ code: 69, stderr: 'qmon: git is not found, so no revision can be read\n' });
  });

  it('changes nothing', async () => {
    const folder = repository({ 'specs/shop.yaml': shop() });
    const before = filesIn(folder);
    await run(folder, '--against', 'git:main');
    expect(filesIn(folder)).toEqual(before);
    expect(readFileSync(join(folder, 'specs/shop.yaml'), 'utf8')).toBe(shop());
  });
});
