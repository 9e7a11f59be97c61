import { describe, expect, it } from 'vitest';
import type { Explanation } from '../../src/output/explanation.ts';
import { renderExplanations, renderExplanationsJson } from '../../src/report/explain.ts';
import { renderCode, renderCodeJson } from '../../src/report/explain-code.ts';
import { defineCode } from '../../src/source/code.ts';
import type { Span } from '../../src/source/span.ts';

const file = { path: 'specs/a.yaml', text: 'one\ntwo\nthree\n' };
const at = (start: number): Span => ({ file, start, end: start + 1 });

const bare: Explanation = {
  kind: 'SLO',
  name: 'latency',
  places: [{ span: at(4), message: 'declared here' }],
  changed: [],
  facts: [],
  variants: [],
  tables: [],
  refersTo: [],
  referredToBy: [],
};

const rich: Explanation = {
  ...bare,
  places: [...bare.places, { span: at(8), message: 'imported here as `platform`' }],
  changed: [
    {
      path: 'spec.objective',
      places: [
        { span: at(0), message: 'set here' },
        { span: at(4), message: 'overrides this' },
      ],
    },
  ],
  facts: [
    { label: 'objective', values: ['99.9%'] },
    { label: 'expression', values: ['sum(\n\ta\n)\n', 'b\u001b[31m'] },
  ],
  variants: [{ title: '1 of 2', facts: [{ label: 'for', values: ['5m'] }] }],
  tables: [
    {
      title: 'tiers',
      headings: ['severity', 'over'],
      rows: [
        ['page', '1h'],
        ['ticket 票', '3d'],
      ],
    },
  ],
  refersTo: [
    { kind: 'Service', name: 'checkout', span: at(4) },
    { kind: 'severity', name: 'P1', span: at(8) },
  ],
  referredToBy: [{ kind: 'Dashboard', name: 'home', span: at(0) }],
};

describe('an explanation as text', () => {
  it('holds everything, in columns', () => {
    expect(renderExplanations([{ name: 'shop', explanations: [rich] }], { color: false })).toBe(`\
SLO latency
  from        specs/a.yaml:2 declared here
              specs/a.yaml:3 imported here as \`platform\`
  objective   99.9%
  expression  sum(
                  a
              )
              b�[31m

  set elsewhere
    spec.objective  specs/a.yaml:1 set here
                    specs/a.yaml:2 overrides this

  1 of 2
    for  5m

  tiers
    severity  page  ticket 票
    over      1h    3d

  refers to
    Service checkout  specs/a.yaml:2
    severity P1       specs/a.yaml:3

  referred to by
    Dashboard home  specs/a.yaml:1
`);
  });

  it('separates things, and names projects where there are several', () => {
    const explanations = [bare, { ...bare, kind: 'severity', places: [] }];
    expect(renderExplanations([{ name: 'shop', explanations }], { color: false })).toBe(
      `SLO latency\n  from  specs/a.yaml:2 declared here\n\nseverity latency\n  from  qmon itself, because the specs declare none\n`,
    );
    const two = ['a', 'b'].map((name) => ({ name, explanations: [bare] }));
    expect(renderExplanations(two, { color: false })).toBe(
      'SLO latency in a and b\n  from  specs/a.yaml:2 declared here\n',
    );
    const differing = [two[0]!, { name: 'b', explanations: [rich] }];
    const headings = renderExplanations(differing, { color: false }).match(/^SLO.*/gm);
    expect(headings).toEqual(['SLO latency in a', 'SLO latency in b']);
  });

  it('leaves out what nobody reads to the end', () => {
    const referredToBy = Array.from({ length: 25 }, (_, index) => ({ kind: 'KPI', name: `k${index}`, span: at(0) }));
    const facts = [{ label: 'alerts', values: Array.from({ length: 21 }, (_, index) => `a${index}`) }];
    const text = renderExplanations([{ name: 'shop', explanations: [{ ...bare, facts, referredToBy }] }], {
      color: false,
    });
    expect(text).toContain('KPI k19  specs/a.yaml:1\n    … and 5 more\n');
    expect(text).toContain('a19\n          … and 1 more\n');
    expect(text).not.toContain('k20');
  });

  it('is coloured only when asked', () => {
    expect(renderExplanations([{ name: 'shop', explanations: [bare] }], { color: true })).toContain('\u001b[1m');
  });
});

describe('an explanation as JSON', () => {
  it('holds everything, with places', () => {
    const report = JSON.parse(renderExplanationsJson([{ name: 'shop', explanations: [rich] }]));
    expect(report).toMatchObject({ version: 1, code: null, projects: [{ name: 'shop' }] });
    expect(report.projects[0].explanations).toEqual([
      {
        kind: 'SLO',
        name: 'latency',
        places: [
          { message: 'declared here', file: 'specs/a.yaml', line: 2, column: 1 },
          { message: 'imported here as `platform`', file: 'specs/a.yaml', line: 3, column: 1 },
        ],
        setElsewhere: [
          {
            path: 'spec.objective',
            places: [
              { message: 'set here', file: 'specs/a.yaml', line: 1, column: 1 },
              { message: 'overrides this', file: 'specs/a.yaml', line: 2, column: 1 },
            ],
          },
        ],
        facts: rich.facts,
        variants: rich.variants,
        tables: rich.tables,
        refersTo: [
          { kind: 'Service', name: 'checkout', file: 'specs/a.yaml', line: 2, column: 1 },
          { kind: 'severity', name: 'P1', file: 'specs/a.yaml', line: 3, column: 1 },
        ],
        referredToBy: [{ kind: 'Dashboard', name: 'home', file: 'specs/a.yaml', line: 1, column: 1 }],
      },
    ]);
  });
});

describe('the page of a code', () => {
  const code = defineCode({
    code: 'slo/test',
    severity: 'warning',
    title: 'a test',
    explain:
      'A first paragraph that is longer than a line of eighty columns, so it is filled\nanew. End.\n\n```yaml\na:\n  - b\n```\n\n- one\n- two',
    message: () => '',
  });

  it('is filled, but for code and lists', () => {
    expect(renderCode(code, { color: false })).toBe(`\
warning  slo/test
a test

A warning: output is written. \`qmon validate --fail-on warning\` makes it count.

A first paragraph that is longer than a line of eighty columns, so it is filled
anew. End.

    a:
      - b

- one
- two
`);
    expect(renderCode(code, { color: true })).toContain('\u001b[');
  });

  it('is the Markdown itself for programs', () => {
    expect(JSON.parse(renderCodeJson(code))).toEqual({
      version: 1,
      code: { code: 'slo/test', severity: 'warning', title: 'a test', explanation: code.explain },
      projects: [],
    });
  });
});
