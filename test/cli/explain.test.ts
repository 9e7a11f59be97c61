import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Sandbox, sandbox, write } from './sandbox.ts';
import { BROKEN, service, shop } from './workspaces.ts';

let box: Sandbox;
beforeAll(() => {
  box = sandbox();
});
afterAll(() => box.remove());

function folderWith(files: Readonly<Record<string, string>>): string {
  const folder = box.folder();
  write(folder, files);
  return folder;
}

const explain = (cwd: string, ...args: string[]) => box.qmon(['explain', ...args], { cwd });

describe('explain', () => {
  it('shows the page of a code, wherever that is', async () => {
    const { code, stdout, stderr } = await explain(box.folder(), 'reference/unknown-name');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/^error {2}reference\/unknown-name\na name that nothing in the workspace has\n/);
    expect((await explain(box.folder(), 'verify/promtool')).stdout).toMatch(/^error {2}verify\/promtool\n/);
    const json = await explain(box.folder(), 'reference/unknown-name', '--format', 'json');
    expect(JSON.parse(json.stdout)).toMatchObject({ version: 1, code: { severity: 'error' }, projects: [] });
  });

  it('shows what has a name, in all projects', async () => {
    const folder = folderWith({
      'specs/a/a.yaml': shop('a'),
      'specs/b/b.yaml': `${shop('b')}---\n${service('search')}`,
    });
    const both = await explain(folder, 'checkout-availability');
    expect(both).toMatchObject({ code: 0, stderr: '' });
    expect(both.stdout.match(/^\S.*$/gm)).toEqual(['SLO checkout-availability in a', 'SLO checkout-availability in b']);
    expect(both.stdout).toContain('specs/a/a.yaml:9 declared here');
    const one = await explain(folder, 'service/search', './specs');
    expect(one.stdout).toMatch(/^Service search\n/);
    const json = await explain(folder, 'search', '--format', 'json');
    expect(JSON.parse(json.stdout).projects).toMatchObject([{ name: 'b', explanations: [{ kind: 'Service' }] }]);
  });

  it('shows an environment alone when asked', async () => {
    const environments = ['production', 'staging'].map((name) => `kind: Environment\nmetadata: { name: ${name} }\n`);
    const folder = folderWith({ 'specs/shop.yaml': [shop(), ...environments].join('---\n') });
    const all = await explain(folder, 'on-call');
    expect(all.stdout).toMatch(/^Channel on-call in shop\/production and shop\/staging\n/);
    const one = await explain(folder, 'on-call', '--env', 'staging');
    expect(one.stdout).toMatch(/^Channel on-call\n/);
    expect(await explain(folder, 'on-call', '--env', 'stagin')).toMatchObject({ code: 64, stdout: '' });
  });

  it('finds the last part of a name elsewhere', async () => {
    const folder = folderWith({ 'specs/shop.yaml': shop() });
    expect((await explain(folder, 'platform/imported/on-call')).stderr).toContain('did you mean `Channel/on-call`?');
  });

  it('explains what stands although there are errors', async () => {
    const folder = folderWith({ 'specs/shop.yaml': shop(), 'specs/broken.yaml': BROKEN });
    const { code, stdout, stderr } = await explain(folder, 'SLO/checkout-availability');
    expect(code).toBe(0);
    expect(stdout).toContain('burn-rate alerts');
    expect(stderr).toBe('the specs have errors: this is what they leave standing\n');
    expect((await explain(folder, 'broken', '-q')).stderr).toBe('');
  });

  it('proposes the nearest name or code', async () => {
    const folder = folderWith({ 'specs/shop.yaml': shop() });
    const cases = [
      ['checkout-availabilty', 'checkout-availability'],
      ['slo/checkout-availabilty', 'SLO/checkout-availability'],
      ['reference/unknown-nam', 'reference/unknown-name'],
      ['CheckoutAvailabilityBudgetBurns', 'CheckoutAvailabilityBudgetBurn'],
    ];
    for (const [topic, near] of cases) {
      expect(await explain(folder, topic!)).toEqual({
        code: 64,
        stdout: '',
        stderr: `qmon: nothing here is called \`${topic}\`\nhelp: did you mean \`${near}\`?\n`,
      });
    }
    const far = await explain(folder, 'xyzzy');
    expect(far).toMatchObject({ code: 64, stdout: '' });
    expect(far.stderr).toMatch(/\nhelp: write the name of anything in the specs, or a code such as `\S+\/\S+`\n$/);
  });

  it('says of a misspelt code that it is one also where there are no specs', async () => {
    const { code, stderr } = await explain(box.folder(), 'reference/unknown-nam');
    expect({ code, stderr }).toEqual({
      code: 64,
      stderr: 'qmon: nothing here is called `reference/unknown-nam`\nhelp: did you mean `reference/unknown-name`?\n',
    });
    const name = await explain(box.folder(), 'checkout');
    expect(name).toMatchObject({ code: 64 });
    expect(name.stderr).toContain('there is no folder `specs`');
  });
});
