import type { EntryKind, Host } from '../host/host.ts';
import { MANIFEST_PATH, WORK_FOLDER } from '../output/artifact-path.ts';
import { readManifest } from '../output/manifest.ts';
import type { SourceFile } from '../source/span.ts';
import type { Console } from './console.ts';
import { EXIT, Stop, usage } from './exit.ts';
import { below } from './folder.ts';

const SPEC_FILE = /\.ya?ml$/;
const LINE_FEED = 10;

/** The default specs folder. */
export const DEFAULT_SPECS = 'specs';

/** What stands below a specs folder, or stood there at a revision; paths are below that folder. */
export interface SpecEntry {
  readonly path: string;
  readonly kind: EntryKind;
}

function isHidden(path: string): boolean {
  return path.split('/').some((segment) => segment.startsWith('.'));
}

/** Whether a path is a spec file by its name: YAML, neither hidden nor in a dot-folder. */
export function isSpecPath(path: string): boolean {
  return SPEC_FILE.test(path) && !isHidden(path);
}

function parentOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}

function isNamed(path: string, name: string): boolean {
  return path === name || path.endsWith(`/${name}`);
}

/**
 * The paths that are specs by name: what qmon itself generated below the specs folder is none. An output folder is known
 * by a manifest of ours, and by the work folder of a publication that was interrupted before it had one.
 */
export async function specEntries(
  entries: readonly SpecEntry[],
  readText: (path: string) => Promise<string>,
): Promise<readonly SpecEntry[]> {
  const outputs = new Set<string>();
  for (const { path, kind } of entries) {
    const isWork = kind === 'folder' && isNamed(path, WORK_FOLDER);
    const isManifest = kind === 'file' && isNamed(path, MANIFEST_PATH) && !isHidden(path);
    if (isWork || (isManifest && 'manifest' in readManifest(await readText(path)))) outputs.add(parentOf(path));
  }
  const isOutput = (folder: string): boolean => outputs.has(folder) || (folder !== '' && isOutput(parentOf(folder)));
  return entries.filter(({ path }) => isSpecPath(path) && !isOutput(parentOf(path)));
}

function firstBadLine(bytes: Uint8Array, decode: (bytes: Uint8Array) => string): number {
  let line = 1;
  for (let start = 0; start < bytes.length; line++) {
    const end = bytes.indexOf(LINE_FEED, start);
    try {
      decode(bytes.subarray(start, end === -1 ? bytes.length : end));
    } catch {
      return line;
    }
    start = end === -1 ? bytes.length : end + 1;
  }
  return line;
}

/** The text of a spec; what is not UTF-8 cannot be read, because replaced characters would end up in alerts. */
export function specText(path: string, bytes: Uint8Array): string {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  const decode = (part: Uint8Array) => decoder.decode(part);
  try {
    return decode(bytes);
  } catch {
    const line = firstBadLine(bytes, decode);
    throw new Stop(
      EXIT.io,
      `cannot read \`${path}\`: line ${line} is not UTF-8`,
      'save the file in the encoding UTF-8',
    );
  }
}

/** Whether an entry is read: a file, or a link to one. A folder may be called `x.yaml`. */
async function isReadable(host: Host, path: string, kind: EntryKind): Promise<boolean> {
  return kind === 'file' || (kind === 'link' && !(await host.isFolder(path)));
}

async function warnOfLinkedFolders(console: Console, root: string, entries: readonly SpecEntry[]): Promise<void> {
  for (const { path, kind } of entries) {
    const place = below(root, path);
    if (kind === 'link' && !isHidden(path) && (await console.host.isFolder(place))) {
      await console.warn(`warning: \`${place}\` is a link to a folder, which is not followed`);
    }
  }
}

/**
 * Reads every spec file below a folder, dot-folders and generated files left out, links to files followed. Paths are shown
 * below the folder as it was given: `specs/shop.yaml`. A folder that does not exist is wrong usage.
 */
export async function readSpecs(console: Console, root: string): Promise<readonly SourceFile[]> {
  const { host } = console;
  if (!(await host.isFolder(root))) {
    throw usage(`there is no folder \`${root}\``, 'name the folder of the specs, or run `qmon init`');
  }
  const entries = await host.list(root, (path) => !isHidden(path));
  await warnOfLinkedFolders(console, root, entries);
  const files: SourceFile[] = [];
  for (const { path, kind } of await specEntries(entries, (each) => host.readText(below(root, each)))) {
    const place = below(root, path);
    if (await isReadable(host, place, kind)) {
      files.push({ path: place, text: specText(place, await host.readBytes(place)) });
    }
  }
  return files;
}
