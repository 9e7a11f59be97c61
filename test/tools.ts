import { execFileSync } from 'node:child_process';
import { accessSync, constants, existsSync, readdirSync, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, it } from 'vitest';
import { parseVersion, type ToolName, tools } from '../src/verify/tool.ts';

/** A program of a tool, with its version as in `2.42.0`. */
export interface ToolAt {
  readonly tool: ToolName;
  readonly path: string;
  readonly version: string;
}

const unpacked = fileURLToPath(new URL('../.tools/', import.meta.url));

/** Where the tools are: QMON_TOOLS_DIR, then PATH, then what `npm run tools` unpacked. */
const folders = [
  process.env.QMON_TOOLS_DIR ?? '',
  ...(process.env.PATH ?? '').split(delimiter),
  join(unpacked, 'bin'),
].filter((folder) => folder !== '');

/** Where other versions are, as `promtool-3.5`. */
const versionFolders = [process.env.QMON_TOOLS_DIR ?? '', join(unpacked, 'releases', 'bin')].filter(
  (folder) => folder !== '',
);

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

/** The path of a tool, undefined when it is not on this machine. */
export function findTool(name: ToolName): string | undefined {
  const programs = tools.find((tool) => tool.name === name)!.programs;
  return folders.flatMap((folder) => programs.map((program) => join(folder, program))).find(isProgram);
}

/** The path of a tool that a test inside `describeWithTools` relies on. */
export function requireTool(name: ToolName): string {
  const path = findTool(name);
  if (path === undefined) throw new Error(`${name} is missing: npm run tools`);
  return path;
}

/** The PATH with every folder in which tools are looked for: for processes that look for them themselves. */
export const pathWithTools = folders.join(delimiter);

const versions = new Map<string, string>();

/** The version that a program says it has, as in `2.42.0`. */
export function versionOf(path: string): string {
  let version = versions.get(path);
  if (version === undefined) {
    version = parseVersion(execFileSync(path, ['--version'], { encoding: 'utf8' })) ?? 'unknown';
    versions.set(path, version);
  }
  return version;
}

/** Every version of a tool that can be had here, the one that is used by default first. */
export function versionsOf(tool: ToolName): readonly ToolAt[] {
  const own = findTool(tool);
  const others = versionFolders
    .filter((folder) => existsSync(folder))
    .flatMap((folder) =>
      readdirSync(folder)
        .sort()
        .map((name) => ({ name, path: join(folder, name) })),
    )
    .filter(({ name, path }) => new RegExp(`^${tool}-\\d`).test(name) && isProgram(path));
  const paths = [...(own === undefined ? [] : [own]), ...others.map(({ path }) => path)];
  const all = paths.map((path) => ({ tool, path, version: versionOf(path) }));
  return all.filter((each, index) => all.findIndex(({ version }) => version === each.version) === index);
}

/** A `describe` whose tests need real tools: without them it is skipped with a loud line, and fails where `CI` is set. */
export function describeWithTools(needed: readonly ToolName[], title: string, body: () => void): void {
  const missing = needed.filter((name) => findTool(name) === undefined);
  if (missing.length === 0) {
    describe(title, body);
  } else if (process.env.CI) {
    describe(title, () => {
      it(`has ${missing.join(', ')}`, () => {
        throw new Error(`${missing.join(', ')} missing: npm run tools`);
      });
    });
  } else {
    process.stderr.write(`\n!!! SKIPPED: ${title}: ${missing.join(', ')} missing (npm run tools)\n\n`);
    describe.skip(title, body);
  }
}
