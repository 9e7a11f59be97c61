import { fileURLToPath } from 'node:url';
import type { SourceFile } from '../../src/source/span.ts';
import { caseFolders, specFiles } from '../case-folder.ts';

const at = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url));

/** The whole example workspace. */
export function quantumSuite(): SourceFile[] {
  return specFiles(at('specs/quantum-suite'), 'specs/quantum-suite');
}

/** The workspaces of the golden cases, good and bad, but for those that are large by intention. */
export function caseWorkspaces(): SourceFile[][] {
  return caseFolders(at('test/cases'))
    .map(({ folder }) => specFiles(`${folder}/specs`, 'specs'))
    .filter((files) => files.length > 0);
}
