import { chmodSync, readFileSync } from 'node:fs';
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

describe('validate --format', () => {
  const broken = { ...good, 'specs/broken.yaml': BROKEN };

  it('writes several reports at once, each to its file, with the folders it needs', async () => {
    const folder = folderWith(broken);
    const args = ['--format', 'sarif=reports/ci/out.sarif', '--format', 'text', '--format', 'text=plain.txt', '-q'];
    const { code, stdout, stderr } = await validate(folder, args, { env: { FORCE_COLOR: '1' } });
    expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
    const plain = readFileSync(join(folder, 'plain.txt'), 'utf8');
    expect(plain).toMatch(/^specs\/broken\.yaml:4:12 error {2}reference\/unknown-name\n/);
    expect(stdout).toContain('\u001b[');
    const { runs } = JSON.parse(readFileSync(join(folder, 'reports/ci/out.sarif'), 'utf8'));
    expect(runs[0].results).toMatchObject([{ ruleId: 'reference/unknown-name' }]);
    expect(runs[0].tool.driver.version).toMatch(/^\d+\.\d+\.\d+/);
  });

  it('prints nothing to standard output where every report has a file', async () => {
    const folder = folderWith(broken);
    expect(await validate(folder, ['--format', 'junit=junit.xml'])).toMatchObject({ code: 1, stdout: '' });
    expect(readFileSync(join(folder, 'junit.xml'), 'utf8')).toContain('<testsuites name="qmon" tests="2" failures="1"');
  });

  it.each([
    [['--format', 'sarfi'], 'unknown format `sarfi`\nhelp: did you mean `sarif`?\n'],
    [['--format', 'text', '--format', 'json'], 'the formats `text` and `json` both go to standard output\nhelp: '],
    [['--format', 'text=a', '--format', 'json=a'], 'the formats `text` and `json` both go to `a`\nhelp: '],
    [['--format', 'json='], 'the file of `json=` is empty\nhelp: write `--format json=FILE`\n'],
  ])('refuses %j', async (args, said) => {
    const { code, stdout, stderr } = await validate(folderWith(broken), args);
    expect({ code, stdout }).toEqual({ code: 64, stdout: '' });
    expect(stderr).toContain(`qmon: ${said}`);
  });

  it('ends with 74 where a report cannot be written', async () => {
    const folder = folderWith(broken);
    const { code, stderr } = await validate(folder, ['--format', 'json=specs']);
    expect(code).toBe(74);
    expect(stderr).toContain('`specs`');
  });
});

describe('validate --baseline', () => {
  const known = { ...good, 'specs/broken.yaml': BROKEN, 'specs/unused.yaml': UNUSED };
  const strict = ['--fail-on', 'info', '--tools', 'off'];
  const withBaseline = (folder: string, ...args: string[]) =>
    validate(folder, ['--baseline', 'known.json', ...strict, ...args]);

  async function baselined(): Promise<string> {
    const folder = folderWith(known);
    const written = await validate(folder, ['--write-baseline', 'known.json', ...strict]);
    expect(written).toMatchObject({ code: 0, stdout: expect.stringContaining('specs/broken.yaml:4:12 error') });
    expect(written.stderr).toContain('2 findings written to known.json\n');
    return folder;
  }

  it('lets what is known pass, wherever its line has gone', async () => {
    const folder = await baselined();
    const outcome = {
      code: 0,
      stdout: '',
      stderr: '2 findings known from known.json\nno findings; checked by qmon alone\n',
    };
    expect(await withBaseline(folder)).toEqual(outcome);
    write(folder, { 'specs/broken.yaml': `# one\n# two\n${BROKEN}`, 'specs/unused.yaml': `---\n${UNUSED}` });
    expect(await withBaseline(folder)).toEqual(outcome);
    expect((await validate(folder, strict)).code).toBe(1);
  });

  it('fails on what is new, and reports nothing else', async () => {
    const folder = await baselined();
    write(folder, { 'specs/more.yaml': UNUSED.replace('nobody', 'somebody') });
    const { code, stdout } = await withBaseline(folder, '--format', 'json');
    expect(code).toBe(1);
    const { projects, summary } = JSON.parse(stdout);
    expect(summary).toEqual({ errors: 0, warnings: 1, infos: 0 });
    expect(projects[0].diagnostics).toMatchObject([{ code: 'reference/unused', file: 'specs/more.yaml' }]);
  });

  it('tells what no longer occurs, as far as it was looked for', async () => {
    const folder = await baselined();
    write(folder, { 'specs/unused.yaml': '# mended\n' });
    const { code, stderr } = await withBaseline(folder);
    expect(code).toBe(0);
    expect(stderr).toBe(`1 finding known from known.json
no longer found: specs/unused.yaml: reference/unused: the Runbook \`nobody\` is never used
help: take them out of the baseline with \`--write-baseline known.json\`
no findings; checked by qmon alone
`);
    write(folder, { 'specs/more.yaml': BROKEN.replace('name: broken', 'name: other') });
    const { code: failed, stderr: said } = await withBaseline(folder);
    expect(failed).toBe(1);
    expect(said).not.toContain('no longer found');
  });

  it('keeps a place for every finding, one a line', async () => {
    const text = readFileSync(join(await baselined(), 'known.json'), 'utf8');
    expect(JSON.parse(text)).toEqual({
      version: 1,
      findings: [
        { code: 'reference/unknown-name', file: 'specs/broken.yaml' },
        { code: 'reference/unused', file: 'specs/unused.yaml' },
      ].map((each) => expect.objectContaining(each)),
    });
    expect(text.trimEnd().split('\n')).toHaveLength(7);
  });

  it.each([
    ['{"version":2,"findings":[]}', 64, '`known.json` is not a baseline\nhelp: write one with'],
    ['{"version":1,"findings":[{"code":"a/b"}]}', 64, '`known.json` is not a baseline\n'],
    ['nothing', 64, '`known.json` is not a baseline\n'],
    [undefined, 74, 'known.json'],
  ])('refuses %s', async (text, code, said) => {
    const folder = folderWith({ ...good, ...(text !== undefined && { 'known.json': text }) });
    const outcome = await withBaseline(folder);
    expect(outcome.code).toBe(code);
    expect(outcome.stderr).toContain(said);
  });

  it('refuses to write and to read at once', async () => {
    const outcome = await withBaseline(folderWith(good), '--write-baseline', 'known.json');
    expect(outcome).toMatchObject({ code: 64, stderr: expect.stringContaining('exclude each other') });
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
