import { type Files, HostError, type Processes } from './host.ts';

export type LockHost = Files & Pick<Processes, 'pid' | 'machine' | 'isRunning'>;

/**
 * Does the work while no other qmon may: the lock file names the process that holds it. One whose process is gone is
 * taken over. A process on another machine or in another container cannot be looked at, so its lock holds.
 */
export async function withLock<T>(host: LockHost, path: string, work: () => Promise<T>): Promise<T> {
  const text = `${host.pid} ${host.machine}\n`;
  await removeStale(host, path);
  if (!(await host.createText(path, text)) || (await contentOf(host, path)) !== text) throw await taken(host, path);
  try {
    return await work();
  } finally {
    await host.removeFile(asideOf(path));
    await host.removeFile(path);
  }
}

function asideOf(path: string): string {
  return `${path}.stale`;
}

/** Moved away before it is judged for good: of two that take it over only one succeeds, and a live one is put back. */
async function removeStale(host: LockHost, path: string): Promise<void> {
  if ((await host.kindOf(path)) === undefined) return;
  if (isHeld(host, await contentOf(host, path))) throw await taken(host, path);
  const aside = asideOf(path);
  await host.rename(path, aside);
  if (isHeld(host, await contentOf(host, aside))) {
    await host.rename(aside, path);
    throw await taken(host, path);
  }
  await host.removeFile(aside);
}

async function contentOf(host: LockHost, path: string): Promise<string> {
  return (await host.kindOf(path)) === 'file' ? host.readText(path) : '';
}

/** Our own process id is that of a former process: in a container they are all alike. */
function isHeld(host: LockHost, text: string): boolean {
  const [, digits, machine] = /^(\d+) (.+)\n$/.exec(text) ?? [];
  if (digits === undefined) return false;
  if (machine !== host.machine) return true;
  const pid = Number(digits);
  return pid !== host.pid && host.isRunning(pid);
}

async function taken(host: LockHost, path: string): Promise<HostError> {
  const holder = (await contentOf(host, path)).trim().replace(' ', ' on ');
  const who = holder === '' ? '' : ` (process ${holder})`;
  return new HostError(
    path,
    `another qmon is publishing${who}; when none is running, delete \`${path}\` and try again`,
  );
}
