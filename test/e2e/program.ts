import { spawn } from 'node:child_process';
import { freeAddress } from './loopback.ts';
import { until } from './until.ts';

/** A server of somebody else's that runs for a test. */
export interface Program {
  readonly url: string;
  /** All that it has printed. */
  log(): string;
  stop(): Promise<void>;
}

/**
 * Runs a server until the standard input ends. That happens when the test stops it, and also when the test itself ends,
 * however suddenly: no server outlives its test.
 */
const GUARD = [
  'exec 3<&0',
  '"$@" </dev/null 3<&- & server=$!',
  '{ cat; kill -9 $server; } <&3 >/dev/null 2>&1 &',
  'exec 3<&-',
  'wait $server',
].join('\n');

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
  const child = spawn('/bin/sh', ['-c', GUARD, 'sh', path, ...args], { stdio: 'pipe' });
  let hasEnded = false;
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve())).then(() => {
    hasEnded = true;
    child.stdin.destroy();
  });
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => output.push(text));
  }
  return {
    url,
    log: () => output.join(''),
    hasEnded: () => hasEnded,
    stop: () => {
      child.stdin.end();
      return ended;
    },
  };
}

async function isReady(program: Launched): Promise<boolean> {
  if (program.hasEnded()) throw new Error('it ended');
  const response = await fetch(`${program.url}/-/ready`).catch(() => undefined);
  return response?.ok ?? false;
}
