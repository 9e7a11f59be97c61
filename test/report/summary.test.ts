import { describe, expect, it } from 'vitest';
import type { PublishPlan } from '../../src/output/plan.ts';
import { compile } from '../../src/pipeline/compile.ts';
import { renderPlan, renderSummary } from '../../src/report/summary.ts';
import { shop, UNUSED } from '../cli/workspaces.ts';

const NOTHING: PublishPlan = { write: [], keep: [], remove: [], manifest: '{}', manifestChanged: false };

function write(path: string, reason: 'new' | 'changed' | 'edited'): PublishPlan['write'][number] {
  return { path, text: '', reason };
}

const [[compilation]] = compile([{ path: 'specs/shop.yaml', text: `${shop()}---\n${UNUSED}` }]);
const input = {
  compilation: compilation!,
  folder: 'out/shop',
  plan: NOTHING,
  diagnostics: compilation!.diagnostics,
  tools: [
    { name: 'promtool', version: '2.42.0', ran: true },
    { name: 'amtool', ran: false },
  ],
};

describe('the summary', () => {
  it('is a tree with what came out', () => {
    const lines = renderSummary(input).split('\n');
    expect(lines[0]).toBe('out/shop');
    expect(lines.slice(1, -1).map((line) => line.slice(0, 3))).toEqual([...Array(7).fill('├─ '), '└─ ']);
    expect(lines).toEqual(
      expect.arrayContaining([
        '├─ objectives    1 SLO, 0 KPIs',
        '├─ verified by   qmon, promtool 2.42.0',
        '├─ findings      1 warning',
      ]),
    );
  });

  it('counts rules and the parts of documents as they are', () => {
    const { artifacts = [], rules } = compilation!;
    const shown = renderSummary(input);
    const count = (target: string) => artifacts.filter((artifact) => artifact.target === target).length;
    const alerts = rules!.alerts.length;
    const records = rules!.groups.flatMap((group) => group.rules).length - alerts;
    expect(shown).toContain(
      `prometheus    ${count('prometheus')} files, ${records} recording rules, ${alerts} alerts, ${rules!.groups.length} groups\n`,
    );
    const document = (pattern: RegExp) =>
      artifacts.filter(({ path }) => pattern.test(path)).map(({ text }) => JSON.parse(text));
    const boards = document(/^grafana\/dashboards\/.*\.json$/);
    expect(boards.length).toBeGreaterThan(1);
    const panels = boards.flatMap((board) => board.panels.filter(({ type }: { type: string }) => type !== 'row'));
    expect(shown).toContain(
      `grafana       ${count('grafana')} files, ${boards.length} dashboards, ${panels.length} panels\n`,
    );
    expect(shown).toMatch(/alertmanager {2}\d+ files, 1 route, 1 receiver, \d+ inhibitions?\n/);
    expect(shown).toContain(`runbook       ${count('runbook')} files\n`);
  });

  it.each(['operator', 'both'] as const)('counts the same parts with the format %s', (format) => {
    const specs = `${shop()}---\n${UNUSED}`;
    const [[other]] = compile([{ path: 'specs/shop.yaml', text: specs }], {
      adjust: ({ project, ...model }) => ({
        ...model,
        project: { ...project, prometheus: { ...project.prometheus, format } },
      }),
    });
    const counts = (text: string) => text.split('\n').map((line) => line.replace(/ \d+ files?/, ''));
    expect(other!.artifacts!.map(({ path }) => path)).toContainEqual(expect.stringMatching(/^grafana\/operator\//));
    expect(counts(renderSummary({ ...input, compilation: other! }))).toEqual(counts(renderSummary(input)));
  });

  it('says what was done with files', () => {
    const files = (plan: Partial<PublishPlan>) =>
      renderSummary({ ...input, plan: { ...NOTHING, ...plan } })
        .trimEnd()
        .split('\n')
        .at(-1);
    expect(files({ keep: ['a'] })).toBe('└─ files         nothing changed, 1 file kept');
    expect(files({ write: [write('a', 'new')], keep: ['b', 'c'], remove: ['d'] })).toBe(
      '└─ files         1 written, 2 kept, 1 removed',
    );
  });

  it('says where only qmon judged', () => {
    expect(renderSummary({ ...input, tools: [] })).toContain("verified by   qmon's own checks only\n");
  });
});

describe('the plan', () => {
  it('is a line for each file', () => {
    const plan = {
      ...NOTHING,
      write: [write('a', 'new'), write('b', 'changed'), write('c', 'edited')],
      keep: ['k'],
      remove: ['d'],
      manifestChanged: true,
    };
    expect(renderPlan('out/shop', plan)).toBe('+ out/shop/a\n~ out/shop/b\n~ out/shop/c\n- out/shop/d\n');
  });

  it('names the manifest where nothing else changes', () => {
    expect(renderPlan('out/shop', { ...NOTHING, manifestChanged: true })).toBe('~ out/shop/manifest.json\n');
    expect(renderPlan('out/shop', NOTHING)).toBe('');
  });
});
