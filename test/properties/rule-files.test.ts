import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { parseDuration } from '../../src/base/quantity.ts';
import { compile } from '../../src/pipeline/compile.ts';
import { renderText } from '../../src/report/text.ts';
import { describeWithTools, versionsOf } from '../tools.ts';
import { firstAlert, groups, groupsText, type Scalar, type TestGroup, type TestRule } from './rule-files.ts';

const COUNT = 80;
const seed = Number(process.env.FC_SEED ?? 20_261_122);

/** The same groups in each form that a RuleSet takes in. */
const FORMS: readonly ((file: readonly TestGroup[]) => string)[] = [
  (file) => `# a head\n${groupsText(file, '')}`,
  (file) => `apiVersion: monitoring.coreos.com/v1\nkind: PrometheusRule\nspec:\n${groupsText(file, '  ')}`,
  (file) =>
    `apiVersion: v1\nkind: List\nitems:\n  - apiVersion: monitoring.coreos.com/v1\n    kind: PrometheusRule\n    spec:\n${groupsText(file, '      ')}`,
];

function project(version: string): string {
  return `kind: Project
metadata: { name: farm }
spec: { targets: { prometheus: { version: "${version}" } } }
---
kind: Channel
metadata: { name: ops }
spec: { webhook: { url: https://ops.example.org/ } }
---
kind: RuleSet
metadata: { name: orchard }
spec: { files: [vendor/*] }
`;
}

function milliseconds(text: string | undefined): number {
  return text === undefined || text === '0' ? 0 : parseDuration(text)!;
}

function said(map: Readonly<Record<string, Scalar>>): Record<string, string> {
  return Object.fromEntries(Object.entries(map).map(([name, { value }]) => [name, value]));
}

function expectedRule(rule: TestRule, { labels = {} }: TestGroup, base: TestRule | undefined) {
  return {
    kind: rule.kind,
    name: rule.name.value,
    expr: rule.expr.value,
    forMs: milliseconds(rule.for),
    keepFiringForMs: milliseconds(rule.keepFiringFor),
    labels: { ...said(labels), ...(base ? said(base.labels) : {}), ...said(rule.labels) },
    annotations: said(rule.annotations),
  };
}

/** Groups without rules have no meaning and are left out. */
function expectedGroups(file: readonly TestGroup[]) {
  const first = firstAlert(file);
  let defined = false;
  const all = file.map((group, index) => {
    const rules = group.rules.map((rule) => {
      const base = defined && rule.merges ? first : undefined;
      defined ||= rule === first;
      return expectedRule(rule, group, base);
    });
    return {
      name: `group ${index}`,
      intervalMs: milliseconds(group.interval),
      limit: group.limit ?? 0,
      queryOffsetMs: milliseconds(group.queryOffset),
      rules,
    };
  });
  return all.filter(({ rules }) => rules.length > 0);
}

interface EmittedRule {
  readonly alert?: string;
  readonly record?: string;
  readonly expr: string;
  readonly for?: string;
  readonly keep_firing_for?: string;
  readonly labels?: Record<string, string>;
  readonly annotations?: Record<string, string>;
}

interface EmittedGroup {
  readonly name: string;
  readonly interval?: string;
  readonly limit?: number;
  readonly query_offset?: string;
  readonly rules: readonly EmittedRule[];
}

function emittedGroups(text: string) {
  return (parse(text) as { groups: readonly EmittedGroup[] }).groups.map((group) => ({
    name: group.name,
    intervalMs: milliseconds(group.interval),
    limit: group.limit ?? 0,
    queryOffsetMs: milliseconds(group.query_offset),
    rules: group.rules.map((rule) => ({
      kind: rule.alert === undefined ? 'record' : 'alert',
      name: rule.alert ?? rule.record,
      expr: rule.expr,
      forMs: milliseconds(rule.for),
      keepFiringForMs: milliseconds(rule.keep_firing_for),
      labels: rule.labels ?? {},
      annotations: rule.annotations ?? {},
    })),
  }));
}

/** The rule file that a RuleSet makes of one of its own. */
function takenIn(text: string, version: string): string {
  const files = [
    { path: 'farm.yaml', text: project(version) },
    { path: 'vendor/rules.yaml', text },
  ];
  const [[farm], loose] = compile(files);
  const findings = [...loose, ...farm!.diagnostics].filter(
    ({ severity, code }) => severity === 'error' || (severity === 'warning' && !code.startsWith('template/')),
  );
  if (findings.length > 0) throw new Error(`${renderText(findings, { color: false })}\n${text}`);
  return farm!.artifacts!.find(({ path }) => path === 'prometheus/rules/orchard.rules.yml')?.text ?? 'groups: []\n';
}

/** The files that promtool refuses, with its words. */
function refused(promtool: string, files: readonly string[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'qmon-rules-'));
  try {
    const paths = files.map((text, index) => {
      const path = join(folder, `${index}`, 'rules.yml');
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, text);
      return path;
    });
    execFileSync(promtool, ['check', 'rules', '--lint=none', ...paths], { stdio: 'pipe' });
    return '';
  } catch (error) {
    return String((error as { stderr: Buffer }).stderr);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

describeWithTools(['promtool'], `rule files of third parties (FC_SEED=${seed})`, () => {
  it.each(versionsOf('promtool').map(({ path, version }) => [version, path] as const))(
    'mean the same to promtool %s when they were taken in',
    (release, promtool) => {
      const modern = Number(release.split('.')[0]) >= 3;
      const version = release.split('.').slice(0, 2).join('.');
      const files = fc.sample(groups(modern), { numRuns: COUNT, seed });
      expect(
        refused(
          promtool,
          files.map((file) => groupsText(file, '')),
        ),
      ).toBe('');
      const emitted = files.map((file, index) => takenIn(FORMS[index % FORMS.length]!(file), version));
      emitted.forEach((text, index) => {
        expect(emittedGroups(text), groupsText(files[index]!, '')).toEqual(expectedGroups(files[index]!));
      });
      expect(refused(promtool, emitted)).toBe('');
    },
  );
});
