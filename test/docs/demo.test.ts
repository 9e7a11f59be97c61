import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { root } from '../architecture/sources.ts';
import { pathWithTools } from '../tools.ts';

describe('npm run demo', () => {
  it('shows what came out, and where to look', () => {
    const out = mkdtempSync(join(tmpdir(), 'qmon-demo-'));
    const environment = { ...process.env, PATH: pathWithTools };
    const options = { cwd: root, encoding: 'utf8', env: environment } as const;
    const { status, stdout, stderr } = spawnSync(process.execPath, ['scripts/demo.mjs', out], options);
    const shown = [...stdout.matchAll(/^ {2}(\S+\/\S+) {2,}\S/gm)].map(([, path]) => path!);
    const missing = shown.filter((path) => !existsSync(path.startsWith('/') ? path : join(root, path)));
    rmSync(out, { recursive: true, force: true });
    expect(status, stderr).toBe(0);
    expect(stderr).toMatch(/7 SLOs, 16 KPIs/);
    expect(stderr).not.toMatch(/error|bug|undefined/i);
    expect(shown.length).toBeGreaterThan(4);
    expect(missing).toEqual([]);
  });
});
