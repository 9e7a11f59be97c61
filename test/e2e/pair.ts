import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { present } from '../../src/base/assert.ts';
import type { Model } from '../../src/model/types.ts';
import type { Artifact } from '../../src/output/artifact.ts';
import { compile } from '../../src/pipeline/compile.ts';
import { type Channels, startChannels } from './channels.ts';
import { hurriedRules, overlay, type Place } from './overlay.ts';
import { type Program, startProgram } from './program.ts';
import type { Programs } from './programs.ts';
import { PrometheusApi } from './prometheus-api.ts';
import { type Services, startServices } from './services.ts';
import { until } from './until.ts';

/** A Prometheus and an Alertmanager that run what qmon made of a workspace, with services and channels around them. */
export interface Pair {
  readonly model: Model;
  readonly artifacts: readonly Artifact[];
  readonly services: Services;
  readonly channels: Channels;
  readonly prometheus: PrometheusApi;
  readonly alertmanagerUrl: string;
  /** What both have printed last, and every message. */
  log(): string;
  stop(): Promise<void>;
}

const SPECS = new URL('../../specs/quantum-suite/', import.meta.url);

/** The example, as its author wrote it. */
export function specFiles() {
  const names = readdirSync(SPECS, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.yaml'));
  return names.map((name) => ({ path: name, text: readFileSync(new URL(name, SPECS), 'utf8') }));
}

function compileFor(place: Place): { model: Model; artifacts: readonly Artifact[] } {
  const [[compilation]] = compile(specFiles(), { adjust: overlay(place), adjustRules: hurriedRules });
  const { model, artifacts, diagnostics } = present(compilation, 'the workspace');
  if (!model || !artifacts) throw new Error(diagnostics.map(({ message }) => message).join('\n'));
  return { model, artifacts };
}

/** Undoes in reverse order what was started, also when a later start fails. */
class Cleanup {
  readonly #steps: (() => void | Promise<void>)[] = [];

  add<T>(value: T, step: (value: T) => void | Promise<void>): T {
    this.#steps.push(() => step(value));
    return value;
  }

  async run(): Promise<void> {
    for (let step = this.#steps.pop(); step; step = this.#steps.pop()) await step();
  }
}

/** Compiles the example with the overlay, starts everything and waits until it is ready. */
export async function startPair(programs: Programs): Promise<Pair> {
  const cleanup = new Cleanup();
  try {
    return await assemble(programs, cleanup);
  } catch (error) {
    await cleanup.run();
    throw error;
  }
}

async function assemble(programs: Programs, cleanup: Cleanup): Promise<Pair> {
  const folder = cleanup.add(mkdtempSync(join(tmpdir(), 'qmon-e2e-')), (path) =>
    rmSync(path, { recursive: true, force: true }),
  );
  const channels = cleanup.add(await startChannels(), ({ close }) => close());
  const place = { secretsDir: join(folder, 'secrets'), channelUrl: channels.urlOf };
  // Alertmanager runs first: Prometheus must be told its address, which is known only then.
  const unknown = 'http://127.0.0.1:1';
  const first = compileFor({ ...place, alertmanagerUrl: unknown });
  writeSecrets(first.model, channels);
  write(
    folder,
    first.artifacts.filter(({ target }) => target === 'alertmanager'),
  );
  pointPagerduty(join(folder, 'alertmanager/alertmanager.yml'), channels);
  const alertmanager = cleanup.add(await startAlertmanager(programs, folder), ({ stop }) => stop());
  const { model, artifacts } = compileFor({ ...place, alertmanagerUrl: alertmanager.url });
  const services = cleanup.add(await startServices(model), ({ close }) => close());
  const own = artifacts.filter(({ target }) => target === 'prometheus');
  const isRules = ({ path }: Artifact) => path.startsWith('prometheus/rules/');
  write(
    folder,
    own.filter((artifact) => !isRules(artifact)),
  );
  appendTo(join(folder, 'prometheus/prometheus.yml'), services.scrapeConfigs);
  const prometheus = cleanup.add(await startPrometheus(programs, folder), ({ stop }) => stop());
  const api = new PrometheusApi(prometheus.url);
  // Rules come once every job is scraped, some seconds after the start: with a `for` of two seconds all seem down before.
  await until('every job is scraped', async () => (await api.query('up == 1')).count === services.jobs.length);
  write(folder, own.filter(isRules));
  await api.reload();
  // For some seconds after it has read its configuration, Prometheus knows no Alertmanager, and tries again a minute later.
  await until('Prometheus knows its Alertmanager', async () => (await api.alertmanagers()) === 1);
  return {
    model,
    artifacts,
    services,
    channels,
    prometheus: api,
    alertmanagerUrl: alertmanager.url,
    log: () => {
      const messages = channels.received.map((message) => JSON.stringify(message)).join('\n');
      return `--- Alertmanager\n${tail(alertmanager)}\n--- Prometheus\n${tail(prometheus)}\n--- Messages\n${messages}`;
    },
    stop: () => cleanup.run(),
  };
}

const SHOWN_LINES = 15;

function tail(program: Program): string {
  return program.log().trimEnd().split('\n').slice(-SHOWN_LINES).join('\n');
}

function write(folder: string, artifacts: readonly Artifact[]): void {
  for (const { path, text } of artifacts) {
    const target = join(folder, path);
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, text);
  }
}

/** Slack's addresses and PagerDuty's keys are secrets, so here they say which channel they belong to. */
function writeSecrets(model: Model, channels: Channels): void {
  const { secretsDir } = model.project.alertmanager;
  mkdirSync(secretsDir, { recursive: true });
  for (const { name, receiver } of model.channels.all) {
    if (receiver.type === 'slack') writeFileSync(join(secretsDir, receiver.apiUrl.secret), channels.urlOf(name));
    if (receiver.type === 'pagerduty') writeFileSync(join(secretsDir, receiver.routingKey.secret), name);
  }
}

/** PagerDuty's address is no secret and in no spec: every Alertmanager has it as a global default. */
function pointPagerduty(path: string, { pagerdutyUrl }: Channels): void {
  const text = readFileSync(path, 'utf8');
  const moved = text.replace(/^global:$/m, `$&\n  pagerduty_url: ${pagerdutyUrl}`);
  if (moved === text) throw new Error('alertmanager.yml has no section `global`');
  writeFileSync(path, moved);
}

/** Scrape jobs are no part of what qmon emits, and must be there for anything to happen. */
function appendTo(path: string, text: string): void {
  writeFileSync(path, `${readFileSync(path, 'utf8')}${text}`);
}

function startAlertmanager({ alertmanager }: Programs, folder: string): Promise<Program> {
  return startProgram(alertmanager.path, (address) => [
    `--config.file=${join(folder, 'alertmanager/alertmanager.yml')}`,
    `--storage.path=${join(folder, 'alertmanager-data')}`,
    `--web.listen-address=${address}`,
    '--cluster.listen-address=',
  ]);
}

function startPrometheus({ prometheus }: Programs, folder: string): Promise<Program> {
  return startProgram(prometheus.path, (address) => [
    `--config.file=${join(folder, 'prometheus/prometheus.yml')}`,
    `--storage.tsdb.path=${join(folder, 'prometheus-data')}`,
    `--web.listen-address=${address}`,
    '--web.enable-lifecycle',
  ]);
}
