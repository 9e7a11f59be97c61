import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { allCodes } from '../../src/cli/codes.ts';
import { allDiagnostics } from '../../src/cli/session.ts';
import { type CompileOptions, compile } from '../../src/pipeline/compile.ts';
import type { Diagnostic } from '../../src/source/diagnostic.ts';
import type { SourceFile } from '../../src/source/span.ts';
import { promtoolRefuses, promtoolRemarks } from '../../src/verify/locate.ts';
import { specFiles } from '../case-folder.ts';
import { LEFT_OVER } from './left-over-workspace.ts';

function caseFiles(name: string): SourceFile[] {
  return specFiles(fileURLToPath(new URL(`../cases/finding/${name}/specs`, import.meta.url)), 'specs');
}

function codesOf(files: readonly SourceFile[], options: CompileOptions = {}): string[] {
  const [compilations, diagnostics] = compile(files, { codes: allCodes, today: '2026-06-01', ...options });
  return allDiagnostics({ compilations, diagnostics }).map(({ code }) => code);
}

function changed(files: readonly SourceFile[], change: (text: string) => string): SourceFile[] {
  return files.map(({ path, text }) => ({ path, text: change(text) }));
}

const NOBODY = `kind: Project
metadata: { name: shop }
---
kind: Service
metadata: { name: checkout }
spec: { owner: payments, selector: '{job="checkout"}' }
${LEFT_OVER}`;

function withComment(comment: string): SourceFile[] {
  return [{ path: 'specs/shop.yaml', text: NOBODY.replace('# COMMENT', comment) }];
}

describe('comments that silence findings', () => {
  it.each([
    ['silenced', [], ['reference/unused', 'template/unknown-label', 'template/unknown-label']],
    ['silenced-error', ['reference/unused'], ['reference/unused', 'runbook/missing', 'service/owner-missing']],
  ])('silence what is found without them: %s', (name, left, found) => {
    const files = caseFiles(name);
    expect(codesOf(files)).toEqual(left);
    const plain = changed(files, (text) => text.replace(/# qmon (?:disable|snooze) .*$/gm, ''));
    expect(codesOf(plain).sort()).toEqual(found);
  });

  it.each([
    ['2026-05-31', ['reference/unused', 'finding/snooze-over']],
    ['2026-06-01', ['reference/unused', 'finding/snooze-over']],
    ['2026-06-02', []],
    ['2027-01-01', []],
  ])('snooze until %s', (until, codes) => {
    expect(codesOf(withComment(`# qmon snooze ${until} reference/unused why`))).toEqual(codes);
  });

  it('are asked for again where the day is not known', () => {
    const files = withComment('# qmon snooze 1999-01-01 reference/unused why');
    const [compilations, diagnostics] = compile(files);
    expect(allDiagnostics({ compilations, diagnostics })).toEqual([]);
  });

  it('are not called unused where not everything was looked for', () => {
    const unused = withComment('# qmon disable template/unknown-label why');
    expect(codesOf(unused)).toEqual(['reference/unused', 'finding/comment-unused']);
    expect(codesOf(unused, { targets: ['grafana'] })).toEqual(['reference/unused']);
    const broken = changed(unused, (text) => text.replace('owner: payments', 'ownr: payments'));
    expect(codesOf(broken)).not.toContain('finding/comment-unused');
  });

  it('are told of once, in one environment as in many', () => {
    const environments = ['prod', 'staging'].map((name) => `---\nkind: Environment\nmetadata: { name: ${name} }\n`);
    const many = (comment: string) => changed(withComment(comment), (text) => text + environments.join(''));
    expect(codesOf(many('# qmon disable reference/unused why'))).toEqual([]);
    expect(codesOf(many('# qmon disable reference/unused'))).toEqual(['reference/unused', 'finding/comment-malformed']);
  });

  it('are read in pages of Markdown by nobody', () => {
    const page = { path: 'specs/pages/a.md', text: '# qmon disable\n' };
    expect(codesOf([...withComment(''), page])).toEqual(['reference/unused']);
  });

  it('silence what a tool remarks, not what it refuses', () => {
    const files = withComment('# qmon disable verify/promtool-lint why');
    const [[compilation]] = compile(files, { codes: allCodes });
    const span = { file: files[0]!, start: NOBODY.indexOf('nobody'), end: NOBODY.indexOf('nobody') + 6 };
    const verdict = { subject: 'a file', message: 'no' };
    const refused = promtoolRefuses.at(span, verdict);
    const elsewhere = promtoolRemarks.at({ ...span, start: 0, end: 1 }, verdict);
    const counting: readonly Diagnostic[] = compilation!.counting([
      promtoolRemarks.at(span, verdict),
      refused,
      elsewhere,
    ]);
    expect(counting).toEqual([refused, elsewhere]);
    expect(compilation!.diagnostics.map(({ code }) => code)).toEqual(['reference/unused']);
  });
});
