import { posix } from 'node:path';
import { sortedBy } from '../src/base/order.ts';
import {
  type EntryKind,
  type FolderEntry,
  type Host,
  HostError,
  type RunOptions,
  type RunResult,
  ServerError,
} from '../src/host/host.ts';

/** A file remembers what of it is on the disk, and a folder which names are: `crash` loses the rest. */
interface FileNode {
  readonly kind: 'file';
  text: string;
  durable: boolean;
  /** Counts up with every write, as a modification time would. */
  written: number;
}
interface FolderNode {
  readonly kind: 'folder';
  entries: Map<string, Node>;
  durable: Map<string, Node>;
}
interface LinkNode {
  readonly kind: 'link';
  readonly to: string;
}
type Node = FileNode | FolderNode | LinkNode;

export interface MemoryOptions {
  /** Paths, relative ones below `cwd`, to texts. */
  readonly files?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly stdin?: string;
  /** Pages by address. */
  readonly pages?: Readonly<Record<string, string>>;
  /** Commands that exist, and what they do. */
  readonly run?: (command: string, args: readonly string[], options: RunOptions) => Partial<RunResult> | undefined;
  readonly pid?: number;
  /** As the file systems of macOS and Windows do. */
  readonly ignoreCase?: boolean;
}

export interface MemoryHost extends Host {
  readonly printed: { stdout: string; stderr: string };
  /** Process ids that `isRunning` says yes to, besides our own. */
  readonly running: Set<number>;
  /** All files, by path below a folder. */
  texts(folder?: string): Record<string, string>;
  /** When the file was written last, as a count of writes. */
  writtenAt(path: string): number;
  link(path: string, to: string): void;
  /** The power fails: what was not synced is lost. */
  losePower(): void;
}

const folderNode = (): FolderNode => ({ kind: 'folder', entries: new Map(), durable: new Map() });

function refuse(path: string, reason: string): never {
  throw new HostError(path, `cannot use \`${path}\`: ${reason}`);
}

/** The file tree of a memory host. */
class Tree {
  readonly root = folderNode();
  readonly cwd: string;
  readonly ignoreCase: boolean;
  clock = 0;

  constructor(cwd: string, ignoreCase: boolean) {
    this.cwd = cwd;
    this.ignoreCase = ignoreCase;
  }

  /** The name under which an entry is known in a folder. */
  known(folder: FolderNode, name: string): string {
    if (!this.ignoreCase || folder.entries.has(name)) return name;
    return [...folder.entries.keys()].find((each) => each.toLowerCase() === name.toLowerCase()) ?? name;
  }

  absolute(path: string): string {
    return posix.resolve(this.cwd, path);
  }

  /** The node at a path; links on the way are followed, the last one only when asked. */
  find(path: string, follow = false): Node | undefined {
    let node: Node | undefined = this.root;
    let place = '/';
    for (const name of this.absolute(path).split('/').filter(Boolean)) {
      if (node?.kind === 'link') node = this.find(posix.resolve(posix.dirname(place), node.to), true);
      if (node?.kind !== 'folder') return undefined;
      node = node.entries.get(this.known(node, name));
      place = posix.join(place, name);
    }
    return follow && node?.kind === 'link' ? this.find(posix.resolve(posix.dirname(place), node.to), true) : node;
  }

  folder(path: string): FolderNode {
    const node = this.find(path, true);
    if (node === undefined) return refuse(path, 'no such file or folder');
    return node.kind === 'folder' ? node : refuse(path, 'a part of the path is not a folder');
  }

  file(path: string): FileNode {
    const node = this.find(path, true);
    if (node === undefined) return refuse(path, 'no such file or folder');
    return node.kind === 'file' ? node : refuse(path, 'it is a folder');
  }

  place(path: string): readonly [FolderNode, string] {
    const absolute = this.absolute(path);
    const folder = this.find(posix.dirname(absolute), true) ?? refuse(path, 'no such file or folder');
    if (folder.kind !== 'folder') return refuse(path, 'a part of the path is not a folder');
    return [folder, this.known(folder, posix.basename(absolute))];
  }

  write(path: string, text: string, durable: boolean): void {
    const [folder, name] = this.place(path);
    if (folder.entries.get(name)?.kind === 'folder') refuse(path, 'it is a folder');
    this.clock += 1;
    folder.entries.set(name, { kind: 'file', text, durable, written: this.clock });
  }

  makeFolders(path: string): FolderNode {
    const absolute = this.absolute(path);
    if (absolute === '/') return this.root;
    const parent = this.makeFolders(posix.dirname(absolute));
    const name = this.known(parent, posix.basename(absolute));
    if (!parent.entries.has(name)) parent.entries.set(name, folderNode());
    return this.folder(absolute);
  }

  rename(from: string, to: string): void {
    const [source, name] = this.place(from);
    const [target, newName] = this.place(to);
    const node = source.entries.get(name) ?? refuse(from, 'no such file or folder');
    if (target.entries.get(newName)?.kind === 'folder') refuse(to, 'it is a folder');
    source.entries.delete(name);
    target.entries.set(newName, node);
  }

  removeEmpty(path: string): boolean {
    const node = this.find(path);
    if (node?.kind !== 'folder' || node.entries.size > 0) return false;
    const [parent, name] = this.place(path);
    return parent.entries.delete(name);
  }

  list(folder: FolderNode, prefix: string, enter: (path: string) => boolean): FolderEntry[] {
    return [...folder.entries].flatMap(([name, node]) => {
      const entry = { path: prefix + name, kind: node.kind as EntryKind };
      if (node.kind !== 'folder' || !enter(entry.path)) return [entry];
      return [entry, ...this.list(node, `${entry.path}/`, enter)];
    });
  }

  sync(folder: FolderNode): void {
    folder.durable = new Map(folder.entries);
  }

  syncAll(folder = this.root): void {
    this.sync(folder);
    for (const node of folder.entries.values()) {
      if (node.kind === 'folder') this.syncAll(node);
      if (node.kind === 'file') node.durable = true;
    }
  }

  lose(folder = this.root): void {
    folder.entries = new Map(folder.durable);
    for (const node of folder.entries.values()) {
      if (node.kind === 'folder') this.lose(node);
      if (node.kind === 'file' && !node.durable) node.text = '';
    }
  }
}

function filesOf(tree: Tree) {
  let folders = 0;
  return {
    readText: async (path: string) => tree.file(path).text,
    readBytes: async (path: string) => Buffer.from(tree.file(path).text),
    kindOf: async (path: string) => tree.find(path)?.kind,
    isFolder: async (path: string) => tree.find(path, true)?.kind === 'folder',
    list: async (folder: string, enter: (path: string) => boolean = () => true) =>
      sortedBy(tree.list(tree.folder(folder), '', enter), (entry) => entry.path),
    writeText: async (path: string, text: string, options?: { readonly durable?: boolean }) =>
      tree.write(path, text, options?.durable === true),
    async createText(path: string, text: string) {
      if (tree.find(path)) return false;
      tree.write(path, text, false);
      return true;
    },
    async makeFolder(path: string) {
      const [parent, name] = tree.place(path);
      if (!parent.entries.has(name)) parent.entries.set(name, folderNode());
    },
    makeFolders: async (path: string) => void tree.makeFolders(path),
    syncFolder: async (path: string) => tree.sync(tree.folder(path)),
    isWritable: async () => true,
    rename: async (from: string, to: string) => tree.rename(from, to),
    async removeFile(path: string) {
      const node = tree.find(path);
      if (node === undefined) return;
      if (node.kind === 'folder') refuse(path, 'it is a folder');
      const [folder, name] = tree.place(path);
      folder.entries.delete(name);
    },
    removeEmptyFolder: async (path: string) => tree.removeEmpty(path),
    async removeTree(path: string) {
      if (!tree.find(path)) return;
      const [folder, name] = tree.place(path);
      folder.entries.delete(name);
    },
    async temporaryFolder() {
      folders += 1;
      tree.makeFolders(`/tmp/qmon-${folders}`);
      return `/tmp/qmon-${folders}`;
    },
  };
}

/** A whole world in memory, for tests: the same contract as that of Node, and a power switch. */
export function memoryHost(options: MemoryOptions = {}): MemoryHost {
  const tree = new Tree(options.cwd ?? '/workspace', options.ignoreCase === true);
  tree.makeFolders(tree.cwd);
  for (const [path, text] of Object.entries(options.files ?? {})) {
    tree.makeFolders(posix.dirname(tree.absolute(path)));
    tree.write(path, text, true);
  }
  tree.syncAll();
  const printed = { stdout: '', stderr: '' };
  const running = new Set<number>();
  const pid = options.pid ?? 100;
  return {
    ...filesOf(tree),
    cwd: tree.cwd,
    env: options.env ?? {},
    pid,
    machine: 'memory',
    isRunning: (id) => id === pid || running.has(id),
    async run(command, args, runOptions = {}) {
      const result = options.run?.(command, args, runOptions);
      return { exitCode: result ? 0 : -1, stdout: '', stderr: '', missing: !result, timedOut: false, ...result };
    },
    which: async (command) => (options.run?.(command, ['--version'], {}) ? `/usr/bin/${command}` : undefined),
    onSignal: () => () => {},
    uninterrupted: (work) => work(),
    isTty: () => false,
    columns: () => undefined,
    async print(stream, text) {
      printed[stream] += text;
    },
    readStdin: async () => options.stdin ?? '',
    async download(url) {
      const page = options.pages?.[url];
      if (page === undefined) throw new ServerError(`cannot read \`${url}\`: nothing listens there`);
      return { bytes: Buffer.from(page) };
    },
    printed,
    running,
    texts: (folder = '.') =>
      Object.fromEntries(
        (tree.find(folder, true)?.kind === 'folder'
          ? sortedBy(
              tree.list(tree.folder(folder), '', () => true),
              (each) => each.path,
            )
          : []
        )
          .filter((each) => each.kind === 'file')
          .map((each) => [each.path, tree.file(posix.join(tree.absolute(folder), each.path)).text]),
      ),
    writtenAt: (path) => tree.file(path).written,
    link(path, to) {
      const [folder, name] = tree.place(path);
      folder.entries.set(name, { kind: 'link', to });
    },
    losePower: () => tree.lose(),
  };
}
