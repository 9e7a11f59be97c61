import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { describeWithTools, findTool } from '../tools.ts';
import { type CallOptions, type Sandbox, sandbox, write } from './sandbox.ts';
import { BROKEN, REFUSED, REMARK, shop, TOMORROW, UNUSED } from './workspaces.ts';

let box: Sandbox;
beforeAll(() => {
  box = sandbox();
});
afterAll(() => box.remove());

function folderWith(files: Readonly<Record<string, string | Uint8Array>>): string {
  const folder = box.folder();
  write(folder, files);
  return folder;
}

function validate(cwd: string, args: readonly string[] = [], options: CallOptions = {}) {
  return box.qmon(['validate', ...args], { cwd, ...options });
}

const good = { 'specs/shop.yaml': shop() };
const unverified = 'not verified with promtool (not found) and amtool (not found); `qmon doctor` says what follows\n';

describe('validate', () => {
  it('says in one line what was not verified, and by whom it was', async () => {
    const folder = folderWith(good);
    const said = 'no findings; checked by qmon alone\n';
    expect(await validate(folder)).toEqual({ code: 0, stdout: '', stderr: unverified + said });
    expect(await validate(folder, ['--tools', 'off'])).toEqual({ code: 0, stdout: '', stderr: said });
    const required = await validate(folder, ['--tools', 'require']);
    expect(required).toMatchObject({ code: 69, stdout: '' });
    expect(required.stderr).toContain('cannot verify with promtool (not found) and amtool (not found)\nhelp: ');
  });

  it('says which tool is of no use, and why', async () => {
    const tool = (version: string) => `#!/bin/sh\necho "promtool, version ${version} (x)"\n`;
    const folder = folderWith({ ...good, 'tools/promtool': tool('2.30.1'), 'tools/amtool': '#!/bin/sh\necho no\n' });
    for (const name of ['promtool', 'amtool']) chmodSync(join(folder, 'tools', name), 0o755);
    const { stderr } = await validate(folder, [], { env: { QMON_TOOLS_DIR: join(folder, 'tools') } });
    expect(stderr).toContain('not verified with promtool (2.30.1 is older than 2.42.0) and amtool (`');
    expect(stderr).toContain('/tools/amtool` does not say its version)');
  });

  it('prints findings as the result, each with its place and what to do', async () => {
    const folder = folderWith({
      ...good,
      'specs/broken.yaml': BROKEN,
      'specs/key.yaml': 'kind: Team\nmetadata: { name: payments }\nspec: { titel: Payments }\n',
    });
    const { code, stdout, stderr } = await validate(folder);
    expect(code).toBe(1);
    expect(stdout).toMatch(
      /^specs\/broken\.yaml:4:12 error {2}\S+\n {2}there is no Service `chekout`\n[\s\S]*\n {2}help: did/,
    );
    expect(stdout).toMatch(/^specs\/key\.yaml:3:9 error {2}schema\//m);
    expect(stderr).toBe('2 errors; checked by qmon alone\n');
  });

  it('asks no tool while there are errors, and says so to those who want to know', async () => {
    const folder = folderWith({ ...good, 'specs/broken.yaml': BROKEN });
    const { code, stderr } = await validate(folder, ['-v', '--tools', 'require']);
    expect(code).toBe(1);
    expect(stderr).toContain('\npromtool and amtool are asked once the errors are mended\n');
  });

  it.each([
    ['error', BROKEN, [1, 1, 1]],
    ['warning', UNUSED, [0, 1, 1]],
    ['info', REMARK, [0, 0, 1]],
    ['nothing', '# nothing\n', [0, 0, 0]],
  ])('fails on %s as it is told', async (_severity, more, codes) => {
    const folder = folderWith({ ...good, 'specs/more.yaml': more });
    const runs = ['error', 'warning', 'info'].map((level) => validate(folder, ['--fail-on', level, '-q']));
    expect((await Promise.all(runs)).map(({ code }) => code)).toEqual(codes);
  });

  it('prints one JSON document, with and without errors', async () => {
    const folder = folderWith(good);
    const json = async (...args: string[]) => {
      const { code, stdout } = await validate(folder, ['--format', 'json', ...args]);
      return { code, ...JSON.parse(stdout) };
    };
    const tools = ['promtool', 'amtool'].map((name) => ({ name, version: null, ran: false }));
    const none = { errors: 0, warnings: 0, infos: 0 };
    const quiet = { code: 0, version: 1, projects: [{ name: 'shop', diagnostics: [], tools }], summary: none };
    expect(await json()).toEqual(quiet);
    expect(await json('--tools', 'off')).toEqual(quiet);
    write(folder, { 'specs/broken.yaml': BROKEN, 'outside.yaml': '' });
    const { code, projects, summary } = await json();
    expect({ code, summary }).toEqual({ code: 1, summary: { ...none, errors: 1 } });
    expect(projects).toEqual([{ name: 'shop', diagnostics: [expect.anything()], tools }]);
    expect(projects[0].diagnostics[0]).toEqual({
      code: 'reference/unknown-name',
      severity: 'error',
      message: 'there is no Service `chekout`',
      file: 'specs/broken.yaml',
      line: 4,
      column: 12,
      endLine: 4,
      endColumn: 19,
      help: 'did you mean `checkout`?',
      related: [],
    });
  });

  it('prints one JSON document where there is no Project', async () => {
    const { code, stdout } = await validate(folderWith({ 'specs/broken.yaml': BROKEN }), ['--format', 'json']);
    expect(code).toBe(1);
    const { projects, summary } = JSON.parse(stdout);
    expect(summary.errors).toBe(1);
    expect(projects).toMatchObject([
      { name: '', diagnostics: [{ code: 'workspace/no-project', file: null }], tools: [] },
    ]);
  });
});

describeWithTools(['promtool', 'amtool'], 'validate with promtool and amtool', () => {
  const verified = (folder: string, ...args: string[]) => validate(folder, args, { env: box.tools });

  it('says that they judged', async () => {
    const folder = folderWith(good);
    const { code, stdout, stderr } = await verified(folder, '--tools', 'require');
    expect({ code, stdout }).toEqual({ code: 0, stdout: '' });
    expect(stderr).toMatch(/^no findings; checked by qmon, promtool \d+\.\d+\.\d+ and amtool \d+\.\d+\.\d+\n$/);
    const { projects } = JSON.parse((await verified(folder, '--format', 'json')).stdout);
    expect(projects[0].tools).toEqual(
      ['promtool', 'amtool'].map((name) => ({ name, version: expect.stringMatching(/^\d/), ran: true })),
    );
  });

  it('shows their findings at the character in the specs: in literal, folded and quoted expressions', async () => {
    const { code, stdout } = await verified(
      folderWith({ 'specs/shop.yaml': shop('shop', TOMORROW), 'specs/refused.yaml': REFUSED }),
    );
    expect(code).toBe(1);
    const places = [...stdout.matchAll(/^specs\/refused\.yaml:(\d+:\d+) error {2}verify\/promtool$/gm)];
    expect(places.map(([, place]) => place)).toEqual(['9:11', '15:10', '18:18']);
    for (const name of ['http_requests_total', 'http_errors_total', 'quoted_total']) {
      expect(stdout).toMatch(new RegExp(`\\| .*${name}.*\n +\\| +\\^+`));
    }
    expect(stdout).not.toMatch(/tmp\/|\.yml/);
  });

  it('leaves out the tool that is missing, and says so', async () => {
    const folder = folderWith({ ...good, 'tools/x': '' });
    const env = { QMON_TOOLS_DIR: join(folder, 'tools'), PATH: join(folder, 'bin') };
    write(folder, { 'tools/promtool': `#!/bin/sh\nexec '${findTool('promtool')}' "$@"\n` });
    chmodSync(join(folder, 'tools/promtool'), 0o755);
    const { stderr } = await validate(folder, [], { env });
    expect(stderr).toMatch(
      /^not verified with amtool \(not found\); .*\nno findings; checked by qmon and promtool [\d.]+\n$/,
    );
  });
});
