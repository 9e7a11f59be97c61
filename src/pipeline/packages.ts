import { isBelow, resolvePath } from '../base/path.ts';
import { formats } from '../kinds/formats.ts';
import type { Beside } from '../kinds/kind.ts';
import { defineCode } from '../source/code.ts';
import { valueAt } from '../source/derived.ts';
import type { Diagnostic } from '../source/diagnostic.ts';
import type { Located, Path } from '../source/document.ts';
import type { Span } from '../source/span.ts';

/** The documents of an imported folder, under the namespace that the importer gives them. */
export interface Package {
  /** As names of its documents begin: `platform`, or `platform/base` for what the package imports itself. */
  readonly namespace: string;
  readonly documents: readonly Located[];
  readonly beside: Beside;
  /** Level of the package → level of the importer. */
  readonly severityMap: Readonly<Record<string, string>>;
}

/** One entry of a Project's `imports`, as far as it can be understood. */
export interface ImportEntry {
  readonly folder: string;
  readonly as: string;
  readonly severityMap: Readonly<Record<string, string>>;
  readonly project: Located;
  readonly path: Path;
}

const NOT_FOUND = defineCode<{ folder: string; isFile: boolean }>({
  code: 'import/not-found',
  severity: 'error',
  title: 'an import that leads nowhere',
  explain:
    'The path of an import is a folder with specs, as it is seen from the folder of the Project. qmon downloads nothing: a git submodule must be checked out, a vendored folder committed.',
  message: ({ folder }) => `there are no specs in \`${folder}\``,
  help: ({ isFile }) =>
    isFile
      ? 'write the path of the folder; all specs in it are imported'
      : 'correct the path; for a git submodule run `git submodule update --init`',
});

const CYCLE = defineCode<{ chain: readonly string[] }>({
  code: 'import/cycle',
  severity: 'error',
  title: 'imports run in a circle',
  explain: 'A package that imports itself, by whatever detour, would never end. One of the two must stand on its own.',
  message: ({ chain }) => `imports run in a circle: ${chain.map((folder) => `\`${folder}\``).join(' → ')}`,
  help: () => 'move what both need into a third folder, and import that',
});

const NAMESPACE_REPEATED = defineCode<{ name: string }>({
  code: 'import/namespace-repeated',
  severity: 'error',
  title: 'two imports under one namespace',
  explain: 'The namespace tells the names of packages apart, so each import needs its own.',
  message: ({ name }) => `the namespace \`${name}\` is taken`,
  help: () => 'choose another name for `as`',
});

export const codes = [NOT_FOUND, CYCLE, NAMESPACE_REPEATED];

function isMapping(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What a Project imports; `folder`: its own. Entries that cannot be understood are left to the schema. */
export function importsOf(project: Located, folder: string): ImportEntry[] {
  const { spec } = project.value as { spec?: unknown };
  const imports = isMapping(spec) && Array.isArray(spec.imports) ? spec.imports : [];
  return imports.flatMap((entry: unknown, index): ImportEntry[] => {
    if (!isMapping(entry) || typeof entry.path !== 'string' || typeof entry.as !== 'string') return [];
    if (!formats['relative-path']!.matches(entry.path)) return [];
    const severityMap = isMapping(entry.severityMap) ? (entry.severityMap as Record<string, string>) : {};
    const path = ['spec', 'imports', index];
    return [{ folder: resolvePath(folder, entry.path), as: entry.as, severityMap, project, path }];
  });
}

/** What a folder holds, down to the next Project. */
interface Contents {
  /** The Project of the folder itself. */
  readonly project?: Located;
  readonly documents: readonly Located[];
  readonly beside: Beside;
  /** What reading its files found. */
  readonly diagnostics: readonly Diagnostic[];
}

/** What is known of the files below every folder. */
export interface Shelf {
  packageAt(folder: string): Contents;
}

/** A level of a package as the outermost importer calls it. */
function chained(inner: Readonly<Record<string, string>>, outer: Readonly<Record<string, string>>) {
  const mapped = Object.entries(inner).map(([from, to]) => [from, outer[to] ?? to]);
  return { ...outer, ...Object.fromEntries(mapped) } as Readonly<Record<string, string>>;
}

/** What was found: wrong imports, and files that could not be read. */
interface Told {
  readonly found: Diagnostic[];
  readonly faults: Diagnostic[];
  /** Namespaces of which nothing is known, because their import is wrong; an empty one may be any. */
  readonly lost: string[];
  /** The circles that were told, each as its folders in order. */
  readonly circles: Set<string>;
}

/** A circle is told once, wherever somebody gets into it. */
function circleFault(told: Told, at: Span, chain: readonly string[]): void {
  const circle = [...new Set(chain)].sort().join('\n');
  if (!told.circles.has(circle)) told.found.push(CYCLE.at(at, { chain }));
  told.circles.add(circle);
}

interface Importer {
  readonly namespace: string;
  readonly severityMap: Readonly<Record<string, string>>;
  /** The folders from the workspace down to the importer. */
  readonly chain: readonly string[];
}

function packagesBelow(shelf: Shelf, entry: ImportEntry, importer: Importer, told: Told): Package[] {
  const at = entry.project.at([...entry.path, 'path']);
  const { folder } = entry;
  const namespace = importer.namespace === '' ? entry.as : `${importer.namespace}/${entry.as}`;
  if (importer.chain.includes(folder)) {
    told.lost.push(namespace);
    circleFault(told, at, [...importer.chain.slice(importer.chain.indexOf(folder)), folder]);
    return [];
  }
  const { project, documents, beside, diagnostics } = shelf.packageAt(folder);
  told.faults.push(...diagnostics);
  if (documents.length + diagnostics.length === 0 && project === undefined) {
    told.found.push(NOT_FOUND.at(at, { folder: folder || '.', isFile: /\.ya?ml$/.test(folder) }));
    told.lost.push(namespace);
    return [];
  }
  const severityMap = chained(entry.severityMap, importer.severityMap);
  const inner = project ? importsOf(project, folder) : [];
  const below = { namespace, severityMap, chain: [...importer.chain, folder] };
  return [
    { namespace, documents, beside, severityMap },
    ...inner.flatMap((each) => packagesBelow(shelf, each, below, told)),
  ];
}

function repeatedNamespaces(entries: readonly ImportEntry[]): Diagnostic[] {
  const first = new Map<string, ImportEntry>();
  return entries.flatMap((entry) => {
    const other = first.get(entry.as);
    if (!other) first.set(entry.as, entry);
    if (!other) return [];
    const related = [{ span: other.project.at([...other.path, 'as']), message: 'taken here' }];
    return [NAMESPACE_REPEATED.at(entry.project.at([...entry.path, 'as']), { name: entry.as }, { related })];
  });
}

/** Everything that a workspace imports, by whatever detour; `faults`: what reading the files of the packages found. */
export function packagesOf(
  shelf: Shelf,
  project: Located,
  folder: string,
): Told & { readonly packages: readonly Package[] } {
  const entries = importsOf(project, folder);
  const repeated = repeatedNamespaces(entries);
  const told: Told = { found: repeated, faults: [], lost: unreadable(project, entries), circles: new Set() };
  const own = entries.filter((entry, index) => entries.findIndex(({ as }) => as === entry.as) === index);
  const root = { namespace: '', severityMap: {}, chain: [folder] };
  if (repeated.length > 0) told.lost.push(...entries.filter((entry) => !own.includes(entry)).map(({ as }) => as));
  return { packages: own.flatMap((entry) => packagesBelow(shelf, entry, root, told)), ...told };
}

/** Which namespace an import has that cannot be understood is not known. */
function unreadable(project: Located, entries: readonly ImportEntry[]): string[] {
  const imports = valueAt(project.value, ['spec', 'imports']);
  const written = Array.isArray(imports) ? imports.length : imports === undefined ? 0 : 1;
  return written > entries.length ? [''] : [];
}

/** Whether a file belongs to an imported folder, and not to the importer around it. */
export function isImported(path: string, imports: readonly ImportEntry[], home: string): boolean {
  return imports.some(({ folder }) => folder !== home && isBelow(folder, home) && isBelow(path, folder));
}
