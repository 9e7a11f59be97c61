import { formatDuration } from '../base/quantity.ts';
import type { Alert, RuleBook } from '../model/rule.ts';
import type { DurationBounds, Model } from '../model/types.ts';
import { defineCode } from '../source/code.ts';
import type { Diagnostic } from '../source/diagnostic.ts';
import { originSpan } from '../source/document.ts';
import { alertsIn, demandedBy, durationOrigin, isInScope, isMeant } from './demands.ts';
import type { LintRule } from './rule.ts';

const DURATION = defineCode<{ alert: string; property: string; value: string; bound: string; least: boolean }>({
  code: 'demand/duration',
  severity: 'error',
  title: 'an alert waits shorter or longer than the policy of the project allows',
  explain:
    'The Project says in `policy.alerts` how long conditions must hold at least and at most (`for`), and how long alerts go on firing after that (`keepFiringFor`). Alerts of SLOs have windows instead of `for` and are not judged.',
  message: ({ alert, property, value, bound, least }) =>
    `\`${property}\` of \`${alert}\` is ${value}, ${least ? 'shorter' : 'longer'} than the ${bound} of the policy`,
  help: ({ bound, least }) => `write at ${least ? 'least' : 'most'} \`${bound}\``,
});

interface Duration {
  readonly property: 'for' | 'keepFiringFor';
  readonly ms: number;
}

/** The durations of an alert that its author can choose. */
function durationsOf({ source, forMs, keepFiringForMs = 0 }: Alert): Duration[] {
  const keeps = source.kind === 'AlertPolicy' || source.kind === 'RuleSet';
  return [
    ...(source.kind === 'SLO' ? [] : [{ property: 'for' as const, ms: forMs }]),
    ...(keeps ? [{ property: 'keepFiringFor' as const, ms: keepFiringForMs }] : []),
  ];
}

function broken({ minMs, maxMs }: DurationBounds, ms: number): { boundMs: number; least: boolean } | undefined {
  if (minMs !== undefined && ms < minMs) return { boundMs: minMs, least: true };
  return maxMs !== undefined && ms > maxMs ? { boundMs: maxMs, least: false } : undefined;
}

function check({ project }: Model, rules: RuleBook): Diagnostic[] {
  const all = alertsIn(rules);
  return project.policy.alerts.flatMap((demand) =>
    all
      .filter(({ rule, ruleSet }) => isInScope(demand, ruleSet) && isMeant(demand, rule))
      .flatMap(({ rule }) =>
        durationsOf(rule).flatMap(({ property, ms }) => {
          const fault = broken(demand[property] ?? {}, ms);
          if (!fault) return [];
          const { boundMs, least } = fault;
          const bound = formatDuration(boundMs);
          const parameters = { alert: rule.alert, property, value: formatDuration(ms), bound, least };
          return [DURATION.at(originSpan(durationOrigin(rule, property)), parameters, demandedBy(demand))];
        }),
      ),
  );
}

/** `policy.alerts.….for` and `keepFiringFor`: how long alerts wait and go on. */
export const policyDuration: LintRule = { codes: [DURATION], needs: [], check };
