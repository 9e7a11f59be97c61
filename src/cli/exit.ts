/** Exit codes. Part of the command-line contract. */
export const EXIT = {
  ok: 0,
  /** Errors in the specs, findings at or above `--fail-on`, output that is not up to date. */
  findings: 1,
  /** `diff --exit-code` only. */
  changes: 2,
  /** Wrong usage, a missing folder, an unknown kind, code or name. */
  usage: 64,
  /** A required tool or server is missing. */
  unavailable: 69,
  /** A bug of ours. */
  internal: 70,
  /** A file could not be read or written. */
  io: 74,
  interrupted: 130,
  terminated: 143,
} as const;

/** Ends a command with a message for the person who typed it, and an exit code. */
export class Stop extends Error {
  readonly exitCode: number;
  readonly help: string | undefined;

  constructor(exitCode: number, message: string, help?: string) {
    super(message);
    this.exitCode = exitCode;
    this.help = help;
  }
}

/** Wrong usage. */
export function usage(message: string, help?: string): Stop {
  return new Stop(EXIT.usage, message, help);
}
