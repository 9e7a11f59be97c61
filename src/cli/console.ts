import type { Host } from '../host/host.ts';
import { withProgress } from './progress.ts';

/** The options that every command has. */
export interface GlobalOptions {
  readonly quiet?: boolean;
  readonly verbose?: boolean;
  /** Commander's `--no-color`: true unless it was given. */
  readonly color?: boolean;
}

/** What a command talks through: results to standard output, everything for a person to standard error. */
export interface Console {
  readonly host: Host;
  readonly quiet: boolean;
  readonly verbose: boolean;
  /** Whether a stream takes colour. */
  color(stream: 'stdout' | 'stderr'): boolean;
  /** The result: pipe-clean. */
  result(text: string): Promise<void>;
  /** For a person; nothing with `--quiet`. */
  tell(text: string): Promise<void>;
  /** For a person who asked for more. */
  detail(text: string): Promise<void>;
  /** For a person, even with `--quiet`. */
  warn(text: string): Promise<void>;
  /** Does work that may take long; a person at a terminal is shown meanwhile what it is, at once with a patience of 0. */
  during<T>(what: string, work: () => Promise<T>, patienceMs?: number): Promise<T>;
  /** Does work in a temporary folder that is gone afterwards, also when a signal ends the command. */
  inTemporaryFolder<T>(work: (folder: string) => Promise<T>): Promise<T>;
}

/** Source: https://no-color.org and https://force-color.org: an empty variable says nothing. NO_COLOR wins. */
function wantsColor(host: Host, options: GlobalOptions, stream: 'stdout' | 'stderr'): boolean {
  if (options.color === false || (host.env.NO_COLOR ?? '') !== '') return false;
  const forced = host.env.FORCE_COLOR ?? '';
  if (forced !== '') return forced !== '0' && forced !== 'false';
  return host.isTty(stream) && host.env.TERM !== 'dumb';
}

function withNewline(text: string): string {
  return text === '' || text.endsWith('\n') ? text : `${text}\n`;
}

async function inTemporaryFolder<T>(host: Host, work: (folder: string) => Promise<T>): Promise<T> {
  const folder = await host.temporaryFolder();
  const remove = () => host.removeTree(folder);
  const forget = host.onSignal(() => void remove());
  try {
    return await work(folder);
  } finally {
    forget();
    await remove();
  }
}

/** The console of a command. */
export function consoleOf(options: GlobalOptions, host: Host): Console {
  const quiet = options.quiet ?? false;
  const verbose = (options.verbose ?? false) && !quiet;
  const error = (text: string) => host.print('stderr', withNewline(text));
  return {
    host,
    quiet,
    verbose,
    color: (stream) => wantsColor(host, options, stream),
    result: (text) => host.print('stdout', withNewline(text)),
    tell: async (text) => (quiet ? undefined : error(text)),
    detail: async (text) => (verbose ? error(text) : undefined),
    warn: error,
    during: (what, work, patienceMs) => (quiet ? work() : withProgress(host, what, work, patienceMs)),
    inTemporaryFolder: (work) => inTemporaryFolder(host, work),
  };
}
