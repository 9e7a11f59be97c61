import type { Artifact } from '../output/artifact.ts';
import { foldPath, parentFolders, pathFault } from '../output/artifact-path.ts';
import { defineCode } from '../source/code.ts';
import type { Checked, Diagnostic } from '../source/diagnostic.ts';
import { originSpan } from '../source/document.ts';
import type { Span } from '../source/span.ts';

const BAD_PATH = defineCode<{ path: string; fault: string }>({
  code: 'output/bad-path',
  severity: 'error',
  title: 'a generated file needs a path that every system can hold',
  explain:
    'Output folders are committed and checked out on Linux, macOS and Windows. A path therefore uses `/`, stays inside ' +
    'its output folder, is unique ignoring case, and avoids the names and characters that Windows reserves. ' +
    '`manifest.json` and `.qmon` at the top of the folder belong to qmon.\n\nPaths come from the names in the specs: ' +
    'rename the document.',
  message: ({ path, fault }) => `the path \`${path}\` of a generated file ${fault}`,
  help: () => 'rename the document that the file is named after',
});

export const codes = [BAD_PATH];

/** The artifacts that may be published; the others are reported (`output/bad-path`), at the line that they come from. */
export function checkPaths<A extends Artifact>(artifacts: readonly A[]): Checked<readonly A[]> {
  const taken = new Map<string, string>();
  for (const { path } of artifacts) {
    for (const folder of parentFolders(path)) taken.set(foldPath(folder), `${folder}/`);
  }
  const good: A[] = [];
  const diagnostics: Diagnostic[] = [];
  for (const artifact of artifacts) {
    const { path } = artifact;
    const other = taken.get(foldPath(path));
    const fault = pathFault(path) ?? (other === undefined ? undefined : clash(path, other));
    if (fault === undefined) {
      good.push(artifact);
      taken.set(foldPath(path), path);
    } else diagnostics.push(BAD_PATH.at(spanOf(artifact), { path, fault }));
  }
  return [good, diagnostics];
}

function clash(path: string, other: string): string {
  if (other === path) return 'is that of another generated file, too';
  if (other.endsWith('/')) return `is that of the folder \`${other}\`, too`;
  return `differs from \`${other}\` by case alone`;
}

function spanOf({ origins }: Artifact): Span | undefined {
  const origin = origins.get('') ?? origins.values().next().value;
  return origin && originSpan(origin);
}
