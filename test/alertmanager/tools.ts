import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe } from 'vitest';
import type { ToolName } from '../../src/verify/tool.ts';
import { describeWithTools, type ToolAt, versionsOf } from '../tools.ts';

export type Tool = ToolAt;

/** A block for every version at hand. */
export function describeWith(tool: ToolName, block: (found: Tool) => void): void {
  describeWithTools([tool], tool, () => {
    for (const each of versionsOf(tool)) describe(each.version, () => block(each));
  });
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
