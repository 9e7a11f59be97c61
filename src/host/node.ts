import fs from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';
import process from 'node:process';
import { sortedBy } from '../base/order.ts';
import { download } from './download.ts';
import {
  type EntryKind,
  type Files,
  type FolderEntry,
  type Host,
  HostError,
  type Processes,
  type RunOptions,
  type RunResult,
  type Stream,
  type Terminal,
} from './host.ts';
import { signalDesk } from './signals.ts';

const FILE_MODE = 0o644;
const WINDOWS = process.platform === 'win32';

const REASONS: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EPERM: 'not permitted',
  EROFS: 'the file system is read-only',
  ENOENT: 'no such file or folder',
  ENOTDIR: 'a part of the path is not a folder',
  EISDIR: 'it is a folder',
  EEXIST: 'it already exists',
  ENOTEMPTY: 'the folder is not empty',
  ENOSPC: 'no space left on the device',
  EDQUOT: 'the disk quota is used up',
  EMFILE: 'too many open files',
  ENAMETOOLONG: 'the name is too long',
  ELOOP: 'too many links',
  EXDEV: 'it is on another file system',
};

function codeOf(error: unknown): string | undefined {
  return error instanceof Error ? (error as NodeJS.ErrnoException).code : undefined;
}

/** What the system refused, in words; anything else is a fault of ours and goes on as it is. */
function refused(verb: string, path: string, error: unknown): unknown {
  const code = codeOf(error);
  if (code === undefined || error instanceof HostError) return error;
  return new HostError(path, `cannot ${verb} \`${path}\`: ${REASONS[code] ?? code}`, { cause: error });
}

/** Does something with a path, or throws `HostError`; a failure with one of the `fine` codes gives its value. */
function attempt<T>(verb: string, path: string, work: () => T, fine: Readonly<Record<string, T>> = {}): T {
  try {
    return work();
  } catch (error) {
    const code = codeOf(error);
    if (code !== undefined && code in fine) return fine[code]!;
    throw refused(verb, path, error);
  }
}

function kindOfStats(stats: fs.Stats | fs.Dirent): EntryKind {
  if (stats.isSymbolicLink()) return 'link';
  if (stats.isFile()) return 'file';
  return stats.isDirectory() ? 'folder' : 'other';
}

function slashes(path: string): string {
  return WINDOWS ? path.replaceAll('\\', '/') : path;
}

function listBelow(folder: string, prefix: string, enter: (path: string) => boolean): FolderEntry[] {
  const found = attempt('list', folder, () => fs.readdirSync(folder, { withFileTypes: true }));
  return found.flatMap((each) => {
    const entry = { path: prefix + each.name, kind: kindOfStats(each) };
    if (entry.kind !== 'folder' || !enter(entry.path)) return [entry];
    return [entry, ...listBelow(`${folder}/${each.name}`, `${entry.path}/`, enter)];
  });
}

/** Only this way waits for the disk without blocking, so that many files are written at once. */
async function writeDurably(path: string, text: string): Promise<void> {
  const file = await fs.promises.open(path, 'w', FILE_MODE);
  try {
    await file.writeFile(text);
    await file.chmod(FILE_MODE);
    await file.sync();
  } finally {
    await file.close();
  }
}

function syncFolder(path: string): void {
  const handle = fs.openSync(path, 'r');
  try {
    fs.fsyncSync(handle);
  } finally {
    fs.closeSync(handle);
  }
}

/** Blocking calls: for thousands of small files they take a fraction of the time of the asynchronous ones. */
const files: Files = {
  readText: async (path) => attempt('read', path, () => fs.readFileSync(path, 'utf8')),
  readBytes: async (path) => attempt('read', path, () => fs.readFileSync(path)),
  kindOf: async (path) =>
    attempt<EntryKind | undefined>('read', path, () => kindOfStats(fs.lstatSync(path)), {
      ENOENT: undefined,
      ENOTDIR: undefined,
    }),
  isFolder: async (path) =>
    attempt('read', path, () => fs.statSync(path).isDirectory(), { ENOENT: false, ENOTDIR: false }),
  list: async (folder, enter = () => true) => sortedBy(listBelow(folder, '', enter), (entry) => entry.path),
  async writeText(path, text, options) {
    if (options?.durable) {
      await writeDurably(path, text).catch((error) => {
        throw refused('write', path, error);
      });
    } else attempt('write', path, () => fs.writeFileSync(path, text, { mode: FILE_MODE }));
  },
  createText: async (path, text) =>
    attempt('write', path, () => fs.writeFileSync(path, text, { mode: FILE_MODE, flag: 'wx' }) === undefined, {
      EEXIST: false,
    }),
  async makeFolder(path) {
    attempt('make', path, () => fs.mkdirSync(path), { EEXIST: undefined });
  },
  async makeFolders(path) {
    attempt('make', path, () => fs.mkdirSync(path, { recursive: true }));
  },
  async syncFolder(path) {
    if (!WINDOWS) attempt('write', path, () => syncFolder(path));
  },
  isWritable: async (folder) =>
    attempt('read', folder, () => fs.accessSync(folder, fs.constants.W_OK | fs.constants.X_OK) === undefined, {
      EACCES: false,
      EPERM: false,
      EROFS: false,
    }),
  rename: async (from, to) => attempt('write', to, () => fs.renameSync(from, to)),
  removeFile: async (path) =>
    attempt('remove', path, () => fs.unlinkSync(path), { ENOENT: undefined, ENOTDIR: undefined }),
  removeEmptyFolder: async (path) =>
    attempt('remove', path, () => fs.rmdirSync(path) === undefined, {
      ENOTEMPTY: false,
      EEXIST: false,
      ENOENT: false,
      ENOTDIR: false,
      EBUSY: false,
    }),
  removeTree: async (path) => attempt('remove', path, () => fs.rmSync(path, { recursive: true, force: true })),
  temporaryFolder: async () =>
    attempt('make', tmpdir(), () => slashes(fs.realpathSync(fs.mkdtempSync(join(tmpdir(), 'qmon-'))))),
};

async function run(command: string, args: readonly string[], options: RunOptions = {}): Promise<RunResult> {
  const { execa } = await import('execa');
  const { input, cwd, timeoutMs, env, encoding = 'utf8' } = options;
  const result = await execa(command, args, {
    reject: false,
    stripFinalNewline: false,
    encoding,
    ...(input !== undefined && { input }),
    ...(cwd !== undefined && { cwd }),
    ...(timeoutMs !== undefined && { timeout: timeoutMs }),
    ...(env && { env }),
  });
  const missing = (await isMissing(command, result.code)) && (cwd === undefined || fs.existsSync(cwd));
  const started = result.exitCode !== undefined || result.isTerminated || result.timedOut;
  if (!started && !missing) throw refused('run', command, Object.assign(new Error(), { code: result.code }));
  return {
    exitCode: result.exitCode ?? -1,
    stdout: result.stdout,
    stderr: result.stderr,
    missing,
    timedOut: result.timedOut,
  };
}

/** The system says EACCES of a command that is nowhere when some folder of the PATH may not be read. */
async function isMissing(command: string, code: string | undefined): Promise<boolean> {
  return code === 'ENOENT' || (code === 'EACCES' && (await which(command)) === undefined && !fs.existsSync(command));
}

function isCommand(path: string): boolean {
  try {
    fs.accessSync(path, fs.constants.X_OK);
    return fs.statSync(path).isFile();
  } catch {
    return false;
  }
}

async function which(command: string, extraFolders: readonly string[] = []): Promise<string | undefined> {
  const endings = WINDOWS ? ['', ...(process.env.PATHEXT ?? '.EXE;.CMD').split(';')] : [''];
  const folders = /[/\\]/.test(command)
    ? ['']
    : [...extraFolders, ...(process.env.PATH ?? '').split(delimiter)].filter(Boolean);
  const paths = folders.flatMap((folder) => endings.map((ending) => join(folder, command + ending)));
  const found = paths.find(isCommand);
  return found && slashes(resolve(found));
}

/** A process of another user is running all the same. */
function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return codeOf(error) === 'EPERM';
  }
}

function processes(): Processes {
  return { pid: process.pid, machine: hostname(), isRunning, run, which, ...signalDesk(process) };
}

function print(name: Stream, text: string): Promise<void> {
  const stream = process[name];
  return new Promise((resolve, reject) => {
    const handled = () => {};
    stream.once('error', handled);
    stream.write(text, (error) => {
      if (error && codeOf(error) !== 'EPIPE') reject(refused('write', name, error));
      else resolve();
      setImmediate(() => stream.off('error', handled));
    });
  });
}

async function readStdin(): Promise<string> {
  let text = '';
  process.stdin.setEncoding('utf8');
  for await (const chunk of process.stdin) text += chunk;
  return text;
}

const terminal: Terminal = {
  isTty: (stream) => process[stream].isTTY === true,
  columns: (stream) => (process[stream].isTTY ? process[stream].columns : undefined),
  print,
  readStdin,
};

/** The world as Node shows it: the one place that touches files, processes, the terminal and servers. */
export function nodeHost(): Host {
  return { cwd: slashes(process.cwd()), env: process.env, ...files, ...processes(), ...terminal, download };
}
