import { describe, expect, test } from 'vitest';
import { diffTrees } from '../../src/diff/trees.ts';
import { renderDiffJson, renderDiffText } from '../../src/report/diff.ts';
import { lineDiff } from '../../src/report/line-diff.ts';

const PATH = 'prometheus/rules/api.yml';

function tree(rules: readonly object[], page: string): Map<string, string> {
  return new Map([
    [PATH, JSON.stringify({ groups: [{ name: 'g', rules }] })],
    ['runbooks/down.md', page],
  ]);
}

const LONG = 'sum by (job) (rate(http_requests_total{code=~"5..", handler!="/healthz"}[5m]))';

const before = tree(
  [
    { alert: 'Gone', expr: 'up == 0' },
    { alert: 'Kept', expr: 'a\n/\nb\n> 1', for: '1m', annotations: { summary: 'x' } },
    { record: 'r', expr: LONG },
  ],
  '# Down\n\n## Impact\n\none\ntwo\nthree\nfour\nfive\n',
);
const after = tree(
  [
    { alert: 'Kept', expr: 'a\n/\nb\n> 2', for: '5m', annotations: { summary: '\u001b[31mred' } },
    { alert: 'New', expr: 'up == 0' },
    { record: 'r', expr: `${LONG} > 0` },
  ],
  '# Down\n\n## Impact\n\none\ntwo\nthree\nfour\n5\n',
);
const report = diffTrees(before, after);

describe('text', () => {
  test('shows parts by system, changed fields, and what it comes to', () => {
    expect(renderDiffText(report, { color: false })).toBe(`prometheus
  - alert Gone  (${PATH})
  ~ alert Kept  (${PATH})
      annotations.summary: x → �[31mred
      expr:
        …
          b
        - > 1
        + > 2
      for: 1m → 5m
  + alert New  (${PATH})
  ~ recording rule r  (${PATH})
      expr:
        - ${LONG}
        + ${LONG} > 0

runbook
  ~ runbook down  (runbooks/down.md)
      Impact:
        …
          four
        - five
        + 5

Plan: 1 to add, 3 to change, 1 to remove.
`);
  });

  test('says so when nothing changes', () => {
    expect(renderDiffText(diffTrees(before, before), { color: false })).toBe('No changes.\n');
  });

  test('colours signs where asked', () => {
    expect(renderDiffText(report, { color: true })).toContain('\u001b[32m+ alert New\u001b[39m');
  });
});

test('JSON has the shape of the contract', () => {
  const json = JSON.parse(
    renderDiffJson([
      { name: 'shop', report },
      { name: 'quiet', report: diffTrees(before, before) },
    ]),
  );
  expect(Object.keys(json)).toEqual(['version', 'projects', 'summary', 'diagnostics']);
  expect(json.summary).toEqual({ added: 1, changed: 3, removed: 1 });
  const [{ name, changes }, quiet] = json.projects;
  expect([name, quiet]).toEqual([
    'shop',
    { name: 'quiet', changes: [], summary: { added: 0, changed: 0, removed: 0 } },
  ]);
  expect(changes[0]).toEqual({
    system: 'prometheus',
    kind: 'alert',
    identity: 'Gone',
    change: 'removed',
    fields: [],
    file: PATH,
  });
  expect(changes[1].fields[2]).toEqual({ name: 'for', before: '1m', after: '5m' });
  const added = diffTrees(new Map([['x.json', '{}']]), new Map([['x.json', '{"a":1}']]));
  const [extra] = JSON.parse(renderDiffJson([{ name: 'shop', report: added }])).projects;
  expect(extra.changes[0].fields).toEqual([{ name: 'a', before: null, after: 1 }]);
});

describe('lineDiff', () => {
  test('keeps what both have, and one line around', () => {
    const shown = lineDiff('a\nb\nc\nd\ne', 'a\nb\nx\nd\ne').map(({ sign, text }) => `${sign}${text}`);
    expect(shown).toEqual(['…', ' b', '-c', '+x', ' d', '…']);
  });

  test('gives both texts back', () => {
    const [one, two] = ['a\nb\na\nc', 'b\na\na\nd'];
    const shown = lineDiff(one, two);
    const side = (sign: string) =>
      shown
        .filter((line) => line.sign !== sign)
        .map(({ text }) => text)
        .join('\n');
    expect([side('+'), side('-')]).toEqual([one, two]);
  });
});
