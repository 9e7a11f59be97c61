import { globMatcher } from '../base/glob.ts';
import { sortedBy } from '../base/order.ts';
import { isBelow, relativePath, resolvePath } from '../base/path.ts';
import type { Beside } from '../kinds/kind.ts';
import type { AnyKind } from '../kinds/read.ts';
import { kinds } from '../kinds/registry.ts';
import { type Diagnostic, hasErrors } from '../source/diagnostic.ts';
import type { Located } from '../source/document.ts';
import type { SourceFile } from '../source/span.ts';
import { parseYaml } from '../source/yaml.ts';
import { importsOf } from './packages.ts';

/** A file with the documents in it, none of which was checked yet. */
export interface ParsedFile {
  readonly file: SourceFile;
  readonly documents: readonly Located[];
  readonly diagnostics: readonly Diagnostic[];
}

/** A Project and the folder that it is in. */
export interface Root {
  readonly folder: string;
  readonly name: string;
  readonly document: Located;
}

/** The files of a run: specs, and what they name beside them. */
export interface Sources {
  /** The files that specs may name beside them, sorted by path. */
  readonly files: readonly SourceFile[];
  /** Those that are specs: YAML that no document names as a file beside it. */
  readonly specs: readonly ParsedFile[];
  readonly roots: readonly Root[];
  /** The folder from which the patterns in a file count: that of the nearest Project above it, or of the package that it was imported with. */
  folderOf(path: string): string;
}

/** Files are looked through for what they name before they are compiled; they are parsed once. */
const parsedFiles = new WeakMap<SourceFile, ParsedFile>();

function parsedFile(file: SourceFile): ParsedFile {
  const known = parsedFiles.get(file);
  if (known) return known;
  const [documents, diagnostics] = parseYaml(file);
  const parsed = { file, documents, diagnostics };
  parsedFiles.set(file, parsed);
  return parsed;
}

/** What can be told of a document that was not checked yet. */
interface Unchecked {
  readonly apiVersion?: unknown;
  readonly kind?: unknown;
  readonly groups?: unknown;
  readonly metadata?: { readonly name?: unknown } | null;
  readonly spec?: Readonly<Record<string, unknown>> | null;
}

function unchecked({ value }: Located): Unchecked {
  return (typeof value === 'object' && value) || {};
}

function parentOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}

function rootsOf(parsed: readonly ParsedFile[]): Root[] {
  return parsed.flatMap(({ file, documents }) =>
    documents.flatMap((document) => {
      const { kind, metadata } = unchecked(document);
      if (kind !== 'Project') return [];
      const name = metadata?.name;
      return [{ folder: parentOf(file.path), name: typeof name === 'string' ? name : '', document }];
    }),
  );
}

/** The nearest of some folders above a path. */
export function nearestAbove<T extends { readonly folder: string }>(path: string, above: readonly T[]): T | undefined {
  const around = above.filter(({ folder }) => isBelow(path, folder));
  return around.reduce<T | undefined>(
    (nearest, each) => (nearest && nearest.folder.length >= each.folder.length ? nearest : each),
    undefined,
  );
}

/** The folders that a Project imports. */
export function importedFolders({ folder, document }: Root): string[] {
  return importsOf(document, folder).map((each) => each.folder);
}

/** The patterns in a document that was not checked yet: files that it may name. */
export function patternsIn(document: Located): string[] {
  const { kind: name, spec } = unchecked(document);
  const kind: AnyKind | undefined = kinds.find((each) => each.name === name);
  return (kind?.files ?? []).flatMap(({ property, suffix }) => {
    const named = spec?.[property];
    const patterns = Array.isArray(named) ? named : [named];
    return patterns.flatMap((pattern) => (typeof pattern === 'string' && pattern !== '' ? [pattern + suffix] : []));
  });
}

/** The files that match a pattern which counts from a folder. */
export function filesFrom(files: readonly SourceFile[], folder: string): Beside {
  return {
    matching: (pattern) => {
      const matches = globMatcher(resolvePath(folder, pattern));
      return files.filter(({ path }) => matches(resolvePath('', path)));
    },
    pathOf: ({ path }) => relativePath(folder, resolvePath('', path)),
  };
}

const SPEC_FILE = /\.ya?ml$/;

function homes(roots: readonly Root[]): (path: string) => string {
  const packages = roots.flatMap(importedFolders).map((folder) => ({ folder }));
  const folders = [...roots.map(({ folder }) => ({ folder: resolvePath('', folder) })), ...packages];
  return (path) => nearestAbove(resolvePath('', path), folders)?.folder ?? '';
}

const OWN_VERSION = /^qmon\//;

/** Whether a document is a spec by what it says of itself; a `Service` of Kubernetes has an `apiVersion` of its own. */
function isSpec(document: Located): boolean {
  const { kind, apiVersion } = unchecked(document);
  const ours = apiVersion === undefined || (typeof apiVersion === 'string' && OWN_VERSION.test(apiVersion));
  return ours && kinds.some(({ name }) => name === kind);
}

/** Whether a document can only be meant for another program. */
function isForeign(document: Located): boolean {
  const { kind, apiVersion, groups } = unchecked(document);
  const theirs = typeof apiVersion === 'string' && !OWN_VERSION.test(apiVersion);
  return theirs || (kind === undefined && groups !== undefined);
}

/** Files that are nobody's as far as can be told, because what names them cannot be read. */
function isOrphaned({ documents }: ParsedFile): boolean {
  return documents.length > 0 && documents.every(isForeign);
}

/** Parses the files and tells specs from the files that specs name: those are read by nobody else. */
export function sourcesOf(files: readonly SourceFile[]): Sources {
  const sorted = sortedBy(files, ({ path }) => path);
  const parsed = sorted.filter(({ path }) => SPEC_FILE.test(path)).map(parsedFile);
  const own = new Set(parsed.filter(({ documents }) => documents.some(isSpec)).map(({ file }) => file));
  const others = sorted.filter((file) => !own.has(file));
  const homeOf = homes(rootsOf(parsed));
  const claims = parsed.flatMap(({ file, documents }) => {
    const patterns = documents.flatMap(patternsIn);
    const beside = patterns.length > 0 ? filesFrom(others, homeOf(file.path)) : undefined;
    return patterns.flatMap((pattern) => beside!.matching(pattern));
  });
  const claimed = new Set(claims);
  const unclaimed = parsed.filter(({ file }) => !claimed.has(file));
  const broken = unclaimed.some(({ diagnostics }) => hasErrors(diagnostics));
  const specs = broken ? unclaimed.filter((each) => !isOrphaned(each)) : unclaimed;
  const roots = rootsOf(specs);
  return { files: others, specs, roots, folderOf: homes(roots) };
}
