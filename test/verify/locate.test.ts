import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Artifact, Verifier } from '../../src/output/artifact.ts';
import type { Diagnostic } from '../../src/source/diagnostic.ts';
import type { Located, Origin, Path } from '../../src/source/document.ts';
import { positionAt, type SourceFile } from '../../src/source/span.ts';
import { parseYaml } from '../../src/source/yaml.ts';
import type { ToolFinding } from '../../src/verify/finding.ts';
import { locateFindings } from '../../src/verify/locate.ts';
import { expressionOffset, offsetAt, pathAt, pointerOf, valueAt, walk } from '../../src/verify/place.ts';
import { toolRuns } from '../../src/verify/runs.ts';
import { describeWithTools, versionsOf } from '../tools.ts';

const specText = `\
kind: AlertPolicy
spec:
  alerts:
    - name: Down
      query: |
        # availability
        sum(up) by (jobb
    - name: Slow
      query: 'sum(é_seconds) by)'
      summary: "{{ $value } x"
    - name: Twice
      query: up == 0
  channel: pager
`;

function document(path: string, text: string): Located {
  const file: SourceFile = { path, text };
  return parseYaml(file)[0][0]!;
}

const spec = document('specs/a.yaml', specText);

function alert(index: number, ...rest: Path): Origin {
  return { document: spec, path: ['spec', 'alerts', index, ...rest] };
}

/** The author's query, emitted from an offset on, behind `prefix` characters that are ours. */
function query(index: number, prefix: number, from = 0): Origin {
  const origin = alert(index, 'query');
  const length = String(valueAt(spec.value, origin.path)).length - from;
  return { ...origin, pieces: [{ at: prefix, length, document: spec, path: origin.path, offset: from }] };
}

const rulesText = `\
groups:
  - name: a
    rules:
      - alert: Down
        expr: |-
          sum(up) by (jobb
      - alert: Slow
        expr: "(sum(é_seconds) by))"
        annotations:
          summary: "{{ $value } x"
  - name: b
    interval: "5"
    rules:
      - alert: Twice
        expr: up == 0
      - alert: Twice
        expr: up == 1
`;

function artifact(path: string, text: string, verifier: Verifier, origins: Readonly<Record<string, Origin>>): Artifact {
  return { path, text, verifier, target: 'test', origins: new Map(Object.entries(origins)) };
}

const rules = artifact('prometheus/rules/a.yml', rulesText, 'promtool-rules', {
  '/groups/0/rules/0': alert(0),
  '/groups/0/rules/0/expr': query(0, 0, '# availability\n'.length),
  '/groups/0/rules/1': alert(1),
  '/groups/0/rules/1/expr': query(1, 1),
  '/groups/0/rules/1/annotations/summary': alert(1, 'summary'),
  '/groups/1/rules/0': alert(2),
  '/groups/1/rules/1': alert(1),
  '/groups/1': alert(2),
});

const base = { tool: 'promtool', file: 'prometheus/rules/a.yml', message: 'm', text: 't' } as const;

function placed(finding: ToolFinding, artifacts: readonly Artifact[] = [rules]): string {
  return locateFindings([finding], artifacts).map(shown).join('\n');
}

/** `specs/a.yaml:4:7 the first line of the text`, then the message. */
function shown({ span, message }: Diagnostic): string {
  if (!span) return message;
  const { line, column } = positionAt(span.file, span.start);
  const text = span.file.text.slice(span.start, span.end).split('\n')[0];
  return `${span.file.path}:${line}:${column} [${text}] ${message}`;
}

describe('a finding of promtool', () => {
  it('is shown at the character of the expression, in a block scalar too', () => {
    const finding = { ...base, group: 'a', ruleNumber: 0, ruleName: 'Down', field: ['expr'] };
    expect(placed({ ...finding, expressionLine: 1, expressionColumn: 13 })).toBe(
      'specs/a.yaml:7:21 [jobb] promtool refuses rule `Down`: m',
    );
  });

  it('counts bytes in expressions', () => {
    const finding = { ...base, group: 'a', ruleNumber: 1, ruleName: 'Slow', field: ['expr'] };
    const column = 1 + Buffer.byteLength('(sum(é_seconds) ');
    expect(placed({ ...finding, expressionLine: 1, expressionColumn: column })).toMatch(/^specs\/a.yaml:9:30 \[by\]/);
  });

  it('is shown at the whole expression where the character is ours', () => {
    const finding = { ...base, group: 'a', ruleNumber: 1, ruleName: 'Slow', field: ['expr'] };
    expect(placed({ ...finding, expressionLine: 1, expressionColumn: 1 })).toMatch(/^specs\/a.yaml:9:14 \['sum/);
  });

  it('is shown at the field, or at the rule where the field has no origin', () => {
    const finding = { ...base, group: 'a', ruleNumber: 1, ruleName: 'Slow' };
    expect(placed({ ...finding, field: ['annotations', 'summary'] })).toMatch(/^specs\/a.yaml:10:16 \["\{\{ \$value/);
    expect(placed({ ...finding, field: ['labels', 'x'] })).toMatch(/^specs\/a.yaml:8:7 \[name: Slow\]/);
  });

  it('is placed by line and column when no rule is named', () => {
    expect(placed({ ...base, line: 8 })).toMatch(/^specs\/a.yaml:9:14/);
    expect(placed({ ...base, line: 16, column: 9 })).toMatch(/^specs\/a.yaml:8:7/);
    expect(placed({ ...base, line: 7 })).toMatch(/^specs\/a.yaml:8:7/);
  });

  it('is placed by what the message quotes when there is no position', () => {
    expect(placed({ ...base, message: 'not a valid duration string: "5"' })).toMatch(/^specs\/a.yaml:11:7/);
    expect(placed({ ...base, message: 'groupname: "b" is repeated in the same file' })).toMatch(/^specs\/a.yaml:11:7/);
  });

  it('of the linter is a warning at the second rule that names the first', () => {
    const finding: ToolFinding = { ...base, ruleName: 'Twice', labels: {}, lint: true };
    const [diagnostic] = locateFindings([finding], [rules]);
    expect(diagnostic).toMatchObject({ code: 'verify/promtool-lint', severity: 'warning' });
    expect(shown(diagnostic!)).toBe('specs/a.yaml:8:7 [name: Slow] promtool remarks on rule `Twice`: m');
    expect(diagnostic!.related.map(({ span }) => positionAt(span.file, span.start).line)).toEqual([11]);
  });

  it('without an origin names the generated file, never its line', () => {
    const bare = { ...rules, origins: new Map() };
    const finding = { ...base, group: 'a', ruleNumber: 0, ruleName: 'Down', line: 4, column: 9 };
    expect(placed(finding, [bare])).toBe('promtool refuses rule `Down` in `prometheus/rules/a.yml`: m');
    expect(placed({ ...base, line: 4 }, [bare])).toBe('promtool refuses `prometheus/rules/a.yml`: m');
    expect(placed({ ...base, file: '' })).toBe('promtool refuses what was generated: m');
  });

  it('finds its artifact behind the folder in which the tool ran', () => {
    expect(placed({ ...base, file: '/tmp/x/prometheus/rules/a.yml', line: 4 })).toMatch(/^specs\/a.yaml:4:7/);
  });

  it('is said once', () => {
    const finding = { ...base, group: 'a', ruleNumber: 0, ruleName: 'Down' };
    expect(locateFindings([finding, finding], [rules])).toHaveLength(1);
  });

  it('keeps the words of the tool', () => {
    expect(locateFindings([base], [rules])[0]!.cause).toEqual({ tool: 'promtool', text: 't' });
  });
});

const alertmanagerText = `\
route:
  receiver: other
  group_interval: 0s
  group_by: [a, a]
  routes:
    - receiver: pager
      matchers: ['x=~"(?=y)"']
    - receiver: other
      mute_time_intervals: [nights]
receivers:
  - name: pager
    slack_configs: [{ channel: x }]
  - name: other
    webhook_configs: [{ send_resolved: true }]
  - name: other
`;

/** Every node has itself as origin, so that the place found can be read off. */
function self(path: string, text: string): Artifact {
  const own = document(path, text);
  const paths = [...walk(own.value)].map((each) => each.path);
  return artifact(
    path,
    text,
    'amtool-config',
    Object.fromEntries(paths.map((each) => [pointerOf(each), { document: own, path: each }])),
  );
}

describe('a finding of amtool', () => {
  const generated = self('alertmanager/alertmanager.yml', alertmanagerText);
  it.each([
    ['undefined receiver "pager" used in route', 6, 'pager'],
    ['undefined time interval "nights" used in route', 9, 'nights'],
    ['notification config name "other" is not unique', 15, 'other'],
    ['group_interval cannot be zero', 3, '0s'],
    ['duplicated label "a" in group_by', 4, 'a'],
    ['error parsing regexp: invalid or unsupported Perl syntax: `(?=`', 7, `'x=~"(?=y)"'`],
    ['no global Slack API URL set either inline or in a file', 12, '[{ channel: x }]'],
    ['one of url or url_file must be configured', 14, '[{ send_resolved: true }]'],
    ['something unheard of', 1, 'route:'],
  ])('%s', (message, line, text) => {
    const finding: ToolFinding = { tool: 'amtool', file: generated.path, message, text: message };
    const [diagnostic] = locateFindings([finding], [generated]);
    expect(diagnostic!.code).toBe('verify/amtool');
    const { span } = diagnostic!;
    expect(positionAt(span!.file, span!.start).line).toBe(line);
    expect(span!.file.text.slice(span!.start, span!.end).split('\n')[0]).toBe(text);
  });
});

describe('places', () => {
  it('lead from every value of a generated document back to it', () => {
    const own = document('r.yml', rulesText);
    for (const { path, value } of walk(own.value)) {
      if (typeof value === 'object') continue;
      expect(pathAt(own, own.at(path).start)).toEqual(path);
    }
  });

  it('count Unicode characters, and skip the dashes of a line without column', () => {
    expect(offsetAt('a\n- 💡x: 1\n', 2, 4)).toBe('a\n- 💡'.length);
    expect(offsetAt('a\n  - - x\n', 2)).toBe('a\n  - - '.length);
    expect(offsetAt('a', 7)).toBe(1);
  });

  it('stay inside the expression', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.nat(9), fc.nat(99), (text, line, column) => {
        const offset = expressionOffset(text, line + 1, column + 1);
        expect(offset).toBeGreaterThanOrEqual(0);
        expect(offset).toBeLessThanOrEqual(text.length);
      }),
    );
  });
});

describe('the calls', () => {
  it('are as few as possible, and none for nothing', () => {
    const many = Array.from({ length: 1001 }, (_, index) => ({ ...rules, path: `${index}.yml` }));
    expect(toolRuns([])).toEqual([]);
    expect(toolRuns([{ ...rules, verifier: 'none' }])).toEqual([]);
    expect(toolRuns(many).map(({ tool, files }) => [tool, files])).toEqual([
      ['promtool', 1000],
      ['promtool', 1],
    ]);
  });
});

describeWithTools(['promtool', 'amtool'], 'real verdicts', () => {
  const wrong = artifact(
    'alertmanager/alertmanager.yml',
    'route: { receiver: pager }\nreceivers: [{ name: x }]\n',
    'amtool-config',
    {
      '/route/receiver': { document: spec, path: ['spec', 'channel'] },
    },
  );
  const fault = rulesText.replace('    interval: "5"\n', '');

  it.each(versionsOf('promtool'))('of promtool $version', ({ path }) => {
    expect(verdicts({ promtool: path }, [{ ...rules, text: fault }])).toEqual([
      'specs/a.yaml:7:21 [jobb] promtool refuses rule `Down`: parse error: unclosed left parenthesis',
      "specs/a.yaml:9:19 [é] promtool refuses rule `Slow`: parse error: unexpected character: 'é'",
      'specs/a.yaml:10:16 ["{{ $value } x"] promtool refuses rule `Slow`: annotation "summary": template: __alert_Slow:1: unexpected "}" in operand',
    ]);
  });

  it.each(versionsOf('promtool'))('of promtool $version with flags that it does not know', ({ path, version }) => {
    const flags = ['of-tomorrow', 'promql-experimental-functions'];
    expect(verdicts({ promtool: path }, [{ ...rules, text: fault }], flags)).toEqual(
      verdicts({ promtool: path }, [{ ...rules, text: fault }]),
    );
    const experimental = { ...rules, text: 'groups: [{ name: g, rules: [{ record: a, expr: sort_by_label(b) }] }]\n' };
    const refused = verdicts({ promtool: path }, [experimental]);
    expect(refused).not.toEqual([]);
    const [major, minor] = version.split('.').map(Number);
    const knows = major! * 1000 + minor! >= 3004;
    expect(verdicts({ promtool: path }, [experimental], flags)).toEqual(knows ? [] : refused);
  });

  it.each(versionsOf('amtool'))('of amtool $version', ({ path }) => {
    expect(verdicts({ amtool: path }, [wrong])).toEqual([
      'specs/a.yaml:13:12 [pager] amtool refuses `alertmanager/alertmanager.yml`: undefined receiver "pager" used in route',
    ]);
  });
});

/** Runs the tools on the artifacts as qmon does, and shows what comes of it. */
function verdicts(
  paths: Readonly<Record<string, string>>,
  artifacts: readonly Artifact[],
  features: readonly string[] = [],
): readonly string[] {
  const cwd = mkdtempSync(join(tmpdir(), 'qmon-verify-'));
  try {
    for (const { path, text } of artifacts) {
      mkdirSync(join(cwd, dirname(path)), { recursive: true });
      writeFileSync(join(cwd, path), text);
    }
    const findings = toolRuns(artifacts, features).flatMap((run) => {
      const { stdout, stderr, status } = spawnSync(paths[run.tool]!, run.args, { cwd, encoding: 'utf8' });
      return run.parse(stdout, stderr, status ?? -1);
    });
    return locateFindings(findings, artifacts).map(shown);
  } finally {
    rmSync(cwd, { recursive: true });
  }
}
