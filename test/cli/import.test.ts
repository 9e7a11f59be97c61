import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { run } from '../../src/cli/commands/import.ts';
import { consoleOf } from '../../src/cli/console.ts';
import { OF_EVERY_PROGRAM } from '../../src/dialects/metrics/metrics.ts';
import { HISTOGRAMS, NODE } from '../dialects/pages.ts';
import { freeAddress, type Loopback, serve } from '../e2e/loopback.ts';
import { memoryHost } from '../memory-host.ts';
import { filesIn, type Sandbox, sandbox, write } from './sandbox.ts';

let box: Sandbox;
let server: Loopback;
beforeAll(async () => {
  box = sandbox();
  server = await serve((request, response) => {
    if (request.url === '/metrics') response.end(HISTOGRAMS);
    else response.setHeader('content-type', 'text/html').end('<html><body>hello</body></html>');
  });
});
afterAll(async () => {
  box.remove();
  await server.close();
});

function importIn(folder: string, ...args: string[]) {
  return box.qmon(['import', ...args], { cwd: folder });
}

function folderWith(files: Readonly<Record<string, string | Uint8Array>>): string {
  const folder = box.folder();
  write(folder, files);
  return folder;
}

describe('import metrics', () => {
  it('prints the catalogue of a server, which a workspace takes as it is', async () => {
    const folder = box.folder();
    await box.qmon(['init', 'specs'], { cwd: folder });
    const made = await importIn(
      folder,
      'metrics',
      `${server.url}/metrics`,
      '--service',
      'checkout',
      '-o',
      'specs/shop.yaml',
    );
    expect(made).toEqual({ code: 0, stdout: '', stderr: '+ specs/shop.yaml\nthe names share the prefix `shop_`\n' });
    const text = readFileSync(join(folder, 'specs/shop.yaml'), 'utf8');
    expect(text).toContain('metadata: { name: checkout }\nspec:\n  service: checkout\n  prefix: shop_\n');
    expect((await importIn(folder, 'metrics', `${server.url}/metrics`, '--service', 'checkout', '-q')).stdout).toBe(
      text,
    );
    const valid = await box.qmon(['validate', '--tools', 'off', '--fail-on', 'warning'], { cwd: folder });
    expect(valid.code, valid.stdout).toBe(0);
  });

  it('puts files together, and says what it leaves out', async () => {
    const folder = folderWith({ 'a.txt': NODE, 'b.txt': 'node_load5 1\n' });
    const { code, stdout, stderr } = await importIn(folder, 'metrics', 'a.txt', 'b.txt', '--name', 'machines');
    expect(code).toBe(0);
    expect(stdout).toContain('metadata: { name: machines }\n');
    expect(stdout).toContain('    load5: { type: gauge } # guessed: type\n');
    expect(stderr).toBe(
      'left out: 3 metrics of `go_`, `process_` and `promhttp_`\nthe names share the prefix `node_`\n',
    );
    expect((await importIn(folder, 'metrics', 'a.txt', '--without', 'none')).stdout).toContain('go_goroutines');
  });

  it('reads standard input', async () => {
    const host = memoryHost({ stdin: 'shop_orders_total 1\n' });
    expect(await run(consoleOf({}, host), 'metrics', {}, ['-'])).toBe(0);
    expect(host.printed.stdout).toContain('    shop_orders_total: { type: counter } # guessed: type\n');
  });

  it('never writes over a file', async () => {
    const folder = folderWith({ 'page.txt': NODE, 'node.yaml': 'mine' });
    expect(await importIn(folder, 'metrics', 'page.txt', '-o', 'node.yaml')).toEqual({
      code: 64,
      stdout: '',
      stderr: 'qmon: `node.yaml` exists already\nhelp: name another file, or remove that one\n',
    });
    expect(filesIn(folder)).toEqual({ 'page.txt': NODE, 'node.yaml': 'mine' });
    expect(await importIn(folder, 'metrics', 'page.txt', '-o', 'missing/node.yaml')).toMatchObject({ code: 74 });
  });

  it('shows the faults of a page, twenty of many, and makes nothing of it', async () => {
    const folder = folderWith({ 'page.txt': 'a five\n'.repeat(30), 'web.txt': '# none\n' });
    const { code, stdout, stderr } = await importIn(folder, 'metrics', 'page.txt', '-o', 'a.yaml');
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toContain('page.txt:1:3 error  exposition/unreadable-line\n  `five` is no value\n');
    expect(stderr.match(/unreadable-line/g)).toHaveLength(20);
    expect(stderr).toMatch(/\nand 10 more findings\n$/);
    expect(Object.keys(filesIn(folder))).toEqual(['page.txt', 'web.txt']);
    const browser = await importIn(folder, 'metrics', `${server.url}/`);
    expect(browser).toMatchObject({ code: 1, stdout: '' });
    expect(browser.stderr).toContain(`${server.url}/:1:1 error  exposition/not-metrics\n`);
    expect(await importIn(folder, 'metrics', 'web.txt')).toMatchObject({ code: 1, stdout: '' });
  });

  it('says what cannot be had', async () => {
    const folder = folderWith({ 'latin.txt': Buffer.from('a{x="\xfc"} 1\n', 'latin1') });
    const address = `http://${await freeAddress()}/metrics`;
    expect(await importIn(folder, 'metrics', address)).toEqual({
      code: 69,
      stdout: '',
      stderr: `qmon: cannot read \`${address}\`: nothing listens there\n`,
    });
    expect(await importIn(folder, 'metrics', 'gone.txt')).toMatchObject({ code: 74, stdout: '' });
    expect(await importIn(folder, 'metrics', 'latin.txt')).toMatchObject({ code: 74, stdout: '' });
  });

  it('says in its help what it leaves out', async () => {
    const { stdout } = await box.qmon(['import', '--help']);
    expect(stdout).toContain(`left out: ${OF_EVERY_PROGRAM.join(', ')}.`);
  });

  const WRONG: readonly (readonly [readonly string[], string])[] = [
    [['metric', 'a'], 'unknown format `metric`\nhelp: did you mean `metrics`?'],
    [['metrics', ''], 'the name of a source is empty'],
    [['metrics', 'a', '--name', 'Shop A'], 'the name `Shop A` is no name'],
    [['metrics', 'a', '--service', 'Shop'], 'the service `Shop` is no name'],
    [['metrics', 'a', '--prefix', 'a-b'], 'the prefix `a-b` is no metric prefix'],
    [['metrics', 'a', '--out', ''], 'the name of the output file is empty'],
    [['metrics', 'http://'], '`http://` is no address'],
    [['metrics', 'ftp://example.org/a'], 'is neither an address of the web nor a file'],
    [['metrics', 'http://me:secret@localhost/metrics'], 'addresses with a password are not taken'],
    [['metrics'], "missing required argument 'sources'"],
  ];

  it.each(WRONG)('refuses %j', async (args, message) => {
    const { code, stdout, stderr } = await importIn(box.folder(), ...args);
    expect({ code, stdout }).toEqual({ code: 64, stdout: '' });
    expect(stderr).toContain(message);
    expect(stderr).not.toContain('secret');
  });
});
