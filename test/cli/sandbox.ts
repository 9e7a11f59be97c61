import { execFileSync, spawn } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findTool } from '../tools.ts';

export const root = fileURLToPath(new URL('../..', import.meta.url));

/** What a process printed, and how it ended: with an exit code, or by a signal. */
export interface Outcome {
  readonly code: number | NodeJS.Signals;
  readonly stdout: string;
  readonly stderr: string;
}

export interface CallOptions {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Only where the tests run as root: the user that the process is of. */
  readonly uid?: number;
  /** Standard output goes into this file. */
  readonly stdout?: number;
}

/** An installed qmon in a folder of its own, with a fresh folder for each test. */
export interface Sandbox {
  /** Where it was installed. */
  readonly home: string;
  /** Paths and names of the files in the tarball. */
  readonly packed: readonly string[];
  /** Environment variables that let qmon find promtool and amtool; without them it finds no tool. */
  readonly tools: Readonly<Record<string, string>>;
  /** A new, empty folder. */
  folder(name?: string): string;
  /** Runs the installed qmon. */
  qmon(args: readonly string[], options?: CallOptions): Promise<Outcome>;
  remove(): void;
}

function pack(folder: string): string {
  const args = ['pack', '--silent', '--ignore-scripts', '--pack-destination', folder];
  return join(folder, execFileSync('npm', args, { cwd: root, encoding: 'utf8' }).trim().split('\n').at(-1)!);
}

function install(tarball: string, home: string): void {
  mkdirSync(home);
  const args = [
    'install',
    '--silent',
    '--no-save',
    '--no-audit',
    '--no-fund',
    '--offline',
    '--ignore-scripts',
    tarball,
  ];
  execFileSync('npm', args, { cwd: home });
}

function linkAll(folder: string, paths: Readonly<Record<string, string | undefined>>): void {
  mkdirSync(folder);
  for (const [name, path] of Object.entries(paths)) if (path !== undefined) symlinkSync(path, join(folder, name));
}

function onPath(name: string): string | undefined {
  const folders = (process.env.PATH ?? '').split(delimiter).filter((folder) => folder !== '');
  return folders.map((folder) => join(folder, name)).find((path) => existsSync(path));
}

/** Runs a program to its end. */
export function call(command: string, args: readonly string[], options: CallOptions = {}): Promise<Outcome> {
  const { cwd, env, uid, stdout = 'pipe' } = options;
  const child = spawn(command, args, {
    stdio: ['ignore', stdout, 'pipe'],
    ...(cwd !== undefined && { cwd }),
    ...(env && { env }),
    ...(uid !== undefined && { uid, gid: uid }),
  });
  const texts = { stdout: '', stderr: '' };
  child.stdout?.setEncoding('utf8').on('data', (text) => {
    texts.stdout += text;
  });
  child.stderr!.setEncoding('utf8').on('data', (text) => {
    texts.stderr += text;
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => resolve({ code: code ?? signal!, ...texts }));
  });
}

/** Packs this checkout as it was built last, and installs the tarball into an empty folder. */
export function sandbox(): Sandbox {
  if (!existsSync(join(root, 'dist/main.js'))) throw new Error('there is nothing to pack: npm run build');
  const base = mkdtempSync(join(tmpdir(), 'qmon-cli-'));
  execFileSync('chmod', ['755', base]);
  const tarball = pack(base);
  const home = join(base, 'home');
  install(tarball, home);
  linkAll(join(base, 'bin'), { git: onPath('git') });
  linkAll(join(base, 'tools'), { promtool: findTool('promtool'), amtool: findTool('amtool') });
  mkdirSync(join(base, 'tmp'), { mode: 0o777 });
  const environment = { PATH: join(base, 'bin'), HOME: base, TMPDIR: join(base, 'tmp'), LC_ALL: 'C' };
  const program = join(home, 'node_modules/qmon/bin/qmon.js');
  const packed = execFileSync('tar', ['tzf', tarball], { encoding: 'utf8' }).trim().split('\n');
  return {
    home,
    packed,
    tools: { QMON_TOOLS_DIR: join(base, 'tools') },
    folder: (name = 'shop') => {
      const folder = join(mkdtempSync(join(base, 'case-')), name);
      mkdirSync(folder);
      return folder;
    },
    qmon: (args, options = {}) =>
      call(process.execPath, [program, ...args], { ...options, env: { ...environment, ...options.env } }),
    remove: () => rmSync(base, { recursive: true, force: true }),
  };
}

/** Writes files below a folder. */
export function write(folder: string, files: Readonly<Record<string, string | Uint8Array>>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}

/** The files below a folder, by path. */
export function filesIn(folder: string): Record<string, string> {
  if (!existsSync(folder)) return {};
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = entries.map((entry) => join(entry.parentPath, entry.name)).sort();
  return Object.fromEntries(paths.map((path) => [relative(folder, path), readFileSync(path, 'utf8')]));
}
