import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Slo } from '../../src/model/types.ts';
import { type Compilation, compile } from '../../src/pipeline/compile.ts';
import { renderText } from '../../src/report/text.ts';
import { requireTool } from '../tools.ts';

/** What a rule must give at a time: a number within a tolerance, or nothing at all. */
export interface Expectation {
  readonly at: string;
  readonly expr: string;
  readonly is: number | 'absent';
  /** By default exact but for the noise of doubles. */
  readonly within?: number;
}

export interface Scenario {
  /** The documents of the workspace beside Project, Service `shop` and a Channel. */
  readonly specs: string;
  /** Selector → values in promtool's notation, one a minute. */
  readonly series: Readonly<Record<string, string>>;
  readonly expect: readonly Expectation[];
}

const COMMON = `kind: Project
metadata: { name: test }
---
kind: Service
metadata: { name: shop }
---
kind: Channel
metadata: { name: chat }
spec: { slack: { channel: "#chat", apiUrl: { secret: chat } } }
---
`;

const NOISE = 1e-9;

/** promtool compares samples exactly, so a near value is asked for as a condition. */
function asCondition({ expr, is, within = NOISE }: Expectation): string {
  if (is === 'absent') return `absent(sum(${expr})) or vector(0)`;
  return `count(abs((${expr}) - (${is})) <= ${within}) or vector(0)`;
}

function testFile(ruleFiles: readonly string[], { series, expect }: Scenario): string {
  return JSON.stringify({
    rule_files: ruleFiles,
    evaluation_interval: '1m',
    tests: [
      {
        interval: '1m',
        input_series: Object.entries(series).map(([selector, values]) => ({ series: selector, values })),
        promql_expr_test: expect.map((each) => ({
          expr: asCondition(each),
          eval_time: each.at,
          exp_samples: [{ labels: '{}', value: 1 }],
        })),
      },
    ],
  });
}

function compiled(specs: string): Compilation {
  const [[compilation]] = compile([{ path: 'specs/test.yaml', text: COMMON + specs }]);
  if (!compilation?.artifacts) throw new Error(renderText(compilation?.diagnostics ?? [], { color: false }));
  return compilation;
}

/** The first SLO of such a workspace, as the model knows it. */
export function compiledSlo(specs: string): Slo {
  return compiled(specs).model!.slos.all[0]!;
}

/** Compiles the workspace and lets promtool run its rules over the series: what did not come out as expected, in its words. */
export function ruleTestFailures(scenario: Scenario, promtool = requireTool('promtool')): string {
  const rules = compiled(scenario.specs).artifacts!.filter(({ path }) => path.startsWith('prometheus/rules/'));
  const folder = mkdtempSync(join(tmpdir(), 'qmon-rules-'));
  try {
    for (const { path, text } of rules) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    const file = join(folder, 'test.yml');
    writeFileSync(
      file,
      testFile(
        rules.map(({ path }) => path),
        scenario,
      ),
    );
    execFileSync(promtool, ['test', 'rules', file], { stdio: 'pipe' });
    return '';
  } catch (error) {
    const { stdout, stderr } = error as { stdout?: Buffer; stderr?: Buffer };
    if (!stdout) throw error;
    return `${stdout}${stderr}`;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
