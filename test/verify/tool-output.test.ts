import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { checkAlertmanagerArgs, parseCheckAlertmanager } from '../../src/verify/amtool.ts';
import type { ToolFinding } from '../../src/verify/finding.ts';
import { checkConfigArgs, checkRulesArgs, parseCheckConfig, parseCheckRules } from '../../src/verify/promtool.ts';
import { describeWithTools, versionsOf } from '../tools.ts';

/** What the real tools print about `bad/`, and whether the parsers understand it: recorded for three versions, and live for those at hand. */

interface Printed {
  readonly stdout: string;
  readonly stderr: string;
  readonly exitCode: number;
}

type Recording = Readonly<Record<string, Printed>>;

const folder = (name: string) => fileURLToPath(new URL(`${name}/`, import.meta.url));
const bad = readdirSync(folder('bad')).filter((name) => name.endsWith('.yml'));
const alertmanagerFiles = bad.filter((name) => name.startsWith('alertmanager-'));
const prometheusFiles = bad.filter((name) => name.startsWith('prometheus-'));
const ruleFiles = bad.filter((name) => !name.startsWith('alertmanager-') && !name.startsWith('prometheus-'));

/** Every call by its name: one file each, and all files of a kind at once, because then the order of the blocks counts. */
const calls = {
  promtool: [
    ...ruleFiles.map((file) => ({ name: file, args: checkRulesArgs([file]), parse: parseCheckRules })),
    ...prometheusFiles.map((file) => ({ name: file, args: checkConfigArgs([file]), parse: parseCheckConfig })),
    { name: 'all rules', args: checkRulesArgs(ruleFiles), parse: parseCheckRules },
    { name: 'all configurations', args: checkConfigArgs(prometheusFiles), parse: parseCheckConfig },
    { name: 'a missing file', args: checkRulesArgs(['gone.yml']), parse: parseCheckRules },
  ],
  amtool: [
    ...alertmanagerFiles.map((file) => ({
      name: file,
      args: checkAlertmanagerArgs([file]),
      parse: parseCheckAlertmanager,
    })),
    { name: 'all configurations', args: checkAlertmanagerArgs(alertmanagerFiles), parse: parseCheckAlertmanager },
    { name: 'a missing file', args: checkAlertmanagerArgs(['gone.yml']), parse: parseCheckAlertmanager },
  ],
};

type Judge = keyof typeof calls;

function print(path: string, args: readonly string[]): Printed {
  const { stdout, stderr, status } = spawnSync(path, args, { encoding: 'utf8', cwd: folder('bad') });
  return { stdout, stderr, exitCode: status ?? -1 };
}

const recordings = readdirSync(folder('recorded')).map((file) => {
  const [, tool = '', version = ''] = /^(\w+)-([\d.]+)\.json$/.exec(file)!;
  return {
    tool: tool as Judge,
    version,
    recording: JSON.parse(readFileSync(folder('recorded') + file, 'utf8')) as Recording,
  };
});

function findings(tool: Judge, name: string, printed: Printed): readonly ToolFinding[] {
  const call = calls[tool].find((each) => each.name === name)!;
  return call.parse(printed.stdout, printed.stderr, printed.exitCode);
}

/** Short, for comparison: promtool reports the templates of a rule in random order. */
function brief(found: readonly ToolFinding[]): readonly string[] {
  const lines = found.map(
    ({ file, line, column, group, ruleNumber, ruleName, field, expressionLine, expressionColumn, message }) => {
      const rule = ruleNumber === undefined ? undefined : `${group}[${ruleNumber}] ${ruleName}`;
      const inside = expressionLine && `(${expressionLine}:${expressionColumn})`;
      return [`${file}:${line ?? ''}:${column ?? ''}`, rule, field?.join('.'), inside, message]
        .filter(Boolean)
        .join(' ');
    },
  );
  return lines.sort();
}

const record = process.env.QMON_RECORD !== undefined;

for (const tool of ['promtool', 'amtool'] as const) {
  describeWithTools([tool], `${tool} of this machine`, () => {
    for (const { path, version } of versionsOf(tool)) {
      const short = version.split('.').slice(0, 2).join('.');
      const known = recordings.find((each) => each.tool === tool && each.version === short);
      if (record) {
        it(`${version} is recorded`, () => {
          const recording = Object.fromEntries(calls[tool].map(({ name, args }) => [name, print(path, args)]));
          writeFileSync(`${folder('recorded')}${tool}-${short}.json`, `${JSON.stringify(recording, undefined, 2)}\n`);
        });
        continue;
      }
      it(`${version} is understood${known ? ', and prints what was recorded' : ''}`, () => {
        for (const { name, args } of calls[tool]) {
          const printed = print(path, args);
          const found = findings(tool, name, printed);
          expect(found.length > 0, name).toBe(/FAILED|error:/.test(printed.stdout + printed.stderr));
          for (const { message } of found) expect(message).not.toMatch(/FAILED|^\S+\.yml:|^ | $/);
          if (known && name !== 'a missing file') {
            expect(brief(found), name).toEqual(brief(findings(tool, name, known.recording[name]!)));
          }
        }
      });
    }
  });
}
