import { describe, expect, test } from 'vitest';
import type { Alert } from '../../src/model/rule.ts';
import { type Compilation, compile } from '../../src/pipeline/compile.ts';
import { originSpan } from '../../src/source/document.ts';
import type { SourceFile } from '../../src/source/span.ts';
import { locateFindings } from '../../src/verify/locate.ts';

const SPECS = `kind: Project
metadata: { name: farm }
spec: { labels: { site: IN-PROJECT }, labelNames: { severity: prio, owner: team } }
---
kind: Channel
metadata: { name: ops }
spec: { webhook: { url: https://ops.example.org/ } }
---
kind: Service
metadata: { name: orchard, annotations: { wiki: IN-SERVICE } }
spec: { owner: growers }
---
kind: Service
metadata: { name: gate }
spec: { owner: smiths }
---
kind: RuleSet
metadata: { name: orchard }
spec:
  service: orchard
  files: [vendor/*.yaml]
  severityMap: { urgent: critical }
  labels: { zone: IN-SET }
  override: [{ alert: TreeLost, labels: { area: IN-OVERRIDE }, expr: trees < 8 }]
`;

const RULES = `groups:
  - name: orchard
    labels: { kind: IN-GROUP }
    rules:
      - alert: TreeLost
        expr: trees < 9
        labels: { severity: urgent, queue: IN-RULE }
        annotations: &texts { chart: IN-ANNOTATION }
      - alert: GateOpen
        expr: |
          sum(gates) >
            vector(5)
        labels: { prio: warning, service: gate }
        annotations: { <<: *texts }
      - { alert: Elsewhere, expr: others > 0, labels: { severity: warning, service: unknown } }
`;

function farm(files: Readonly<Record<string, string>>): Compilation {
  const all: SourceFile[] = Object.entries(files).map(([path, text]) => ({ path, text }));
  const [[compilation]] = compile(all);
  return compilation!;
}

const compiled = farm({ 'farm.yaml': SPECS, 'vendor/rules.yaml': RULES });
const alert = (name: string): Alert => compiled.rules!.alerts.find((each) => each.alert === name)!;

describe('a rule file of a RuleSet', () => {
  const file = compiled.artifacts!.find(({ path }) => path === 'prometheus/rules/orchard.rules.yml')!;
  const written = (pointer: string) => {
    const { file: source, start, end } = originSpan(file.origins.get(`/groups/0/rules/${pointer}`)!);
    return source.text.slice(start, end);
  };

  test('knows where each of its parts is written', () => {
    const labels = ['site', 'zone', 'area', 'queue', 'kind'].map((name) => written(`0/labels/${name}`));
    expect(labels).toEqual(['IN-PROJECT', 'IN-SET', 'IN-OVERRIDE', 'IN-RULE', 'IN-GROUP']);
    expect(['wiki', 'chart'].map((name) => written(`0/annotations/${name}`))).toEqual(['IN-SERVICE', 'IN-ANNOTATION']);
    expect(written('0/expr')).toBe('trees < 8');
    expect(written('1/annotations/chart'), 'through a merge key').toBe('IN-ANNOTATION');
  });

  test('shows what promtool finds at the line of the third-party file', () => {
    const finding = {
      tool: 'promtool' as const,
      file: file.path,
      group: 'orchard',
      ruleNumber: 1,
      ruleName: 'GateOpen',
      field: ['expr'],
      expressionLine: 2,
      expressionColumn: 3,
      message: 'unknown function',
      text: 'unknown function',
      lint: false,
    };
    const [located] = locateFindings([finding as never], [file]);
    const { start, end, file: source } = located!.span!;
    expect([source.path, source.text.slice(start, end)]).toEqual(['vendor/rules.yaml', 'vector']);
  });
});

describe('alerts of a RuleSet', () => {
  test('carry their level under the name that severity has here', () => {
    expect(alert('TreeLost')).toMatchObject({ severity: 'critical', labels: { severity: 'urgent', prio: 'critical' } });
    expect(alert('GateOpen')).toMatchObject({ severity: 'warning', labels: { prio: 'warning' } });
  });

  test('get a service and its owner only where they name none', () => {
    expect(alert('TreeLost')).toMatchObject({ service: 'orchard', labels: { service: 'orchard', team: 'growers' } });
    expect(alert('GateOpen')).toMatchObject({ service: 'gate', labels: { service: 'gate', team: 'smiths' } });
    const { service, labels } = alert('Elsewhere');
    expect([service, labels.service, labels.team]).toEqual([undefined, 'unknown', 'growers']);
  });
});

describe('the files of a RuleSet', () => {
  const rules = (alertName: string) =>
    `groups: [{ name: g, rules: [{ alert: ${alertName}, expr: up == 0, labels: { severity: warning } }] }]\n`;
  const manifest = (name: string) =>
    `apiVersion: monitoring.coreos.com/v1\nkind: PrometheusRule\nmetadata: { name: ${name} }\nspec:\n  ${rules(`In_${name}`)}`;
  const project = `kind: Project
metadata: { name: farm }
---
kind: Channel
metadata: { name: ops }
spec: { webhook: { url: https://ops.example.org/ } }
---
kind: RuleSet
metadata: { name: all }
spec: { files: [./vendor/**/*.yaml, other/*.rules], labels: { zone: a } }
`;
  const outputs = (files: Readonly<Record<string, string>>) =>
    farm(files).artifacts!.flatMap(({ path, text }) =>
      path.startsWith('prometheus/rules/') ? [[path.slice('prometheus/rules/'.length), text] as const] : [],
    );

  test('are named after the way to them, documents after themselves', () => {
    const found = outputs({
      'specs/farm.yaml': project,
      'specs/vendor/k8s/apps.yaml': rules('A'),
      'specs/vendor/nodes.yaml': `${manifest('one')}---\n${manifest('two')}---\n${manifest('two')}---\n${rules('B')}`,
      'specs/vendor/same.yaml': rules('C'),
      'specs/other/same.rules': rules('D'),
    });
    expect(found.map(([path]) => path)).toEqual([
      'all.k8s-apps.yml',
      'all.nodes.one.yml',
      'all.nodes.two.yml',
      'all.nodes.two-2.yml',
      'all.nodes.4.yml',
      'all.vendor-same.yml',
      'all.other-same.yml',
    ]);
  });

  test('come out the same wherever qmon is started', () => {
    const at = (folder: string) =>
      outputs({
        [`${folder}farm.yaml`]: project.replace(', other/*.rules', ''),
        [`${folder}vendor/a.yaml`]: rules('A'),
      });
    expect(at('').map(([path]) => path)).toEqual(['all.a.yml']);
    expect(at('deep/down/')).toEqual(at(''));
  });

  test('may hold names that nobody else has to bear', () => {
    const text = `groups:
  - name: g
    rules:
      - { alert: __proto__, expr: 1, labels: { severity: warning, constructor: x }, annotations: { toString: why } }
`;
    const [[, emitted]] = outputs({
      'farm.yaml': project.replace(', other/*.rules', ''),
      'vendor/a.yaml': text,
    }) as [readonly [string, string]];
    expect(emitted).toContain('alert: __proto__\n        expr: "1"\n        labels:\n          severity: warning\n');
    expect(emitted).toContain('constructor: x\n');
    expect(emitted).toContain('toString: why\n');
  });
});
