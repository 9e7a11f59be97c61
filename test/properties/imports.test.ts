import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compile } from '../../src/pipeline/compile.ts';
import { renderText } from '../../src/report/text.ts';
import type { SourceFile } from '../../src/source/span.ts';

const seed = Number(process.env.FC_SEED ?? 20_261_121);

const SHOP = `kind: Project
metadata: { name: shop }
spec:
  imports: [{ path: vendor/platform, as: platform, severityMap: { page: critical } }]
  runbooks: { baseUrl: https://runbooks.example.org }
  targets: { prometheus: { retention: 40d }, grafana: { url: https://grafana.example.org } }
---
kind: Channel
metadata: { name: chat }
spec: { slack: { channel: "#shop", apiUrl: { secret: slack-url } } }
---
kind: Team
metadata: { name: web }
spec: { page: chat }
---
kind: Service
metadata: { name: checkout }
spec: { owner: web, selector: '{job="checkout"}', use: [{ policy: platform/golden, with: { above: 2 } }] }
---
kind: MetricCatalog
metadata: { name: http }
spec: { metrics: { requests_seconds: { type: histogram, unit: seconds, buckets: [1], description: Requests } } }
---
kind: SLO
metadata: { name: latency }
spec: { service: checkout, objective: 99%, window: 30d, runbook: first-steps, indicator: { latency: { histogram: requests_seconds, below: 1s } } }
---
kind: Dashboard
metadata: { name: main }
spec: { title: Main, leadsTo: [platform/main], rows: [{ panels: [{ slo: latency }] }] }
---
kind: Runbook
metadata: { name: first-steps }
spec: { overview: Of the shop. }
`;

const PLATFORM = `kind: AlertPolicy
metadata: { name: golden }
spec:
  params: { above: { type: number } }
  rules: [{ alert: Golden, expr: "sum(x$selector) > $above", severity: page, runbook: first-steps, dashboard: main }]
---
kind: Runbook
metadata: { name: first-steps }
spec: { overview: Of the platform. }
---
kind: Dashboard
metadata: { name: main }
spec: { title: Platform, rows: [{ panels: [{ title: Up, query: up }] }] }
`;

/** What a package may hold besides: whole and broken, new, of the importer's names, and what only one of may be. */
const EXTRAS = [
  'kind: Project\nmetadata: { name: platform }\nspec: { labels: { a: b }, severityScale: priorities, notificationPolicy: x }',
  'kind: Project\nmetadata: { name: shop }\nspec: { unknown: 1 }',
  'kind: Environment\nmetadata: { name: prod }\nspec: {}',
  'kind: SeverityScale\nmetadata: { name: priorities }\nspec: { levels: [{ name: P1, description: Now, respondWithin: 5m, notify: [] }] }',
  'kind: NotificationPolicy\nmetadata: { name: routing }\nspec: { default: { notify: [nobody] } }',
  'kind: Channel\nmetadata: { name: chat }\nspec: { webhook: { url: https://platform.example.org } }',
  'kind: Channel\nmetadata: { name: pager }\nspec: { nothing: at all }',
  'kind: Team\nmetadata: { name: web }\nspec: { page: nobody }',
  'kind: Service\nmetadata: { name: checkout }\nspec: { owner: nobody, use: [{ policy: golden, with: { above: x } }] }',
  'kind: Service\nmetadata: { name: other }\nspec: { dependsOn: [other], use: [{ policy: golden, as: golden }] }',
  'kind: SLO\nmetadata: { name: latency }\nspec: { service: checkout, objective: 100%, window: 30d, indicator: {} }',
  'kind: SLO\nmetadata: { name: checkout-golden }\nspec: { service: other, objective: 99%, window: 30d, indicator: { latency: { histogram: x, below: 1s } } }',
  'kind: AlertPolicy\nmetadata: { name: checkout-golden }\nspec: { rules: [{ alert: Golden, expr: "sum(", severity: none }] }',
  'kind: AlertPolicy\nmetadata: { name: loud }\nspec: { rules: [{ alert: Golden, expr: "sum(x) > 0", severity: critical }] }',
  'kind: KPI\nmetadata: { name: orders }\nspec: { title: Orders, query: sum(orders), unit: orders }',
  'kind: Dashboard\nmetadata: { name: second }\nspec: { title: Main, leadsTo: [nowhere], rows: [] }',
  'kind: Runbook\nmetadata: { name: latency }\nspec: { overview: x }',
  'kind: RuleSet\nmetadata: { name: mixin }\nspec: { files: [nothing/*.yaml] }',
  'kind: MetricCatalog\nmetadata: { name: http }\nspec: { metrics: { requests_seconds: { type: histogram, unit: seconds, buckets: [7], description: Others } } }',
  'kind: Nothing\nmetadata: { name: x }',
  'kind: SLO',
  '- a list',
  'a text',
  '~',
];

function said(extras: readonly string[], split: boolean, folder = '') {
  const more = split
    ? extras.map((text, index) => ({ path: `specs/vendor/platform/${folder}${index}.yaml`, text }))
    : [{ path: 'specs/vendor/platform/a.yaml', text: extras.map((each) => `${each}\n`).join('---\n') }];
  const files: SourceFile[] = [
    { path: 'specs/shop.yaml', text: SHOP },
    { path: 'specs/vendor/platform/golden.yaml', text: PLATFORM },
    ...(extras.length === 0 ? [] : more),
  ];
  const [compilations, loose] = compile(files);
  const findings = [...loose, ...compilations.flatMap(({ diagnostics }) => diagnostics)];
  const files_ = compilations.flatMap(({ name, artifacts = [] }) =>
    artifacts.map(({ path, text }) => [name, path, text]),
  );
  return { artifacts: files_, findings: renderText(findings, { color: false }) };
}

describe('what is imported', () => {
  const plain = said([], false);

  it('is used by what the importer says', () => {
    expect(plain.findings).toBe('');
    expect(plain.artifacts.map(([, path]) => path)).toContain('runbooks/platform/first-steps.md');
  });

  it('changes nothing of the importer as long as nobody refers to it', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.constantFrom(...EXTRAS), { minLength: 1 }), fc.boolean(), (extras, split) => {
        fc.pre(extras.filter((each) => each.includes('kind: Project')).length < 2 || split);
        expect(said(extras, split)).toEqual(plain);
      }),
      { numRuns: 150, seed },
    );
  });

  it('brings examples of its own, which are no workspaces of the importer', () => {
    const example = 'kind: Project\nmetadata: { name: example }\nspec: {}\n---\nkind: Channel\nmetadata: { name: x }';
    expect(said([example], true, 'examples/')).toEqual(plain);
  });

  it.each(EXTRAS)('changes nothing by itself: %s', (extra) => expect(said([extra], true)).toEqual(plain));
});
