import { describe, expect, it } from 'vitest';
import { present } from '../../src/base/assert.ts';
import type { Artifact } from '../../src/output/artifact.ts';
import { compile } from '../../src/pipeline/compile.ts';
import { hurriedRules, overlay } from './overlay.ts';
import { specFiles } from './pair.ts';

const place = {
  alertmanagerUrl: 'http://elsewhere',
  secretsDir: '/elsewhere',
  channelUrl: (name: string) => `/${name}`,
};

describe('the overlay', () => {
  const [[plain]] = compile(specFiles());
  const [[moved]] = compile(specFiles(), { adjust: overlay(place), adjustRules: hurriedRules });
  const before = present(plain?.artifacts, 'the artifacts');
  const after = present(moved?.artifacts, 'the artifacts of the overlay');

  /** The documents whose paths start so, without the lines that may differ. */
  function documents(
    artifacts: readonly Artifact[],
    start: string,
    may: RegExp,
  ): readonly (readonly [string, string])[] {
    const chosen = artifacts.filter(({ path }) => path.startsWith(start));
    return chosen.map(({ path, text }) => [
      path,
      text
        .split('\n')
        .filter((line) => !may.test(line))
        .join('\n'),
    ]);
  }

  it('changes nothing of rules but how long and how often', () => {
    const may = /^ +(for|interval): \w+$/;
    expect(documents(after, 'prometheus/rules/', may)).toEqual(documents(before, 'prometheus/rules/', may));
    expect(documents(after, 'prometheus/rules/', /^$/)).not.toEqual(documents(before, 'prometheus/rules/', /^$/));
  });

  it('changes nothing of who is told but when', () => {
    const may = /^ +(group_wait|group_interval|repeat_interval): \w+$/;
    const routes = (artifacts: readonly Artifact[]) =>
      documents(artifacts, 'alertmanager/alertmanager.yml', may).map(([, text]) => {
        return text.slice(text.indexOf('\nroute:'), text.indexOf('\nreceivers:'));
      });
    expect(routes(after)).toEqual(routes(before));
    expect(routes(after).join()).toContain('inhibit_rules:');
  });

  it('changes nothing of the dashboards but where Alertmanager is', () => {
    const may = /^ +"url": "[^"]+\/#\/alerts\?filter=/;
    expect(documents(after, 'grafana/dashboards/', may)).toEqual(documents(before, 'grafana/dashboards/', may));
  });
});
