import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkAlertmanagerArgs, parseCheckAlertmanager } from '../../src/verify/amtool.ts';
import type { ToolFinding } from '../../src/verify/finding.ts';
import { checkConfigArgs, checkRulesArgs, parseCheckConfig, parseCheckRules } from '../../src/verify/promtool.ts';

interface Printed {
  readonly stdout: string;
  readonly stderr: string;
  readonly exitCode: number;
}

function recorded(name: string, call: string): Printed {
  const text = readFileSync(new URL(`recorded/${name}.json`, import.meta.url), 'utf8');
  return (JSON.parse(text) as Record<string, Printed>)[call]!;
}

function rules(version: string, call: string): readonly ToolFinding[] {
  const { stdout, stderr, exitCode } = recorded(`promtool-${version}`, call);
  return parseCheckRules(stdout, stderr, exitCode);
}

function configuration(version: string, call: string): readonly ToolFinding[] {
  const { stdout, stderr, exitCode } = recorded(`promtool-${version}`, call);
  return parseCheckConfig(stdout, stderr, exitCode);
}

function alertmanager(version: string, call: string): readonly ToolFinding[] {
  const { stdout, stderr, exitCode } = recorded(`amtool-${version}`, call);
  return parseCheckAlertmanager(stdout, stderr, exitCode);
}

describe('arguments', () => {
  it('ask the linter of promtool, and take files as they are', () => {
    expect(checkRulesArgs(['rules/a b.yml'])).toEqual(['check', 'rules', '--lint=all', 'rules/a b.yml']);
    expect(checkConfigArgs(['p.yml'])).toEqual(['check', 'config', '--syntax-only', 'p.yml']);
    expect(checkAlertmanagerArgs(['a.yml'])).toEqual(['check-config', 'a.yml']);
  });
});

describe.each(['2.42', '2.53', '3.5'])('promtool %s check rules', (version) => {
  const found = rules(version, 'rules.yml');
  const ofRule = (ruleNumber: number) => found.filter((finding) => finding.ruleNumber === ruleNumber);

  it('gives the rule and the place in the expression', () => {
    expect(ofRule(0)).toEqual([
      {
        tool: 'promtool',
        file: 'rules.yml',
        line: 6,
        column: 15,
        group: 'g1',
        ruleNumber: 0,
        ruleName: 'a:b',
        field: ['expr'],
        expressionLine: 1,
        expressionColumn: 17,
        message: 'parse error: unexpected <by> in aggregation',
        text: 'group "g1", rule 1, "a:b": could not parse expression: 1:17: parse error: unexpected <by> in aggregation',
      },
    ]);
    expect(ofRule(2)[0]).toMatchObject({ expressionLine: 2, expressionColumn: 8 });
  });

  it('gives the field of a template, for which there is no position', () => {
    const fields = ofRule(1).map(({ field, line }) => [field, line]);
    expect(fields).toHaveLength(3);
    expect(fields).toContainEqual([['annotations', 'summary'], undefined]);
    expect(fields).toContainEqual([['annotations', 'descr'], undefined]);
    expect(fields).toContainEqual([['labels', 'sev'], undefined]);
  });

  it('takes the first of two positions, and none when both are 0:0', () => {
    expect(ofRule(3)).toMatchObject([
      { line: 18, column: 17, message: "only one of 'record' and 'alert' must be set" },
    ]);
    expect(ofRule(5)[0]).not.toHaveProperty('line');
    expect(ofRule(5)[0]).toMatchObject({ message: "one of 'record' or 'alert' must be set" });
  });

  it('gives the field of other faults of a rule', () => {
    expect(ofRule(4)).toContainEqual(expect.objectContaining({ field: ['labels', '__name__'] }));
    expect(ofRule(6)).toContainEqual(expect.objectContaining({ field: ['expr'] }));
    expect(
      ofRule(7)
        .map(({ field }) => field?.[0])
        .sort(),
    ).toEqual(['annotations', 'for']);
  });

  it('splits the list of a YAML reader into findings with a line', () => {
    const lines = rules(version, 'unknown-fields.yml').map(({ line, message }) => [line, message]);
    expect(lines).toContainEqual([6, 'unknown field `fro`']);
    expect(lines).toContainEqual([7, 'unknown field `foz`']);
    expect(lines).toContainEqual([10, 'unknown field `intervall`']);
  });

  it('says once what promtool says twice', () => {
    expect(rules(version, 'duration.yml')).toMatchObject([{ message: 'not a valid duration string: "5"' }]);
    expect(rules(version, 'syntax.yml')).toMatchObject([{ line: 1, message: "did not find expected '-' indicator" }]);
  });

  it('reads remarks of the linter although the exit code is 0', () => {
    expect(recorded(`promtool-${version}`, 'duplicates.yml').exitCode).toBe(0);
    expect(rules(version, 'duplicates.yml').map(({ lint, ruleName, labels }) => ({ lint, ruleName, labels }))).toEqual([
      { lint: true, ruleName: 'Al', labels: {} },
      { lint: true, ruleName: 'a:b', labels: { x: '1', zone: 'a: b' } },
      { lint: true, ruleName: 'c:d', labels: {} },
    ]);
  });

  it('tells apart what belongs to which of several files', () => {
    const files = rules(version, 'all rules').map(({ file }) => file);
    const bad = ['duplicates.yml', 'duration.yml', 'groups.yml', 'rules.yml', 'syntax.yml', 'unknown-fields.yml'];
    expect([...new Set(files)]).toEqual(bad);
    expect(files.filter((file) => file === 'duplicates.yml')).toHaveLength(3);
  });

  it('loses no verdict that it does not understand', () => {
    expect(rules(version, 'a missing file')).toMatchObject([
      { file: '', message: expect.stringMatching(/'gone.yml'/) },
    ]);
    expect(rules(version, 'good.yml')).toEqual([]);
  });

  it('check config: the first fault stands beside the word FAILED', () => {
    expect(configuration(version, 'prometheus-fields.yml')).toMatchObject([
      { file: 'prometheus-fields.yml', line: 3, message: 'unknown field `evalu`' },
      { file: 'prometheus-fields.yml', line: 5, message: 'unknown field `jobname`' },
    ]);
    expect(configuration(version, 'prometheus-jobs.yml')).toMatchObject([
      { file: 'prometheus-jobs.yml', message: 'found multiple scrape configs with job name "x"' },
    ]);
    expect(configuration(version, 'prometheus-good.yml')).toEqual([]);
  });
});

it('reads the position of a repeated group where promtool gives one', () => {
  expect(rules('2.42', 'groups.yml')[0]).toMatchObject({ line: 6, column: 5 });
  expect(rules('3.5', 'groups.yml')[0]).not.toHaveProperty('line');
});

describe.each(['0.25', '0.28', '0.33'])('amtool %s check-config', (version) => {
  it('speaks on standard output, one fault a file', () => {
    expect(alertmanager(version, 'alertmanager-receiver.yml')).toEqual([
      {
        tool: 'amtool',
        file: 'alertmanager-receiver.yml',
        message: 'undefined receiver "b" used in route',
        text: 'undefined receiver "b" used in route',
      },
    ]);
  });

  it('gives lines for faults of YAML', () => {
    expect(alertmanager(version, 'alertmanager-fields.yml')).toMatchObject([
      { line: 3, message: 'unknown field `group_bye`' },
      { line: 6, message: 'unknown field `slack_config`' },
    ]);
  });

  it('finds broken templates after the success of their configuration', () => {
    expect(alertmanager(version, 'alertmanager-template.yml')).toMatchObject([
      { file: 'alertmanager-template.yml', message: 'template: bad.tmpl:2: unexpected "}" in operand' },
    ]);
  });

  it('is content with what is in order, missing templates included', () => {
    expect(alertmanager(version, 'alertmanager-good.yml')).toEqual([]);
    expect(alertmanager(version, 'a missing file')).toMatchObject([
      { file: '', message: expect.stringMatching(/gone/) },
    ]);
  });
});

describe('whatever is printed', () => {
  const line = fc.oneof(
    fc.constantFrom('Checking a.yml', '  FAILED:', '  SUCCESS: 1 rules found', "Checking 'a.yml'  FAILED: x", ''),
    fc.constantFrom(
      'a.yml: 1:2: group "g", rule 1, "r": m',
      'lint error',
      'Metric: x',
      'a.yml: yaml: unmarshal errors:',
    ),
    fc.string(),
  );
  const output = fc.array(line).map((lines) => lines.join('\n'));

  it('a failure gives findings, and nothing throws', () => {
    fc.assert(
      fc.property(output, output, (stdout, stderr) => {
        for (const parse of [parseCheckRules, parseCheckConfig, parseCheckAlertmanager]) {
          expect(parse(stdout, stderr, 1)).not.toEqual([]);
          parse(stdout, stderr, 0);
        }
      }),
    );
  });
});
