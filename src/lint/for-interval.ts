import { formatDuration } from '../base/quantity.ts';
import type { RuleBook } from '../model/rule.ts';
import type { Model } from '../model/types.ts';
import { defineCode } from '../source/code.ts';
import type { Diagnostic } from '../source/diagnostic.ts';
import { originSpan } from '../source/document.ts';
import { alertsIn, durationOrigin } from './demands.ts';
import type { LintRule } from './rule.ts';

const FOR = defineCode<{ alert: string; written: string; interval: string; real: string }>({
  code: 'rule/for-interval',
  severity: 'info',
  title: 'an alert waits longer than its `for` says',
  explain:
    'Prometheus looks at a condition once in each evaluation interval, so an alert fires at the first evaluation at or after its `for`: what is no multiple of the interval is rounded up to one. Rules in files of others are not judged.',
  message: ({ alert, written, interval, real }) =>
    `\`${alert}\` is evaluated every ${interval}, so \`for: ${written}\` means ${real}`,
  help: ({ real }) => `write \`${real}\`, or a shorter interval`,
});

function check({ project }: Model, rules: RuleBook): Diagnostic[] {
  return alertsIn(rules).flatMap(({ group, rule }) => {
    const { alert, forMs } = rule;
    const intervalMs = group.intervalMs ?? project.prometheus.evaluationIntervalMs;
    const changed = rule.changes?.some((each) => durationOrigin(rule, 'for').document === each.document) ?? false;
    if (forMs % intervalMs === 0 || (rule.foreign === true && !changed)) return [];
    const real = formatDuration(Math.ceil(forMs / intervalMs) * intervalMs);
    const parameters = { alert, written: formatDuration(forMs), interval: formatDuration(intervalMs), real };
    return [FOR.at(originSpan(durationOrigin(rule, 'for')), parameters)];
  });
}

/** `for` against the interval at which the alert is evaluated. */
export const forInterval: LintRule = { codes: [FOR], needs: [], check };
