import { posix } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { runbookTarget } from '../../src/targets/runbook/runbook.ts';
import {
  alert,
  type Fixture,
  fixture,
  index,
  kpi,
  project,
  runbook,
  SERVICE_DOWN,
  service,
  severity,
  slo,
} from './model.ts';

function pages({ model, rules }: Fixture): Map<string, string> {
  return new Map(runbookTarget.emit(model, { rules }).map(({ path, text }) => [path, text]));
}

function page(name: string, made = fixture()): string {
  return pages(made).get(`runbooks/${name}.md`) ?? `no page ${name}`;
}

/** The targets of links outside of code that lead to files of ours. */
function relativeLinks(text: string): string[] {
  const prose = text.replace(/^ *(`{3,})[\s\S]*?^ *\1$/gm, '').replace(/(`+)[\s\S]*?\1/g, '');
  return [...prose.matchAll(/(?<!\\)\]\(([^)\s]+)\)/g)].map((match) => match[1]!).filter((to) => !/^[a-z]+:/.test(to));
}

/** What is untidy about a page, for people who read the raw file. */
function untidy(text: string): string[] {
  const found: string[] = [];
  if (!text.endsWith('\n') || text.endsWith('\n\n')) found.push('ends without one newline');
  let fence: string | undefined;
  const lines = text.split('\n').slice(0, -1);
  lines.forEach((line, at) => {
    const ticks = /^\s*(`{3,})/.exec(line)?.[1];
    if (fence !== undefined) {
      if (ticks === line.trim() && ticks.length >= fence.length) fence = undefined;
      return;
    }
    fence = ticks;
    const before = lines[at - 1] ?? '';
    if (line === '' && before === '') found.push(`two blank lines at ${at + 1}`);
    if (line !== line.trimEnd()) found.push(`blanks at the end of ${at + 1}`);
    const opens = /^(- |1\. |#{1,6} |\|)/.exec(line)?.[1];
    const continues = opens !== undefined && !opens.startsWith('#') && before.startsWith(opens);
    if (at > 0 && opens !== undefined && before !== '' && !continues)
      found.push(`no blank line before ${at + 1}: ${line}`);
  });
  if (fence !== undefined) found.push('a code block is never closed');
  return found;
}

describe('every page', () => {
  const made = pages(fixture());

  test('leads only to pages that exist', () => {
    const broken = [...made].flatMap(([path, text]) =>
      relativeLinks(text)
        .map((to) => posix.join(posix.dirname(path), to))
        .filter((to) => !made.has(to)),
    );
    expect(broken).toEqual([]);
    expect(relativeLinks(made.get('runbooks/index.md') ?? '')).toContain('slo-cart-availability.md');
  });

  test('is tidy Markdown', () => {
    for (const [path, text] of made) expect([path, untidy(text)]).toEqual([path, []]);
  });

  test('comes from the document of its subject', () => {
    const { model, rules } = fixture();
    const paths = runbookTarget.emit(model, { rules }).map(({ path, origins }) => [path, origins.get('')?.path[0]]);
    expect(paths).toContainEqual(['runbooks/service-down.md', 'service-down']);
    expect(paths).toContainEqual(['runbooks/slo-cart-availability.md', 'cart-availability']);
    expect(paths).toContainEqual(['runbooks/incident-p1-critical.md', 'P1_CRITICAL']);
  });

  test('does not depend on the order of the rules', () => {
    const { model, rules } = fixture();
    const reversed = { groups: rules.groups, alerts: [...rules.alerts].reverse() };
    expect(pages({ model, rules: reversed })).toEqual(made);
  });
});

describe('a runbook of the author', () => {
  test('has its headings in order', () => {
    const headings = [...page('service-down').matchAll(/^## (.*)$/gm)].map((match) => match[1]);
    const own = ['Meaning', 'Impact', 'Diagnosis', 'Mitigation', 'Escalation'];
    expect(headings).toEqual([...own, 'Alerts that lead here', 'Owner', 'Who is told', 'Dashboards']);
  });

  test('lists its alerts, the most severe first', () => {
    const rows = page('service-down').match(/^\| (HighLatency|ServiceDown) .*$/gm);
    expect(rows).toEqual([
      '| ServiceDown | P1_CRITICAL | CART | ServiceDown on `<job>` \\| `<value>` | 1 minute |',
      '| HighLatency | P2_HIGH | PAY | HighLatency on `<job>` \\| `<value>` | 1 minute |',
    ]);
  });

  test('asks for the service where the author names none', () => {
    expect(page('service-down')).toContain('as the alert names it, such as `cart` or `pay`. Say which one first:');
    expect(page('service-down')).toContain('   kubectl logs -f deployment/$service\n');
  });

  test('fills in the service where there is one', () => {
    const made = fixture({ runbooks: index([{ ...SERVICE_DOWN, service: 'pay' }]) });
    expect(page('service-down', made)).toContain('   kubectl logs -f deployment/pay\n');
    expect(page('service-down', made)).not.toContain('$service');
  });

  test('shows the words of the author, not their markup', () => {
    expect(page('service-down')).toContain('- \\<script> & \\*stars\\*');
    expect(page('service-down')).toContain('- HTTP requests return `5xx`');
  });

  test('tells who hears of it', () => {
    expect(page('service-down')).toContain(
      '| P1_CRITICAL | pager (PagerDuty), slack-incidents (Slack #incidents) | Within 5 minutes |',
    );
    expect(page('slo-cart-availability')).toContain('| P3_MEDIUM | nobody: watch the dashboards | Next business day |');
  });

  test('names dashboards without a link where nobody says where Grafana is', () => {
    const made = fixture({ project: project({ grafana: { folder: 'Shop', datasources: { tracesType: 'tempo' } } }) });
    expect(page('service-down', made)).toContain('2. Check resource utilisation: **System Health**');
  });
});

describe('a page that qmon writes', () => {
  test('does the arithmetic of the SLO', () => {
    const text = page('slo-cart-availability');
    expect(text).toContain('an error budget of 3.6 hours of complete failure in 30 days');
    const tiers = text.match(/^\| P\d_\w+ \| .* × .*$/gm);
    expect(tiers).toEqual([
      '| P1_CRITICAL | 14.4 × | 7.2% | 1 hour and 5 minutes | 2% | 6.8 minutes | 2.1 days |',
      '| P1_CRITICAL | 6 × | 3% | 6 hours and 30 minutes | 5% | 13.3 minutes | 5 days |',
      '| P3_MEDIUM | 3 × | 1.5% | 1 day and 2 hours | 10% | 24.1 minutes | 10 days |',
      '| P3_MEDIUM | 1 × | 0.5% | 3 days and 6 hours | 10% | 24.1 minutes | 30 days |',
    ]);
  });

  test('leaves out tiers that cannot fire or that nobody asked for', () => {
    const loose = slo('cart-availability', {
      objectiveRatio: slo('x').budgetPolicy[0]!.atMost,
      alerting: { page: 'P2_HIGH' },
    });
    const text = page('slo-cart-availability', fixture({ slos: index([loose]) }));
    expect(text.match(/^\| P\d_\w+ \| .* × .*$/gm)).toBeNull();
    expect(text).not.toContain('Burn rate above');
  });

  test('asks only for series that are recorded', () => {
    const text = page('slo-cart-availability');
    expect(text).toContain('slo:error_ratio:rate1h{slo="cart-availability"} / 0.005');
    expect(text).not.toContain('slo:error_ratio:rate6h');
    expect(text).toContain('   sum(rate(errors_total[5m]))\n');
  });

  test('links the graph of a query', () => {
    const url =
      'https://prometheus.example.org/graph?g0.expr=sum%28rate%28orders_total%5B5m%5D%29%29&g0.tab=0&g0.range_input=6h';
    expect(page('kpi-orders')).toContain(`[Graph](${url})`);
    const bare = fixture({
      project: { ...project(), prometheus: { ...project().prometheus, url: undefined } as never },
    });
    expect(page('kpi-orders', bare)).not.toContain('Graph');
  });

  test('shows the thresholds of the KPI', () => {
    expect(page('kpi-orders')).toContain('| orders figure | CART | `> 10` | `< 1` | orders/second |');
  });
});

describe('the way in', () => {
  test('is sorted by severity, then by alert', () => {
    const rows = [...page('index').matchAll(/^\| (P\S+) \| (\S+) \|/gm)].map((match) => `${match[1]} ${match[2]}`);
    expect(rows).toEqual([
      'P1_CRITICAL CartAvailabilityBudgetBurn',
      'P1_CRITICAL ServiceDown',
      'P2_HIGH HighLatency',
      'P2_HIGH OrdersCritical',
      'P3_MEDIUM CartAvailabilityBudgetBurn',
      'P3_MEDIUM Orphan',
    ]);
  });

  test('is an incident procedure with its timings', () => {
    const text = page('incident-p1-critical');
    expect([...text.matchAll(/^### (.*)$/gm)].map((match) => match[1])).toEqual([
      'Detection (the first 5 minutes)',
      'Response (from 10 minutes on)',
      'Resolution',
    ]);
    expect(text).toContain("- the owner's page – Web team: pager (PagerDuty)");
  });

  test('keeps severities apart whose names make the same path', () => {
    const made = pages(fixture({ severities: [severity('P1_CRITICAL', 0), severity('p1.critical', 1)] }));
    expect(made.get('runbooks/incident-p1-critical.md')).toContain('# Incident procedure: P1_CRITICAL');
    expect(made.get('runbooks/incident-p1-critical-2.md')).toContain('# Incident procedure: p1.critical');
  });

  test('leads into the folder of an imported project and back', () => {
    const named = alert('Imported', { runbook: 'platform/disk-full' });
    const made = pages(fixture({ runbooks: index([SERVICE_DOWN, runbook('platform/disk-full')]) }, [named]));
    expect(relativeLinks(made.get('runbooks/index.md') ?? '')).toContain('platform/disk-full.md');
    expect(relativeLinks(made.get('runbooks/platform/disk-full.md') ?? '')).toContain('../index.md');
  });
});

describe('whatever an author writes', () => {
  const awkward = fc.stringMatching(/^[-a-zA-Z`|*_#<>[\]()~\\$. {}\n1]{1,24}$/).filter((text) => text.trim() !== '');

  test('pages stay tidy, whole and linked', () => {
    fc.assert(
      fc.property(
        fc.array(awkward, { minLength: 6, maxLength: 6 }),
        ([a = '', b = '', c = '', d = '', e = '', f = '']) => {
          const own = runbook('own', {
            title: a,
            overview: b,
            meaning: c,
            symptoms: [d, e],
            investigate: [
              { do: a, run: f },
              { do: b, run: `\`\`\`\n${c}\n\n\n\`\`\`\`` },
            ],
            causes: [f],
            resolve: [{ title: d, steps: [{ do: e, run: a }] }],
            escalate: [c],
          });
          const named = alert('Own', { runbook: 'own', annotations: { summary: e } });
          const titled = {
            services: index([service('cart', { title: a, description: b }), service('pay', { title: c })]),
          };
          const part = {
            ...titled,
            runbooks: index([own, SERVICE_DOWN]),
            kpis: index([kpi('orders', { title: f, description: d })]),
          };
          const made = pages(fixture(part, [named]));
          for (const [path, text] of made) {
            expect(untidy(text)).toEqual([]);
            const links = relativeLinks(text).map((to) => posix.join(posix.dirname(path), to));
            expect(links.filter((to) => !made.has(to))).toEqual([]);
          }
          const headings = [...(made.get('runbooks/own.md') ?? '').matchAll(/^## (.*)$/gm)].map((match) => match[1]);
          expect(headings.slice(0, 5)).toEqual(['Meaning', 'Impact', 'Diagnosis', 'Mitigation', 'Escalation']);
        },
      ),
      { numRuns: 100 },
    );
  });
});
