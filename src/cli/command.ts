import { enumerate } from '../base/text.ts';
import { type Host, HostError } from '../host/host.ts';
import { nodeHost } from '../host/node.ts';
import { EXIT, Stop } from './exit.ts';

declare const QMON_VERSION: string;

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
}

/** Source: https://no-color.org and https://force-color.org: NO_COLOR wins when it is not empty. */
function wantsColor(host: Host, options: GlobalOptions, stream: 'stdout' | 'stderr'): boolean {
  if (options.color === false || (host.env.NO_COLOR ?? '') !== '') return false;
  const forced = host.env.FORCE_COLOR;
  if (forced !== undefined) return forced !== '0' && forced !== 'false';
  return host.isTty(stream) && host.env.TERM !== 'dumb';
}

function withNewline(text: string): string {
  return text === '' || text.endsWith('\n') ? text : `${text}\n`;
}

/** The console of a command. */
export function consoleOf(options: GlobalOptions, host: Host = nodeHost()): Console {
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
  };
}

function messageOf(error: unknown, verbose: boolean): { exitCode: number; text: string } {
  if (error instanceof Stop) {
    return {
      exitCode: error.exitCode,
      text: error.help === undefined ? error.message : `${error.message}\nhelp: ${error.help}`,
    };
  }
  if (error instanceof HostError) return { exitCode: EXIT.io, text: error.message };
  const detail = error instanceof Error ? (verbose ? (error.stack ?? error.message) : error.message) : String(error);
  const version = `qmon ${QMON_VERSION}, Node ${process.version}`;
  return {
    exitCode: EXIT.internal,
    text: `this is a bug in qmon (${version}): ${detail}\nplease report it with the specs that show it${verbose ? '' : '; `--verbose` prints more'}`,
  };
}

const SIGNAL_EXITS = { SIGINT: EXIT.interrupted, SIGTERM: EXIT.terminated } as const;

/** Runs a command to its exit code: faults become one message, signals end it with nothing half-written. */
export async function guarded(options: GlobalOptions, work: () => Promise<number>): Promise<number> {
  const host = nodeHost();
  const forget = host.onSignal((signal) => process.exit(SIGNAL_EXITS[signal]));
  try {
    return await work();
  } catch (error) {
    const { exitCode, text } = messageOf(error, options.verbose ?? false);
    await host.print('stderr', `qmon: ${text}\n`);
    return exitCode;
  } finally {
    forget();
  }
}

/** Names that are not among the known ones: wrong usage. */
export function unknownNames(what: string, names: readonly string[], known: readonly string[]): Stop | undefined {
  const wrong = names.filter((name) => !known.includes(name));
  if (wrong.length === 0) return undefined;
  const listed = enumerate(wrong.map((name) => `\`${name}\``));
  return new Stop(EXIT.usage, `unknown ${what} ${listed}`, `known: ${enumerate(known)}`);
}
