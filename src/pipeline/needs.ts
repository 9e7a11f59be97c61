import { globRoot } from '../base/glob.ts';
import { resolvePath } from '../base/path.ts';
import type { SourceFile } from '../source/span.ts';
import { importedFolders, patternsIn, sourcesOf } from './sources.ts';

/** Files that specs name, wherever they are. Paths count from where qmon was started; empty is that folder itself. */
export interface Need {
  /** The folder that holds them all. */
  readonly folder: string;
  /** What their paths match (see `base/glob`); without it they are the spec files of the folder. */
  readonly pattern?: string;
}

/**
 * What the specs at hand name beside them: the folders that Projects import, and the patterns of kinds with files. Nothing
 * is checked yet, so what makes no sense is passed over. What is read for it may need more in turn.
 */
export function needsOf(files: readonly SourceFile[]): readonly Need[] {
  const { specs, roots, folderOf } = sourcesOf(files);
  const imported = roots.flatMap(importedFolders).map((folder) => ({ folder }));
  const named = specs.flatMap(({ file, documents }) =>
    documents.flatMap(patternsIn).map((written) => {
      const pattern = resolvePath(folderOf(file.path), written);
      return { folder: globRoot(pattern), pattern };
    }),
  );
  return [...imported, ...named];
}
