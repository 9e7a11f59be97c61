import fc from 'fast-check';
import type { SourceFile } from '../../src/source/span.ts';

/** A spec as data: JSON is YAML, so it is written as it is. */
export interface Spec {
  readonly kind: string;
  readonly metadata: { readonly name: string };
  readonly spec?: unknown;
}

/** A workspace as its documents. */
export type Specs = readonly Spec[];

/** The documents as one file. */
export function asFile(specs: Specs, path = 'specs/all.yaml'): SourceFile {
  return { path, text: specs.map((each) => `${JSON.stringify(each, undefined, 1)}\n`).join('---\n') };
}

const HISTOGRAM = 'request_duration_seconds';
const SERVICES = ['checkout', 'search', 'database', 'mail-relay', 'on'];
const TEAMS = ['payments', 'storage'];
const CHANNELS = ['slack', 'pager', 'mail', 'hook', 'second-hook'];
const RECEIVERS: Readonly<Record<string, object>> = {
  slack: { slack: { channel: '#alerts', apiUrl: { secret: 'slack-url' } } },
  pager: { pagerduty: { routingKey: { secret: 'pager.key' } }, sendResolved: false },
  mail: { email: { to: ['oncall@example.org', 'lead+x@example.org'] } },
  hook: { webhook: { url: 'https://example.org/a?b=c&d=%20', bearerToken: { secret: 'token' } } },
  'second-hook': { webhook: { url: 'http://localhost:9999/' }, description: 'Another one' },
};

/** Texts that YAML, Go templates or Markdown might stumble over. */
const text = fc.oneof(
  fc.constantFrom(
    'plain',
    'yes',
    'null',
    '1.0',
    '0x1F',
    '12:30:45',
    '2024-01-01',
    '# no comment',
    'a: b',
    '- x',
    '{a}',
    '[b]',
  ),
  fc.constantFrom(
    'line\nbreak',
    '  spaces  ',
    'trailing\n',
    'it\'s "quoted"',
    'back\\slash',
    '%',
    '@',
    '`tick`',
    '|',
    '>',
    'ünï ☃ 😀',
    '<b>&amp;',
  ),
  fc.constantFrom('{{ $value | humanize }}', '{{ $labels.job }} is down', '{{ printf "%.2f" $value }}'),
);
/** The same without templates, for labels that routes and files see. */
const labelValue = fc.constantFrom('gold', 'yes', '1.0', 'a"b', 'c\\d', 'ü€', 'x y', "it's", '~', '0o7', '=');
const labels = fc.dictionary(fc.constantFrom('tier', 'y', 'component', 'region_'), labelValue, {
  maxKeys: 2,
  noNullPrototype: true,
});
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined, freq: 1 });
const duration = fc.constantFrom('30s', '5m', '90 minutes', '1h30m', '0s', '2d');

const project = fc.record({
  title: maybe(text),
  labels: maybe(labels),
  labelNames: fc.constantFrom(
    undefined,
    { severity: 'prio', service: 'app' },
    { owner: 'team', category: 'area', slo: 'objective_name', kpi: 'indicator' },
  ),
  runbooks: fc.constantFrom(undefined, { baseUrl: 'https://runbooks.example.org/a b/'.replace(' ', '%20') }),
  targets: fc.record({
    prometheus: fc.record({
      version: fc.constantFrom(undefined, '2.42', '3.5'),
      url: fc.constantFrom(undefined, 'https://prometheus.example.org'),
      scrapeInterval: fc.constantFrom(undefined, '10s', '1m'),
      evaluationInterval: fc.constantFrom(undefined, '15s', '1m', '2m'),
      externalLabels: maybe(labels),
    }),
    alertmanager: fc.record({
      version: fc.constantFrom(undefined, '0.25'),
      url: fc.constantFrom(undefined, 'http://alerts.example.org:9093/path'),
    }),
    grafana: fc.record({ url: fc.constantFrom(undefined, 'https://grafana.example.org/g/') }),
  }),
  email: fc.constant({
    from: 'alerts@example.org',
    smarthost: 'mail.example.org:587',
    authUsername: 'x',
    authPassword: { secret: 'mail' },
  }),
});

const selector = fc.constantFrom(undefined, '{job="checkout"}', '{job=~"a|b", env!="test"}', "{path='/x'}");
const total = fc.constantFrom(
  'requests_total',
  'requests_total{env="prod"}',
  'sum(rate(requests_total$selector[$window]))',
  '{__name__="requests_total", x=""}',
);
const bad = fc.constantFrom(
  'requests_total{code=~"5.."}',
  'requests_total{code=~"5..", }',
  'sum(rate(requests_total{code!~"[1-4].."}[$window]))',
  'sum(rate(failed_total[$window])) # those that failed\n  + sum(rate(lost_total[$window]))',
);
const condition = fc.constantFrom('< 100', '>= 0.5', '<= 200ms', '> 90%', '== 1', '!= 0', '< 10GiB', '< $5');
const query = fc.constantFrom(
  'queue_length',
  'max by (job) (queue_length$selector)',
  'time() - max(last_success_timestamp_seconds)',
  'sum(rate(a_total[5m])) / sum(rate(b_total[5m])) or vector(0)',
  '-queue_length',
  'a unless on (job) b',
  'histogram_quantile(0.99, sum by (le) (rate(x_bucket[5m])))',
  '# comment first\nmax_over_time(queue_length[1h:1m] offset 5m)',
  'count_values("value", queue_length) and vector(1) > bool 0',
);

const indicator = fc.oneof(
  fc.record({ ratio: fc.record({ errors: bad, total }) }),
  fc.record({ ratio: fc.record({ good: bad, total }) }),
  fc.record({
    latency: fc.record({
      histogram: fc.constant(HISTOGRAM),
      where: fc.constantFrom(undefined, '{method="GET"}'),
      below: fc.constantFrom('100ms', '1s', '2.5s'),
    }),
  }),
  fc.record({ threshold: fc.record({ query, is: condition, slice: fc.constantFrom(undefined, '1m', '5m') }) }),
);

const budgetPolicy = fc.constantFrom(undefined, [
  { atMost: '75%', status: 'LOW', action: 'Look: twice' },
  { atMost: '0%', status: 'GONE' },
]);

function slo(severities: readonly string[]) {
  return fc.record({
    service: fc.constantFrom(...SERVICES),
    title: maybe(text),
    description: maybe(text),
    objective: fc.constantFrom('99.9%', '99%', '95%', '99.999%', '50%', '90.5%', '0.1%'),
    window: fc.constantFrom('1d', '7d', '28d', '30d', '90d', '365d', '36h'),
    category: maybe(fc.constantFrom('availability', 'latency: p95')),
    indicator,
    alerting: maybe(
      fc.record({ page: fc.constantFrom(...severities), ticket: fc.constantFrom(...severities) }, { requiredKeys: [] }),
    ),
    budgetPolicy,
  });
}

/** Units with bounds that are measured in them. */
const bounds = fc.constantFrom(
  { unit: 'percent', target: '> 95%', critical: '< 90%' },
  { unit: 'percent', critical: '< 12.5%' },
  { unit: 'seconds', target: '< 200ms', critical: '> 1m30s' },
  { unit: 'bytes', critical: '>= 1.5GiB' },
  { unit: '$/month', target: '<= $1000/month', critical: '> $1500.50/month' },
  { unit: 'requests/s', target: '> 10', critical: '<= 1' },
  { unit: 'score (0-100)', critical: '< 0.000001', advice: [{ when: '< 10', say: 'Look: `twice`' }] },
  { unit: 'GB/day', target: '< 500MB/day' },
  { unit: '€', critical: '> 5 €', advice: [{ when: '>= €4', say: 'Wait' }] },
);

/** A query that keeps a label, and alerts of both kinds. */
function groupedKpi(severities: readonly string[]) {
  const [severe, mild] = [severities[0]!, severities.at(-1)!];
  return fc.record({
    service: maybe(fc.constantFrom(...SERVICES)),
    title: maybe(text),
    query: fc.constantFrom('sum by (model, zone) (rate(cost_total[5m]))', 'max by (model) (queue_length) > 0'),
    groupBy: fc.constant({ labels: ['model'] }),
    unit: fc.constant('$/month'),
    target: fc.constant('< $10'),
    critical: fc.constant('>= $20/month'),
    alert: fc.constantFrom({ atRisk: mild }, ...(severe === mild ? [] : [{ severity: severe, atRisk: mild }])),
  });
}

function kpi(severities: readonly string[]) {
  const rest = fc.record({
    service: maybe(fc.constantFrom(...SERVICES)),
    title: maybe(text),
    query,
    alert: maybe(fc.record({ severity: fc.constantFrom(...severities), for: duration })),
  });
  return fc.tuple(rest, bounds).map(([spec, measured]) => ({ ...spec, ...measured }));
}

/** Two ways to say how bad it is. */
function seriousness(severities: readonly string[]) {
  const [severe, mild] = [severities[0]!, severities.at(-1)!];
  const level = (severity: string, above: string | number) => ({ severity, above });
  return fc.constantFrom(
    [level(severe, '90%')],
    [{ severity: mild, below: -0.5, for: '5m' }],
    ...(severe === mild
      ? []
      : [
          [level(mild, '500ms'), level(severe, '1m30s')],
          [level(severe, 5), level(mild, 0)],
        ]),
  );
}

function policy(severities: readonly string[]) {
  const said = {
    alert: fc.constantFrom('Down', 'Slow', 'Busy', 'Full', 'on'),
    category: maybe(fc.constantFrom('availability', 'cost')),
    keepFiringFor: maybe(duration),
    summary: maybe(text),
    description: maybe(text),
    labels: maybe(labels),
    annotations: maybe(fc.dictionary(fc.constantFrom('hint', 'no'), text, { noNullPrototype: true })),
  };
  const compared = fc.record({
    ...said,
    expr: fc
      .tuple(query, fc.constantFrom('> 1', '== 0', '!= bool 3'))
      .map(([expr, comparison]) => `(${expr}\n) ${comparison}`),
    for: maybe(duration),
    severity: fc.constantFrom(...severities),
  });
  const levelled = fc.record({
    ...said,
    expr: query.filter((each) => !each.includes('> bool')),
    thresholds: seriousness(severities),
  });
  const missing = fc.record({
    ...said,
    absent: fc.record({
      metric: fc.constantFrom('queue_length', 'requests_total{code="200", }'),
      for: maybe(duration),
    }),
    severity: fc.constantFrom(...severities),
  });
  return fc.record({
    service: maybe(fc.constantFrom(...SERVICES)),
    interval: maybe(fc.constantFrom('1m', '15s')),
    rules: fc.uniqueArray(fc.oneof({ weight: 3, arbitrary: compared }, levelled, missing), {
      selector: ({ alert }) => alert,
      minLength: 1,
      maxLength: 4,
    }),
  });
}

/** Alerts about whatever service the series name. */
function shared(severities: readonly string[]) {
  return fc.record({
    service: fc.constantFrom({ fromLabel: 'job' }, { fromLabel: 'cluster_service' }),
    rules: fc.tuple(
      fc.record({
        alert: fc.constant('AnyDown'),
        expr: fc.constantFrom('up == 0', 'avg by (job, cluster_service) (up) < 1'),
        severity: fc.constantFrom(...severities),
        labels: maybe(fc.constant({ region_: 'x' })),
      }),
    ),
  });
}

const recipients = fc.uniqueArray(fc.constantFrom(...CHANNELS), { maxLength: 3 });

function level(name: string) {
  return fc.record({
    name: fc.constant(name),
    description: maybe(text),
    examples: maybe(fc.array(text, { maxLength: 2 })),
    respondWithin: fc.constantFrom(undefined, '5m', 'next business day'),
    notify: maybe(fc.tuple(recipients, fc.boolean()).map(([list, team]) => (team ? [...list, 'team.page'] : list))),
    repeat: fc.constantFrom(undefined, '1h', '12h'),
    groupWait: fc.constantFrom(undefined, '0s', '10s'),
  });
}

function route(severities: readonly string[]) {
  return fc.record({
    when: fc
      .record(
        { severity: fc.constantFrom(...severities), service: fc.constantFrom(...SERVICES), component: labelValue },
        { requiredKeys: [] },
      )
      .filter((when) => Object.keys(when).length > 0),
    notify: recipients.filter(({ length }) => length > 0),
    continue: maybe(fc.boolean()),
  });
}

function metadata(name: string, withLabels: boolean) {
  return withLabels
    ? fc.record({
        name: fc.constant(name),
        labels: maybe(labels),
        annotations: maybe(fc.dictionary(fc.constantFrom('hint', 'note'), text, { noNullPrototype: true })),
      })
    : fc.constant({ name });
}

function named(
  kind: string,
  names: readonly string[],
  spec: (name: string) => fc.Arbitrary<object>,
  withLabels = false,
) {
  return fc
    .subarray([...names])
    .chain((chosen) =>
      fc.tuple(
        ...chosen.map((name) =>
          fc.record({ kind: fc.constant(kind), metadata: metadata(name, withLabels), spec: spec(name) }),
        ),
      ),
    );
}

function all(kind: string, names: readonly string[], spec: (name: string) => fc.Arbitrary<object>, withLabels = false) {
  return fc.tuple(
    ...names.map((name) =>
      fc.record({ kind: fc.constant(kind), metadata: metadata(name, withLabels), spec: spec(name) }),
    ),
  );
}

const panel = fc.oneof(
  fc.record({
    title: text.filter((each) => each.trim() !== ''),
    query,
    unit: fc.constantFrom(undefined, 'seconds', 'percent'),
  }),
  fc.record({ text }),
  fc.record({ alerts: fc.constant({}) }),
);

interface AboutService {
  readonly service?: string;
  readonly selector?: string;
}

/** `$selector` stands for nothing where the service has none, which is refused. */
function withoutEmptyHoles(specs: Specs): Specs {
  const able = specs.filter(({ kind, spec }) => kind === 'Service' && (spec as AboutService).selector !== undefined);
  const names = new Set(able.map(({ metadata }) => metadata.name));
  return specs.map((each) => {
    const { service = '' } = (each.spec ?? {}) as AboutService;
    return names.has(service) ? each : (JSON.parse(JSON.stringify(each).replaceAll('$selector', '')) as Spec);
  });
}

function workspace(severities: readonly string[], withScale: boolean): fc.Arbitrary<Specs> {
  return fc
    .tuple(
      all('Project', ['shop'], () => project),
      all('Team', TEAMS, () => fc.record({ title: maybe(text), page: fc.constantFrom(...CHANNELS) })),
      all(
        'Service',
        SERVICES,
        (name) =>
          fc.record({
            title: maybe(text),
            description: maybe(text),
            owner: fc.constantFrom(...TEAMS),
            tier: maybe(fc.integer({ min: 0, max: 9 })),
            dependsOn: fc.subarray(SERVICES.slice(0, SERVICES.indexOf(name))),
            selector,
          }),
        true,
      ),
      all('MetricCatalog', ['metrics'], () =>
        fc.constant({
          metrics: {
            [HISTOGRAM]: { type: 'histogram', buckets: [0.1, 1, 2.5], labels: ['method'] },
            requests_total: { type: 'counter', labels: ['code', 'env'] },
          },
        }),
      ),
      named('SLO', ['requests', 'latency', 'freshness', 'a-1', 'y'], () => slo(severities), true),
      named('KPI', ['conversion', 'cost', 'off'], () => kpi(severities), true),
      named('KPI', ['grouped'], () => groupedKpi(severities), true),
      named('AlertPolicy', ['critical', 'capacity'], () => policy(severities), true),
      named('AlertPolicy', ['shared'], () => shared(severities), true),
      withScale
        ? all('SeverityScale', ['levels'], () => fc.record({ levels: fc.tuple(...severities.map(level)) }))
        : fc.constant([]),
      all('Channel', CHANNELS, (name) => fc.constant(RECEIVERS[name]!)),
      all('NotificationPolicy', ['routing'], () =>
        fc.record({
          default: fc.record({
            notify: recipients.filter(({ length }) => length > 0),
            groupBy: fc.constantFrom(undefined, ['alertname'], ['service', 'severity', 'component']),
          }),
          routes: maybe(fc.array(route(severities), { maxLength: 3 })),
        }),
      ),
      named('Dashboard', ['overview', 'details'], (name) =>
        fc.record({
          title: fc.constant(`The ${name}`),
          purpose: maybe(text),
          rows: fc.array(fc.record({ panels: fc.array(panel, { minLength: 1, maxLength: 3 }) }), {
            minLength: 1,
            maxLength: 2,
          }),
        }),
      ),
    )
    .map((documents) => withoutEmptyHoles(documents.flat() as unknown as Specs));
}

/** Any workspace that uses the language in every way that should be accepted. */
export const workspaces: fc.Arbitrary<Specs> = fc.oneof(
  workspace(['critical', 'warning'], false),
  workspace(['P1_CRITICAL', 'P2-HIGH', 'no', 'P4'], true),
);
