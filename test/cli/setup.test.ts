import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { describeWithTools } from '../tools.ts';
import { filesIn, root, type Sandbox, sandbox, write } from './sandbox.ts';

let box: Sandbox;
beforeAll(() => {
  box = sandbox();
});
afterAll(() => box.remove());

/** The documents of the worked examples. */
function exampleDocuments(): unknown[] {
  const files = readdirSync(join(root, 'specs'), { recursive: true, encoding: 'utf8' }).filter((path) =>
    /\.ya?ml$/.test(path),
  );
  return files.flatMap((path) =>
    parseAllDocuments(readFileSync(join(root, 'specs', path), 'utf8')).map((document) => document.toJS()),
  );
}

describe('init', () => {
  it('writes a workspace that generates and validates at once', async () => {
    const folder = box.folder('Web Shop');
    expect(await box.qmon(['init'], { cwd: folder })).toEqual({
      code: 0,
      stdout: '+ specs/qmon.yaml\n+ specs/.qmon-schema.json\n',
      stderr: 'now run: qmon generate\n',
    });
    const validated = await box.qmon(['validate', '--tools', 'off', '--fail-on', 'info'], { cwd: folder });
    expect(validated).toEqual({ code: 0, stdout: '', stderr: 'no findings; checked by qmon alone\n' });
    expect((await box.qmon(['generate'], { cwd: folder })).code).toBe(0);
    const { 'web-shop/manifest.json': manifest } = filesIn(join(folder, 'out'));
    expect(JSON.parse(manifest!).project).toBe('web-shop');
  });

  it('names the schema for editors', async () => {
    const folder = box.folder();
    await box.qmon(['init', 'a/b'], { cwd: folder });
    const [, schema] = /^# yaml-language-server: \$schema=(\S+)\n/.exec(
      readFileSync(join(folder, 'a/b/qmon.yaml'), 'utf8'),
    )!;
    expect(readFileSync(join(folder, 'a/b', schema!), 'utf8')).toBe((await box.qmon(['schema'])).stdout);
  });

  it.each([
    ['.', 'Ångström & Sons', 'ngstr-m-sons'],
    ['specs/web', 'shop', 'web'],
    ['./specs/', 'shop', 'shop'],
    ['..', 'shop', expect.stringMatching(/^case-/)],
    ['.', '2024', '2024'],
    ['.', 'true', 'true'],
    ['.', '…', 'monitoring'],
    ['.', `${'x'.repeat(62)}-y`, 'x'.repeat(62)],
  ])('in %s of the folder %s names the project after it', async (argument, name, project) => {
    const folder = box.folder(name);
    await box.qmon(['init', argument], { cwd: folder });
    const { code, stdout } = await box.qmon(['validate', argument, '--format', 'json'], { cwd: folder });
    expect({ code, name: JSON.parse(stdout).projects[0].name }).toEqual({ code: 0, name: project });
  });

  it.each([['specs/qmon.yaml'], ['specs/.qmon-schema.json'], ['specs/deep/other.yml']])(
    'leaves a workspace with %s alone',
    async (path) => {
      const folder = box.folder();
      write(folder, { [path]: 'mine' });
      const { code, stdout, stderr } = await box.qmon(['init'], { cwd: folder });
      expect({ code, stdout }).toEqual({ code: 64, stdout: '' });
      expect(stderr).toBe(`qmon: \`${path}\` exists already\nhelp: name another folder: \`qmon init FOLDER\`\n`);
      expect(filesIn(folder)).toEqual({ [path]: 'mine' });
    },
  );

  it('cannot make a folder where a file is', async () => {
    const folder = box.folder();
    write(folder, { specs: 'mine' });
    expect(await box.qmon(['init'], { cwd: folder })).toMatchObject({ code: 74, stdout: '' });
  });
});

describe('schema', () => {
  it('is valid draft-07 and takes the documents of the worked examples', async () => {
    const { stdout } = await box.qmon(['schema']);
    const schema = JSON.parse(stdout);
    expect(schema.$schema).toBe('http://json-schema.org/draft-07/schema#');
    const ajv = new Ajv({ strict: true, strictRequired: false, allErrors: true, allowUnionTypes: true });
    const takes = ajv.compile(schema);
    const documents = exampleDocuments();
    expect(documents.length).toBeGreaterThan(20);
    for (const document of documents) expect(takes(document), JSON.stringify(takes.errors)).toBe(true);
    expect(takes({ kind: 'Projekt', metadata: { name: 'a' } })).toBe(false);
    expect(takes({ kind: 'Service', metadata: { name: 'a' }, spec: { ownr: 'b' } })).toBe(false);
  });

  it('is named by the line that `--help` explains and `init` writes', async () => {
    const line = '# yaml-language-server: $schema=.qmon-schema.json';
    const folder = box.folder();
    await box.qmon(['init'], { cwd: folder });
    expect(readFileSync(join(folder, 'specs/qmon.yaml'), 'utf8').split('\n')[0]).toBe(line);
    expect((await box.qmon(['schema', '--help'])).stdout).toContain(`\n  ${line}\n`);
  });

  it('is printed for one kind, whole in itself', async () => {
    const { code, stdout } = await box.qmon(['schema', 'SLO']);
    expect(code).toBe(0);
    const takes = new Ajv({ strict: false }).compile(JSON.parse(stdout));
    const all = exampleDocuments() as { kind: string }[];
    for (const document of all) expect(takes(document)).toBe(document.kind === 'SLO');
  });
});

describe('doctor', () => {
  it('says what is missing, and what follows', async () => {
    const { code, stdout, stderr } = await box.qmon(['doctor']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/^qmon \d+\.\d+\.\d+, Node v\d+/);
    for (const name of ['promtool', 'amtool', 'prometheus', 'alertmanager']) {
      expect(stdout).toMatch(new RegExp(`^${name} +- +missing +-\n`, 'm'));
      expect(stdout).toMatch(new RegExp(`^${name}: not found: .*; install `, 'm'));
    }
  });

  it('prints one JSON document', async () => {
    const { tools } = JSON.parse((await box.qmon(['doctor', '--format', 'json'])).stdout);
    expect(tools).toHaveLength(4);
    expect(tools[0]).toMatchObject({ name: 'promtool', status: 'missing', version: null, path: null });
  });

  describeWithTools(['promtool', 'amtool'], 'with tools', () => {
    it('says where they are', async () => {
      const { stdout } = await box.qmon(['doctor'], { env: box.tools });
      expect(stdout).toMatch(/^promtool +\d+\.\d+\.\d+ +ready +\/.*\/tools\/promtool$/m);
      expect(stdout).toMatch(/^amtool +\d+\.\d+\.\d+ +ready +\/.*\/tools\/amtool$/m);
    });
  });
});
