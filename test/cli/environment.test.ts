import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { describeWithTools } from '../tools.ts';
import { filesIn, type Sandbox, sandbox, write } from './sandbox.ts';
import { BROKEN, shop } from './workspaces.ts';

let box: Sandbox;
beforeAll(() => {
  box = sandbox();
});
afterAll(() => box.remove());

type Files = Readonly<Record<string, string>>;

function folderWith(files: Files): string {
  const folder = box.folder();
  write(folder, files);
  return folder;
}

function environment(name: string, spec = '{}'): string {
  return `kind: Environment\nmetadata: { name: ${name} }\nspec: ${spec}\n`;
}

const EASIER = '{ override: [{ kind: SLO, name: checkout-availability, set: { objective: 95% } }] }';
const two: Files = {
  'specs/shop.yaml': shop(),
  'specs/prod.yaml': environment('prod'),
  'specs/staging.yaml': environment('staging', EASIER),
};

const generate = (cwd: string, ...args: string[]) => box.qmon(['generate', '--tools', 'off', ...args], { cwd });
const validate = (cwd: string, ...args: string[]) => box.qmon(['validate', '--tools', 'off', ...args], { cwd });
const diff = (cwd: string, ...args: string[]) => box.qmon(['diff', ...args], { cwd });

async function generated(cwd: string, ...args: string[]) {
  const outcome = await generate(cwd, ...args);
  expect(outcome, outcome.stderr).toMatchObject({ code: 0, stdout: '' });
  return outcome;
}

const outIn = (folder: string) => filesIn(join(folder, 'out'));

/** The folders below `out` that hold a manifest. */
const places = (folder: string) =>
  Object.keys(outIn(folder))
    .filter((path) => path.endsWith('/manifest.json'))
    .map((path) => path.replace('/manifest.json', ''));

function left(folder: string, part: string): string[] {
  return Object.keys(outIn(folder)).filter((path) => path.startsWith(part));
}

describe('generate with environments', () => {
  it('publishes each in a folder of its own, with a summary of each', async () => {
    const folder = folderWith(two);
    const { stderr } = await generated(folder);
    expect(stderr.match(/^out\/\S+$/gm)).toEqual(['out/shop/prod', 'out/shop/staging']);
    expect(readdirSync(join(folder, 'out/shop'))).toEqual(['prod', 'staging']);
    expect(await generate(folder, '--check')).toEqual({
      code: 0,
      stdout: '',
      stderr: 'up to date: out/shop/prod and out/shop/staging\n',
    });
  });

  it('writes only those that are asked for, and leaves the others as they are', async () => {
    const folder = folderWith(two);
    await generated(folder, '--env', 'staging');
    expect(places(folder)).toEqual(['shop/staging']);
    await generated(folder, '--env', 'staging, prod');
    const before = outIn(folder);
    write(folder, { 'specs/shop.yaml': shop().replace('99.9%', '99.5%') });
    const check = await generate(folder, '--check', '--env', 'prod');
    expect(check.code).toBe(1);
    expect(check.stdout).not.toContain('staging');
    await generated(folder, '--env', 'prod');
    const after = outIn(folder);
    const changed = Object.keys(after).filter((path) => after[path] !== before[path]);
    expect(changed.length).toBeGreaterThan(0);
    expect(changed.every((path) => path.startsWith('shop/prod/'))).toBe(true);
  });

  it.each([
    [['stagin'], 'unknown environment `stagin`\nhelp: did you mean `staging`?'],
    [['prod,Staging'], 'unknown environment `Staging`\nhelp: did you mean `staging`?'],
    [['x'], 'unknown environment `x`\nhelp: known: prod and staging'],
    [['prod,'], 'Write names with commas between them.'],
  ])('refuses --env %s', async (args, said) => {
    const folder = folderWith(two);
    for (const command of [generate, validate, diff]) {
      const { code, stdout, stderr } = await command(folder, '--env', ...args);
      expect({ code, stdout }).toEqual({ code: 64, stdout: '' });
      expect(stderr).toContain(said);
    }
    expect(existsSync(join(folder, 'out'))).toBe(false);
  });

  it('says that there is none', async () => {
    const { code, stderr } = await generate(folderWith({ 'specs/shop.yaml': shop() }), '--env', 'prod');
    expect({ code, stderr }).toEqual({
      code: 64,
      stderr: 'qmon: unknown environment `prod`\nhelp: there is no environment here\n',
    });
  });

  it('writes nothing anywhere while one environment has an error', async () => {
    const folder = folderWith({ ...two, 'specs/staging.yaml': environment('staging', EASIER.replace('95%', '100%')) });
    const { code, stderr } = await generate(folder);
    expect(code).toBe(1);
    expect(stderr).toMatch(/^specs\/staging\.yaml:3:\d+ error {2}slo\/objective-out-of-range {2}in staging\n/);
    expect(existsSync(join(folder, 'out'))).toBe(false);
    await generated(folder, '--env', 'prod');
    expect(places(folder)).toEqual(['shop/prod']);
  });

  it('publishes one target in each, and says nothing of the rest', async () => {
    const folder = folderWith(two);
    await generated(folder);
    const before = outIn(folder);
    write(folder, { 'specs/shop.yaml': shop().replace('99.9%', '99.5%') });
    await generated(folder, '--target', 'prometheus');
    const changed = Object.entries(outIn(folder)).filter(([path, text]) => before[path] !== text);
    expect(changed.map(([path]) => path)).toEqual([
      'shop/prod/manifest.json',
      'shop/prod/prometheus/rules/checkout.yml',
    ]);
  });

  it('compiles a workspace without environments whichever is asked for', async () => {
    const folder = folderWith({
      'specs/shop/shop.yaml': shop(),
      'specs/shop/env.yaml': `${two['specs/prod.yaml']}---\n${environment('staging')}`,
      'specs/blog/blog.yaml': shop('blog'),
    });
    await generated(folder, '--env', 'prod');
    expect(places(folder)).toEqual(['blog', 'shop/prod']);
  });

  it('takes any name for an environment, also those of its own folders and files', async () => {
    const names = ['prometheus', 'grafana', 'alertmanager', 'runbooks', 'manifest', 'shop'];
    const folder = folderWith({ 'specs/shop.yaml': shop() });
    await generated(folder);
    write(folder, { 'specs/env.yaml': names.map((name) => environment(name)).join('---\n') });
    await generated(folder);
    expect(places(folder)).toEqual([...names].sort().map((name) => `shop/${name}`));
    expect(readdirSync(join(folder, 'out/shop'))).toEqual([...names].sort());
    rmSync(join(folder, 'specs/env.yaml'));
    await generated(folder);
    expect(places(folder)).toEqual(['shop']);
    expect(left(folder, 'shop/').filter((path) => /^shop\/(\w+)\/\1\//.test(path))).toEqual([]);
  });

  it('keeps projects and environments of one name apart', async () => {
    const folder = folderWith({
      'specs/a/a.yaml': shop('a'),
      'specs/a/env.yaml': `${environment('b')}---\n${environment('a')}`,
      'specs/b/b.yaml': shop('b'),
      'specs/b/env.yaml': environment('a'),
    });
    await generated(folder);
    expect(places(folder)).toEqual(['a/a', 'a/b', 'b/a']);
    rmSync(join(folder, 'specs/a/env.yaml'));
    await generated(folder);
    expect(places(folder)).toEqual(['a', 'b/a']);
  });
});

describe('output where nothing is published any more', () => {
  it('goes when a project gets its first environment; what is not ours stays', async () => {
    const folder = folderWith({ 'specs/shop.yaml': shop(), 'out/shop/prometheus/mine.yml': 'mine' });
    await generated(folder);
    const old = left(folder, 'shop/').filter((path) => !/mine|manifest/.test(path));
    write(folder, two);
    const check = await generate(folder, '--check');
    expect(check.code).toBe(1);
    expect(check.stdout.match(/^- .*$/gm)).toEqual(old.map((path) => `- out/${path}`));
    const summary = (await diff(folder)).stdout.split('\n\n');
    expect(summary[0]).toMatch(/^shop\/prod$/);
    expect((await diff(folder)).stdout).toMatch(/\nshop\n\nprometheus\n {2}- alert Checkout/);
    await generated(folder, '--env', 'prod');
    expect(places(folder)).toEqual(['shop', 'shop/prod']);
    expect((await diff(folder, '--env', 'prod', '--exit-code')).code).toBe(0);
    const { stderr } = await generated(folder);
    expect(stderr).toContain(`\nout/shop: ${old.length} files removed, nothing is published there any more\n`);
    expect(places(folder)).toEqual(['shop/prod', 'shop/staging']);
    expect(left(folder, 'shop/prometheus')).toEqual(['shop/prometheus/mine.yml']);
    expect((await generate(folder, '--check')).code).toBe(0);
  });

  it('goes when an environment is renamed, and when the last one goes', async () => {
    const folder = folderWith(two);
    await generated(folder);
    write(folder, { 'out/shop/staging/prometheus/prometheus.yml': 'edited', 'out/shop/notes/a.txt': 'mine' });
    write(folder, { 'specs/staging.yaml': environment('test') });
    const { stderr } = await generated(folder);
    expect(stderr).toContain('warning  output/edited-by-hand\n  `out/shop/staging/prometheus/prometheus.yml`');
    expect(stderr).toMatch(/\nout\/shop\/staging: \d+ files removed, nothing is published there any more\n/);
    expect(readdirSync(join(folder, 'out/shop'))).toEqual(['notes', 'prod', 'test']);
    rmSync(join(folder, 'specs/staging.yaml'));
    rmSync(join(folder, 'specs/prod.yaml'));
    expect((await diff(folder)).stdout).toMatch(/\nshop\/test\n\nprometheus\n {2}- alert Checkout/);
    await generated(folder);
    expect(places(folder)).toEqual(['shop']);
    expect(existsSync(join(folder, 'out/shop/prod'))).toBe(false);
    expect(outIn(folder)).toMatchObject({ 'shop/notes/a.txt': 'mine' });
  });

  it('is left alone where it is not ours, or of another name', async () => {
    const manifest = (project: string) => JSON.stringify({ version: 1, project, files: [] });
    const foreign = {
      'out/shop/copy/manifest.json': manifest('shop/prod'),
      'out/shop/app/manifest.json': '{"name": "app"}',
      'out/shop/old/manifest.json': 'no JSON',
    };
    const folder = folderWith({ ...two, ...foreign });
    await generated(folder);
    for (const [path, text] of Object.entries(foreign)) expect(filesIn(folder)[path]).toBe(text);
  });

  it('is mended first where a publication was interrupted, and removed then', async () => {
    const folder = folderWith(two);
    await generated(folder);
    const journal = { version: 1, write: [{ path: 'prometheus/new.yml', staged: '0' }], remove: [] };
    const text = outIn(folder)['shop/staging/manifest.json']!;
    const manifest = JSON.parse(text);
    const [first] = manifest.files;
    manifest.files.push({ ...first, path: 'prometheus/new.yml' });
    write(folder, {
      'out/shop/staging/.qmon/journal.json': JSON.stringify({ ...journal, manifest: '1' }),
      'out/shop/staging/.qmon/stage/0': 'new',
      'out/shop/staging/.qmon/stage/1': JSON.stringify(manifest),
    });
    rmSync(join(folder, 'specs/staging.yaml'));
    const warned = 'warning: a publication in out/shop/staging was interrupted; `qmon generate` finishes it\n';
    const check = await generate(folder, '--check');
    expect(check.code).toBe(1);
    expect(check.stderr).toContain(warned);
    expect((await diff(folder)).stderr).toContain(warned);
    const { stderr } = await generated(folder);
    expect(stderr).toContain('finished an interrupted publication in out/shop/staging\n');
    expect(readdirSync(join(folder, 'out/shop'))).toEqual(['prod']);
  });

  it('is mended in the environment that is asked for, and in no other', async () => {
    const folder = folderWith(two);
    await generated(folder);
    for (const name of ['prod', 'staging'])
      mkdirSync(join(folder, `out/shop/${name}/.qmon/stage`), { recursive: true });
    await generated(folder, '--env', 'prod');
    expect(existsSync(join(folder, 'out/shop/prod/.qmon'))).toBe(false);
    expect(existsSync(join(folder, 'out/shop/staging/.qmon'))).toBe(true);
  });
});

describe('validate with environments', () => {
  it('tells what all have once, and of the rest where it is', async () => {
    const folder = folderWith({
      ...two,
      'specs/broken.yaml': BROKEN,
      'specs/staging.yaml': environment('staging', '{ targets: { prometheus: { retention: 7d } } }'),
    });
    const { code, stdout, stderr } = await validate(folder);
    expect(code).toBe(1);
    expect(stdout.match(/^specs\/\S+ error .*$/gm)).toEqual([
      'specs/broken.yaml:4:12 error  reference/unknown-name',
      'specs/shop.yaml:13:11 error  slo/window-exceeds-retention  in staging',
    ]);
    expect(stderr).toMatch(/^2 errors;/);
    expect((await validate(folder, '--env', 'staging')).stdout).not.toContain('in staging');
    const json = await validate(folder, '--format', 'json');
    const { projects, summary } = JSON.parse(json.stdout);
    expect(summary).toEqual({ errors: 2, warnings: 0, infos: 0 });
    const found = projects.map(({ name, diagnostics }: { name: string; diagnostics: { code: string }[] }) => [
      name,
      ...diagnostics.map((each) => each.code),
    ]);
    expect(found).toEqual([
      ['shop/prod', 'reference/unknown-name'],
      ['shop/staging', 'reference/unknown-name', 'slo/window-exceeds-retention'],
    ]);
  });

  it('says that something is never used only where no environment uses it', async () => {
    const policy = `kind: AlertPolicy
metadata: { name: queues }
spec:
  service: checkout
  rules: [{ alert: QueueStuck, expr: queue_age_seconds > 60, severity: critical, runbook: stuck }]
---
kind: Runbook
metadata: { name: stuck }
spec: { overview: Look. }
`;
    const without =
      '{ override: [{ kind: AlertPolicy, name: queues, set: { rules: { QueueStuck: { runbook: null } } } }] }';
    const folder = folderWith({
      ...two,
      'specs/queues.yaml': policy,
      'specs/staging.yaml': environment('staging', without),
    });
    for (const args of [[], ['--env', 'staging']]) {
      expect(await validate(folder, ...args)).toMatchObject({ code: 0, stdout: '' });
    }
    write(folder, { 'specs/prod.yaml': environment('prod', without) });
    for (const args of [[], ['--env', 'staging'], ['--env', 'prod']]) {
      expect((await validate(folder, ...args)).stdout).toMatch(
        /^specs\/queues\.yaml:8:19 warning {2}reference\/unused\n/,
      );
    }
  });

  it('says what is wrong in an environment, also at lines that are as they were', async () => {
    const set = '{ kind: Channel, name: on-call, set: { email: { to: [a@example.org] } } }';
    const folder = folderWith({ ...two, 'specs/staging.yaml': environment('staging', `{ override: [${set}] }`) });
    const { stdout } = await validate(folder);
    expect(stdout).toMatch(/^specs\/shop\.yaml:19:1 error {2}channel\/not-one-receiver {2}in staging\n/);
    expect(stdout).toMatch(/\n {2}specs\/staging\.yaml:3:20 changed here in `staging`\n/);
  });
});

describeWithTools(['promtool'], 'validate with promtool in environments', () => {
  it('shows a fault of an override at its line, in its environment', async () => {
    const spec = `
  override:
    - kind: AlertPolicy
      name: queues
      set:
        rules:
          QueueStuck:
            expr: |
              min(
                first_over_time(queue_age_seconds[5m])
              ) > 1
  targets: { prometheus: { version: "3.14" } }
`;
    const policy = `kind: AlertPolicy
metadata: { name: queues }
spec:
  service: checkout
  rules: [{ alert: QueueStuck, expr: queue_age_seconds > 60, severity: critical }]
`;
    const folder = folderWith({
      ...two,
      'specs/queues.yaml': policy,
      'specs/staging.yaml': environment('staging', spec),
    });
    const { code, stdout } = await box.qmon(['validate'], { cwd: folder, env: box.tools });
    expect(code).toBe(1);
    expect(stdout).toMatch(/^specs\/staging\.yaml:12:17 error {2}verify\/promtool {2}in staging\n/);
    expect(stdout).toMatch(/\n {2}specs\/queues\.yaml:5:38 what it overrides\n/);
    expect(stdout.match(/ error {2}/g)).toHaveLength(1);
  });
});

function git(cwd: string, ...args: string[]): void {
  const settings = ['-c', 'user.name=a', '-c', 'user.email=a@example.org', '-c', 'init.defaultBranch=main'];
  const { GIT_DIR: _, ...env } = process.env;
  execFileSync('git', [...settings, ...args], { cwd, stdio: 'pipe', env: { ...env, GIT_CONFIG_GLOBAL: '/dev/null' } });
}

function repository(files: Files): string {
  const folder = folderWith(files);
  git(folder, 'init', '-q');
  git(folder, 'add', '-A');
  git(folder, 'commit', '-q', '-m', 'x');
  return folder;
}

/** Settings with an address in each, so that every kind of link is there. */
const ADDRESSES = (where: string) => `{
  runbooks: { baseUrl: "https://runbooks-${where}.example.org" },
  targets: {
    prometheus: { url: "https://prometheus-${where}.example.org", format: both },
    alertmanager: { url: "https://alertmanager-${where}.example.org", routing: { shared: company } },
    grafana: { url: "https://grafana-${where}.example.org" } } }`;

const SHARED = shop().replace('metadata: { name: shop }', 'metadata: { name: shop }\nspec: {}');

const heads = (text: string) => [...text.matchAll(/^ {2}[-+~] (\w+(?: rule)?) /gm)].map(([, what]) => what);

describe('diff with environments', () => {
  it('is about those that are asked for', async () => {
    const folder = folderWith(two);
    await generated(folder);
    write(folder, { 'specs/shop.yaml': shop().replace('99.9%', '99.5%') });
    const { stdout } = await diff(folder);
    expect(stdout).toMatch(/^shop\/prod\n\nprometheus\n[\s\S]*\nshop\/staging\n\nNo changes\.\n$/);
    expect(await diff(folder, '--env', 'staging', '--exit-code')).toEqual({
      code: 0,
      stdout: 'No changes.\n',
      stderr: '',
    });
    expect((await diff(folder, '--env', 'prod', '--exit-code')).code).toBe(2);
  });

  it('finds nothing between two that differ only in their names and addresses', async () => {
    const folder = folderWith({
      'specs/shop.yaml': SHARED,
      'specs/prod.yaml': environment('prod', ADDRESSES('a')),
      'specs/staging.yaml': environment('staging', ADDRESSES('b').replace('{', '{ title: Second,')),
    });
    const { code, stdout, stderr } = await diff(folder, '--env', 'staging', '--against', 'env:prod', '--exit-code');
    expect(stderr).toBe('from prod to staging: names and links are those of staging on both sides\n');
    expect(code).toBe(2);
    expect(heads(stdout)).toEqual(['setting', 'file']);
    expect(stdout).toContain('["alertmanager-a.example.org:443"] → ["alertmanager-b.example.org:443"]');
    expect(stdout).toContain('datasources[0].url: https://prometheus-a.example.org → https://prometheus-b.example.org');
    write(folder, { 'specs/staging.yaml': environment('staging', ADDRESSES('a').replace('{', '{ title: Second,')) });
    const equal = await diff(folder, '--env', 'staging', '--against', 'env:prod', '--exit-code');
    expect(equal).toMatchObject({ code: 0, stdout: 'No changes.\n' });
    expect((await diff(folder, '--env', 'prod', '--against', 'env:prod')).stdout).toBe('No changes.\n');
  });

  it('shows what differs between two, as text and as JSON', async () => {
    const folder = folderWith(two);
    const { stdout } = await diff(folder, '--env', 'staging', '--against', 'env:prod');
    expect(stdout).toContain('expr: vector(0.999) → vector(0.95)');
    expect(stdout).not.toContain('environment="prod"');
    expect(stdout).not.toMatch(/^ {2}[-+] alert/m);
    const json = await diff(folder, '--env', 'staging', '--against', 'env:prod', '--format', 'json', '-q');
    expect(json.stderr).toBe('');
    const { projects, summary } = JSON.parse(json.stdout);
    expect(projects).toMatchObject([{ name: 'shop/staging', summary }]);
    const back = await diff(folder, '--env', 'prod', '--against', 'env:staging');
    expect(back.stdout).toContain('expr: vector(0.95) → vector(0.999)');
  });

  it('leaves out what has only one of the two, and says so', async () => {
    const folder = folderWith({
      'specs/shop/shop.yaml': shop(),
      'specs/shop/env.yaml': `${environment('prod')}---\n${environment('staging')}`,
      'specs/blog/blog.yaml': shop('blog'),
      'specs/blog/env.yaml': environment('staging'),
      'specs/wiki/wiki.yaml': shop('wiki'),
      'specs/wiki/env.yaml': environment('prod'),
    });
    const { stdout, stderr } = await diff(folder, '--env', 'staging', '--against', 'env:prod');
    expect(stdout).toBe('No changes.\n');
    expect(stderr).toContain('not compared, because there is no prod: blog/staging\n');
  });

  it.each([
    [['--against', 'env:prod'], 'help: name the other one: `--env staging`'],
    [['--against', 'env:prod', '--env', 'prod,staging'], 'help: name the other one: `--env staging`'],
    [['--against', 'env:pro', '--env', 'staging'], 'unknown environment `pro`\nhelp: did you mean `prod`?'],
    [['--against', 'env:', '--env', 'staging'], 'unknown environment ``\nhelp: known: prod and staging'],
    [['--against', 'prod', '--env', 'staging'], 'there is no folder `prod`\nhelp: did you mean `env:prod`?'],
  ])('refuses %s', async (args, said) => {
    const { code, stdout, stderr } = await diff(folderWith(two), ...args);
    expect({ code, stdout }).toEqual({ code: 64, stdout: '' });
    expect(stderr).toContain(said);
  });

  it('compares nothing while the other one has errors', async () => {
    const wrong = environment('prod', EASIER.replace('95%', '100%'));
    const folder = folderWith({ ...two, 'specs/prod.yaml': wrong });
    const { code, stdout, stderr } = await diff(folder, '--env', 'staging', '--against', 'env:prod');
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(
      /^specs\/prod\.yaml:3:[\s\S]*\nthe specs in prod have errors, so there is nothing to compare\n$/,
    );
  });

  it('compares with a revision that had no environments, or not this one', async () => {
    const folder = repository({ 'specs/shop.yaml': shop() });
    write(folder, two);
    const all = (await diff(folder, '--against', 'git:HEAD')).stdout;
    expect(all).toMatch(/^shop\/prod\n[\s\S]*\nshop\/staging\n[\s\S]*\nshop\n\nprometheus\n {2}- alert/);
    const one = (await diff(folder, '--against', 'git:HEAD', '--env', 'prod')).stdout;
    expect(one).toMatch(/\nPlan: \d+ to add, 0 to change, 0 to remove\.\n$/);
    git(folder, 'add', '-A');
    git(folder, 'commit', '-q', '-m', 'x');
    write(folder, { 'specs/staging.yaml': environment('staging') });
    const staging = await diff(folder, '--against', 'git:HEAD', '--env', 'staging', '--exit-code');
    expect(staging.code).toBe(2);
    expect(staging.stdout).toContain('expr: vector(0.95) → vector(0.999)');
    expect((await diff(folder, '--against', 'git:HEAD', '--env', 'prod')).stdout).toBe('No changes.\n');
  });

  it('compares with an output folder, environment by environment', async () => {
    const folder = folderWith(two);
    await generated(folder, '-o', 'old');
    write(folder, { 'specs/staging.yaml': environment('test') });
    const { stdout } = await diff(folder, '--against', 'old');
    expect(stdout).toMatch(
      /^shop\/prod\n\nNo changes\.\n\nshop\/test\n[\s\S]*\nshop\/staging\n\nprometheus\n {2}- alert/,
    );
    expect((await diff(folder, '--against', 'old', '--env', 'prod', '--exit-code')).code).toBe(0);
  });
});
