// Compiles the example workspace and says where to look. Needs `npm run build`; with `npm run tools` promtool and amtool judge the result.
// usage: node scripts/demo.mjs [out]
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const specs = 'specs/quantum-suite';
const out = process.argv[2] ?? 'out';
const unpacked = join(root, '.tools', 'bin');

/** The unpacked tools serve where nobody has named others. */
const environment = { ...(existsSync(unpacked) && { QMON_TOOLS_DIR: unpacked }), ...process.env };

const { status } = spawnSync(process.execPath, ['bin/qmon.js', 'generate', specs, '-o', out], {
  cwd: root,
  env: environment,
  stdio: 'inherit',
});
if (status !== 0) process.exit(status ?? 70);

const shown = [
  [`${specs}/slos/qagent.yaml`, 'what an author writes: objectives'],
  [`${specs}/severities.yaml`, 'what an author writes: severities'],
  [`${out}/quantum-suite/prometheus/rules/qagent.yml`, 'recording rules and alerts of one service'],
  [`${out}/quantum-suite/alertmanager/alertmanager.yml`, 'who is told of which alert'],
  [`${out}/quantum-suite/grafana/dashboards/service-qagent.json`, 'the dashboard of one service'],
  [`${out}/quantum-suite/runbooks/index.md`, 'the runbooks, by service, alert and severity'],
];
const width = Math.max(...shown.map(([path]) => path.length));

console.log(`
Look at
${shown.map(([path, what]) => `  ${path.padEnd(width)}  ${what}`).join('\n')}

Try
  Change an objective in ${specs}/slos/qagent.yaml, then
  node bin/qmon.js diff ${specs}       what a deploy would change
  node bin/qmon.js generate ${specs}   write it

README.md has a tour of five minutes.`);
