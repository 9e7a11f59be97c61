// Prints how long reading an expression takes, by its length, and that a text twice as long takes twice the time.
// usage: node bench/promql.mjs [--rounds 20000]
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';

const { values } = parseArgs({ options: { rounds: { type: 'string', default: '20000' } } });
const rounds = Number(values.rounds);
const folder = mkdtempSync(join(tmpdir(), 'qmon-bench-'));
const outfile = join(folder, 'parser.mjs');
const entry = fileURLToPath(new URL('../src/promql/parser.ts', import.meta.url));
await build({ entryPoints: [entry], bundle: true, platform: 'node', format: 'esm', outfile, logLevel: 'error' });
const { parseExpression } = await import(outfile);
rmSync(folder, { recursive: true });

const EXPRESSIONS = {
  'up == 0': 'up == 0',
  '40 characters': 'sum(rate(http_requests_total[5m])) > 100',
  '40 with matcher': 'rate(http_requests_total{job="api"}[5m])',
  'regular expression': 'rate(requests_total{code=~"5..|4(04|29)"}[5m])',
  'error ratio':
    'sum by (job) (rate(http_requests_total{code=~"5.."}[5m])) / sum by (job) (rate(http_requests_total[5m])) > 0.01',
  'with a fault': 'sum(rate(http_requests_total)) by (job) > 0',
};

/** The fastest of several runs, in microseconds: what the machine can do when nothing else disturbs it. */
function fastestUs(text, times) {
  let best = Number.POSITIVE_INFINITY;
  for (let run = 0; run < 7; run++) {
    const start = process.hrtime.bigint();
    for (let index = 0; index < times; index++) parseExpression(text);
    best = Math.min(best, Number(process.hrtime.bigint() - start) / 1e3 / times);
  }
  return best;
}

for (const [name, text] of Object.entries(EXPRESSIONS)) {
  const us = fastestUs(text, rounds);
  console.log(`${name.padEnd(20)} ${String(text.length).padStart(5)} characters ${us.toFixed(2).padStart(8)} µs`);
}
const UNIT = 'rate(http_requests_total{job="api",code=~"5.."}[5m])';
for (const count of [10, 100, 500, 900]) {
  const text = Array(count).fill(UNIT).join(' + ');
  const us = fastestUs(text, 10);
  const each = ((us / text.length) * 1e3).toFixed(0);
  console.log(`${String(text.length).padStart(26)} characters ${us.toFixed(0).padStart(8)} µs, ${each} ns each`);
}
