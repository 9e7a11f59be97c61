import { present } from '../base/assert.ts';
import { sortedBy, uniqueTexts } from '../base/order.ts';
import type { Artifact } from '../output/artifact.ts';
import { MANIFEST_PATH, parentFolders } from '../output/artifact-path.ts';
import { type ManifestFile, readManifest, writeManifest } from '../output/manifest.ts';
import type { OutEntry, OutState, PlannedWrite, PublishPlan } from '../output/plan.ts';
import { sha256 } from '../output/sha256.ts';
import { defineCode } from '../source/code.ts';
import type { Checked, Diagnostic } from '../source/diagnostic.ts';
import { checkPaths, codes as pathCodes } from './artifact-paths.ts';

const FOREIGN_FILE = defineCode<{ path: string; what: string }>({
  code: 'output/foreign-file',
  severity: 'error',
  title: 'something that qmon did not generate stands where it must write',
  explain:
    'qmon overwrites and removes only files that the `manifest.json` of the output folder lists as its own. Another file, ' +
    'a folder with such files in it, or a link that stands in the way is never touched.\n\nMove it elsewhere, rename the ' +
    'document that the generated file is named after, or choose another output folder. When the manifest was lost, take it ' +
    'back from version control, or delete the generated files and generate again.',
  message: ({ path, what }) => `\`${path}\` is ${what} that qmon did not generate`,
  help: () => 'move it away, or choose another output folder with `-o`',
});

const EDITED_BY_HAND = defineCode<{ path: string; consequence: string }>({
  code: 'output/edited-by-hand',
  severity: 'warning',
  title: 'a generated file was edited by hand',
  explain:
    'The file differs from what `manifest.json` says qmon wrote. The specs are the only source: the next `qmon generate` ' +
    'puts back what they say. Make the change in the specs instead.',
  message: ({ path, consequence }) => `\`${path}\` was edited by hand; ${consequence}`,
  help: () => 'make the change in the specs',
});

const UNREADABLE_MANIFEST = defineCode<{ path: string; fault: string }>({
  code: 'output/unreadable-manifest',
  severity: 'error',
  title: 'the manifest of an output folder cannot be read',
  explain:
    'Without its `manifest.json` qmon does not know which files of an output folder are its own, so it writes nothing. ' +
    'After a merge with conflicts, take either side: `qmon generate` mends the rest.',
  message: ({ path, fault }) => `the manifest \`${path}\` ${fault}`,
  help: ({ path }) => `restore \`${path}\` from version control, or delete the whole folder and generate again`,
});

export const codes = [...pathCodes, FOREIGN_FILE, EDITED_BY_HAND, UNREADABLE_MANIFEST];

/** An artifact with the spec files that it comes from, relative to the workspace. */
export interface SourcedArtifact extends Artifact {
  readonly sources: readonly string[];
}

export interface PlanInput {
  readonly project: string;
  /** The output folder as people are shown it: `out/quantum-suite`. */
  readonly folder: string;
  readonly artifacts: readonly SourcedArtifact[];
  readonly out: OutState;
  /** Only these targets are published; files and manifest entries of the others stay as they are. Missing: all. */
  readonly targets?: readonly string[];
}

/**
 * Compares what was compiled with what an output folder holds. Diagnostics: `output/bad-path`, `output/foreign-file`,
 * `output/unreadable-manifest` (errors: the plan must not be carried out) and `output/edited-by-hand`.
 */
export function planPublication(input: PlanInput): Checked<PublishPlan> {
  const [sound, pathFaults] = checkPaths(input.artifacts);
  const read = input.out.manifest === undefined ? EMPTY : readManifest(input.out.manifest);
  if ('fault' in read) {
    const path = `${input.folder}/${MANIFEST_PATH}`;
    return [
      nothing(input.out.manifest),
      [...pathFaults, UNREADABLE_MANIFEST.at(undefined, { path, fault: read.fault })],
    ];
  }
  const artifacts = sortedBy(sound, (artifact) => artifact.path)
    .filter(({ target }) => isSelected(input, target))
    .map((artifact) => ({ ...artifact, digest: sha256(artifact.text) }));
  const scene = sceneOf(input, artifacts, read.manifest.files);
  const placed = artifacts.map((artifact) => place(scene, artifact));
  const dropped = scene.stale.map((file) => drop(scene, file));
  const manifest = manifestText(input, scene, artifacts);
  const plan = {
    write: placed.flatMap((verdict) => verdict.write ?? []),
    keep: placed.flatMap((verdict) => verdict.keep ?? []),
    remove: dropped.flatMap((verdict) => verdict.remove ?? []),
    manifest,
    manifestChanged: manifest !== input.out.manifest,
  };
  return [plan, [...pathFaults, ...[...placed, ...dropped].flatMap((verdict) => verdict.diagnostic ?? [])]];
}

const EMPTY = { manifest: { project: '', files: [] } };

function nothing(manifest = ''): PublishPlan {
  return { write: [], keep: [], remove: [], manifest, manifestChanged: false };
}

function isSelected({ targets }: PlanInput, target: string): boolean {
  return targets === undefined || targets.includes(target);
}

interface DigestedArtifact extends SourcedArtifact {
  readonly digest: string;
}

/** What the verdict about each path depends on. */
interface Scene {
  readonly folder: string;
  readonly entries: OutState['entries'];
  /** What the previous manifest lists. */
  readonly listed: ReadonlyMap<string, ManifestFile>;
  /** Listed, of a selected target, and no longer generated; sorted by path. */
  readonly stale: readonly ManifestFile[];
  readonly stalePaths: ReadonlySet<string>;
}

function sceneOf(input: PlanInput, artifacts: readonly Artifact[], files: readonly ManifestFile[]): Scene {
  const generated = new Set(artifacts.map((artifact) => artifact.path));
  const stale = files.filter((file) => isSelected(input, file.target) && !generated.has(file.path));
  return {
    folder: input.folder,
    entries: input.out.entries,
    listed: new Map(files.map((file) => [file.path, file])),
    stale: sortedBy(stale, (file) => file.path),
    stalePaths: new Set(stale.map((file) => file.path)),
  };
}

interface Verdict {
  readonly write?: PlannedWrite;
  readonly keep?: string;
  readonly remove?: string;
  readonly diagnostic?: Diagnostic;
}

/** What becomes of an artifact. */
function place(scene: Scene, artifact: DigestedArtifact): Verdict {
  const obstacle = obstacleOf(scene, artifact);
  if (obstacle) return { diagnostic: FOREIGN_FILE.at(undefined, obstacle) };
  const { path, text, digest } = artifact;
  const entry = scene.entries.get(path);
  if (entry?.kind !== 'file') return { write: { path, text, reason: 'new' } };
  const content = contentOf(entry, path);
  if (content === digest) return { keep: path };
  if (content === scene.listed.get(path)?.sha256) return { write: { path, text, reason: 'changed' } };
  return { write: { path, text, reason: 'edited' }, diagnostic: edited(scene, path, 'it will be overwritten') };
}

const DESCRIPTIONS: Readonly<Record<OutEntry['kind'], string>> = {
  file: 'a file',
  folder: 'a folder with content',
  link: 'a link',
  other: 'something other than a file',
};

/** What stands in the way of a file and is not ours to move: above it, at its path, or inside a folder of its name. */
function obstacleOf(scene: Scene, artifact: DigestedArtifact): { path: string; what: string } | undefined {
  const { path } = artifact;
  const foreign =
    parentFolders(path).find((folder) => isInTheWay(scene, folder)) ?? (isForeign(scene, artifact) ? path : undefined);
  if (foreign === undefined) return undefined;
  return { path: `${scene.folder}/${foreign}`, what: DESCRIPTIONS[scene.entries.get(foreign)!.kind] };
}

/** A parent must be a folder, or a file of ours that goes away. */
function isInTheWay(scene: Scene, folder: string): boolean {
  const entry = scene.entries.get(folder);
  if (entry === undefined || entry.kind === 'folder') return false;
  return entry.kind !== 'file' || !scene.stalePaths.has(folder);
}

/** A file whose content is the one that we would write is as good as ours: so a lost manifest grows again. */
function isForeign(scene: Scene, { path, digest }: DigestedArtifact): boolean {
  const entry = scene.entries.get(path);
  if (entry === undefined) return false;
  if (entry.kind === 'folder') return holdsForeign(scene, `${path}/`);
  if (entry.kind !== 'file') return true;
  return !scene.listed.has(path) && contentOf(entry, path) !== digest;
}

/** A folder below it is ours when it goes away with the files of ours in it. */
function holdsForeign(scene: Scene, prefix: string): boolean {
  const leaving = new Set([...scene.stalePaths].flatMap((path) => [path, ...parentFolders(path)]));
  for (const path of scene.entries.keys()) if (path.startsWith(prefix) && !leaving.has(path)) return true;
  return false;
}

/** What becomes of a listed file that is no longer generated. One that is already gone is fine. */
function drop(scene: Scene, { path, sha256: listed }: ManifestFile): Verdict {
  const entry = scene.entries.get(path);
  if (entry === undefined) return {};
  if (entry.kind !== 'file')
    return { diagnostic: edited(scene, path, `it is now ${DESCRIPTIONS[entry.kind]} and stays`) };
  if (contentOf(entry, path) === listed) return { remove: path };
  return { remove: path, diagnostic: edited(scene, path, 'it is no longer generated and will be removed') };
}

function contentOf(entry: OutEntry & { kind: 'file' }, path: string): string {
  return present(entry.sha256, `the content of ${path}`);
}

function edited(scene: Scene, path: string, consequence: string): Diagnostic {
  return EDITED_BY_HAND.at(undefined, { path: `${scene.folder}/${path}`, consequence });
}

function manifestText(input: PlanInput, scene: Scene, artifacts: readonly DigestedArtifact[]): string {
  const files = new Map(scene.listed);
  for (const { path } of scene.stale) files.delete(path);
  for (const { path, target, digest, sources } of artifacts) {
    files.set(path, { path, target, sha256: digest, sources: uniqueTexts(sources) });
  }
  return writeManifest({ project: input.project, files: [...files.values()] });
}
