import { formatDuration } from '../base/quantity.ts';
import type { Model } from '../model/types.ts';
import { BASE_WINDOW_MS } from '../slo/tiers.ts';
import { defineCode } from '../source/code.ts';
import type { Diagnostic } from '../source/diagnostic.ts';
import { originSpan } from '../source/document.ts';
import type { LintRule } from './rule.ts';

const INTERVAL_TOO_LONG = defineCode<{ property: string; value: string; most: string }>({
  code: 'slo/interval-too-long',
  severity: 'error',
  title: 'an interval too long for the rules of an SLO',
  explain:
    'The shortest window of an SLO is 5 minutes. Its rate needs two scrapes in that window, and its recorded series must be evaluated again before Prometheus takes it for gone, which it does after 5 minutes. With longer intervals the series have gaps, and burn-rate alerts resolve and fire again by themselves, or never fire.',
  message: ({ property, value }) => `\`${property}\` is ${value}, too long for the 5-minute windows of the SLOs`,
  help: ({ most }) => `write at most \`${most}\``,
});

/** Two of them, with a margin for a late one, fit in the shortest window. */
const LONGEST_MS = (BASE_WINDOW_MS * 2) / 5;

function check({ project, slos }: Model): Diagnostic[] {
  if (slos.all.length === 0) return [];
  const { scrapeIntervalMs: scrapeInterval, evaluationIntervalMs: evaluationInterval } = project.prometheus;
  return Object.entries({ scrapeInterval, evaluationInterval })
    .filter(([, ms]) => ms > LONGEST_MS)
    .map(([property, ms]) => {
      const parameters = { property, value: formatDuration(ms), most: formatDuration(LONGEST_MS) };
      return INTERVAL_TOO_LONG.at(originSpan(project.part('spec', 'targets', 'prometheus', property)), parameters);
    });
}

/** Scrapes and evaluations must be frequent enough for the shortest window of an SLO. */
export const intervalTooLong: LintRule = { codes: [INTERVAL_TOO_LONG], needs: [], check };
