import { readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseAst } from 'vitest/node';
import { compareText } from '../../src/base/order.ts';

export const root = fileURLToPath(new URL('../..', import.meta.url));

/** An import of any form: static, type-only, re-export, dynamic, `import('…').Type`. */
export interface Import {
  /** As written. */
  readonly from: string;
  /** The file below the root of the project; nothing for a package. */
  readonly file?: string;
}

export interface FunctionSize {
  readonly name: string;
  readonly lines: number;
}

export interface Source {
  /** Below the root of the project, with `/`. */
  readonly path: string;
  readonly text: string;
  readonly imports: readonly Import[];
  readonly functions: readonly FunctionSize[];
}

type Node = { readonly type: string; readonly start: number; readonly end: number } & Readonly<Record<string, unknown>>;

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && typeof (value as Node).type === 'string';
}

function visit(value: unknown, see: (node: Node) => void): void {
  if (Array.isArray(value)) for (const each of value) visit(each, see);
  if (!isNode(value)) return;
  see(value);
  for (const each of Object.values(value)) if (typeof each === 'object') visit(each, see);
}

const IMPORTING = new Set([
  'ImportDeclaration',
  'ExportNamedDeclaration',
  'ExportAllDeclaration',
  'ImportExpression',
  'TSImportType',
]);

const FUNCTIONS = new Set(['FunctionDeclaration', 'FunctionExpression', 'ArrowFunctionExpression']);

function importOf(node: Node, path: string): Import | undefined {
  const source = node.source as { value?: unknown } | null | undefined;
  if (source === null || source === undefined) return undefined;
  const from = source.value;
  if (typeof from !== 'string') throw new Error(`${path}: an import whose module is not written out`);
  return from.startsWith('.') ? { from, file: posix.join(posix.dirname(path), from) } : { from };
}

function sizeOf(node: Node, text: string): FunctionSize {
  const name = (node.id as { name?: string } | null | undefined)?.name ?? 'a function';
  return { name, lines: text.slice(node.start, node.end).split('\n').length };
}

/** What a module imports, and how long its functions are. */
export function readSource(path: string, text: string): Source {
  const imports: Import[] = [];
  const functions: FunctionSize[] = [];
  visit(parseAst(text, { lang: path.endsWith('.d.ts') ? 'dts' : 'ts' }), (node) => {
    if (FUNCTIONS.has(node.type)) functions.push(sizeOf(node, text));
    const found = IMPORTING.has(node.type) ? importOf(node, path) : undefined;
    if (found) imports.push(found);
  });
  return { path, text, imports, functions };
}

/** Every file below a folder of the project, as paths with `/`, sorted. */
export function filesBelow(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length).replaceAll('\\', '/'))
    .sort(compareText);
}

/** What the build makes: it follows no rules of ours. */
const BUILT = /^src\/generated\/(validators|templates)\//;

/** Every module of src that somebody wrote, and the generated types. */
export const sources: readonly Source[] = filesBelow('src')
  .filter((path) => path.endsWith('.ts') && !BUILT.test(path))
  .map((path) => readSource(path, readFileSync(join(root, path), 'utf8')));

/** A file of the project. */
export function read(path: string): string {
  return readFileSync(join(root, path), 'utf8');
}
