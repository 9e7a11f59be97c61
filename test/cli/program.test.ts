import { execFileSync } from 'node:child_process';
import { closeSync, existsSync, openSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { call, root, type Sandbox, sandbox, write } from './sandbox.ts';
import { BROKEN, shop } from './workspaces.ts';

let box: Sandbox;
beforeAll(() => {
  box = sandbox();
});
afterAll(() => box.remove());

const commands = ['init', 'generate', 'import', 'promql', 'validate', 'diff', 'explain', 'schema', 'doctor'];
const nothing = { code: 0, stdout: '', stderr: '' };

describe('the package', () => {
  it('is one package, whole in itself', () => {
    expect(readdirSync(join(box.home, 'node_modules')).filter((name) => !name.startsWith('.'))).toEqual(['qmon']);
    const { dependencies, devDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
    expect(dependencies).toBeUndefined();
    expect(Object.keys(devDependencies)).toContain('commander');
  });

  it('holds what is needed to run it and nothing else', () => {
    const tops = new Set(box.packed.map((path) => path.split('/')[1]));
    const allowed = ['CHANGELOG.md', 'LICENSE', 'README.md', 'bin', 'dist', 'package.json'];
    expect([...tops].filter((top) => !allowed.includes(top!))).toEqual([]);
    expect([...tops]).toEqual(expect.arrayContaining(['LICENSE', 'bin', 'dist', 'package.json']));
    expect(box.packed.filter((path) => path.includes('..') || path.endsWith('.map'))).toEqual([]);
  });

  it('carries the licence of every package that is bundled in it', () => {
    const notices = readFileSync(join(box.home, 'node_modules/qmon/dist/THIRD-PARTY-NOTICES'), 'utf8');
    const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
    for (const name of ['chalk', 'commander', 'execa', 'handlebars', 'js-yaml', 'yaml']) {
      expect(notices).toContain(`\n${name} ${packages[`node_modules/${name}`].version} (`);
    }
    expect(notices.match(/^(Permission|Licence:|Redistribution|Apache|ISC|MIT)/gim)!.length).toBeGreaterThan(6);
  });

  it('runs by its name', () => {
    const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
    expect(execFileSync(join(box.home, 'node_modules/.bin/qmon'), ['--version'], { encoding: 'utf8' })).toBe(
      `${version}\n`,
    );
  });
});

describe('help', () => {
  it.each(commands)('shows an example of %s', async (name) => {
    const asked = await box.qmon([name, '--help']);
    expect(asked).toMatchObject({ code: 0, stderr: '' });
    expect(asked.stdout).toMatch(new RegExp(`^Usage: qmon ${name}[\\s\\S]*\nExample:\n  qmon ${name}`));
  });

  it('is found in three ways', async () => {
    const [option, command, bare] = await Promise.all([['--help'], ['help'], []].map((args) => box.qmon(args)));
    for (const name of commands) expect(option!.stdout).toMatch(new RegExp(`^  ${name} `, 'm'));
    expect(command).toEqual(option);
    expect(bare, 'no command is wrong usage').toEqual({ code: 64, stdout: '', stderr: option!.stdout });
    expect(await box.qmon(['help', 'generate'])).toEqual(await box.qmon(['generate', '-h']));
  });
});

describe('wrong usage', () => {
  it.each([
    ['an unknown command', ['generat'], "unknown command 'generat'\n(Did you mean generate?)"],
    ['an unknown option', ['generate', '--chek'], "unknown option '--chek'\n(Did you mean --check?)"],
    ['too many arguments', ['validate', 'a', 'b'], 'too many arguments'],
    ['a value that is none of those allowed', ['validate', '--format', 'xml'], 'Allowed choices are text, json'],
    ['an option without its value', ['generate', '-o'], 'argument missing'],
    ['an unknown target', ['generate', '--target', 'grafana,prometeus'], 'did you mean `prometheus`?'],
    ['an empty name', ['generate', '--target', 'grafana,'], 'Write names with commas between them'],
    ['an unknown kind', ['schema', 'slo'], 'did you mean `SLO`?'],
    ['a missing folder', ['generate', 'nowhere'], 'there is no folder `nowhere`\nhelp: name the folder'],
    ['an empty specs folder argument', ['validate', ''], 'the specs folder is empty'],
    ['an empty output folder argument', ['generate', '-o', ''], 'the output folder is empty'],
    ['nothing to compare with', ['diff', '--against', 'nowhere'], 'there is no folder `nowhere`'],
  ])('is %s', async (_what, args, said) => {
    const folder = box.folder();
    write(folder, { 'specs/shop.yaml': shop() });
    const { code, stdout, stderr } = await box.qmon(args, { cwd: folder });
    expect({ code, stdout }).toEqual({ code: 64, stdout: '' });
    expect(stderr).toMatch(/^qmon: /);
    expect(stderr).toContain(said);
    expect(existsSync(join(folder, 'out'))).toBe(false);
  });
});

describe('streams', () => {
  const full = '/dev/full';

  it.runIf(existsSync(full)).each([[['schema']], [['--help']], [['doctor']]])(
    'a full disk ends %s with 74',
    async (args) => {
      const stdout = openSync(full, 'w');
      const { code, stderr } = await box.qmon(args, { stdout });
      closeSync(stdout);
      expect(code).toBe(74);
      expect(stderr).not.toMatch(/\n {4}at /);
    },
  );

  it.each(['schema', '--help'])('a reader of %s that goes away is no fault', async (argument) => {
    const program = join(box.home, 'node_modules/qmon/bin/qmon.js');
    const line = `"${process.execPath}" "${program}" ${argument} | head -c 1; echo "\${PIPESTATUS[0]}"`;
    const { stdout, stderr } = await call('bash', ['-c', line]);
    expect(stdout).toMatch(/^[{U]0\n$/);
    expect(stderr).toBe('');
  });

  it('carry colour only where it is asked for, without a terminal', async () => {
    const folder = box.folder();
    write(folder, { 'specs/shop.yaml': shop(), 'specs/broken.yaml': BROKEN });
    const colored = async (env: Record<string, string>, ...args: string[]) => {
      const { stdout, stderr } = await box.qmon(['validate', ...args], { cwd: folder, env });
      expect(stderr).not.toContain('Warning');
      return stdout.includes('\u001b[31m');
    };
    expect(await colored({})).toBe(false);
    expect(await colored({ FORCE_COLOR: '1' })).toBe(true);
    expect(await colored({ FORCE_COLOR: '0' })).toBe(false);
    expect(await colored({ FORCE_COLOR: '1', NO_COLOR: '1' })).toBe(false);
    expect(await colored({ FORCE_COLOR: '1' }, '--no-color')).toBe(false);
  });

  it('keep results apart from what is said to a person', async () => {
    const folder = box.folder();
    write(folder, { 'specs/shop.yaml': shop() });
    const loud = await box.qmon(['validate', '-v'], { cwd: folder });
    expect(loud).toMatchObject({ code: 0, stdout: '' });
    expect(loud.stderr).toContain('read 1 file in specs\n');
    expect(loud.stderr).toContain('no findings; checked by qmon alone\n');
    expect(await box.qmon(['validate', '-q'], { cwd: folder })).toEqual(nothing);
    expect(await box.qmon(['generate', '--quiet', '-v'], { cwd: folder })).toEqual(nothing);
  });
});

describe('a fault of ours', () => {
  /** Loaded before qmon: what lists folders is broken in a way that no system is. */
  const fault = "import fs from 'node:fs'; fs.readdirSync = () => { throw new TypeError('a riddle'); };";

  it('is one line that asks for a report, and the stack for those who ask', async () => {
    const folder = box.folder();
    write(folder, { 'specs/shop.yaml': shop(), 'fault.mjs': fault });
    const options = { cwd: folder, env: { NODE_OPTIONS: `--import=${join(folder, 'fault.mjs')}` } };
    const short = await box.qmon(['validate', '-q'], options);
    expect(short).toMatchObject({ code: 70, stdout: '' });
    expect(short.stderr).toMatch(
      /^qmon: this is a bug in qmon [\d.]+ \(Node v[\d.]+\): a riddle; please report it .*\n$/,
    );
    const long = await box.qmon(['validate', '-v'], options);
    expect(long.code).toBe(70);
    expect(long.stderr).toContain('TypeError: a riddle\n    at ');
  });
});
