import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Artifact } from '../../src/output/artifact.ts';
import { alertmanagerTarget } from '../../src/targets/alertmanager/alertmanager.ts';
import { workspaces } from './arbitrary.ts';
import { CHANNELS, EMAIL, model, rules, type Workspace } from './model.ts';
import { describeWith, run, type Tool, withFolder } from './tools.ts';

const BURNS = rules(
  ['Burn', { severity: 'P1', slo: 'a', service: 'shop' }],
  ['Burn', { severity: 'P2', slo: 'a', service: 'shop' }],
  ['Slow', { severity: 'P1', service: 'shop' }],
  ['Slow', { severity: 'P3', service: 'shop' }],
);

function emit(workspace: Workspace): readonly Artifact[] {
  return alertmanagerTarget.emit(model(workspace), { rules: BURNS });
}

function write(folder: string, artifacts: readonly Artifact[]): readonly string[] {
  return artifacts.map(({ path, text }) => {
    const file = join(folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
    return file;
  });
}

interface Data {
  readonly status?: string;
  readonly commonLabels?: Record<string, string>;
  readonly commonAnnotations?: Record<string, string>;
  readonly alerts: readonly object[];
}

const WHEN = { startsAt: '2026-11-23T09:00:00Z', endsAt: '2026-11-23T10:30:00Z' };

function alert(annotations: Record<string, string>, instance = 'a', status = 'firing') {
  return { status, labels: { alertname: 'ServiceDown', instance }, annotations, ...WHEN };
}

const DOWN = { alertname: 'ServiceDown', service: 'qagent', severity: 'P1' };
const FULL = {
  summary: 'QAgent <down> & out',
  description: 'No answer for a minute',
  value: '0 of 3',
  runbook_url: 'https://runbooks.example.org/service-down',
  dashboard_url: 'https://grafana.example.org/d/x?a=1&b=2',
};

/** What a template makes of a notification. */
function render(tool: Tool, template: string, data: Data, names: Workspace['project'] = {}): Promise<string> {
  return withFolder((folder) => {
    const [, file] = write(folder, emit({ severities: [{ name: 'P1' }], project: names }));
    const complete = {
      receiver: 'r',
      status: 'firing',
      externalURL: 'http://am.example.org',
      groupLabels: {},
      ...data,
    };
    const input = join(folder, 'data.json');
    writeFileSync(input, JSON.stringify({ commonLabels: {}, commonAnnotations: {}, ...complete }));
    const type = template.endsWith('.html') ? 'html' : 'text';
    const text = `{{ template "${template}" . }}`;
    const args = [`--template.glob=${file}`, `--template.text=${text}`, `--template.type=${type}`];
    return run(tool, 'template', 'render', ...args, `--template.data=${input}`).trim();
  });
}

describeWith('amtool', (tool) => {
  test('accepts what is written for any workspace', async () => {
    await withFolder((folder) => {
      const files = fc.sample(workspaces, 12).flatMap((workspace, index) => {
        return write(join(folder, String(index)), emit(workspace)).slice(0, 1);
      });
      expect(run(tool, 'check-config', ...files).match(/^Checking .*SUCCESS$/gm)).toHaveLength(files.length);
    });
  });

  test('accepts every receiver that this version knows', async () => {
    const minor = Number(tool.version.split('.')[1]);
    const { hook, ...old } = CHANNELS;
    const channels = minor >= 28 ? { ...old, hook } : old;
    const project = { email: EMAIL };
    const severities = [{ name: 'P1', notify: [] }];
    await withFolder((folder) => {
      const [file] = write(
        folder,
        emit({ severities, channels, defaults: { notify: Object.keys(channels) }, project }),
      );
      expect(run(tool, 'check-config', file!)).toMatch(/SUCCESS.*- 2 receivers\n.*- 1 templates\n.*SUCCESS/s);
    });
  });

  describe('titles', () => {
    test.each<[string, Data]>([
      ['[P1] qagent: ServiceDown', { commonLabels: DOWN, alerts: [alert(FULL)] }],
      ['[P1] qagent: ServiceDown (3)', { commonLabels: DOWN, alerts: ['a', 'b', 'c'].map((each) => alert({}, each)) }],
      [
        'RESOLVED [P1] qagent: ServiceDown',
        { status: 'resolved', commonLabels: DOWN, alerts: [alert({}, 'a', 'resolved')] },
      ],
      ['qagent: 2 alerts', { commonLabels: { service: 'qagent' }, alerts: [alert({}), alert({}, 'b')] }],
      ['2 alerts', { alerts: [alert({}), alert({}, 'b')] }],
    ])('%s', async (title, data) => {
      expect(await render(tool, 'qmon.title', data)).toBe(title);
    });

    test('follow the labels of the organisation', async () => {
      const data = { commonLabels: { alertname: 'Down', prio: 'P1', app: 'shop' }, alerts: [alert({})] };
      const labelNames = {
        severity: 'prio',
        service: 'app',
        owner: 'o',
        category: 'c',
        slo: 's',
        kpi: 'k',
        project: 'p',
        environment: 'e',
      };
      expect(await render(tool, 'qmon.title', data, { labelNames })).toBe('[P1] shop: Down');
    });
  });

  const SILENCE =
    'http://am.example.org/#/silences/new?filter=%7Balertname%3D%22ServiceDown%22%2C%20service%3D%22qagent%22%2C%20severity%3D%22P1%22%7D';

  test('a firing alert in plain text', async () => {
    const data = { commonLabels: DOWN, commonAnnotations: FULL, alerts: [alert(FULL)] };
    expect((await render(tool, 'qmon.text', data)).split('\n')).toEqual([
      FULL.summary,
      FULL.description,
      'Value: 0 of 3',
      'Since: 2026-11-23 09:00 UTC',
      `Runbook: ${FULL.runbook_url}`,
      `Dashboard: ${FULL.dashboard_url}`,
      '',
      `Silence: ${SILENCE}`,
    ]);
    expect(await render(tool, 'qmon.runbook', data)).toBe(FULL.runbook_url);
    expect(await render(tool, 'qmon.dashboard', data)).toBe(FULL.dashboard_url);
    expect(await render(tool, 'qmon.silence', data)).toBe(SILENCE);
  });

  const GENERATED_URL = 'http://pod-7:9090/x/graph?g0.expr=up+%3D%3D+0+or+a%7C%3E&g0.tab=1';
  const AT_HOME = 'https://example.org/p$1/graph?g0.expr=up+%3D%3D+0+or+a%7C%3E&g0.tab=1';
  const { prometheus, alertmanager } = model({ severities: [] }).project;
  const ADDRESSES: Workspace['project'] = {
    prometheus: { ...prometheus, url: 'https://example.org/p$1//' },
    alertmanager: { ...alertmanager, url: 'https://example.org/alerts/' },
  };
  const LINKED = { commonLabels: DOWN, alerts: [{ ...alert({}), generatorURL: GENERATED_URL }] };

  test('the graph is the one that Prometheus names, at the address of the project where it has one', async () => {
    expect(await render(tool, 'qmon.text', LINKED)).toContain(`\nGraph: ${GENERATED_URL}\n`);
    expect(await render(tool, 'qmon.text', LINKED, ADDRESSES)).toContain(`\nGraph: ${AT_HOME}\n`);
    expect(await render(tool, 'qmon.slack.text', LINKED, ADDRESSES)).toContain(` · <${AT_HOME}|Graph>\n`);
    expect(await render(tool, 'qmon.email.html', LINKED, ADDRESSES)).toContain(
      `<a href="${AT_HOME.replaceAll('&', '&amp;').replace('+', '&#43;').replaceAll('+', '&#43;')}">Graph</a>`,
    );
  });

  test('silences lead to the Alertmanager of the project where it has an address', async () => {
    const silence = 'https://example.org/alerts/#/silences/new?filter=%7B';
    expect(await render(tool, 'qmon.silence', LINKED, ADDRESSES)).toMatch(silence);
    expect(await render(tool, 'qmon.email.html', LINKED, ADDRESSES)).toContain(`<a href="${silence}`);
  });

  test('the templates of projects that share an Alertmanager stand beside each other', async () => {
    const routing = { type: 'shared', name: 'company' } as const;
    const project = {
      alertmanager: { ...alertmanager, routing },
      environment: { name: 'staging', title: 'S', severityMap: {} },
    };
    const data = { commonLabels: DOWN, alerts: [alert(FULL)] };
    expect(await render(tool, 'shop/staging:qmon.title', data, project)).toBe('[P1] qagent: ServiceDown');
    expect(await render(tool, 'shop/staging:qmon.text', data, project)).toContain(`Silence: ${SILENCE}`);
  });

  test('a silence for an SLO covers all its windows', async () => {
    const data = { commonLabels: { alertname: 'Burn', slo: 'a', window: '1h' }, alerts: [alert({})] };
    const filter = '%7Balertname%3D%22Burn%22%2C%20slo%3D%22a%22%7D';
    expect(await render(tool, 'qmon.silence', data)).toMatch(new RegExp(`filter=${filter}$`));
    expect(await render(tool, 'qmon.email.html', data)).toContain(`filter=${filter}"`);
  });

  test('a resolved alert says from when to when, and offers no silence', async () => {
    const data = { status: 'resolved', commonLabels: DOWN, alerts: [alert(FULL, 'a', 'resolved')] };
    const sentence = `(2026-11-23 09:00 UTC to 2026-11-23 10:30 UTC)`;
    expect(await render(tool, 'qmon.text', data)).toBe(`Resolved: ${FULL.summary} ${sentence}`);
    expect(await render(tool, 'qmon.slack.text', data)).toBe(`Resolved: QAgent &lt;down&gt; &amp; out ${sentence}`);
  });

  test('without annotations the labels tell', async () => {
    const data = { alerts: [alert({}), alert({}, 'b')] };
    const slack = await render(tool, 'qmon.slack.text', data);
    expect(slack).toContain('*ServiceDown instance=a*\nSince 2026-11-23 09:00 UTC\n\n*ServiceDown instance=b*');
    expect(slack).not.toMatch(/<\||no value|Runbook/);
    expect(await render(tool, 'qmon.runbook', data)).toBe('');
  });

  test('Slack gets its own markup', async () => {
    const slack = await render(tool, 'qmon.slack.text', { commonLabels: DOWN, alerts: [alert(FULL)] });
    expect(slack).toContain('*QAgent &lt;down&gt; &amp; out*');
    expect(slack).toContain(` · <${FULL.runbook_url}|Runbook> · <${FULL.dashboard_url}|Dashboard>\n`);
    expect(slack).toContain(`<${SILENCE}|Silence>`);
  });

  test('mail is escaped', async () => {
    const awkward = { ...DOWN, path: 'a "b" \\c&d' };
    const html = await render(tool, 'qmon.email.html', { commonLabels: awkward, alerts: [alert(FULL)] });
    expect(html).toContain('<strong>QAgent &lt;down&gt; &amp; out</strong>');
    expect(html).toContain('<a href="https://grafana.example.org/d/x?a=1&amp;b=2">Dashboard</a>');
    expect(html).toContain('path%3D%22a%20%5c%22b%5c%22%20%5c%5cc%26d%22%2C%20');
  });

  test('a storm is cut', async () => {
    const alerts = Array.from({ length: 12 }, (_, index) => alert({ summary: `S${index}` }));
    const text = await render(tool, 'qmon.text', { alerts });
    expect(text.match(/^S\d+$/gm)).toHaveLength(10);
    expect(text).toContain('The first 10 of 12 firing alerts are shown.');
  });
});
