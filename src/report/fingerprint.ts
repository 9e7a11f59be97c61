import { isBelow, relativePath, resolvePath } from '../base/path.ts';
import { sha256 } from '../output/sha256.ts';
import { addressBook } from '../source/address.ts';
import type { Diagnostic } from '../source/diagnostic.ts';
import type { SourceFile, Span } from '../source/span.ts';
import type { ProjectFolder } from './report.ts';

/** Hexadecimal digits; GitLab and GitHub take any text. */
const LENGTH = 32;

/**
 * What a finding is known by from run to run: its code, its file within the workspace, where it stands in the structure of
 * the document, and the author's words there. Lines, wording, environments and the folder in which qmon was started have
 * no part in it, so it outlives changes elsewhere. Findings that are alike in all of this are counted through; no two
 * fingerprints of a run are the same. Takes the findings in the order in which they are shown.
 */
export function fingerprints(
  findings: readonly Diagnostic[],
  workspaces: readonly ProjectFolder[],
): ReadonlyMap<Diagnostic, string> {
  const addresses = new Map<SourceFile, (offset: number) => string>();
  const addressIn = (file: SourceFile) => {
    const known = addresses.get(file) ?? addressBook(file);
    addresses.set(file, known);
    return known;
  };
  const counts = new Map<string, number>();
  return new Map(
    findings.map((finding) => {
      const { code, span } = finding;
      const place = span
        ? [pathWithin(span.file.path, workspaces), addressIn(span.file)(span.start), wordsAt(span)]
        : [];
      const alike = JSON.stringify([code, ...place]);
      const count = counts.get(alike) ?? 0;
      counts.set(alike, count + 1);
      return [finding, sha256(`${alike}${count}`).slice(0, LENGTH)];
    }),
  );
}

/** The first line of what is marked, without the spaces around it. */
function wordsAt({ file, start, end }: Span): string {
  return file.text.slice(start, end).split(/\r?\n/, 1)[0]!.trim();
}

/** A path as its workspace knows it: wherever qmon was started, it is the same. */
function pathWithin(path: string, workspaces: readonly ProjectFolder[]): string {
  const full = resolvePath('', path);
  const homes = workspaces
    .map(({ project, folder }) => ({ project, folder: resolvePath('', folder) }))
    .filter(({ folder }) => isBelow(full, folder));
  const [first, ...others] = homes;
  if (!first) return `:${full}`;
  const home = others.reduce((nearest, each) => (each.folder.length > nearest.folder.length ? each : nearest), first);
  return `${home.project}:${relativePath(home.folder, full)}`;
}
