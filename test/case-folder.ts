import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { compareText } from '../src/base/order.ts';
import type { SourceFile } from '../src/source/span.ts';

/** Every file below a folder, as paths with `/` relative to it, sorted. */
export function filesBelow(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort(compareText);
}

/** Other files that specs may name: rule files and pages. */
const BESIDE_SPECS = /\.(?:ya?ml|json|rules|md)$/;

/** The spec files of a folder and what lies beside them, named as a user in the folder above would see them. */
export function specFiles(folder: string, shown: string): SourceFile[] {
  return filesBelow(folder)
    .filter((path) => BESIDE_SPECS.test(path))
    .map((path) => ({ path: `${shown}/${path}`, text: readFileSync(join(folder, path), 'utf8') }));
}

/** The golden cases: `test/cases/<area>/<case>`. */
export function caseFolders(root: string): { name: string; folder: string }[] {
  return readdirSync(root)
    .sort(compareText)
    .flatMap((area) =>
      readdirSync(join(root, area))
        .sort(compareText)
        .map((name) => ({ name: `${area}/${name}`, folder: join(root, area, name) })),
    );
}
