import { formatNumber } from '../../src/base/quantity.ts';
import type { Labels, Metric, MetricType, Model, Service } from '../../src/model/types.ts';

/** What a scrape target measures of itself: `healthy` serves well, `failing` answers every event with an error. */
export type Health = 'healthy' | 'failing';

/** The jobs behind a service: `job="a"`, or `job=~"a|b"`. */
export function jobsOf(service: Service): readonly string[] {
  const matcher = service.selector?.matchers.find(({ label }) => label === 'job');
  return matcher?.value.split('|') ?? [];
}

/** Labels whose value tells good events from bad ones. */
const VERDICTS: Readonly<Record<string, Readonly<Record<Health, string>>>> = {
  status: { healthy: '200', failing: '500' },
  success: { healthy: 'true', failing: 'false' },
  code: { healthy: 'OK', failing: 'Internal' },
  status_code: { healthy: 'STATUS_CODE_OK', failing: 'STATUS_CODE_ERROR' },
};

/** Label values that the specs ask for by name; any other label has one value made of its name. */
const VALUES: Readonly<Record<string, readonly string[]>> = {
  period: ['5m', '1d', '30d'],
  mode: ['idle', 'user'],
  condition: ['Ready'],
  span_kind: ['SPAN_KIND_CLIENT', 'SPAN_KIND_SERVER'],
};

/** What counters gain in a scrape and gauges show where 1 would not be plausible. */
const HEALTHY: Readonly<Record<string, number>> = {
  http_requests_total: 3000,
  qagent_code_generations_total: 10,
  qagent_llm_cost_usd_total: 0.01,
  qinfra_resource_uptime: 0.999,
  qinfra_total_cost_usd: 1000,
  qsecure_false_positive_rate: 0.01,
  qtest_test_coverage_percentage: 90,
  active_users: 20_000,
  vector_db_cost_usd_per_gb: 0.05,
  node_filesystem_size_bytes: 100e9,
  node_filesystem_avail_bytes: 60e9,
};

/** What a failing target shows instead, beside the labels that tell. */
const FAILING: Readonly<Record<string, number>> = {
  qsecure_scans_completed_total: 0,
  qsecure_false_positive_rate: 0.2,
};

/** A ratio without a figure of its own is half. */
function figure({ name, unit }: Metric, health: Health): number {
  const failing = health === 'failing' ? FAILING[name] : undefined;
  return failing ?? HEALTHY[name] ?? (unit === 'ratio' ? 0.5 : 1);
}

function labelSets(metric: Metric, health: Health): readonly Labels[] {
  return metric.labels.reduce<readonly Labels[]>(
    (sets, label) => {
      const counts = metric.type !== 'gauge' && VERDICTS[label];
      const values = counts ? [counts[health]] : (VALUES[label] ?? [`a-${label}`]);
      return sets.flatMap((set) => values.map((value) => ({ ...set, [label]: value })));
    },
    [{}],
  );
}

/** A series name with labels, as the text format writes it. */
function series(name: string, labels: Labels): string {
  const pairs = Object.entries(labels).map(([label, value]) => `${label}=${JSON.stringify(value)}`);
  return `${name}{${pairs.join(',')}}`;
}

type Sample = readonly [series: string, value: number];

/** The observations of a scrape fall evenly into the lowest buckets, those of a failing target above all bounds. */
const OBSERVATIONS = 3;

function histogram(metric: Metric, labels: Labels, health: Health): readonly Sample[] {
  const bounds = [...(metric.buckets ?? []).map(formatNumber), '+Inf'];
  const within = (index: number) => (health === 'healthy' ? Math.min(index + 1, OBSERVATIONS) : 0);
  return [
    ...bounds.map((le, index): Sample => {
      return [series(`${metric.name}_bucket`, { ...labels, le }), le === '+Inf' ? OBSERVATIONS : within(index)];
    }),
    [series(`${metric.name}_sum`, labels), OBSERVATIONS * Number(bounds.at(health === 'healthy' ? 0 : -2))],
    [series(`${metric.name}_count`, labels), OBSERVATIONS],
  ];
}

const SUMMARY_SECONDS = 0.001;

/** What grows with each scrape. */
function growth(metric: Metric, labels: Labels, health: Health): readonly Sample[] {
  switch (metric.type) {
    case 'histogram':
      return histogram(metric, labels, health);
    case 'summary':
      return [
        [series(`${metric.name}_sum`, labels), SUMMARY_SECONDS],
        [series(`${metric.name}_count`, labels), 1],
      ];
    case 'counter':
      return [[series(metric.name, labels), figure(metric, health)]];
    default:
      return [];
  }
}

/** What is the same in each scrape. */
function level(metric: Metric, labels: Labels, health: Health): readonly Sample[] {
  if (metric.type === 'gauge') return [[series(metric.name, labels), figure(metric, health)]];
  if (metric.type !== 'summary') return [];
  return ['0.5', '1'].map((quantile) => [series(metric.name, { ...labels, quantile }), SUMMARY_SECONDS]);
}

/** Native histograms have no text form, and the catalogue of the example has neither them nor the other two. */
const EXPOSED: readonly MetricType[] = ['counter', 'gauge', 'histogram', 'summary'];

/** The metrics that a job exposes: those of its service, and those that every service has. Prometheus makes `up` itself. */
function metricsOf(model: Model, job: string): readonly Metric[] {
  const catalogs = model.catalogs.all.filter(({ service }) => {
    const owner = service === undefined ? undefined : model.services.get(service);
    return service === undefined || (owner !== undefined && jobsOf(owner).includes(job));
  });
  const metrics = catalogs.flatMap((catalog) => catalog.metrics);
  return metrics.filter(({ name, type }) => name !== 'up' && EXPOSED.includes(type));
}

/** A metric with all its series; what grows has grown since the last time. */
function family(metric: Metric): (health: Health) => string {
  const counted = new Map<string, number>();
  return (health) => {
    const sets = labelSets(metric, health);
    for (const [name, by] of sets.flatMap((labels) => growth(metric, labels, health))) {
      counted.set(name, (counted.get(name) ?? 0) + by);
    }
    const samples = [...counted, ...sets.flatMap((labels) => level(metric, labels, health))];
    return `# TYPE ${metric.name} ${metric.type}\n${samples.map(([name, value]) => `${name} ${value}\n`).join('')}`;
  };
}

/** One target of a job: each page has counted further than the last, in the series that the health chooses. */
export function exposition(model: Model, job: string): (health: Health) => string {
  const families = metricsOf(model, job).map(family);
  return (health) => families.map((page) => page(health)).join('');
}
