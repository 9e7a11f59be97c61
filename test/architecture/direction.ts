import type { Source } from './sources.ts';

/** The import rules of ARCHITECTURE.md. */
export interface Rules {
  /** Room → rooms that it must not import. */
  readonly forbidden: ReadonlyMap<string, readonly string[]>;
  /** Package → the one file that imports it. */
  readonly importers: ReadonlyMap<string, string>;
}

function roomOf(path: string): string {
  return path.split('/')[1] ?? '';
}

/** `src/kinds/slo/check.ts` → `src/kinds/slo`; nothing for a file directly in its room. */
function folderInRoom(path: string): string | undefined {
  const parts = path.split('/');
  return parts.length > 3 ? parts.slice(0, 3).join('/') : undefined;
}

/** Folders in these rooms stand alone: what they share lies beside them. */
const ROOMS_OF_STRANGERS = new Set(['kinds', 'targets']);

/** Lowers what the schema of Project and others describe with one definition; its type is generated with Project. */
const SHARED_LOWERING = 'src/kinds/targets.ts';

/** The users of what is generated: the kinds read their types, one module each reads validators and templates. */
function mayUseGenerated(importer: string, file: string): boolean {
  if (file.startsWith('src/generated/validators/')) return importer === 'src/kinds/read.ts';
  if (file === 'src/generated/templates/runbook.js') return importer === 'src/output/template.ts';
  if (file === 'src/generated/templates/notify.ts') return importer === 'src/targets/alertmanager/messages.ts';
  if (importer === SHARED_LOWERING) return file === 'src/generated/project.ts';
  const kind = /^src\/generated\/([a-z-]+)\.ts$/.exec(file)?.[1];
  return importer.startsWith(`src/kinds/${kind}/`);
}

function faultOfFile(importer: string, file: string, { forbidden }: Rules): string | undefined {
  if (!file.startsWith('src/')) return `${importer} imports ${file}, which is not in src`;
  const [from, to] = [roomOf(importer), roomOf(file)];
  if (from === 'generated') return `${importer} imports ${file}: what is generated imports nothing of ours`;
  if (to === 'generated') return mayUseGenerated(importer, file) ? undefined : `${importer} is no user of ${file}`;
  if (!forbidden.has(from)) return `${importer}: ARCHITECTURE.md knows no room \`${from}\``;
  if (!forbidden.has(to)) return `${importer} imports ${file}: ARCHITECTURE.md knows no room \`${to}\``;
  if (forbidden.get(from)!.includes(to)) return `${importer} imports ${file}: ${from} must not import ${to}`;
  const [own, other] = [folderInRoom(importer), folderInRoom(file)];
  const strangers = own !== undefined && other !== undefined && own !== other;
  if (from === to && ROOMS_OF_STRANGERS.has(from) && strangers)
    return `${importer} imports ${file}: ${own} stands alone`;
  return undefined;
}

/** `handlebars/runtime.js` → `handlebars`, `@scope/name/x` → `@scope/name`; modules of Node keep their whole name. */
function packageOf(from: string): string {
  if (from.startsWith('node:')) return from;
  return from
    .split('/')
    .slice(0, from.startsWith('@') ? 2 : 1)
    .join('/');
}

function faultOfPackage(importer: string, from: string, { importers }: Rules): string | undefined {
  const allowed = importers.get(packageOf(from));
  if (allowed === importer) return undefined;
  const help = allowed === undefined ? 'ARCHITECTURE.md lists no importer' : `only ${allowed} may`;
  return `${importer} imports ${from}: ${help}`;
}

/** Every import that the rules forbid. */
export function importFaults(sources: readonly Source[], rules: Rules): string[] {
  return sources.flatMap(({ path, imports }) =>
    imports.flatMap(({ from, file }) => {
      const fault = file === undefined ? faultOfPackage(path, from, rules) : faultOfFile(path, file, rules);
      return fault ?? [];
    }),
  );
}

/** Groups of files that import each other in a circle, each as one line. Type imports count. */
export function importCycles(sources: readonly Source[]): string[] {
  const imports = new Map(sources.map(({ path, imports: all }) => [path, all.flatMap(({ file }) => file ?? [])]));
  const done = new Set<string>();
  const cycles: string[] = [];
  const walk = (path: string, way: readonly string[]): void => {
    const start = way.indexOf(path);
    if (start !== -1) cycles.push([...way.slice(start), path].join(' → '));
    if (start !== -1 || done.has(path)) return;
    for (const next of imports.get(path) ?? []) walk(next, [...way, path]);
    done.add(path);
  };
  for (const path of imports.keys()) walk(path, []);
  return cycles;
}
