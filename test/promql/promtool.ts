import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { versionsOf } from '../tools.ts';

export interface Promtool {
  readonly path: string;
  readonly version: string;
  readonly major: number;
}

/** Every promtool at hand. */
export function promtools(): Promtool[] {
  return versionsOf('promtool').map(({ path, version }) => ({ path, version, major: Number.parseInt(version, 10) }));
}

function run(path: string, args: readonly string[]): string {
  try {
    return execFileSync(path, args, { encoding: 'utf8', stdio: 'pipe' });
  } catch (error) {
    const { stdout, stderr } = error as { stdout?: string; stderr?: string };
    return `${stdout ?? ''}${stderr ?? ''}`;
  }
}

/** What promtool says against each expression, by its index; all in one call. */
export function refusals(
  { path }: Promtool,
  expressions: readonly string[],
  flags: readonly string[] = [],
): Map<number, string> {
  const folder = mkdtempSync(join(tmpdir(), 'qmon-promql-'));
  try {
    const file = join(folder, 'rules.json');
    const rules = expressions.map((expr, index) => ({ record: `r${index}`, expr }));
    writeFileSync(file, JSON.stringify({ groups: [{ name: 'g', rules }] }));
    const said = run(path, ['check', 'rules', '--lint=none', ...flags.map((flag) => `--enable-feature=${flag}`), file]);
    const refused = new Map(
      [...said.matchAll(/rule (\d+), "r\d+": (.*)/g)].map(([, rule, text]) => [Number(rule) - 1, text!]),
    );
    if (refused.size === 0 && !said.includes('SUCCESS')) throw new Error(`promtool judged nothing: ${said}`);
    return refused;
  } finally {
    rmSync(folder, { recursive: true });
  }
}
