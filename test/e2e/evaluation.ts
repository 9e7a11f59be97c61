import { beforeAll, expect, it } from 'vitest';
import { dashboardsOf, panelQueries, variableValues } from './dashboards.ts';
import type { Pair } from './pair.ts';
import type { Answer, RunningRule } from './prometheus-api.ts';
import { until } from './until.ts';

/** A rule's own series, or the alerts that it raises. */
function seriesOf({ name, labels = {} }: RunningRule): string {
  return `${name}{${Object.entries(labels).map(([label, value]) => `${label}=${JSON.stringify(value)}`)}}`;
}

/** An SLO by slices of five minutes has nothing to say before the first of them ends. */
const SLICED = /slo="qsecure-false-positive-rate"/;

/** Queries that look for what is not there while a test lasts. */
const REASONS_FOR_NOTHING: readonly RegExp[] = [
  SLICED,
  // No alert of the lowest severity is quick enough.
  /severity="P4_LOW"/,
  // Nothing is a week old.
  /offset 7d/,
  // No disk fills up.
  /-deriv\(/,
];

async function rulesOf({ prometheus }: Pair): Promise<readonly RunningRule[]> {
  return (await prometheus.groups()).flatMap((group) => group.rules);
}

/** What Prometheus says of many queries that has not to be said. */
async function complaints(queries: readonly { readonly place: string; readonly ask: () => Promise<Answer> }[]) {
  const found: string[] = [];
  for (const { place, ask } of queries) {
    const { error, warnings } = await ask();
    if (error !== undefined || warnings.length > 0) found.push(`${place}: ${[error, ...warnings].join('; ')}`);
  }
  return found;
}

/** What holds while all is well. */
export function recordsInPeace(running: () => Pair): void {
  let pair: Pair;
  beforeAll(() => {
    pair = running();
  });

  it('runs every rule that was made', async () => {
    const made = pair.artifacts.filter(({ path }) => path.startsWith('prometheus/rules/'));
    const written = made.flatMap(({ text }) =>
      [...text.matchAll(/^ +- (?:record|alert): (.+)$/gm)].map(([, name]) => name),
    );
    expect((await rulesOf(pair)).map(({ name }) => name).toSorted()).toEqual(written.toSorted());
    expect(written.length).toBeGreaterThan(100);
  });

  it('records something for every rule, and alerts on nothing while all is well', async () => {
    let silent = (await rulesOf(pair)).filter((rule) => rule.type === 'recording' && !SLICED.test(seriesOf(rule)));
    expect(silent.length).toBeGreaterThan(100);
    await until(`a series of every rule`, async () => {
      const answers = await Promise.all(silent.map((rule) => pair.prometheus.query(seriesOf(rule))));
      silent = silent.filter((_, index) => answers[index]?.count !== 1);
      return silent.length === 0;
    }).catch((error: Error) => {
      throw new Error(`${error.message}; missing: ${silent.map(seriesOf).join(', ')}`);
    });
    await until('every group has been evaluated five times', async () => {
      const iterations = await pair.prometheus.own('prometheus_rule_group_iterations_total');
      return Math.min(...iterations) >= 5;
    });
    expect(await pair.prometheus.query('max_over_time(ALERTS{alertstate="firing"}[10m])')).toMatchObject({ count: 0 });
  });
}

/** What holds when the products answer with errors only: every rule and every query has something to say. */
export function holdsWhenAllFails(running: () => Pair): void {
  let pair: Pair;
  beforeAll(() => {
    pair = running();
  });

  it('calls people of every urgent kind once all fails', async () => {
    for (const job of ['qagent', 'qtest', 'qsecure', 'otel-collector']) pair.services.become(job, 'failing');
    const urgent = ['P1_CRITICAL', 'P2_HIGH', 'P3_MEDIUM'];
    await until('an alert of each severity fires', async () => {
      const firing = (await pair.prometheus.alerts()).filter(({ state }) => state === 'firing');
      return urgent.every((severity) => firing.some(({ labels }) => labels.severity === severity));
    });
  });

  it('fails at no rule', async () => {
    const broken = (await rulesOf(pair)).filter(({ health, lastError }) => health !== 'ok' || lastError);
    expect(broken).toEqual([]);
    const failures = await pair.prometheus.own('prometheus_rule_evaluation_failures_total');
    expect(failures.length).toBeGreaterThan(0);
    expect(failures.filter((count) => count > 0)).toEqual([]);
  });

  it('has no complaints about any expression of a rule', async () => {
    const all = await rulesOf(pair);
    const queries = all.map(({ name, query }) => ({ place: name, ask: () => pair.prometheus.query(query) }));
    expect(await complaints(queries)).toEqual([]);
  });

  it('has no complaints about any query of a dashboard, and something to show for each', async () => {
    const dashboards = dashboardsOf(pair.artifacts);
    expect(dashboards.length).toBeGreaterThan(pair.model.dashboards.all.length);
    const empty: string[] = [];
    for (const dashboard of dashboards) {
      const values = await variableValues(dashboard, pair.prometheus);
      const queries = panelQueries(dashboard, values).map(({ place, expr, range }) => ({
        place,
        ask: async () => {
          const answer = await (range ? pair.prometheus.queryRange(expr, range) : pair.prometheus.query(expr));
          if (answer.count === 0 && !REASONS_FOR_NOTHING.some((reason) => reason.test(expr)))
            empty.push(`${place}: ${expr}`);
          return answer;
        },
      }));
      expect(await complaints(queries)).toEqual([]);
    }
    expect(empty).toEqual([]);
  });
}
