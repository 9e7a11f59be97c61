import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'vitest';
import { pathWithTools } from '../tools.ts';

/**
 * What a page of the documentation says, as steps. A fenced block `sh` is run; the `text` below it is what it prints, with `…` for
 * anything. A comment above a block says more: `<!-- file: PATH -->` the block is a file, `<!-- insert: PATH after: TEXT -->`,
 * `<!-- append: PATH -->` and `<!-- replace: PATH TEXT -->` it changes one, `<!-- exit: 1 -->` the command fails so, `<!-- not run -->` it is
 * for reading only. Other blocks are not looked at.
 */
export type Step =
  | { readonly type: 'file'; readonly path: string; readonly text: string }
  /** A change of a file that is there: below a line that contains a text, at the end, or instead of a text. */
  | { readonly type: 'edit'; readonly how: Edit; readonly path: string; readonly where: string; readonly text: string }
  | {
      readonly type: 'run';
      readonly line: number;
      readonly script: string;
      readonly exitCode: number;
      output?: string;
    };

type Edit = 'insert' | 'append' | 'replace';

const EDIT = /^(?<how>insert|append|replace): (?<path>\S+)(?: (?:after: )?(?<where>.+))?$/;

const BLOCK = /(?:^<!-- (?<note>[^\n]*) -->\n)?^```(?<language>[a-z]*)\n(?<body>[\s\S]*?)^```$/gm;

/** The steps of a page, in their order. */
export function stepsOf(page: string): Step[] {
  const steps: Step[] = [];
  for (const match of page.matchAll(BLOCK)) {
    const { note = '', language = '', body = '' } = match.groups ?? {};
    const path = /^file: (.+)$/.exec(note)?.[1];
    const line = page.slice(0, match.index).split('\n').length;
    const last = steps.at(-1);
    if (note === 'not run') continue;
    const { how, path: edited, where = '' } = EDIT.exec(note)?.groups ?? {};
    if (edited !== undefined) steps.push({ type: 'edit', how: how as Edit, path: edited, where, text: body });
    else if (path !== undefined) steps.push({ type: 'file', path, text: body });
    else if (language === 'sh') {
      steps.push({ type: 'run', line, script: body, exitCode: Number(/^exit: (\d+)$/.exec(note)?.[1] ?? 0) });
    } else if (language === 'text' && last?.type === 'run' && last.output === undefined) last.output = body;
  }
  return steps;
}

const root = fileURLToPath(new URL('../..', import.meta.url));

export interface Outcome {
  readonly exitCode: number;
  /** Both streams as a terminal shows them. */
  readonly output: string;
}

/** A folder in which a page is tried out: `qmon` is the built program, the working folder lasts from step to step. */
export class Trial {
  readonly folder = mkdtempSync(join(tmpdir(), 'qmon-docs-'));
  #cwd = this.folder;

  constructor() {
    mkdirSync(join(this.folder, '.bin'));
    const launcher = `#!/bin/sh\nexec '${process.execPath}' '${join(root, 'bin', 'qmon.js')}' "$@"\n`;
    writeFileSync(join(this.folder, '.bin', 'qmon'), launcher, { mode: 0o755 });
  }

  write(path: string, text: string): void {
    const file = join(this.#cwd, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }

  /** The place of a change must be there, or the page is out of date. */
  edit({ how, path, where, text }: Step & { type: 'edit' }): void {
    const before = readFileSync(join(this.#cwd, path), 'utf8');
    const at = before.indexOf(where);
    if (at === -1) throw new Error(`${path} has no \`${where}\``);
    const end = before.indexOf('\n', at) + 1;
    const after = {
      insert: () => before.slice(0, end) + text + before.slice(end),
      append: () => before + text,
      replace: () => before.slice(0, at) + text.trim() + before.slice(at + where.length),
    };
    this.write(path, after[how]());
  }

  run(script: string): Promise<Outcome> {
    const where = join(this.folder, '.where');
    const whole = `trap 'pwd > "${where}"' EXIT\nexec 2>&1\nset -e\n${script}`;
    const { NO_COLOR: _, FORCE_COLOR: __, ...env } = process.env;
    const options = { cwd: this.#cwd, env: { ...env, PATH: `${join(this.folder, '.bin')}:${pathWithTools}` } };
    return new Promise((resolve) => {
      execFile('bash', ['-c', whole], { ...options, encoding: 'utf8' }, (error, output) => {
        this.#cwd = readFileSync(where, 'utf8').trim();
        resolve({ exitCode: error === null ? 0 : Number(error.code), output });
      });
    });
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** What qmon says on a machine without the tools. */
const WITHOUT_TOOLS = /^not verified .*\n/gm;

/** Does one step, and says what is not as the page says. */
export async function perform(trial: Trial, page: string, step: Step): Promise<void> {
  if (step.type === 'file') return trial.write(step.path, step.text);
  if (step.type === 'edit') return trial.edit(step);
  const { exitCode, output } = await trial.run(step.script);
  const place = `${page}:${step.line}: ${step.script.trim()}\n${output}`;
  expect(exitCode, place).toBe(step.exitCode);
  if (step.output !== undefined && !looksLike(output, step.output)) expect(output, place).toBe(step.output);
}

/** Whether a text is what a page says that it is; `…` stands for anything on its line. */
export function looksLike(output: string, expected: string): boolean {
  const escaped = expected.trimEnd().replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`^${escaped.replaceAll('…', '.*')}$`).test(output.replace(WITHOUT_TOOLS, '').trimEnd());
}
