import { closest, enumerate } from '../base/text.ts';
import { type Host, HostError, ServerError } from '../host/host.ts';
import { nodeHost } from '../host/node.ts';
import { type Console, consoleOf, type GlobalOptions } from './console.ts';
import { EXIT, Stop, usage } from './exit.ts';

declare const QMON_VERSION: string | undefined;

/** The version of the bundle; sources that are run as they are have none. */
export const version: string = typeof QMON_VERSION === 'string' ? QMON_VERSION : 'unbundled';

interface Ending {
  readonly exitCode: number;
  readonly text: string;
}

/** A fault of ours in one line, with all that a report needs; the stack only for those who ask. */
function bugEnding(error: unknown, verbose: boolean): Ending {
  const message = error instanceof Error ? error.message : String(error);
  const stack = error instanceof Error && verbose ? `\n${error.stack}` : '';
  const more = verbose ? '' : '; `--verbose` prints more';
  return {
    exitCode: EXIT.internal,
    text: `this is a bug in qmon ${version} (Node ${process.version}): ${message}; please report it with the specs that show it${more}${stack}`,
  };
}

function endingOf(error: unknown, verbose: boolean): Ending {
  if (error instanceof HostError) return { exitCode: EXIT.io, text: error.message };
  if (error instanceof ServerError) return { exitCode: EXIT.unavailable, text: error.message };
  if (!(error instanceof Stop)) return bugEnding(error, verbose);
  const help = error.help === undefined ? '' : `\nhelp: ${error.help}`;
  return { exitCode: error.exitCode, text: error.message + help };
}

const SIGNAL_EXITS = { SIGINT: EXIT.interrupted, SIGTERM: EXIT.terminated } as const;

/**
 * Runs a command to its exit code: a fault becomes one message, and a signal ends it with nothing half-written. There is
 * one host for everything, because it is the host that holds signals back while files are published.
 */
export async function guarded(
  options: GlobalOptions,
  work: (console: Console) => Promise<number>,
  host: Host = nodeHost(),
): Promise<number> {
  let ended = false;
  const forget = host.onSignal((signal) => {
    ended = true;
    // Other listeners remove their temporary files in this turn.
    setImmediate(() => process.exit(SIGNAL_EXITS[signal]));
  });
  try {
    return await work(consoleOf(options, host));
  } catch (error) {
    const { exitCode, text } = endingOf(error, options.verbose ?? false);
    // Where not even this can be printed, the exit code says it.
    if (!ended) await host.print('stderr', `qmon: ${text}\n`).catch(() => {});
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
  const near = closest(wrong[0]!, known);
  const listing = known.length === 0 ? `there is no ${what} here` : `known: ${enumerate(known)}`;
  const help = near === undefined ? listing : `did you mean \`${near}\`?`;
  return usage(`unknown ${what} ${listed}`, help);
}
