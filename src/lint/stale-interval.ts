import { formatDuration, MINUTE_MS } from '../base/quantity.ts';
import type { Group, RuleBook } from '../model/rule.ts';
import type { Model } from '../model/types.ts';
import { defineCode } from '../source/code.ts';
import type { Diagnostic } from '../source/diagnostic.ts';
import { type Origin, originSpan } from '../source/document.ts';
import type { LintRule } from './rule.ts';

interface Stale {
  readonly what: string;
  readonly interval: string;
  readonly records: boolean;
}

const STALE = defineCode<Stale>({
  code: 'rule/stale-interval',
  severity: 'warning',
  title: 'rules that are evaluated too seldom for their series to last',
  explain:
    'Prometheus takes a sample for gone after 5 minutes. A recorded series whose rule is evaluated less often has gaps, and what reads it sees nothing in them; so has the series `ALERTS`. An alert that is looked at so seldom resolves for a whole interval when a single evaluation finds no data, and then fires again: `keepFiringFor` of at least the interval carries it over. In files of others it is only worth knowing.\n\nSource: https://prometheus.io/docs/prometheus/latest/querying/basics/ (Staleness).',
  message: ({ what, interval, records }) =>
    records
      ? `${what} is evaluated every ${interval}: its recorded series have gaps after 5 minutes`
      : `${what} is evaluated every ${interval}: a single evaluation without data resolves its alerts for so long`,
  help: ({ interval, records }) =>
    records
      ? 'write an interval of at most `5m`'
      : `write an interval of at most \`5m\`, or \`keepFiringFor\` of at least \`${interval}\``,
});

/** Source: https://prometheus.io/docs/prometheus/latest/command-line/prometheus/ (query.lookback-delta) */
const LOOKBACK_MS = 5 * MINUTE_MS;

function originOf(group: Group, project: Model['project']): Origin {
  if (group.intervalMs === undefined) return project.part('spec', 'targets', 'prometheus', 'evaluationInterval');
  if (group.origin) return { document: group.origin.document, path: [...group.origin.path, 'interval'] };
  const [rule] = group.rules;
  return rule ? { document: rule.origin.document, path: ['spec', 'interval'] } : project.origin;
}

function check({ project, slos }: Model, { groups }: RuleBook): Diagnostic[] {
  return groups.flatMap((group) => {
    const intervalMs = group.intervalMs ?? project.prometheus.evaluationIntervalMs;
    const judgedElsewhere = group.intervalMs === undefined && slos.all.length > 0;
    if (intervalMs <= LOOKBACK_MS || judgedElsewhere) return [];
    const records = group.rules.some(({ type }) => type === 'record');
    const flaps = group.rules.some((rule) => rule.type === 'alert' && (rule.keepFiringForMs ?? 0) < intervalMs);
    if (!records && !flaps) return [];
    const interval = formatDuration(intervalMs);
    const what = group.intervalMs === undefined ? 'what has no interval of its own' : `the group \`${group.name}\``;
    const foreign = group.rules.every((rule) => rule.foreign);
    const softer = foreign || !records ? { severity: 'info' as const } : {};
    return [STALE.at(originSpan(originOf(group, project)), { what, interval, records }, softer)];
  });
}

/** Intervals beyond which recorded series have gaps. */
export const staleInterval: LintRule = { codes: [STALE], needs: [], check };
