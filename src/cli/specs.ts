import { globFolders, globMatcher } from '../base/glob.ts';
import { resolvePath } from '../base/path.ts';
import type { EntryKind, Host } from '../host/host.ts';
import { MANIFEST_PATH, WORK_FOLDER } from '../output/artifact-path.ts';
import { readManifest } from '../output/manifest.ts';
import { type Need, needsOf } from '../pipeline/needs.ts';
import type { SourceFile } from '../source/span.ts';
import type { Console } from './console.ts';
import { usage } from './exit.ts';
import { below } from './folder.ts';
import { specText } from './spec-text.ts';

const SPEC_FILE = /\.ya?ml$/;

/** The default specs folder. */
export const DEFAULT_SPECS = 'specs';

/** What stands below a folder, or stood there at a revision; paths are below that folder. */
export interface SpecEntry {
  readonly path: string;
  readonly kind: EntryKind;
}

/** Where specs are read from: the disk, or a git revision. Folders and paths are as they are shown to people. */
export interface Shelf {
  /** Everything below a folder as far as `enter` lets it look into folders; undefined where there is no such folder. */
  list(folder: string, enter: (path: string) => boolean): Promise<readonly SpecEntry[] | undefined>;
  /** The bytes of files that were listed, now by their places; undefined for what turns out to be none, such as a link to a folder. */
  read(files: readonly SpecEntry[]): Promise<readonly (Uint8Array | undefined)[]>;
}

function isHidden(path: string): boolean {
  return path.split('/').some((segment) => segment.startsWith('.'));
}

/** Whether a path is a spec file by its name: YAML, neither hidden nor in a dot-folder. */
export function isSpecPath(path: string): boolean {
  return SPEC_FILE.test(path) && !isHidden(path);
}

/** Packages of others hold thousands of files that are no specs; whoever means one of them names its folder. */
const FOREIGN = 'node_modules';

function isPassedOver(path: string): boolean {
  return isHidden(path) || path.split('/').includes(FOREIGN);
}

function parentOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}

function isNamed(path: string, name: string): boolean {
  return path === name || path.endsWith(`/${name}`);
}

/**
 * The folders that qmon itself generated. An output folder is known by a manifest of ours, and by the work folder of a
 * publication that was interrupted before it had one.
 */
async function outputFolders(shelf: Shelf, folder: string, entries: readonly SpecEntry[]): Promise<Set<string>> {
  const outputs = new Set<string>();
  for (const { path, kind } of entries) {
    const isWork = kind === 'folder' && isNamed(path, WORK_FOLDER);
    const isManifest = kind === 'file' && isNamed(path, MANIFEST_PATH) && !isHidden(path);
    if (isWork || (isManifest && (await isOurs(shelf, below(folder, path))))) outputs.add(parentOf(path));
  }
  return outputs;
}

async function isOurs(shelf: Shelf, manifest: string): Promise<boolean> {
  const [bytes] = await shelf.read([{ path: manifest, kind: 'file' }]);
  return bytes !== undefined && 'manifest' in readManifest(new TextDecoder().decode(bytes));
}

/** Which files below a folder a need is about, and which folders are worth a look. */
function choiceOf({ pattern }: Need, folder: string) {
  if (pattern === undefined) return { wants: isSpecPath, enter: (path: string) => !isPassedOver(path) };
  const [matches, mayHold] = [globMatcher(pattern), globFolders(pattern)];
  const place = (path: string) => resolvePath('', below(folder, path));
  return {
    wants: (path: string) => matches(place(path)),
    enter: (path: string) => !isPassedOver(path) && mayHold(place(path)),
  };
}

/** The files that a need is about and that were not read yet; generated ones are none. Undefined where there is no such folder. */
async function readNeeded(shelf: Shelf, need: Need, known: Set<string>): Promise<readonly SourceFile[] | undefined> {
  const folder = need.folder === '' ? '.' : need.folder;
  const { wants, enter } = choiceOf(need, folder);
  const entries = await shelf.list(folder, enter);
  if (!entries) return undefined;
  const outputs = await outputFolders(shelf, folder, entries);
  const isOutput = (path: string): boolean => outputs.has(path) || (path !== '' && isOutput(parentOf(path)));
  const found = entries
    .filter(({ path, kind }) => (kind === 'file' || kind === 'link') && wants(path) && !isPassedOver(path))
    .filter(({ path }) => !isOutput(parentOf(path)))
    .map(({ path, kind }) => ({ path: below(folder, path), kind }))
    .filter(({ path }) => !known.has(resolvePath('', path)));
  for (const { path } of found) known.add(resolvePath('', path));
  return textsOf(found, await shelf.read(found));
}

function textsOf(found: readonly SpecEntry[], contents: readonly (Uint8Array | undefined)[]): SourceFile[] {
  return found.flatMap(({ path }, index) => {
    const bytes = contents[index];
    return bytes === undefined ? [] : [{ path, text: specText(path, bytes) }];
  });
}

/**
 * Reads every spec file below a folder and all that specs name elsewhere, until nothing new is named: imported folders and
 * files beside the specs. Dot-folders, `node_modules` and generated files are left out, links to files followed. Undefined
 * where there is no such folder; what is named and does not exist is for the compiler to report.
 */
export async function readShelf(shelf: Shelf, root: string): Promise<readonly SourceFile[] | undefined> {
  const known = new Set<string>();
  const own = await readNeeded(shelf, { folder: root }, known);
  if (!own) return undefined;
  const files = [...own];
  const asked = new Set<string>();
  for (let grown = true; grown; ) {
    grown = false;
    for (const need of needsOf(files)) {
      const key = JSON.stringify([need.folder, need.pattern]);
      if (asked.has(key)) continue;
      asked.add(key);
      const found = (await readNeeded(shelf, need, known)) ?? [];
      files.push(...found);
      grown ||= found.length > 0;
    }
  }
  return files;
}

async function warnOfLinkedFolders(
  console: Console,
  folder: string,
  entries: readonly SpecEntry[],
  warned: Set<string>,
): Promise<void> {
  for (const { path, kind } of entries) {
    const place = below(folder, path);
    if (kind !== 'link' || warned.has(place) || !(await console.host.isFolder(place))) continue;
    warned.add(place);
    await console.warn(`warning: \`${place}\` is a link to a folder, which is not followed`);
  }
}

/** A folder may be called `x.yaml`, and so may a link to one. */
async function bytesOf(host: Host, { path, kind }: SpecEntry): Promise<Uint8Array | undefined> {
  return kind === 'link' && (await host.isFolder(path)) ? undefined : host.readBytes(path);
}

/** The disk; links to folders are told of, because they are not followed. */
export function diskShelf(console: Console): Shelf {
  const { host } = console;
  const warned = new Set<string>();
  return {
    async list(folder, enter) {
      if (!(await host.isFolder(folder))) return undefined;
      const entries = await host.list(folder, enter);
      await warnOfLinkedFolders(
        console,
        folder,
        entries.filter(({ path }) => enter(path)),
        warned,
      );
      return entries;
    },
    read: (files) => Promise.all(files.map((file) => bytesOf(host, file))),
  };
}

/** The specs of a folder and all that they name. Paths are shown below the folder as it was given: `specs/shop.yaml`. A folder that does not exist is wrong usage. */
export async function readSpecs(console: Console, root: string): Promise<readonly SourceFile[]> {
  const files = await readShelf(diskShelf(console), root);
  if (files) return files;
  throw usage(`there is no folder \`${root}\``, 'name the folder of the specs, or run `qmon init`');
}
