// What every bench needs: a folder for its files, the program, promtool, and the time that a command takes.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

export const qmon = join(root, 'bin', 'qmon.js');
export const folder = mkdtempSync(join(tmpdir(), 'qmon-bench-'));

/** The promtool of the PATH, or the one that `npm run tools` found; nothing without either. */
export function promtool() {
  const folders = [
    ...(process.env.PATH ?? '').split(delimiter),
    process.env.QMON_TOOLS_DIR,
    join(root, '.tools', 'bin'),
  ];
  return folders.map((each) => join(each ?? '', 'promtool')).find((path) => existsSync(path));
}

/** The fastest of several runs: what the machine can do when nothing else disturbs it. */
export function fastestMs(times, command, args, before = () => {}) {
  let best = Number.POSITIVE_INFINITY;
  for (let run = 0; run < times; run++) {
    before();
    const start = process.hrtime.bigint();
    execFileSync(command, args, { stdio: 'ignore', cwd: folder });
    best = Math.min(best, Number(process.hrtime.bigint() - start) / 1e6);
  }
  return best;
}

/** Writes a workspace, path and text, below a name. */
export function writeWorkspace(name, files) {
  for (const [path, text] of files) {
    const file = join(folder, name, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
}
