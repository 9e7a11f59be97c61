import fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { type Files, HostError } from '../../src/host/host.ts';
import { nodeHost } from '../../src/host/node.ts';
import { readOut } from '../../src/host/out-folder.ts';
import { pendingPublication, publish, recover } from '../../src/host/publish.ts';
import { planPublication } from '../../src/pipeline/plan.ts';
import { memoryHost } from '../memory-host.ts';

const base = fs.mkdtempSync(join(tmpdir(), 'qmon-test-'));
afterAll(() => fs.rmSync(base, { recursive: true }));

let folders = 0;
function freshFolder(): string {
  folders += 1;
  const folder = join(base, String(folders));
  fs.mkdirSync(folder);
  return folder;
}

const node = nodeHost();

async function failure(work: Promise<unknown>): Promise<HostError> {
  const error = await work.then(
    () => undefined,
    (reason) => reason,
  );
  expect(error).toBeInstanceOf(HostError);
  return error;
}

/** The memory host is worth its tests only as long as it behaves like the real one. */
const hosts: readonly (readonly [string, () => { files: Files; folder: string }])[] = [
  ['node', () => ({ files: node, folder: freshFolder() })],
  ['memory', () => ({ files: memoryHost(), folder: '/workspace' })],
];

describe.each(hosts)('the files of %s', (_, start) => {
  it('come back as they were written', async () => {
    const { files, folder } = start();
    await files.writeText(`${folder}/a`, 'ü\r\n🔥');
    await files.writeText(`${folder}/b`, 'x', { durable: true });
    await files.writeText(`${folder}/b`, 'y', { durable: true });
    expect(await files.readText(`${folder}/a`)).toBe('ü\r\n🔥');
    expect(Buffer.from(await files.readBytes(`${folder}/a`)).toString()).toBe('ü\r\n🔥');
    expect(await files.readText(`${folder}/b`)).toBe('y');
  });

  it('are listed by path, without following what `enter` declines', async () => {
    const { files, folder } = start();
    await files.makeFolders(`${folder}/b/c`);
    await files.makeFolders(`${folder}/.git`);
    for (const path of ['z', 'b/c/d', 'b-a', 'B', '.git/x']) await files.writeText(`${folder}/${path}`, '');
    expect(await files.list(folder, (path) => path !== '.git')).toEqual([
      { path: '.git', kind: 'folder' },
      { path: 'B', kind: 'file' },
      { path: 'b', kind: 'folder' },
      { path: 'b-a', kind: 'file' },
      { path: 'b/c', kind: 'folder' },
      { path: 'b/c/d', kind: 'file' },
      { path: 'z', kind: 'file' },
    ]);
  });

  it('have a kind', async () => {
    const { files, folder } = start();
    await files.writeText(`${folder}/a`, '');
    const kinds = await Promise.all(['a', '.', 'b', 'a/b'].map((path) => files.kindOf(`${folder}/${path}`)));
    expect(kinds).toEqual(['file', 'folder', undefined, undefined]);
    expect(await Promise.all(['a', '.', 'b', 'a/b'].map((path) => files.isFolder(`${folder}/${path}`)))).toEqual([
      false,
      true,
      false,
      false,
    ]);
  });

  it('are created once', async () => {
    const { files, folder } = start();
    expect(await files.createText(`${folder}/a`, '1')).toBe(true);
    expect(await files.createText(`${folder}/a`, '2')).toBe(false);
    expect(await files.readText(`${folder}/a`)).toBe('1');
  });

  it('are renamed over others and removed, once or twice', async () => {
    const { files, folder } = start();
    await files.writeText(`${folder}/a`, 'a');
    await files.writeText(`${folder}/b`, 'b');
    await files.rename(`${folder}/a`, `${folder}/b`);
    expect(await files.readText(`${folder}/b`)).toBe('a');
    await files.removeFile(`${folder}/b`);
    await files.removeFile(`${folder}/b`);
    expect(await files.list(folder)).toEqual([]);
  });

  it('lie in folders that are removed when they are empty, or as a tree', async () => {
    const { files, folder } = start();
    await files.makeFolder(`${folder}/a`);
    await files.makeFolder(`${folder}/a`);
    await files.writeText(`${folder}/a/b`, '');
    expect(await files.removeEmptyFolder(`${folder}/a`)).toBe(false);
    expect(await files.removeEmptyFolder(`${folder}/a/b`)).toBe(false);
    expect(await files.removeEmptyFolder(`${folder}/c`)).toBe(false);
    await files.removeFile(`${folder}/a/b`);
    expect(await files.removeEmptyFolder(`${folder}/a`)).toBe(true);
    await files.makeFolders(`${folder}/x/y`);
    await files.removeTree(`${folder}/x`);
    await files.removeTree(`${folder}/x`);
    expect(await files.list(folder)).toEqual([]);
  });

  it('tell what cannot be done with which path', async () => {
    const { files, folder } = start();
    await files.writeText(`${folder}/file`, '');
    await files.makeFolder(`${folder}/folder`);
    const impossible: readonly [string, () => Promise<unknown>][] = [
      ['missing', () => files.readText(`${folder}/missing`)],
      ['missing', () => files.readBytes(`${folder}/missing`)],
      ['missing', () => files.list(`${folder}/missing`)],
      ['folder', () => files.readText(`${folder}/folder`)],
      ['folder', () => files.writeText(`${folder}/folder`, '')],
      ['folder', () => files.removeFile(`${folder}/folder`)],
      ['file/x', () => files.writeText(`${folder}/file/x`, '', { durable: true })],
      ['file/x', () => files.createText(`${folder}/file/x`, '')],
      ['file/x', () => files.makeFolder(`${folder}/file/x`)],
      ['missing/x', () => files.makeFolder(`${folder}/missing/x`)],
      ['missing', () => files.syncFolder(`${folder}/missing`)],
    ];
    for (const [path, work] of impossible) expect((await failure(work())).path).toBe(`${folder}/${path}`);
    await failure(files.rename(`${folder}/missing`, `${folder}/x`));
    await failure(files.rename(`${folder}/file`, `${folder}/folder`));
  });
});

describe('nodeHost', () => {
  it('says in words what the system refused', async () => {
    const path = `${freshFolder()}/missing`;
    const error = await failure(node.readText(path));
    expect(error).toMatchObject({ kind: 'io', path, message: `cannot read \`${path}\`: no such file or folder` });
  });

  it.skipIf(process.getuid?.() === 0 || process.platform === 'win32')('says when it may not', async () => {
    const folder = freshFolder();
    fs.chmodSync(folder, 0o500);
    expect(await node.isWritable(folder)).toBe(false);
    expect((await failure(node.writeText(`${folder}/x`, ''))).message).toContain('permission denied');
  });

  it.skipIf(process.platform === 'win32')('writes files that everybody may read', async () => {
    const folder = freshFolder();
    const before = process.umask(0o077);
    await node.writeText(`${folder}/durable`, '', { durable: true }).finally(() => process.umask(before));
    expect(fs.statSync(`${folder}/durable`).mode & 0o777).toBe(0o644);
  });

  it.skipIf(process.platform === 'win32')('does not follow links, but sees through them when asked', async () => {
    const folder = freshFolder();
    fs.symlinkSync('.', `${folder}/link`);
    expect(await node.kindOf(`${folder}/link`)).toBe('link');
    expect(await node.isFolder(`${folder}/link`)).toBe(true);
    expect(await node.list(folder)).toEqual([{ path: 'link', kind: 'link' }]);
  });

  it('makes a temporary folder of its own', async () => {
    const [one, two] = [await node.temporaryFolder(), await node.temporaryFolder()];
    expect(one).not.toBe(two);
    expect(await node.list(one)).toEqual([]);
    await node.removeTree(one);
    await node.removeTree(two);
  });

  it('runs commands', async () => {
    const script =
      'process.stdin.pipe(process.stdout); console.error(process.env.QMON_X, process.cwd()); process.exitCode = 3';
    const folder = fs.realpathSync(freshFolder());
    const result = await node.run(process.execPath, ['-e', script], {
      input: 'in\n',
      cwd: folder,
      env: { QMON_X: 'x' },
    });
    expect(result).toEqual({ exitCode: 3, stdout: 'in\n', stderr: `x ${folder}\n`, missing: false, timedOut: false });
  });

  it('knows a missing command from a missing folder', async () => {
    expect(await node.run('qmon-no-such-command', [])).toMatchObject({ missing: true, exitCode: -1, stdout: '' });
    await failure(node.run(process.execPath, ['-e', '0'], { cwd: `${base}/no-such-folder` }));
  });

  it('ends commands that take too long', async () => {
    const result = await node.run(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { timeoutMs: 50 });
    expect(result).toMatchObject({ timedOut: true, exitCode: -1, missing: false });
  });

  it.skipIf(process.platform === 'win32')('finds commands, in the given folders first', async () => {
    const folder = freshFolder();
    fs.writeFileSync(`${folder}/sh`, '', { mode: 0o755 });
    fs.writeFileSync(`${folder}/not-executable`, '', { mode: 0o644 });
    expect(await node.which('sh', [folder])).toBe(`${folder}/sh`);
    expect(await node.which('sh')).toMatch(/^\/.*\/sh$/);
    expect(await node.which('sh', [relative(process.cwd(), folder)])).toBe(`${folder}/sh`);
    expect(await node.which(`${folder}/sh`)).toBe(`${folder}/sh`);
    expect(await node.which('not-executable', [folder])).toBeUndefined();
    expect(await node.which('qmon-no-such-command')).toBeUndefined();
  });

  it('knows which processes run', async () => {
    const { stdout } = await node.run(process.execPath, ['-p', 'process.pid']);
    expect(node.isRunning(process.pid)).toBe(true);
    expect(node.isRunning(Number(stdout))).toBe(false);
  });
});

describe('publishing to a real folder', () => {
  const artifacts = (texts: Readonly<Record<string, string>>) =>
    Object.entries(texts).map(([path, text]) => ({
      ...{ path, text, target: 't', verifier: 'none' as const },
      ...{ origins: new Map(), sources: [] },
    }));

  async function publishTexts(root: string, texts: Readonly<Record<string, string>>) {
    const out = await readOut(node, root, Object.keys(texts));
    const [plan, diagnostics] = planPublication({ project: 'p', folder: root, artifacts: artifacts(texts), out });
    if (diagnostics.length === 0) await publish(node, root, plan);
    return diagnostics;
  }

  it('writes, keeps without touching, removes, and leaves strangers alone', async () => {
    const root = `${freshFolder()}/out/p`;
    await publishTexts(root, { 'a/x': '1', 'b/c/y': '1', z: '1' });
    fs.writeFileSync(`${root}/a/mine`, 'mine');
    fs.utimesSync(`${root}/z`, 1000, 1000);
    await publishTexts(root, { 'a/x': '2', z: '1' });
    expect((await node.list(root)).map(({ path }) => path)).toEqual(['a', 'a/mine', 'a/x', 'manifest.json', 'z']);
    expect(fs.readFileSync(`${root}/a/x`, 'utf8')).toBe('2');
    expect(fs.statSync(`${root}/z`).mtimeMs).toBe(1_000_000);
    fs.utimesSync(`${root}/manifest.json`, 1000, 1000);
    await publishTexts(root, { 'a/x': '2', z: '1' });
    expect(fs.statSync(`${root}/manifest.json`).mtimeMs).toBe(1_000_000);
    expect(await pendingPublication(node, root)).toBe(false);
    expect(await recover(node, root)).toBe('none');
  });

  it.skipIf(process.platform === 'win32')('never writes through a link that leads outside', async () => {
    const folder = freshFolder();
    const root = `${folder}/out/p`;
    fs.mkdirSync(`${folder}/outside`);
    fs.mkdirSync(root, { recursive: true });
    fs.symlinkSync('../../outside', `${root}/a`);
    fs.symlinkSync('../../outside/file', `${root}/b`);
    const diagnostics = await publishTexts(root, { 'a/x': '1', b: '1' });
    expect(diagnostics.map(({ code }) => code)).toEqual(['output/foreign-file', 'output/foreign-file']);
    expect(fs.readdirSync(`${folder}/outside`)).toEqual([]);
  });

  it('tells when a file stands where the output folder should be', async () => {
    const folder = freshFolder();
    fs.writeFileSync(`${folder}/out`, '');
    const error = await failure(publishTexts(`${folder}/out/p`, { a: '1' }));
    expect(error.message).toBe(`cannot make \`${folder}/out/p\`: a part of the path is not a folder`);
  });

  it.skipIf(process.getuid?.() === 0 || process.platform === 'win32')(
    'refuses before anything happens when it may not write',
    async () => {
      const root = `${freshFolder()}/p`;
      await publishTexts(root, { 'a/x': '1' });
      fs.chmodSync(`${root}/a`, 0o500);
      expect((await failure(publishTexts(root, { 'a/x': '2', b: '2' }))).message).toContain('permission denied');
      expect((await node.list(root)).map(({ path }) => path)).toEqual(['a', 'a/x', 'manifest.json']);
      fs.chmodSync(`${root}/a`, 0o700);
    },
  );
});
