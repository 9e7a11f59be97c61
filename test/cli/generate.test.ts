import { chmodSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { describeWithTools } from '../tools.ts';
import { filesIn, type Outcome, type Sandbox, sandbox, write } from './sandbox.ts';
import { BROKEN, REFUSED, service, shop, UNUSED } from './workspaces.ts';

let box: Sandbox;
beforeAll(() => {
  box = sandbox();
});
afterAll(() => box.remove());

/** A folder with these files in it. */
function folderWith(files: Readonly<Record<string, string | Uint8Array>>, name?: string): string {
  const folder = box.folder(name);
  write(folder, files);
  return folder;
}

function generate(cwd: string, ...args: string[]): Promise<Outcome> {
  return box.qmon(['generate', '--tools', 'off', ...args], { cwd });
}

async function generated(cwd: string, ...args: string[]): Promise<Outcome> {
  const outcome = await generate(cwd, ...args);
  expect(outcome, outcome.stderr).toMatchObject({ code: 0, stdout: '' });
  return outcome;
}

function times(folder: string): Record<string, number> {
  return Object.fromEntries(Object.keys(filesIn(folder)).map((path) => [path, statSync(join(folder, path)).mtimeMs]));
}

const twoServices = { 'specs/shop.yaml': shop(), 'specs/search.yaml': service('search') };

describe('generate', () => {
  it('writes, says what, and a second time changes nothing', async () => {
    const folder = folderWith(twoServices);
    const first = await generated(folder);
    expect(first.stderr).toMatch(
      /^out\/shop\n├─ objectives +2 SLOs, 0 KPIs\n[\s\S]*└─ files +\d+ written, 0 kept, 0 removed\n/,
    );
    expect(first.stderr).toMatch(/\ndone in \d+\.\d\d s\n$/);
    const before = times(join(folder, 'out'));
    expect((await generated(folder)).stderr).toMatch(/└─ files +nothing changed, \d+ files kept\n/);
    expect(times(join(folder, 'out'))).toEqual(before);
  });

  it('writes nothing at all while one of two workspaces has an error', async () => {
    const folder = folderWith({ 'specs/a/a.yaml': shop('a'), 'specs/b/b.yaml': shop('b'), 'specs/b/c.yaml': BROKEN });
    const { code, stdout, stderr } = await generate(folder);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(
      /^specs\/b\/c\.yaml:4:12 error {2}reference\/[\s\S]*did you mean `checkout`[\s\S]*\nnothing was written\n$/,
    );
    expect(existsSync(join(folder, 'out'))).toBe(false);
    rmSync(join(folder, 'specs/b/c.yaml'));
    await generated(folder);
    expect(readdirSync(join(folder, 'out'))).toEqual(['a', 'b']);
  });

  it('removes what is no longer generated, and never what is not its own', async () => {
    const folder = folderWith({ ...twoServices, 'out/shop/prometheus/rules/mine.yml': 'mine', 'out/else': 'mine' });
    await generated(folder);
    const before = Object.keys(filesIn(join(folder, 'out')));
    write(folder, { 'specs/search.yaml': service('find') });
    expect((await generated(folder)).stderr).toMatch(/└─ files +\d+ written, \d+ kept, [1-9]\d* removed/);
    const after = Object.keys(filesIn(join(folder, 'out')));
    expect(after).toEqual(before.map((path) => path.replace('search', 'find')).sort());
    expect(filesIn(join(folder, 'out'))).toMatchObject({ 'shop/prometheus/rules/mine.yml': 'mine', else: 'mine' });
  });

  it('refuses to write over what is not its own', async () => {
    const folder = folderWith({ 'specs/shop.yaml': shop(), 'out/shop/prometheus/prometheus.yml': 'mine' });
    const { code, stderr } = await generate(folder);
    expect(code).toBe(1);
    expect(stderr).toContain('error  output/foreign-file\n  `out/shop/prometheus/prometheus.yml`');
    expect(filesIn(join(folder, 'out'))).toEqual({ 'shop/prometheus/prometheus.yml': 'mine' });
  });

  it('overwrites what was edited by hand, with a warning', async () => {
    const folder = folderWith({ 'specs/shop.yaml': shop() });
    await generated(folder);
    const before = filesIn(join(folder, 'out'));
    write(folder, { 'out/shop/prometheus/prometheus.yml': 'edited' });
    const { stderr } = await generated(folder);
    expect(stderr).toContain('warning  output/edited-by-hand\n  `out/shop/prometheus/prometheus.yml`');
    expect(filesIn(join(folder, 'out'))).toEqual(before);
  });

  it('leaves the output of a Project that is not there any more, and says so to those who ask', async () => {
    const folder = folderWith({ 'specs/a/a.yaml': shop('a'), 'specs/b/b.yaml': shop('b') });
    await generated(folder);
    rmSync(join(folder, 'specs/b'), { recursive: true });
    const before = filesIn(join(folder, 'out/b'));
    expect((await generated(folder)).stderr).not.toContain('out/b');
    expect((await generated(folder, '-v')).stderr).toContain('out/b is not generated from these specs');
    expect(filesIn(join(folder, 'out/b'))).toEqual(before);
  });

  it('says what it makes with warnings, and does it', async () => {
    const folder = folderWith({ 'specs/shop.yaml': shop(), 'specs/unused.yaml': UNUSED });
    const { stderr } = await generated(folder);
    expect(stderr).toContain('specs/unused.yaml:2:19 warning  ');
    expect(stderr).toMatch(/├─ findings +1 warning\n/);
  });
});

describe('generate --check and --dry-run', () => {
  it('say what would be written, and write nothing', async () => {
    const folder = folderWith({ 'specs/shop.yaml': shop() });
    const check = await generate(folder, '--check');
    expect(check).toMatchObject({ code: 1, stderr: 'not up to date: run `qmon generate`\n' });
    expect(check.stdout).toMatch(/^(\+ out\/shop\/\S+\n)+$/);
    expect(await generate(folder, '--dry-run')).toEqual({ code: 0, stdout: check.stdout, stderr: '' });
    expect(existsSync(join(folder, 'out'))).toBe(false);
    await generated(folder);
    const current = { code: 0, stdout: '', stderr: 'up to date: out/shop\n' };
    expect(await generate(folder, '--check')).toEqual(current);
    rmSync(join(folder, 'out/shop/runbooks/index.md'));
    write(folder, { 'out/shop/prometheus/prometheus.yml': 'edited' });
    const stale = await generate(folder, '--check', '-q');
    expect(stale).toMatchObject({
      code: 1,
      stdout: '~ out/shop/prometheus/prometheus.yml\n+ out/shop/runbooks/index.md\n',
    });
  });
});

describe('generate --target', () => {
  it('leaves the files and manifest entries of other targets alone', async () => {
    const folder = folderWith(twoServices);
    await generated(folder);
    const out = join(folder, 'out/shop');
    const before = filesIn(out);
    write(folder, { 'specs/search.yaml': service('find'), 'out/shop/runbooks/index.md': 'edited' });
    const { stderr } = await generated(folder, '--target', 'prometheus,alertmanager');
    expect(stderr).not.toContain('warning');
    const after = filesIn(out);
    const others = (files: Record<string, string>) =>
      Object.entries(files).filter(([path]) => /^(grafana|runbooks)/.test(path));
    expect(others(after)).toEqual(others({ ...before, 'runbooks/index.md': 'edited' }));
    const entries = (text: string) =>
      JSON.parse(text).files.filter(({ target }: { target: string }) => /grafana|runbook/.test(target));
    expect(entries(after['manifest.json']!)).toEqual(entries(before['manifest.json']!));
    expect(Object.keys(after)).toEqual(expect.arrayContaining(['prometheus/rules/find.yml']));
    expect(Object.keys(after)).not.toContain('prometheus/rules/search.yml');
  });

  it('needs only the tools of its targets', async () => {
    const folder = folderWith({ 'specs/shop.yaml': shop() });
    const run = (target: string) => box.qmon(['generate', '--tools', 'require', '--target', target], { cwd: folder });
    expect(await run('grafana,runbook')).toMatchObject({ code: 0 });
    const refused = await run('alertmanager');
    expect(refused.code).toBe(69);
    expect(refused.stderr).toMatch(/^qmon: cannot verify with amtool \(not found\)\nhelp: /);
  });
});

describe('the same specs give the same bytes', () => {
  it('however the folders are written, from wherever, in whichever files', async () => {
    const folder = folderWith(twoServices);
    await generated(folder);
    const expected = filesIn(join(folder, 'out'));
    const below = join(folder, 'below');
    mkdirSync(below);
    const runs: [cwd: string, args: string[], out: string][] = [
      [folder, ['./specs/', '-o', './o1/'], 'o1'],
      [join(folder, 'specs'), ['.', '-o', '../o2//'], 'o2'],
      [below, [join(folder, 'specs'), '--out', join(folder, 'o3')], 'o3'],
      [below, ['..//specs', '-o', '../o4'], 'o4'],
    ];
    for (const [cwd, args, out] of runs) {
      await generated(cwd, ...args);
      expect(filesIn(join(folder, out))).toEqual(expected);
    }
  });

  it('in folders with spaces and letters of all kinds', async () => {
    const folder = folderWith({ 'my späcs/a b.yaml': shop() }, 'müll & co');
    await generated(folder, 'my späcs', '-o', 'my out');
    const plain = folderWith({ 'specs/a b.yaml': shop() });
    await generated(plain);
    expect(filesIn(join(folder, 'my out'))).toEqual(filesIn(join(plain, 'out')));
  });

  it('whatever the files are called and how documents are shared out, the manifest aside', async () => {
    const [one, two] = [shop().split('---\n'), service('search').split('---\n')];
    const parts = [...one, ...two].map((text, index) => [`specs/${9 - index}/x${index}.yml`, text]);
    const split = folderWith({ ...Object.fromEntries(parts.slice(1)), 'specs/project.yaml': parts[0]![1]! });
    const whole = folderWith(twoServices);
    await generated(split);
    await generated(whole);
    const { 'shop/manifest.json': _a, ...left } = filesIn(join(split, 'out'));
    const { 'shop/manifest.json': _b, ...right } = filesIn(join(whole, 'out'));
    expect(left).toEqual(right);
  });
});

describe('output among specs', () => {
  it('is not taken for specs', async () => {
    const folder = folderWith({ 'shop.yaml': shop() });
    await generated(folder, '.');
    expect((await generated(folder, '.')).stderr).toContain('nothing changed');
    await generated(folder, '.', '-o', '.');
    expect(readdirSync(folder).sort()).toEqual(['out', 'shop', 'shop.yaml']);
    expect((await generated(folder, '.', '-o', '.')).stderr).toContain('nothing changed');
    expect(await box.qmon(['validate', '--fail-on', 'info', '--tools', 'off'], { cwd: folder })).toMatchObject({
      code: 64,
    });
    expect(await box.qmon(['validate', '.', '--fail-on', 'info'], { cwd: folder })).toMatchObject({ code: 0 });
  });

  it('never holds the specs themselves', async () => {
    const folder = folderWith({ 'specs/shop/shop.yaml': shop(), 'specs/shop/deep/more.yaml': service('search') });
    const { code, stderr } = await generate(folder, 'specs', '-o', 'specs');
    expect(code).toBe(64);
    expect(stderr).toMatch(/^qmon: the output folder `specs\/shop` holds the specs in `specs\/shop`\nhelp: /);
    expect(Object.keys(filesIn(folder))).toHaveLength(2);
  });
});

describe('what stands in a specs folder', () => {
  it('must be something', async () => {
    const folder = folderWith({});
    mkdirSync(join(folder, 'specs'));
    const { code, stderr } = await generate(folder);
    expect(code).toBe(1);
    expect(stderr).toContain('error  workspace/no-project\n  there are no `.yaml` or `.yml` files here');
  });

  it('may be folders with the name of a file, dot-folders and other files', async () => {
    const folder = folderWith({
      'specs/x.yaml/shop.yaml': shop(),
      'specs/.git/broken.yaml': BROKEN,
      'specs/.broken.yaml': BROKEN,
      'specs/notes.txt': BROKEN,
    });
    await generated(folder);
  });

  it('may be links: to files they are followed, to folders not, which is said', async () => {
    const folder = folderWith({ 'specs/..data/shop.yaml': shop(), 'common/search.yaml': service('search') });
    symlinkSync('..data/shop.yaml', join(folder, 'specs/shop.yaml'));
    symlinkSync('../common/search.yaml', join(folder, 'specs/search.yml'));
    symlinkSync('../common', join(folder, 'specs/common.yaml'));
    symlinkSync('.', join(folder, 'specs/circle'));
    const { stderr } = await generated(folder);
    expect(stderr).toMatch(
      /^warning: `specs\/circle` is a link to a folder, which is not followed\nwarning: `specs\/common.yaml` /,
    );
    expect(Object.keys(filesIn(join(folder, 'out/shop/prometheus/rules')))).toContain('search.yml');
    symlinkSync('nowhere', join(folder, 'specs/dangling.yaml'));
    expect(await generate(folder)).toMatchObject({
      code: 74,
      stderr: expect.stringMatching(/\nqmon: cannot read `specs\/dangling.yaml`: no such file or folder\n$/),
    });
  });

  it.each([
    ['Latin 1', Buffer.from('# one\n# tw\xf6\n', 'latin1'), 2],
    ['UTF-16', Buffer.from('\ufeffkind: Project\n', 'utf16le'), 1],
  ])('is UTF-8, not %s', async (_encoding, bytes, line) => {
    const folder = folderWith({ 'specs/shop.yaml': shop(), 'specs/odd.yaml': bytes });
    expect(await generate(folder)).toEqual({
      code: 74,
      stdout: '',
      stderr: `qmon: cannot read \`specs/odd.yaml\`: line ${line} is not UTF-8\nhelp: save the file in the encoding UTF-8\n`,
    });
  });

  it('must be readable', async () => {
    const folder = folderWith({ 'specs/shop.yaml': shop(), 'specs/secret.yaml': 'a' });
    chmodSync(join(folder, 'specs/secret.yaml'), 0);
    chmodSync(join(folder, '..'), 0o755);
    const nobody = process.getuid!() === 0 ? { uid: 65_534 } : {};
    const { code, stderr } = await box.qmon(['generate'], { cwd: folder, ...nobody });
    expect(code).toBe(74);
    expect(stderr).toBe('qmon: cannot read `specs/secret.yaml`: permission denied\n');
  });
});

describe('output that cannot be written', () => {
  it.each([['out'], ['out/shop']])('ends with 74 where %s is a file', async (path) => {
    const folder = folderWith({ 'specs/shop.yaml': shop(), [path]: 'mine' });
    const { code, stdout, stderr } = await generate(folder);
    expect({ code, stdout }).toEqual({ code: 74, stdout: '' });
    expect(stderr).toMatch(/^qmon: cannot make `out.*\n$/);
    expect(filesIn(folder)[path]).toBe('mine');
  });

  it('says which projects were written before', async () => {
    const folder = folderWith({ 'specs/a/a.yaml': shop('a'), 'specs/b/b.yaml': shop('b'), 'out/b': 'mine' });
    const { code, stderr } = await generate(folder);
    expect(code).toBe(74);
    expect(stderr).toMatch(/^written before this went wrong: out\/a\nqmon: cannot make `out\/b/);
    expect(await generate(folder, '--check')).toMatchObject({ stdout: expect.not.stringContaining('out/a') });
  });
});

/** Loaded before qmon: sends it a signal at the Nth call of a function that publishing needs. */
function signalAt(call: 'open' | 'rename', count: number, signal: string): string {
  const [object, name] = call === 'open' ? ['fs.promises', 'open'] : ['fs', 'renameSync'];
  return `import fs from 'node:fs';
const real = ${object}.${name};
let calls = 0;
${object}.${name} = (...args) => {
  if (++calls === ${count}) process.kill(process.pid, '${signal}');
  return real(...args);
};`;
}

describe('a signal', () => {
  const interrupted = (folder: string, hook: string, ...args: string[]) => {
    write(folder, { 'hook.mjs': hook });
    const env = { NODE_OPTIONS: `--import=${join(folder, 'hook.mjs')}` };
    return box.qmon(['generate', '--tools', 'off', ...args], { cwd: folder, env });
  };

  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('%s while files are finished takes effect when all of them are in their places', async (signal, exit) => {
    const folder = folderWith(twoServices);
    const { code, stderr } = await interrupted(folder, signalAt('open', 2, signal));
    expect(code).toBe(exit);
    expect(stderr).not.toContain('qmon:');
    expect(existsSync(join(folder, 'out/shop/.qmon'))).toBe(false);
    expect(await generate(folder, '--check')).toMatchObject({ code: 0, stdout: '' });
  });

  it('while files are moved to their places may come too late to matter', async () => {
    const folder = folderWith(twoServices);
    expect([0, 143]).toContain((await interrupted(folder, signalAt('rename', 2, 'SIGTERM'))).code);
    expect(existsSync(join(folder, 'out/shop/.qmon'))).toBe(false);
    expect(await generate(folder, '--check')).toMatchObject({ code: 0, stdout: '' });
  });

  it('that nobody can hold back leaves something that the next run finishes, and others tell of', async () => {
    const folder = folderWith(twoServices);
    expect((await interrupted(folder, signalAt('rename', 4, 'SIGKILL'))).code).toBe('SIGKILL');
    expect(existsSync(join(folder, 'out/shop/manifest.json'))).toBe(false);
    const pending = 'warning: a publication in out/shop was interrupted; `qmon generate` finishes it\n';
    const check = await generate(folder, '--check');
    expect(check.code).toBe(1);
    expect(check.stderr).toContain(pending);
    expect((await box.qmon(['diff'], { cwd: folder })).stderr).toContain(pending);
    expect((await generated(folder)).stderr).toContain('finished an interrupted publication in out/shop\n');
    expect(existsSync(join(folder, 'out/shop/.qmon'))).toBe(false);
    const fresh = folderWith(twoServices);
    await generated(fresh);
    expect(filesIn(join(folder, 'out'))).toEqual(filesIn(join(fresh, 'out')));
  });

  it('of that kind does not make specs of what it left among them', async () => {
    const folder = folderWith({ 'shop.yaml': shop() });
    expect((await interrupted(folder, signalAt('rename', 7, 'SIGKILL'), '.')).code).toBe('SIGKILL');
    expect((await generated(folder, '.')).stderr).toContain('finished an interrupted publication');
  });

  it('while a tool is asked ends both, and leaves nothing behind', async () => {
    const folder = folderWith({ 'specs/shop.yaml': shop() });
    const slow = (name: string) =>
      `#!/bin/sh\n[ "$1" = --version ] && echo '${name}, version 9.0.0 (x)' && exit\nkill -INT $PPID\nexec sleep 30\n`;
    write(folder, { 'tools/promtool': slow('promtool'), 'tools/amtool': slow('amtool'), 'tmp/x': '' });
    chmodSync(join(folder, 'tools/promtool'), 0o755);
    chmodSync(join(folder, 'tools/amtool'), 0o755);
    const env = {
      QMON_TOOLS_DIR: join(folder, 'tools'),
      TMPDIR: join(folder, 'tmp'),
      PATH: '/usr/bin:/bin',
      NODE_DISABLE_COMPILE_CACHE: '1',
    };
    const started = performance.now();
    const outcome = await box.qmon(['generate'], { cwd: folder, env });
    expect(outcome).toEqual({ code: 130, stdout: '', stderr: '' });
    expect(performance.now() - started).toBeLessThan(10_000);
    expect(readdirSync(join(folder, 'tmp'))).toEqual(['x']);
    expect(existsSync(join(folder, 'out'))).toBe(false);
  });
});

describeWithTools(['promtool'], 'what only promtool refuses', () => {
  it.each(['files', 'operator'])('is not published, with the format %s', async (format) => {
    const project = '{ name: shop }\n';
    const specs = shop().replace(
      project,
      `${project}spec: { targets: { prometheus: { version: "3.14", format: ${format} } } }\n`,
    );
    const folder = folderWith({ 'specs/shop.yaml': specs });
    await generated(folder);
    renameSync(join(folder, 'out'), join(folder, 'before'));
    write(folder, { 'specs/refused.yaml': REFUSED });
    const { code, stderr } = await box.qmon(['generate'], { cwd: folder, env: box.tools });
    expect(code).toBe(1);
    expect(stderr).toMatch(/error {2}verify\/promtool[\s\S]*nothing was written\n$/);
    expect(existsSync(join(folder, 'out'))).toBe(false);
  });
});
