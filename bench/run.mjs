// Prints how long qmon takes, as ratios against something measured in the same minute on the same machine.
// usage: node bench/run.mjs [--sizes 100,1000,10000] [--runs 5]        run `npm run build` and `npm run tools` first
import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { fastestMs, folder, promtool, qmon, writeWorkspace } from './measure.mjs';
import { workspace } from './workspace.mjs';

const { values } = parseArgs({
  options: { sizes: { type: 'string', default: '100,1000,10000' }, runs: { type: 'string', default: '5' } },
});
const runs = Number(values.runs);
const sizes = values.sizes.split(',').map(Number);

function row(name, ms, comparison = '') {
  console.log(`${name.padEnd(44)}${ms.toFixed(0).padStart(8)} ms   ${comparison}`);
}

function ratio(ms, reference, name) {
  return `${(ms / reference).toFixed(2)} × ${name}`;
}

function measure(size, tool, previous) {
  writeWorkspace(`specs-${size}`, workspace(size));
  const out = join(folder, `out-${size}`);
  const fresh = () => rmSync(out, { recursive: true, force: true });
  const args = ['generate', `specs-${size}`, '-o', out, '--tools', 'off'];
  const times = size > 1000 ? 2 : runs;
  const first = fastestMs(times, process.execPath, [qmon, ...args], fresh);
  const again = fastestMs(times, process.execPath, [qmon, ...args]);
  const only = [...args, '--target', 'prometheus'];
  const rulesOnly = fastestMs(times, process.execPath, [qmon, ...only], fresh);
  fastestMs(1, process.execPath, [qmon, ...args], fresh);
  const rules = join(out, `bench-${size}`, 'prometheus', 'rules');
  const files = readdirSync(rules).map((name) => join(rules, name));
  const checking = tool && fastestMs(Math.min(times, 3), tool, ['check', 'rules', ...files]);
  const growth = previous && `, ${(first / previous.first / (size / previous.size)).toFixed(2)} × linear growth`;
  row(
    `generate ${size} SLOs, everything new`,
    first,
    (checking ? ratio(first, checking, 'promtool check rules') : '') + (growth ?? ''),
  );
  row(
    `generate ${size} SLOs, nothing to change`,
    again,
    checking ? ratio(again, checking, 'promtool check rules') : '',
  );
  row(
    `generate ${size} SLOs, rules only`,
    rulesOnly,
    checking ? ratio(rulesOnly, checking, 'promtool check rules') : '',
  );
  if (checking) row(`promtool check rules, ${files.length} files`, checking);
  return { size, first };
}

try {
  const start = fastestMs(3 * runs, process.execPath, ['-e', '0']);
  row('node -e 0', start);
  const version = fastestMs(3 * runs, process.execPath, [qmon, '--version']);
  row('qmon --version', version, ratio(version, start, 'node -e 0'));
  const tool = promtool();
  if (!tool) console.error('promtool is not found: no comparison with it');
  let previous;
  for (const size of sizes) previous = measure(size, tool, previous);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
