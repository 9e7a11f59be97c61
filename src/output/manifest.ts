import { sortedBy } from '../base/order.ts';
import { pathFault } from './artifact-path.ts';
import { writeJson } from './json.ts';

/** What qmon generated in an output folder: the files that it may overwrite and remove. */
export interface Manifest {
  readonly project: string;
  readonly files: readonly ManifestFile[];
}

export interface ManifestFile {
  /** Below the folder of the manifest, with `/`. */
  readonly path: string;
  readonly target: string;
  readonly sha256: string;
  /** The spec files that it comes from. */
  readonly sources: readonly string[];
}

const VERSION = 1;

/** The same specs give the same bytes: sorted, no time, no version of qmon. */
export function writeManifest(manifest: Manifest): string {
  const files = sortedBy(manifest.files, (file) => file.path).map(({ path, target, sha256, sources }) => ({
    path,
    target,
    sha256,
    sources,
  }));
  return writeJson({ version: VERSION, project: manifest.project, files });
}

/** Reads a manifest, or says what is wrong with it. Nothing in it is trusted: its paths are files to delete. */
export function readManifest(text: string): { readonly manifest: Manifest } | { readonly fault: string } {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { fault: /^<{7} /m.test(text) ? 'has conflict markers of a merge' : 'is not JSON' };
  }
  if (!isRecord(value) || !Array.isArray(value.files)) return { fault: 'has no list of files' };
  if (value.version !== VERSION) return { fault: `has the version \`${value.version}\`, not \`${VERSION}\`` };
  const broken = value.files.find((file) => !isManifestFile(file));
  if (broken !== undefined) return { fault: `has the broken entry \`${JSON.stringify(broken)}\`` };
  return { manifest: { project: String(value.project), files: value.files } };
}

function isManifestFile(value: unknown): value is ManifestFile {
  return (
    isRecord(value) &&
    typeof value.path === 'string' &&
    pathFault(value.path) === undefined &&
    typeof value.target === 'string' &&
    typeof value.sha256 === 'string' &&
    Array.isArray(value.sources) &&
    value.sources.every((source) => typeof source === 'string')
  );
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
