// Prints what sharing costs: one policy that many services use, against the same policies written out by hand, against
// promtool, and against more environments; as ratios of what was measured in the same minute on the same machine.
// usage: node bench/shared.mjs [--services 500,5000] [--runs 5]        run `npm run build` and `npm run tools` first
import { execFileSync } from 'node:child_process';
import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { fastestMs, folder, promtool, qmon, writeWorkspace } from './measure.mjs';
import { sharedWorkspace } from './shared-workspace.mjs';

const { values } = parseArgs({
  options: { services: { type: 'string', default: '500,5000' }, runs: { type: 'string', default: '5' } },
});
const runs = Number(values.runs);

/** Compiles a workspace and checks it, without writing: what differs is all that is measured. */
function validateMs(name, choice) {
  writeWorkspace(name, sharedWorkspace(choice));
  return fastestMs(runs, process.execPath, [qmon, 'validate', name, '--tools', 'off']);
}

function checkMs(tool, name) {
  execFileSync(
    process.execPath,
    [qmon, 'generate', name, '-o', `${name}-out`, '--tools', 'off', '--target', 'prometheus'],
    {
      stdio: 'ignore',
      cwd: folder,
    },
  );
  const rules = join(folder, `${name}-out`, 'bench', 'prometheus', 'rules');
  return fastestMs(runs, tool, ['check', 'rules', ...readdirSync(rules).map((each) => join(rules, each))]);
}

function row(name, ms, ...comparisons) {
  console.log(`${name.padEnd(48)}${ms.toFixed(0).padStart(7)} ms   ${comparisons.filter(Boolean).join(', ')}`);
}

function ratio(ms, reference, name) {
  return `${(ms / reference).toFixed(2)} × ${name}`;
}

function measure(services, tool, previous) {
  const shared = validateMs(`shared-${services}`, { services, shared: true });
  const written = validateMs(`written-${services}`, { services, shared: false });
  const two = validateMs(`two-${services}`, { services, shared: true, environments: 2 });
  const checking = tool && checkMs(tool, `shared-${services}`);
  const growth =
    previous && `${(shared / previous.shared / (services / previous.services)).toFixed(2)} × linear growth`;
  row(
    `${services} services, one policy of 5 rules`,
    shared,
    ratio(shared, written, 'written out'),
    checking && ratio(shared, checking, 'promtool check rules'),
    growth,
  );
  row(`${services} services, ${services} policies`, written);
  row(`${services} services, two environments`, two, ratio(two, shared, 'one'));
  if (checking) row(`promtool check rules, ${services} files`, checking);
  return { services, shared };
}

try {
  const tool = promtool();
  if (!tool) console.error('promtool is not found: no comparison with it');
  let previous;
  for (const services of values.services.split(',').map(Number)) previous = measure(services, tool, previous);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
