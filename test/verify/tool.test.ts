import { describe, expect, it } from 'vitest';
import { assessTool, isAtLeast, parseVersion, tools } from '../../src/verify/tool.ts';
import { describeWithTools, findTool, versionOf } from '../tools.ts';

const promtool = tools[0]!;

describe('versions', () => {
  it.each([
    ['promtool, version 2.42.0+ds (branch: debian/sid, revision: 2.42.0+ds-5+deb12u1)\n  build user: x', '2.42.0'],
    ['amtool, version 0.33.1 (branch: HEAD, revision: abc)', '0.33.1'],
    ['level=info msg=hello\nprometheus, version 3.14.0-rc.0 (branch: x)', '3.14.0'],
    ['promtool: command not found', undefined],
    ['', undefined],
  ])('%j', (output, version) => {
    expect(parseVersion(output)).toBe(version);
  });

  it('compare part by part as numbers', () => {
    expect(isAtLeast('2.42.0', '2.42.0')).toBe(true);
    expect(isAtLeast('3.0', '2.42.0')).toBe(true);
    expect(isAtLeast('2.53.3', '2.42.10')).toBe(true);
    expect(isAtLeast('2.9.9', '2.42.0')).toBe(false);
    expect(isAtLeast('2.42', '2.42.1')).toBe(false);
  });
});

describe('what was found', () => {
  it('is missing, broken, too old or ready', () => {
    const path = '/usr/bin/promtool';
    expect(assessTool(promtool).status).toBe('missing');
    expect(assessTool(promtool, { path, output: 'Killed' })).toMatchObject({ status: 'broken', path });
    const old = assessTool(promtool, { path, output: 'promtool, version 2.24.1+ds (…)' });
    expect(old).toMatchObject({ status: 'too-old', version: '2.24.1' });
    expect(assessTool(promtool, { path, output: 'promtool, version 2.42.0 (…)' }).status).toBe('ready');
  });
});

describeWithTools(['promtool', 'amtool', 'prometheus', 'alertmanager'], 'the tools of this machine', () => {
  it.each(tools.map(({ name, minimum }) => ({ name, minimum })))('$name is $minimum or newer', ({ name, minimum }) => {
    expect(isAtLeast(versionOf(findTool(name)!), minimum)).toBe(true);
  });
});
