import { describe, expect, it } from 'vitest';
import { allCodes } from '../../src/cli/codes.ts';
import { compile } from '../../src/pipeline/compile.ts';
import { hasErrors } from '../../src/source/diagnostic.ts';
import { LEFT_OVER } from './left-over-workspace.ts';

const REST = `---
kind: Service
metadata: { name: checkout }
spec: { selector: '{job="checkout"}' }
${LEFT_OVER}`;

function compiled(severities: Readonly<Record<string, string>>, more = '') {
  const spec = JSON.stringify({ policy: { requireOwner: true }, findings: { severities } });
  const text = `kind: Project\nmetadata: { name: shop }\nspec: ${spec}\n${REST}${more}`;
  const [compilations] = compile([{ path: 'specs/shop.yaml', text }], { codes: allCodes });
  return compilations.map(({ diagnostics, artifacts, environment }) => ({
    found: Object.fromEntries(diagnostics.map(({ code, severity }) => [code, severity])),
    written: artifacts !== undefined,
    ...(environment !== undefined && { environment }),
  }));
}

describe('severities of a Project', () => {
  it('are those of the codes where it says nothing', () => {
    const found = { 'reference/unused': 'warning', 'service/owner-missing': 'error' };
    expect(compiled({})).toEqual([{ found, written: false }]);
  });

  it('let output be written in spite of what was insisted on, and stop it for what is no error elsewhere', () => {
    const owner = { 'service/owner-missing': 'warning' };
    expect(compiled(owner)).toEqual([{ found: { 'reference/unused': 'warning', ...owner }, written: true }]);
    const strict = { ...owner, 'reference/unused': 'error' };
    expect(compiled(strict)).toEqual([{ found: strict, written: false }]);
    expect(compiled({ ...owner, 'reference/unused': 'off' })).toEqual([{ found: owner, written: true }]);
  });

  it('hold for remarks about comments', () => {
    const comment = { 'finding/comment-unused': 'info' };
    const severities = { 'service/owner-missing': 'info', ...comment };
    const [{ found } = { found: {} }] = compiled(severities, '# qmon disable rule/duplicate-alert x\n');
    expect(found).toMatchObject(comment);
  });

  it('may differ between environments', () => {
    const environment = (name: string, more: string) =>
      `---\nkind: Environment\nmetadata: { name: ${name} }\nspec: {${more}}\n`;
    const patch = ` override: [{ kind: Project, set: { findings: { severities: { service/owner-missing: warning } } } }] `;
    const all = compiled({ 'service/owner-missing': 'info' }, environment('prod', '') + environment('staging', patch));
    expect(all.map(({ environment: name, found }) => [name, found['service/owner-missing']])).toEqual([
      ['prod', 'info'],
      ['staging', 'warning'],
    ]);
  });

  it.each(allCodes.filter(({ severity }) => severity === 'error').map((each) => [each.code, each] as const))(
    'make no light of %s',
    (code, { suppressible }) => {
      const refused = (severity: string) =>
        compiled({ 'service/owner-missing': 'error', [code]: severity })[0]!.found['finding/severity-fixed'];
      expect(refused('off')).toBe('error');
      expect(refused('warning')).toBe(suppressible ? undefined : 'error');
      expect(refused('error')).toBeUndefined();
    },
  );

  it('count for what tools say', () => {
    const [[compilation]] = compile(
      [
        {
          path: 'specs/shop.yaml',
          text: `kind: Project\nmetadata: { name: shop }\nspec: { findings: { severities: { verify/promtool-lint: info } } }\n${REST}`,
        },
      ],
      { codes: allCodes },
    );
    const verdict = (code: string, severity: 'error' | 'warning') => ({ code, severity, message: 'no', related: [] });
    const counted = compilation!.counting([
      verdict('verify/promtool-lint', 'warning'),
      verdict('verify/promtool', 'error'),
    ]);
    expect(counted.map(({ severity }) => severity)).toEqual(['info', 'error']);
    expect(hasErrors(counted)).toBe(true);
  });
});
