import { type ChildProcess, spawn } from 'node:child_process';
import { freeAddress } from './loopback.ts';
import { until } from './until.ts';

/** A server of somebody else's that runs for a test. */
export interface Program {
  readonly url: string;
  /** All that it has printed. */
  log(): string;
  stop(): Promise<void>;
}

const running = new Set<ChildProcess>();
process.once('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

const ADDRESS_TAKEN = /address already in use/;
const ATTEMPTS = 3;

/**
 * Starts a server of the Prometheus family on a free address and waits until it is ready. Another process may take the
 * address in between; then the server says so and the next one is tried.
 */
export async function startProgram(
  path: string,
  argumentsFor: (address: string) => readonly string[],
): Promise<Program> {
  for (let attempt = 1; ; attempt++) {
    const address = await freeAddress();
    const program = launch(path, argumentsFor(address), `http://${address}`);
    try {
      await until(`${path} is ready`, () => isReady(program));
      return program;
    } catch (error) {
      await program.stop();
      if (attempt < ATTEMPTS && ADDRESS_TAKEN.test(program.log())) continue;
      throw new Error(`${path} does not start:\n${program.log()}`, { cause: error });
    }
  }
}

interface Launched extends Program {
  hasEnded(): boolean;
}

function launch(path: string, args: readonly string[], url: string): Launched {
  const output: string[] = [];
  const child = spawn(path, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  running.add(child);
  const ended = new Promise<void>((resolve) => {
    child.once('close', () => resolve());
    child.once('error', (error) => {
      output.push(error.message);
      resolve();
    });
  }).finally(() => running.delete(child));
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => output.push(text));
  }
  return {
    url,
    log: () => output.join(''),
    hasEnded: () => !running.has(child),
    stop: () => {
      child.kill('SIGKILL');
      return ended;
    },
  };
}

async function isReady(program: Launched): Promise<boolean> {
  if (program.hasEnded()) throw new Error('it ended');
  const response = await fetch(`${program.url}/-/ready`).catch(() => undefined);
  return response?.ok ?? false;
}
