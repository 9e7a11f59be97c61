import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { describe } from 'vitest';

export interface Tool {
  /** `amtool`, or `amtool-0.28` where there are several. */
  readonly name: string;
  readonly path: string;
}

function list(folder: string): string[] {
  try {
    return readdirSync(folder).sort();
  } catch {
    return [];
  }
}

/** Every version of a tool below QMON_TOOLS_DIR, and the one on the PATH. */
export function findTools(tool: string): readonly Tool[] {
  const own = process.env.QMON_TOOLS_DIR;
  const versions = own === undefined ? [] : list(own).filter((name) => name.startsWith(`${tool}-`));
  const onPath = (process.env.PATH ?? '').split(delimiter).find((folder) => list(folder).includes(tool));
  const found = versions.map((name) => ({ name, path: join(own ?? '', name) }));
  return onPath === undefined ? found : [{ name: tool, path: join(onPath, tool) }, ...found];
}

/** A block for every version at hand; where there is none it is skipped by name. */
export function describeWith(tool: string, block: (found: Tool) => void): void {
  const found = findTools(tool);
  if (found.length === 0) describe.skip(`needs ${tool}, which is neither on the PATH nor in QMON_TOOLS_DIR`, () => {});
  for (const each of found) describe(each.name, () => block(each));
}

/** What the tool prints; it throws where the tool fails. */
export function run(tool: Tool, ...args: readonly string[]): string {
  return execFileSync(tool.path, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
}

/** A folder that exists while the block runs. */
export async function withFolder<T>(block: (folder: string) => T | Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'qmon-test-'));
  try {
    return await block(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
