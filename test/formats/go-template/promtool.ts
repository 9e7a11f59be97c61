import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

function run(path: string, args: readonly string[]): string {
  try {
    return execFileSync(path, args, { encoding: 'utf8', stdio: 'pipe', maxBuffer: 2 ** 28 });
  } catch (error) {
    const { stdout, stderr } = error as { stdout?: string; stderr?: string };
    return `${stdout ?? ''}${stderr ?? ''}`;
  }
}

/** What a promtool says against each template as an annotation of an alert, by its index; all in one call. */
export function templateRefusals(path: string, templates: readonly string[]): Map<number, string> {
  const folder = mkdtempSync(join(tmpdir(), 'qmon-template-'));
  try {
    const file = join(folder, 'rules.json');
    const rules = templates.map((text, index) => ({ alert: `a${index}`, expr: 'up', annotations: { text } }));
    writeFileSync(file, JSON.stringify({ groups: [{ name: 'g', rules }] }));
    const said = run(path, ['check', 'rules', '--lint=none', file]);
    const refused = new Map(
      [...said.matchAll(/rule (\d+), "a\d+": annotation "text": (.*)/g)].map(([, rule, text]) => [
        Number(rule) - 1,
        text!,
      ]),
    );
    if (refused.size === 0 && !said.includes('SUCCESS')) throw new Error(`promtool judged nothing: ${said}`);
    return refused;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/**
 * What each template comes to for the series `up{job="j", instance="i:1"} 0`, by its index. What promtool cannot run
 * stands as `<error expanding template: …`.
 */
export function expansions(path: string, templates: readonly string[]): Map<number, string> {
  const folder = mkdtempSync(join(tmpdir(), 'qmon-template-'));
  try {
    const rules = templates.map((text, index) => ({ alert: `a${index}`, expr: 'up == 0', annotations: { text } }));
    writeFileSync(join(folder, 'rules.json'), JSON.stringify({ groups: [{ name: 'g', rules }] }));
    const asked = templates.map((_, index) => ({ eval_time: '1m', alertname: `a${index}`, exp_alerts: [] }));
    const tests = [
      {
        interval: '1m',
        input_series: [{ series: 'up{job="j", instance="i:1"}', values: '0 0' }],
        alert_rule_test: asked,
      },
    ];
    const file = join(folder, 'test.json');
    writeFileSync(file, JSON.stringify({ rule_files: ['rules.json'], evaluation_interval: '1m', tests }));
    const said = run(path, ['test', 'rules', file]);
    const found = said.matchAll(/Labels:\{alertname="a(\d+)"[^}]*\}\s*Annotations:\{text=(".*")\}$/gm);
    return new Map([...found].map(([, index, text]) => [Number(index), text!]));
  } finally {
    rmSync(folder, { recursive: true });
  }
}
