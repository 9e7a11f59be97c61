import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Labels } from '../../src/model/types.ts';
import type { Tool } from './tools.ts';

/** An Alertmanager on loopback that reads the configurations that it is given. */
export interface Running {
  load(config: string): Promise<void>;
  /** The receivers of each label set, in Alertmanager's own order. */
  receivers(all: readonly Labels[]): Promise<readonly (readonly string[])[]>;
  /** Which of the label sets are inhibited, once any is. */
  inhibited(all: readonly Labels[]): Promise<readonly boolean[]>;
  stop(): Promise<void>;
}

const EMPTY = 'route: { receiver: none }\nreceivers: [{ name: none }]\n';

/** Starts an Alertmanager that keeps everything in a folder and talks to no cluster. */
export async function start(tool: Tool, folder: string): Promise<Running> {
  const file = join(folder, 'alertmanager.yml');
  writeFileSync(file, EMPTY);
  const child = spawn(
    tool.path,
    [
      `--config.file=${file}`,
      `--storage.path=${folder}`,
      '--web.listen-address=127.0.0.1:0',
      '--cluster.listen-address=',
    ],
    { stdio: ['ignore', 'ignore', 'pipe'] },
  );
  const url = await addressOf(child);
  let batch = 0;
  return {
    async load(config) {
      writeFileSync(file, config);
      await expectOk(fetch(`${url}/-/reload`, { method: 'POST' }));
    },
    async receivers(all) {
      batch += 1;
      await post(url, String(batch), all);
      const found = await query(url, String(batch), all);
      return found.map(({ receivers }) => receivers.map(({ name }) => name));
    },
    async inhibited(all) {
      batch += 1;
      await post(url, String(batch), all);
      for (let attempt = 0; attempt < 1000; attempt++) {
        const found = (await query(url, String(batch), all)).map(({ status }) => status.inhibitedBy.length > 0);
        if (found.includes(true)) return found;
      }
      throw new Error('nothing was inhibited');
    },
    async stop() {
      child.kill('SIGKILL');
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
    },
  };
}

/** The address is in the log, because the system chose the port. */
function addressOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let log = '';
    child.stderr?.on('data', (chunk: Buffer) => {
      log += chunk.toString();
      const match = /Listening on"? address=(127\.0\.0\.1:\d+)/.exec(log);
      if (match) resolve(`http://${match[1]}`);
    });
    child.once('exit', () => reject(new Error(log)));
  });
}

async function expectOk(pending: Promise<Response>): Promise<unknown> {
  const response = await pending;
  const text = await response.text();
  if (!response.ok) throw new Error(`${response.url}: ${response.status} ${text}`);
  return text === '' ? undefined : JSON.parse(text);
}

interface ApiAlert {
  readonly labels: Labels;
  readonly receivers: readonly { readonly name: string }[];
  readonly status: { readonly inhibitedBy: readonly string[] };
}

/** Posts the label sets as alerts, told apart by labels that no route asks for. */
async function post(url: string, batch: string, all: readonly Labels[]): Promise<void> {
  const alerts = all.map((labels, position) => ({ labels: { ...labels, batch, position: String(position) } }));
  const headers = { 'content-type': 'application/json' };
  await expectOk(fetch(`${url}/api/v2/alerts`, { method: 'POST', headers, body: JSON.stringify(alerts) }));
}

/** The alerts of a batch in the order in which they were posted. */
async function query(url: string, batch: string, all: readonly Labels[]): Promise<readonly ApiAlert[]> {
  const filter = encodeURIComponent(`batch="${batch}"`);
  const found = (await expectOk(fetch(`${url}/api/v2/alerts?filter=${filter}`))) as readonly ApiAlert[];
  const byPosition = new Map(found.map((alert) => [alert.labels.position, alert]));
  return all.map((_, position) => {
    const alert = byPosition.get(String(position));
    if (!alert) throw new Error(`alert ${position} of batch ${batch} is not there`);
    return alert;
  });
}
