import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { run } from '../../src/cli/commands/import.ts';
import { consoleOf } from '../../src/cli/console.ts';
import { nodeHost } from '../../src/host/node.ts';
import { compiledCatalog } from '../dialects/compiled.ts';
import { describeWithTools } from '../tools.ts';
import { type Program, startProgram } from './program.ts';
import { pairsAtHand } from './programs.ts';
import { until } from './until.ts';

async function imported(url: string, options: Parameters<typeof run>[2]): Promise<string> {
  let printed = '';
  const host = nodeHost();
  const print = async (stream: string, text: string) => {
    if (stream === 'stdout') printed += text;
  };
  expect(await run(consoleOf({}, { ...host, print }), 'metrics', options, [url])).toBe(0);
  return printed;
}

/** What Prometheus itself knows of its own metrics, once it has scraped itself. */
async function metadataOf(url: string): Promise<Readonly<Record<string, readonly { readonly type: string }[]>>> {
  const answer = await fetch(`${url}/api/v1/metadata`);
  const { data } = (await answer.json()) as { data: Readonly<Record<string, readonly { readonly type: string }[]>> };
  return data;
}

async function seriesNames(url: string): Promise<readonly string[]> {
  const answer = await fetch(`${url}/api/v1/label/__name__/values`);
  return ((await answer.json()) as { data: readonly string[] }).data;
}

describeWithTools(['prometheus'], 'the metrics of a running Prometheus', () => {
  const programs = [...new Map(pairsAtHand().map(({ prometheus }) => [prometheus.version, prometheus])).values()];

  describe.each(programs)('$version', ({ path }) => {
    const folder = mkdtempSync(join(tmpdir(), 'qmon-import-'));
    let program: Program;

    beforeAll(async () => {
      program = await startProgram(path, (address) => {
        const config = `global: { scrape_interval: 100ms, scrape_timeout: 100ms }\nscrape_configs: [{ job_name: own, static_configs: [{ targets: ["${address}"] }] }]\n`;
        writeFileSync(join(folder, 'prometheus.yml'), config);
        return [
          `--config.file=${join(folder, 'prometheus.yml')}`,
          `--storage.tsdb.path=${join(folder, 'data')}`,
          `--web.listen-address=${address}`,
        ];
      });
    }, 60_000);

    afterAll(async () => {
      await program?.stop();
      rmSync(folder, { recursive: true, force: true });
    });

    it('make a catalogue that compiles', async () => {
      const text = await imported(`${program.url}/metrics`, { prefix: 'prometheus_' });
      const { problems, metrics } = compiledCatalog(text);
      expect(problems).toEqual([]);
      expect(metrics.length).toBeGreaterThan(100);
      const duration = metrics.find(({ name }) => name === 'prometheus_http_response_size_bytes')!;
      expect(duration).toMatchObject({ type: 'histogram', unit: 'bytes', labels: ['handler'] });
      expect(duration.buckets!.length).toBeGreaterThan(3);
    });

    it('have the types and names that Prometheus itself sees', async () => {
      const { metrics } = compiledCatalog(await imported(`${program.url}/metrics`, { without: ['none'] }));
      await until('it has scraped every metric of the catalogue', async () => {
        const stored = new Set(await seriesNames(program.url));
        return metrics.every(({ name }) => stored.has(name) || stored.has(`${name}_count`));
      });
      const metadata = await metadataOf(program.url);
      const known = metrics.filter(({ name }) => metadata[name] && name !== 'prometheus_build_info');
      expect(known.length).toBeGreaterThan(100);
      for (const { name, type } of known) {
        expect(`${name} ${type === 'native' ? 'histogram' : type}`).toBe(`${name} ${metadata[name]![0]!.type}`);
      }
    });
  });
});
