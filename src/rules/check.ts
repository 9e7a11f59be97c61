import { groupBy } from '../base/order.ts';
import { compare, formatDuration, formatNumber, inSeconds, subtract } from '../base/quantity.ts';
import { closest, enumerate } from '../base/text.ts';
import type { Alert, Recording, RuleBook } from '../model/rule.ts';
import type { LatencyIndicator, Model, Slo } from '../model/types.ts';
import { mayReturnLabel } from '../promql/labels.ts';
import { defineCode } from '../source/code.ts';
import type { Diagnostic } from '../source/diagnostic.ts';
import { originSpan, originSpanAt } from '../source/document.ts';

const LABEL_COLLISION = defineCode<{ rule: string; label: string; metric: string | undefined }>({
  code: 'rule/label-collision',
  severity: 'error',
  title: 'a rule sets a label that its expression returns as well',
  explain:
    'Prometheus lets a rule\'s own label replace the expression\'s. Two series that differ only in that label then become the same, and the whole rule fails at run time with "vector contains metrics with the same labelset". promtool does not see it.',
  message: ({ rule, label }) => `\`${rule}\` sets the label \`${label}\`, which its expression may return as well`,
  help: ({ label }) =>
    `aggregate \`${label}\` away, rename it with \`label_replace\`, or call our label something else in \`labelNames\` of the Project`,
});

const DUPLICATE_ALERT = defineCode<{ alert: string }>({
  code: 'rule/duplicate-alert',
  severity: 'error',
  title: 'two alerts with the same name and labels',
  explain:
    'Alertmanager tells alerts apart by their labels: two rules with the same name and labels overwrite each other.',
  message: ({ alert }) => `the alert \`${alert}\` exists already with the same labels`,
  help: () => 'rename one of the two, or give them different labels',
});

const UNKNOWN_HISTOGRAM = defineCode<{ name: string; meant: string | undefined }>({
  code: 'slo/unknown-histogram',
  severity: 'error',
  title: 'a latency indicator on a histogram that no catalogue declares',
  explain:
    'The bound of a latency indicator must be a bucket that the service exposes, so the histogram must be declared in a MetricCatalog with its buckets.',
  message: ({ name }) => `no MetricCatalog declares the histogram \`${name}\``,
  help: ({ meant }) => (meant === undefined ? 'declare it, with its buckets' : `did you mean \`${meant}\`?`),
});

const NOT_A_HISTOGRAM = defineCode<{ name: string; type: string }>({
  code: 'slo/not-a-histogram',
  severity: 'error',
  title: 'a latency indicator on a metric without buckets',
  explain: 'A latency indicator counts events below a bound by the buckets of a classic histogram.',
  message: ({ name, type }) => `\`${name}\` is declared as ${type}, not as a histogram with buckets`,
  help: () => 'name a metric of type `histogram` that lists its `buckets`',
});

const BOUND_NO_BUCKET = defineCode<{ below: string; name: string; nearest: string; all: readonly string[] }>({
  code: 'slo/bound-is-no-bucket',
  severity: 'error',
  title: 'a latency bound that is no bucket of the histogram',
  explain:
    'A classic histogram counts only up to its bucket bounds; between two of them nobody knows how many events there were.',
  message: ({ below, name }) => `${below} is no bucket of \`${name}\``,
  help: ({ nearest, all }) => `the nearest bucket is ${nearest}; declared: ${enumerate(all)}`,
});

const WINDOW_EXCEEDS_RETENTION = defineCode<{ window: string; retention: string }>({
  code: 'slo/window-exceeds-retention',
  severity: 'error',
  title: 'an SLO window longer than what Prometheus keeps',
  explain:
    'The rules over the whole window would silently see only the retained part of it, and the budget would never look spent.',
  message: ({ window, retention }) => `the window ${window} is longer than the retention ${retention} of Prometheus`,
  help: () => 'shorten the window, or raise `retention` in the Project and in Prometheus',
});

const OWNER_MISSING = defineCode<{ service: string }>({
  code: 'service/owner-missing',
  severity: 'error',
  title: 'a service without an owner',
  explain: 'The Project says `requireOwner: true`: nobody is called for what nobody owns.',
  message: ({ service }) => `the service \`${service}\` has no owner`,
  help: () => 'add `owner`',
});

export const codes = [
  LABEL_COLLISION,
  DUPLICATE_ALERT,
  UNKNOWN_HISTOGRAM,
  NOT_A_HISTOGRAM,
  BOUND_NO_BUCKET,
  WINDOW_EXCEEDS_RETENTION,
  OWNER_MISSING,
];

/** Labels of the series behind a metric name, histogram suffixes included. */
function labelsOfMetric(model: Model, name: string): readonly string[] | undefined {
  const metric = model.metrics.get(name) ?? model.metrics.get(name.replace(/_(bucket|count|sum)$/, ''));
  return metric?.labels;
}

function collisions(model: Model, rule: Recording | Alert): Diagnostic[] {
  const name = rule.type === 'alert' ? rule.alert : rule.record;
  const [piece] = rule.expr.pieces;
  if (!piece) return [];
  return Object.keys(rule.labels).flatMap((label) => {
    const found = mayReturnLabel(rule.expr.text, label, (metric) => labelsOfMetric(model, metric));
    if (!found) return [];
    const origin = { document: piece.document, path: piece.path, pieces: rule.expr.pieces };
    const at = originSpanAt(origin, found.start, found.end - found.start);
    return [LABEL_COLLISION.at(at, { rule: name, label, metric: undefined })];
  });
}

function duplicates({ alerts }: RuleBook): Diagnostic[] {
  const same = groupBy(alerts, ({ alert, labels }) => JSON.stringify([alert, Object.entries(labels).sort()]));
  return [...same.values()].flatMap(([first, ...others]) =>
    others.map(({ alert, origin }) => {
      const related = [{ span: originSpan(first!.origin), message: 'the other one' }];
      return DUPLICATE_ALERT.at(originSpan(origin), { alert }, { related });
    }),
  );
}

function checkLatency(model: Model, slo: Slo, { histogram, belowMs }: LatencyIndicator): Diagnostic[] {
  const at = (property: string) => originSpan(slo.part('spec', 'indicator', 'latency', property));
  const metric = model.metrics.get(histogram);
  if (!metric) {
    const histograms = model.metrics.all.filter(({ type }) => type === 'histogram').map(({ name }) => name);
    return [UNKNOWN_HISTOGRAM.at(at('histogram'), { name: histogram, meant: closest(histogram, histograms) })];
  }
  if (!metric.buckets) return [NOT_A_HISTOGRAM.at(at('histogram'), { name: histogram, type: metric.type })];
  const below = inSeconds(belowMs);
  if (metric.buckets.some((bound) => compare(bound, below) === 0)) return [];
  const distance = (bound: typeof below) => Math.abs(Number(formatNumber(subtract(bound, below))));
  const nearest = metric.buckets.reduce((best, bound) => (distance(bound) < distance(best) ? bound : best));
  const text = (bound: typeof below) => `${formatNumber(bound)}s`;
  const parameters = {
    below: formatDuration(belowMs),
    name: histogram,
    nearest: text(nearest),
    all: metric.buckets.map(text),
  };
  return [BOUND_NO_BUCKET.at(at('below'), parameters)];
}

function checkSlo(model: Model, slo: Slo): Diagnostic[] {
  const { retentionMs } = model.project.prometheus;
  const latency = slo.indicator.type === 'latency' ? checkLatency(model, slo, slo.indicator) : [];
  if (retentionMs === undefined || slo.windowMs <= retentionMs) return latency;
  const parameters = { window: formatDuration(slo.windowMs), retention: formatDuration(retentionMs) };
  return [...latency, WINDOW_EXCEEDS_RETENTION.at(originSpan(slo.part('spec', 'window')), parameters)];
}

function ownerless(model: Model): Diagnostic[] {
  if (!model.project.policy.requireOwner) return [];
  return model.services.all
    .filter(({ owner }) => owner === undefined)
    .map((service) => OWNER_MISSING.at(originSpan(service.part('metadata', 'name')), { service: service.name }));
}

/** What only the whole shows to be wrong: labels that collide, alerts that overwrite each other, bounds that no bucket has. */
export function checkRules(model: Model, book: RuleBook): Diagnostic[] {
  return [
    ...book.groups.flatMap((group) => group.rules.flatMap((rule) => collisions(model, rule))),
    ...duplicates(book),
    ...model.slos.all.flatMap((slo) => checkSlo(model, slo)),
    ...ownerless(model),
  ];
}
