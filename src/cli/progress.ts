import type { Terminal } from '../host/host.ts';

/** Work that is done sooner needs no word. */
const PATIENCE_MS = 1_000;

/** Takes the cursor back and clears the line. Source: ECMA-48 §8.3.41, https://ecma-international.org/publications-and-standards/standards/ecma-48/ */
const CLEAR_LINE = '\r\u001b[K';

export type ProgressHost = Terminal & { readonly env: Readonly<Record<string, string | undefined>> };

/** Whether somebody watches who can be shown a line that goes away again. */
function isWatched(host: ProgressHost): boolean {
  return host.isTty('stderr') && host.env.TERM !== 'dumb';
}

const USUAL_WIDTH = 80;

function show(host: ProgressHost, what: string): Promise<void> {
  // A terminal that does not know its width says 0.
  const room = (host.columns('stderr') || USUAL_WIDTH) - 2;
  return host.print('stderr', `${what.slice(0, room)} …`);
}

/**
 * Does the work. When it is not done in time, a person at a terminal is shown one line about it, which is cleared in the
 * end; files and pipes never see it. With a patience of 0 the line comes first: work that never pauses could not show it.
 */
export async function withProgress<T>(
  host: ProgressHost,
  what: string,
  work: () => Promise<T>,
  patienceMs = PATIENCE_MS,
): Promise<T> {
  if (!isWatched(host)) return work();
  let shown = patienceMs === 0 ? show(host, what) : undefined;
  await shown;
  const timer = setTimeout(() => {
    shown ??= show(host, what);
  }, patienceMs);
  try {
    return await work();
  } finally {
    clearTimeout(timer);
    if (shown) await shown.then(() => host.print('stderr', CLEAR_LINE));
  }
}
