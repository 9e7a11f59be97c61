/** What stands at a path: a link is not followed. */
export type EntryKind = 'file' | 'folder' | 'link' | 'other';

export interface FolderEntry {
  /** Below the listed folder, with `/`. */
  readonly path: string;
  readonly kind: EntryKind;
}

/** A file or folder that could not be read or written: exit code 74, never a stack trace. */
export class HostError extends Error {
  readonly kind = 'io';
  readonly path: string;

  /** `message` is a whole sentence without the full stop: what could not be done with which path, and why. */
  constructor(path: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'HostError';
    this.path = path;
  }
}

/** The file system. Paths use `/`, relative ones start at `cwd`. Everything throws `HostError` when the system refuses. */
export interface Files {
  readText(path: string): Promise<string>;
  readBytes(path: string): Promise<Uint8Array>;
  /** What stands there, links not followed; nothing when nothing does. */
  kindOf(path: string): Promise<EntryKind | undefined>;
  /** Whether a folder stands there, links followed. */
  isFolder(path: string): Promise<boolean>;
  /** Everything below a folder, sorted by path, links not followed; `enter` says which folders are looked into. */
  list(folder: string, enter?: (path: string) => boolean): Promise<readonly FolderEntry[]>;
  /** Writes a file (0644), over what is there. `durable`: its content is on the disk when this returns. */
  writeText(path: string, text: string, options?: { readonly durable?: boolean }): Promise<void>;
  /** Writes a file that must not exist yet, in one step; false when it does. */
  createText(path: string, text: string): Promise<boolean>;
  /** Makes one folder, whose parent exists; fine when it is there. */
  makeFolder(path: string): Promise<void>;
  /** Makes a folder with its parents. */
  makeFolders(path: string): Promise<void>;
  /** The names in a folder are on the disk when this returns. */
  syncFolder(path: string): Promise<void>;
  /** Whether files can be made in this folder, as far as the system says so beforehand. */
  isWritable(folder: string): Promise<boolean>;
  rename(from: string, to: string): Promise<void>;
  /** Deletes a file; fine when it is gone. */
  removeFile(path: string): Promise<void>;
  /** Deletes a folder when it is empty; false when it is not, or is no folder. */
  removeEmptyFolder(path: string): Promise<boolean>;
  /** Deletes a folder with everything in it; fine when it is gone. */
  removeTree(path: string): Promise<void>;
  /** A new folder of our own for intermediate files; whoever asks for it removes it. */
  temporaryFolder(): Promise<string>;
}

export interface RunOptions {
  readonly input?: string;
  readonly cwd?: string;
  readonly timeoutMs?: number;
  /** How what it prints becomes text, by default UTF-8; `latin1` is one character a byte. */
  readonly encoding?: 'utf8' | 'latin1';
  /** Added to the environment of qmon itself. */
  readonly env?: Readonly<Record<string, string>>;
}

export interface RunResult {
  /** Negative when the command did not end by itself. */
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
  /** There is no such command. */
  readonly missing: boolean;
  readonly timedOut: boolean;
}

export type Signal = 'SIGINT' | 'SIGTERM';

/** Other processes, and this one as the others see it. */
export interface Processes {
  readonly pid: number;
  /** The name of this machine or container: process ids of another one mean nothing here. */
  readonly machine: string;
  isRunning(pid: number): boolean;
  /** Runs a command without a shell; never throws because of what the command does. */
  run(command: string, args: readonly string[], options?: RunOptions): Promise<RunResult>;
  /** The absolute path of a command: in the given folders first, then in those of the PATH. A path is taken as it is. */
  which(command: string, extraFolders?: readonly string[]): Promise<string | undefined>;
  /** Calls the listener instead of ending the process; the result takes it away again. */
  onSignal(listener: (signal: Signal) => void): () => void;
  /** Does the work to its end: a signal that comes meanwhile takes effect afterwards. */
  uninterrupted<T>(work: () => Promise<T>): Promise<T>;
}

export type Stream = 'stdout' | 'stderr';

export interface Terminal {
  isTty(stream: Stream | 'stdin'): boolean;
  /** The width of the terminal behind a stream; missing when there is none. */
  columns(stream: Stream): number | undefined;
  /** Returns when the text is handed over; a reader that went away is no fault. */
  print(stream: Stream, text: string): Promise<void>;
  readStdin(): Promise<string>;
}

/** A server that could not be asked, or did not answer as it should: exit code 69. */
export class ServerError extends Error {
  readonly kind = 'server';

  /** `message` is a whole sentence without the full stop: what could not be had from which address, and why. */
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'ServerError';
  }
}

export interface DownloadOptions {
  /** The media types that are asked for. */
  readonly accept: string;
  /** For the whole answer, redirections included. */
  readonly timeoutMs: number;
  /** Of the answer after it was decompressed. */
  readonly maxBytes: number;
  readonly maxRedirects: number;
}

/** What a server answered. */
export interface Download {
  readonly bytes: Uint8Array;
  /** The `Content-Type`, where there is one. */
  readonly mediaType?: string;
}

/** Servers, by http and https. */
export interface Network {
  /** Reads a page; throws `ServerError` when there is none. */
  download(url: string, options: DownloadOptions): Promise<Download>;
}

/** All that qmon knows of the world outside; in tests it is memory. */
export interface Host extends Files, Processes, Terminal, Network {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}
