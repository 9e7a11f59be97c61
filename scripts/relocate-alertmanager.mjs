// Lets Debian's Alertmanager run from the folder where its package was unpacked. It reads its own message templates from
// /usr/share/prometheus/alertmanager, a path that is compiled in, and does not start without them.
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const COMPILED_IN = '/usr/share/prometheus/alertmanager';
/** The folder that the launcher opens for the program, whatever the working directory is; slashes fill up the length. */
const OPENED = '/proc/self/fd/9'.padEnd(COMPILED_IN.length, '/');

/** Writes a file that appears only when it is complete. */
function writeProgram(path, content) {
  const fresh = `${path}.${process.pid}`;
  writeFileSync(fresh, content, { mode: 0o755 });
  renameSync(fresh, path);
}

function quoted(path) {
  return `'${path.replaceAll("'", "'\\''")}'`;
}

/**
 * Writes a launcher for `…/usr/bin/prometheus-alertmanager`, and beside the program a copy of it that finds the
 * templates of the same package. Linux only. Returns false, and writes nothing, when the path is not compiled in.
 */
export function relocateAlertmanager(program, launcher) {
  const content = readFileSync(program);
  let index = content.indexOf(COMPILED_IN);
  if (index === -1) return false;
  for (; index !== -1; index = content.indexOf(COMPILED_IN, index + 1)) content.write(OPENED, index, 'latin1');
  const relocated = `${program}.relocated`;
  writeProgram(relocated, content);
  const templates = join(dirname(dirname(program)), 'share', 'prometheus', 'alertmanager');
  writeProgram(launcher, `#!/bin/sh\nexec 9<${quoted(templates)}\nexec ${quoted(relocated)} "$@"\n`);
  return true;
}
