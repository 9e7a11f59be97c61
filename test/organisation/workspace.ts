import { fileURLToPath } from 'node:url';
import { parseAllDocuments } from 'yaml';
import type { Artifact } from '../../src/output/artifact.ts';
import { type Compilation, type CompileOptions, compile } from '../../src/pipeline/compile.ts';
import { renderText } from '../../src/report/text.ts';
import type { SourceFile } from '../../src/source/span.ts';
import { specFiles } from '../case-folder.ts';
import { asFile, type Spec } from '../properties/workspaces.ts';

/** Tarnwick Parcels: six teams, 26 services, two environments, a vendored package and the rules of a broker's maker. */
export const organisation: readonly SourceFile[] = specFiles(fileURLToPath(new URL('specs', import.meta.url)), 'specs');

/** What is no spec: the rules and pages of the broker's maker. */
const isForeign = ({ path }: SourceFile) => path.startsWith('specs/vendor/heron/');

/** A document with the file in which it stands. */
export interface Placed {
  readonly path: string;
  readonly spec: Spec;
}

/** Every document of the organisation as data. */
export const placed: readonly Placed[] = organisation
  .filter((file) => !isForeign(file))
  .flatMap(({ path, text }) => parseAllDocuments(text).map((each) => ({ path, spec: each.toJS() as Spec })));

/** The organisation made of these documents, in the order in which they are given. */
export function filesOf(documents: readonly Placed[]): SourceFile[] {
  const paths = [...new Set(documents.map(({ path }) => path))];
  const files = paths.map((path) =>
    asFile(
      documents.filter((each) => each.path === path).map(({ spec }) => spec),
      path,
    ),
  );
  return [...files, ...organisation.filter(isForeign)];
}

/** The findings of a compilation, as a person reads them. */
export function findings(files: readonly SourceFile[], severities: readonly string[]): string {
  const [compilations, loose] = compile(files);
  const all = [...loose, ...compilations.flatMap(({ diagnostics }) => diagnostics)];
  return renderText(
    all.filter(({ severity }) => severities.includes(severity)),
    { color: false },
  );
}

/** The environments that a workspace compiles to, which must be without errors. */
export function compiled(files: readonly SourceFile[], options: CompileOptions = {}): readonly Compilation[] {
  const [compilations] = compile(files, options);
  if (compilations.some(({ artifacts }) => artifacts === undefined)) throw new Error(findings(files, ['error']));
  return compilations;
}

export function artifactsOf({ name, artifacts }: Compilation): readonly Artifact[] {
  return artifacts!.map((each) => ({ ...each, path: `${name}/${each.path}` }));
}

/** Every file that comes out, by path. */
export function outputOf(files: readonly SourceFile[], options: CompileOptions = {}): ReadonlyMap<string, string> {
  return new Map(
    compiled(files, options)
      .flatMap(artifactsOf)
      .map(({ path, text }) => [path, text]),
  );
}
