import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse, stringify } from 'yaml';
import type { Labels } from '../../src/model/types.ts';
import { type Running, start } from '../alertmanager/running.ts';
import { describeWithTools, type ToolAt, versionsOf } from '../tools.ts';
import { CLUSTERS, hears, OWNED, type Place, REMEMBERED } from './facts.ts';
import { compiled, findings, organisation, outputOf } from './workspace.ts';

const PLACES: readonly Place[] = ['production', 'staging'];
const output = outputOf(organisation);

/** The files of one environment, by their path below it. */
function filesIn(place: Place): [path: string, text: string][] {
  const prefix = `tarnwick/${place}/`;
  return [...output].flatMap(([path, text]) => (path.startsWith(prefix) ? [[path.slice(prefix.length), text]] : []));
}

function textIn(place: Place, path: string): string {
  return output.get(`tarnwick/${place}/${path}`)!;
}

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'qmon-organisation-'));
  for (const [path, text] of output) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

function run({ path }: ToolAt, ...args: readonly string[]): string {
  return execFileSync(path, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
}

interface Rule {
  readonly alert?: string;
  readonly labels?: Labels;
}

/** The alerts as they stand in the rule files. */
function alertsIn(place: Place): { alert: string; labels: Labels }[] {
  const groups = filesIn(place)
    .filter(([path]) => path.startsWith('prometheus/rules/'))
    .flatMap(([, text]) => (parse(text) as { groups: { rules: Rule[] }[] }).groups);
  return groups
    .flatMap(({ rules }) => rules)
    .flatMap(({ alert, labels = {} }) => (alert === undefined ? [] : [{ alert, labels }]));
}

const isTemplate = ({ labels }: { labels: Labels }) => Object.values(labels).some((value) => value.includes('{{'));

function teamOf(service: string | undefined): string | undefined {
  return Object.entries(OWNED).find(([, own]) => own.some((each) => each === service))?.[0];
}

describe('the organisation', () => {
  it('compiles in both environments without errors and warnings', () => {
    expect(findings(organisation, ['error', 'warning'])).toBe('');
    expect(compiled(organisation).map(({ name }) => name)).toEqual(['tarnwick/production', 'tarnwick/staging']);
  });

  it('has alerts for each of the services, with their team and their environment', () => {
    for (const place of PLACES) {
      const plain = alertsIn(place).filter((each) => !isTemplate(each));
      const services = new Set(plain.map(({ labels }) => labels.service));
      expect(services).toEqual(new Set(Object.values(OWNED).flat()));
      for (const { alert, labels } of plain) {
        expect(labels.team, `${alert} of ${labels.service}`).toBe(teamOf(labels.service));
        expect(labels.environment, alert).toBe(place);
      }
    }
  });

  it.each(REMEMBERED)('remembers how bad %s of %s is', (alert, service, severity) => {
    for (const place of PLACES) {
      const found = alertsIn(place).filter((each) => each.alert === alert && each.labels.service === service);
      expect(found.map(({ labels }) => labels.severity)).toContain(severity[place]);
    }
  });

  it('watches its business in production alone', () => {
    const business = (place: Place) => alertsIn(place).some(({ alert }) => alert === 'ConversionCritical');
    expect(PLACES.map(business)).toEqual([true, false]);
    expect(PLACES.map((place) => textIn(place, 'grafana/dashboards/board-room.json') !== undefined)).toEqual([
      true,
      false,
    ]);
  });
});

describeWithTools(['promtool'], 'promtool', () => {
  describe.each(versionsOf('promtool'))('$version', (tool) => {
    it.each(PLACES)('accepts the rules of %s', (place) => {
      const config = join(folder, 'tarnwick', place, 'prometheus/prometheus.yml');
      expect(run(tool, 'check', 'config', '--lint=all', '--lint-fatal', config)).toContain('SUCCESS');
    });
  });

  it('sees the owner of a task in the label of its series', () => {
    const [tool] = versionsOf('promtool');
    const labels = { company: 'tarnwick', journey: 'none', environment: 'production', category: 'backlog' };
    const missed = (task: string, job: string) => ({
      exp_labels: { ...labels, severity: 'P3', service: job, team: teamOf(job), job, task },
      exp_annotations: { summary: `${task} of ${job} has not succeeded since yesterday` },
    });
    const series = (task: string, job: string) => ({
      series: `worker_last_success_timestamp_seconds{job="${job}",task="${task}"}`,
      values: '0x400',
    });
    const test = {
      rule_files: [join(folder, 'tarnwick/production/prometheus/rules/_project.yml')],
      evaluation_interval: '5m',
      tests: [
        {
          interval: '5m',
          input_series: [series('monthly-bills', 'invoicing'), series('lorries', 'load-planner')],
          alert_rule_test: [
            {
              eval_time: '30h',
              alertname: 'NightlyTaskMissed',
              exp_alerts: [missed('monthly-bills', 'invoicing'), missed('lorries', 'load-planner')],
            },
          ],
        },
      ],
    };
    writeFileSync(join(folder, 'nightly.yml'), stringify(test));
    expect(run(tool!, 'test', 'rules', join(folder, 'nightly.yml'))).toContain('SUCCESS');
  });
});

describeWithTools(['amtool'], 'amtool', () => {
  it.each(versionsOf('amtool').flatMap((tool) => PLACES.map((place) => [tool.version, place, tool] as const)))(
    '%s accepts the configuration of %s',
    (_, place, tool) => {
      const config = join(folder, 'tarnwick', place, 'alertmanager/alertmanager.yml');
      expect(run(tool, 'check-config', config)).toContain('SUCCESS');
    },
  );
});

interface Receiver {
  readonly name: string;
  readonly slack_configs?: readonly { readonly channel: string }[];
  readonly pagerduty_configs?: readonly { readonly routing_key_file: string }[];
  readonly email_configs?: readonly { readonly to: string }[];
  readonly webhook_configs?: readonly { readonly url: string }[];
}

/** What each receiver rings, as it is written on the doors. */
function doorsIn(place: Place): ReadonlyMap<string, readonly string[]> {
  const { receivers } = parse(textIn(place, 'alertmanager/alertmanager.yml')) as { receivers: readonly Receiver[] };
  const doors = receivers.map(
    ({ name, slack_configs = [], pagerduty_configs = [], email_configs = [], webhook_configs = [] }) => {
      const all = [
        ...slack_configs.map(({ channel }) => `room ${channel}`),
        ...pagerduty_configs.map((each) => `pager ${each.routing_key_file.split('/').at(-1)}`),
        ...email_configs.map(({ to }) => `mail ${to}`),
        ...webhook_configs.map(({ url }) => `hook ${url}`),
      ];
      return [name, all] as const;
    },
  );
  return new Map(doors);
}

/** Every alert as Prometheus sends it; that of the nightly tasks once for each of them. */
function sentIn(place: Place): Labels[] {
  return alertsIn(place).flatMap((each): Labels[] => {
    const sent = { ...each.labels, alertname: each.alert, cluster: CLUSTERS[place] };
    if (!isTemplate(each)) return [sent];
    expect(each.alert).toBe('NightlyTaskMissed');
    return ['invoicing', 'load-planner', 'claims'].map((job) => ({ ...sent, job, service: job, team: teamOf(job)! }));
  });
}

describeWithTools(['alertmanager'], 'every alert', () => {
  describe.each(versionsOf('alertmanager'))('with Alertmanager $version', (tool) => {
    it.each(PLACES)('reaches those whom it concerns in %s', async (place) => {
      const home = join(folder, `running-${tool.version}-${place}`);
      for (const [path, text] of filesIn(place).filter(([each]) => each.startsWith('alertmanager/templates/'))) {
        const file = join(home, path.slice('alertmanager/'.length));
        mkdirSync(dirname(file), { recursive: true });
        writeFileSync(file, text);
      }
      const running: Running = await start(tool, home);
      try {
        await running.load(textIn(place, 'alertmanager/alertmanager.yml'));
        const sent = sentIn(place);
        expect(sent.length).toBeGreaterThan(200);
        const doors = doorsIn(place);
        const told = await running.receivers(sent);
        const wrong = sent.flatMap(({ alertname, service, severity, category }, index) => {
          const actual = told[index]!.flatMap((name) => doors.get(name)!).sort();
          const expected = hears(place, teamOf(service)!, severity!, category);
          return actual.join() === expected.join() ? [] : [{ alertname, service, severity, actual, expected }];
        });
        expect(wrong).toEqual([]);
      } finally {
        await running.stop();
      }
    });
  });
});
