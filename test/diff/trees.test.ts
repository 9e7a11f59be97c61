import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { expressionMeaning } from '../../src/diff/field.ts';
import { type DiffReport, diffTrees } from '../../src/diff/trees.ts';

const RULES = 'prometheus/rules/api.yml';

function tree(...files: readonly (readonly [string, string])[]): Map<string, string> {
  return new Map(files);
}

function rules(...groups: readonly { name: string; interval?: string; rules: readonly object[] }[]): string {
  return JSON.stringify({ groups });
}

function lines({ changes }: DiffReport): string[] {
  return changes.map(({ system, kind, identity, change, fields }) => {
    const detail = fields.map(({ name, before, after }) => ` ${name}: ${before} → ${after}`).join(',');
    return `${change} ${system} ${kind} ${identity}${detail}`;
  });
}

function compare(before: string, after: string, path = RULES): string[] {
  return lines(diffTrees(tree([path, before]), tree([path, after])));
}

const DOWN = {
  alert: 'Down',
  expr: 'up == 0',
  for: '1m',
  labels: { severity: 'P1' },
  annotations: { summary: 'down' },
};

describe('rules', () => {
  test('what is the same in meaning is no change', () => {
    const before =
      '# one\ngroups:\n  - name: g\n    rules:\n      - {alert: A, expr: "sum by(job)(rate(x[5m]))  > 0"}\n';
    const after =
      'groups:\n- rules:\n  - expr: |\n      sum by (job) (rate(x[5m])) # why\n      > 0\n    alert: A\n  name: g\n';
    expect(compare(before, after)).toEqual([]);
  });

  test('white space inside of a string is a change', () => {
    const [before, after] = ['up{job="a b"}', 'up{job="a  b"}'].map((expr) =>
      rules({ name: 'g', rules: [{ record: 'r', expr }] }),
    );
    expect(compare(before!, after!)).toEqual([
      'changed prometheus recording rule r expr: up{job="a b"} → up{job="a  b"}',
    ]);
  });

  test('fields that change are named by their path', () => {
    const now = { ...DOWN, for: '5m', annotations: { summary: 'gone', runbook_url: 'u' } };
    expect(compare(rules({ name: 'g', rules: [DOWN] }), rules({ name: 'g', rules: [now] }))).toEqual([
      'changed prometheus alert Down{severity="P1"} annotations.runbook_url: undefined → u, annotations.summary: down → gone, for: 1m → 5m',
    ]);
  });

  test('a rule that moves to another group is changed, not lost', () => {
    const before = rules({ name: 'g', rules: [DOWN] }, { name: 'h', rules: [] });
    const after = rules({ name: 'g', rules: [] }, { name: 'h', interval: '1m', rules: [DOWN] });
    expect(compare(before, after)).toEqual([
      'changed prometheus alert Down{severity="P1"} group: g → h',
      'changed prometheus rule group h interval: undefined → 1m',
    ]);
  });

  test('a rule that moves to another file says so', () => {
    const other = 'prometheus/rules/other.yml';
    const [full, empty] = [rules({ name: 'g', rules: [DOWN] }), rules({ name: 'i', rules: [] })];
    const report = diffTrees(tree([RULES, full]), tree([RULES, empty], [other, full]));
    expect(lines(report)).toEqual([
      `changed prometheus alert Down{severity="P1"} file: ${RULES} → ${other}`,
      `changed prometheus rule group g file: ${RULES} → ${other}`,
      'added prometheus rule group i',
    ]);
    expect(report.summary).toEqual({ added: 1, changed: 2, removed: 0 });
  });

  test('labels are identity; rules that repeat are told apart by their order', () => {
    const twice = [DOWN, { ...DOWN, expr: 'up < 1' }];
    const before = rules({ name: 'g', rules: twice });
    const after = rules({ name: 'g', rules: [{ ...DOWN, labels: { severity: 'P2' } }, ...twice.slice(0, 1)] });
    expect(compare(before, after)).toEqual([
      'removed prometheus alert Down{severity="P1"} #2',
      'added prometheus alert Down{severity="P2"}',
    ]);
  });

  test('the order of rules is a change of their group: later rules read earlier ones', () => {
    const [a, b, c] = ['a', 'b', 'c'].map((record) => ({ record, expr: 'up' }));
    expect(compare(rules({ name: 'g', rules: [a!, b!] }), rules({ name: 'g', rules: [b!, c!, a!] }))).toEqual([
      'added prometheus recording rule c',
      'changed prometheus rule group g order: a,b → b,a',
    ]);
  });

  test('the same group in two files is compared with its own file', () => {
    const [a, b] = ['prometheus/rules/a.yml', 'prometheus/rules/b.yml'];
    const group = (interval: string) => rules({ name: 'g', interval, rules: [] });
    const report = diffTrees(tree([a, group('1m')], [b, group('2m')]), tree([a, group('3m')], [b, group('4m')]));
    expect(report.changes.map(({ file, fields }) => [file, fields[0]?.before, fields[0]?.after])).toEqual([
      [a, '1m', '3m'],
      [b, '2m', '4m'],
    ]);
  });
});

describe('other documents', () => {
  test('settings of prometheus.yml', () => {
    const path = 'prometheus/prometheus.yml';
    const before = 'global: {scrape_interval: 15s}\nrule_files: [a]\nscrape_configs: [{job_name: x, scheme: http}]\n';
    const after =
      'global: {scrape_interval: 30s}\nrule_files: [a, b]\nscrape_configs: [{job_name: x, scheme: https}]\n';
    expect(compare(before, after, path)).toEqual([
      'changed prometheus scrape job x scheme: http → https',
      'changed prometheus setting global scrape_interval: 15s → 30s',
      'changed prometheus setting rule_files rule_files: a → a,b',
    ]);
  });

  test('sections of a runbook', () => {
    const page = (impact: string) =>
      `# T\n\n## Impact\n\n${impact}\n\n\`\`\`sh\n## no heading\n\`\`\`\n\n## Mitigation\n\nm\n`;
    const report = diffTrees(tree(['runbooks/x.md', page('one')]), tree(['runbooks/x.md', page('two')]));
    expect(
      report.changes.map(({ kind, identity, fields }) => [kind, identity, fields.map(({ name }) => name)]),
    ).toEqual([['runbook', 'x', ['Impact']]]);
  });

  test('files that nobody knows, and files that cannot be read', () => {
    const before = tree(['notes.txt', 'a'], ['prometheus/rules/x.yml', 'groups: ['], ['x.json', '{"a":1,"b":2}']);
    const after = tree(
      ['notes.txt', 'b'],
      ['prometheus/rules/x.yml', rules({ name: 'g', rules: [] })],
      ['x.json', '{"b":2,"a":3}'],
    );
    expect(lines(diffTrees(before, after))).toEqual([
      'removed prometheus file prometheus/rules/x.yml',
      'added prometheus rule group g',
      'changed other file notes.txt content: a → b',
      'changed other file x.json a: 1 → 3',
    ]);
  });
});

describe('properties', () => {
  const rule = fc.record({
    record: fc.constantFrom('a', 'b', 'c'),
    expr: fc.constantFrom('up', 'up == 0', 'sum(up)'),
    labels: fc.dictionary(fc.constantFrom('x', 'y'), fc.constantFrom('1', '2')),
  });
  const document = fc.array(
    fc.record({ name: fc.constantFrom('g', 'h', 'i'), rules: fc.array(rule, { maxLength: 4 }) }),
    { maxLength: 3 },
  );
  const trees = fc.dictionary(fc.constantFrom('prometheus/rules/a.yml', 'prometheus/rules/b.yml'), document);
  const asTree = (documents: Record<string, unknown[]>) =>
    new Map(Object.entries(documents).map(([path, groups]) => [path, JSON.stringify({ groups })]));

  test('a tree differs from itself in nothing, and what one way adds the other removes', () => {
    fc.assert(
      fc.property(trees, trees, (one, two) => {
        const [a, b] = [asTree(one), asTree(two)];
        expect(diffTrees(a, new Map(a)).changes).toEqual([]);
        const [there, back] = [diffTrees(a, b).summary, diffTrees(b, a).summary];
        expect([there.added, there.removed]).toEqual([back.removed, back.added]);
        expect(there.changed).toBe(back.changed);
      }),
      { numRuns: 200 },
    );
  });

  test('never throws, whatever lies there', () => {
    const paths = fc.constantFrom(
      'prometheus/rules/a.yml',
      'runbooks/a.md',
      'grafana/dashboards/a.json',
      'alertmanager/alertmanager.yml',
    );
    fc.assert(
      fc.property(paths, fc.string(), fc.json(), (path, one, two) => {
        diffTrees(tree([path, one]), tree([path, two]));
      }),
      { numRuns: 200 },
    );
  });
});

test('expressions mean the same whatever their layout', () => {
  expect(expressionMeaning('SUM  by(a) ( x )')).toBe(expressionMeaning('sum by (a)(x)'));
  expect(expressionMeaning('a by')).not.toBe(expressionMeaning('aby'));
});

describe('resources of Kubernetes', () => {
  const RESOURCE = 'prometheus/operator/api.yml';
  const BOARD = 'grafana/operator/home.yml';
  const resource = (...list: readonly object[]) =>
    JSON.stringify({
      kind: 'PrometheusRule',
      metadata: { name: 'shop.api' },
      spec: { groups: [{ name: 'g', rules: list }] },
    });
  const file = (...list: readonly object[]) => rules({ name: 'g', rules: list });
  const later = { ...DOWN, for: '5m' };
  const LATER = 'changed prometheus alert Down{severity="P1"} for: 1m → 5m';
  const board = (title: string, folder: string) =>
    JSON.stringify({
      kind: 'ConfigMap',
      metadata: { name: 'shop.home', annotations: { grafana_folder: folder } },
      data: { 'shop.home.json': JSON.stringify({ uid: 'home', title: 'Home', panels: [{ type: 'stat', title }] }) },
    });

  test('are compared by the rules that they carry', () => {
    expect(compare(resource(DOWN), resource(later), RESOURCE)).toEqual([LATER]);
    const [{ pointer } = { pointer: '' }] = diffTrees(
      tree([RESOURCE, resource(DOWN)]),
      tree([RESOURCE, resource(later)]),
    ).changes;
    expect(pointer).toBe('/spec/groups/0/rules/0');
  });

  test('beside files say nothing twice', () => {
    const before = tree([RULES, file(DOWN)], [RESOURCE, resource(DOWN)]);
    expect(lines(diffTrees(before, tree([RULES, file(later)], [RESOURCE, resource(later)])))).toEqual([LATER]);
    expect(lines(diffTrees(before, tree([RULES, file(later)])))).toEqual([
      'removed prometheus PrometheusRule shop.api',
      LATER,
    ]);
  });

  test('that take the place of files, or come beside them, lose no rule', () => {
    const [files, resources] = [tree([RULES, file(DOWN)]), tree([RESOURCE, resource(DOWN)])];
    const both = tree([RULES, file(DOWN)], [RESOURCE, resource(DOWN)]);
    expect(lines(diffTrees(files, both))).toEqual(['added prometheus PrometheusRule shop.api']);
    expect(lines(diffTrees(resources, both))).toEqual([]);
    expect(lines(diffTrees(both, resources))).toEqual([]);
    expect(lines(diffTrees(files, resources)).filter((line) => !line.includes(`file: ${RULES} → ${RESOURCE}`))).toEqual(
      ['added prometheus PrometheusRule shop.api'],
    );
  });

  test('of dashboards are compared by their panels', () => {
    expect(compare(board('A', 'Shop'), board('B', 'Bank'), BOARD)).toEqual([
      'changed grafana ConfigMap shop.home annotations.grafana_folder: Shop → Bank',
      'removed grafana panel home / A',
      'added grafana panel home / B',
    ]);
  });

  test('that carry something else are files like any other', () => {
    const other = JSON.stringify({ kind: 'ConfigMap', metadata: { name: 'x' }, data: { 'a.json': 'no JSON' } });
    expect(compare(other, other.replace('no', 'still no'), BOARD)).toEqual([
      expect.stringMatching(/^changed grafana file grafana\/operator\/home\.yml/),
    ]);
  });
});
