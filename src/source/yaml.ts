import type { Checked } from './diagnostic.ts';
import type { Located, Path } from './document.ts';
import type { SourceFile, Span } from './span.ts';
import { mapCharacters } from './yaml-characters.ts';
import { tooLarge } from './yaml-codes.ts';
import { readEvents, scalarText, type YamlEvent } from './yaml-events.ts';
import { judge } from './yaml-judge.ts';
import { behindAlias, findNode, growTrees, type TreeNode } from './yaml-tree.ts';
import { buildDocuments, type Reading } from './yaml-value.ts';

export { codes } from './yaml-codes.ts';

const MEGABYTE = 1_000_000;
/** No spec is larger; checked in characters. */
export const MAX_MEGABYTES = 20;

/**
 * Reads the documents of a file as plain values under the core schema of YAML 1.2 (dates are texts), leaving out empty ones.
 * Reports everything under `yaml/…`. A document whose syntax is broken is left out, the others of its file are not.
 * js-yaml reads what is in order; what it refuses is judged by yaml, which names every fault and whose verdict counts.
 * `texts` reads files for programs in Go as those do (see `Reading`).
 * Source: https://yaml.org/spec/1.2.2/
 */
export function parseYaml(file: SourceFile, reading: Reading = 'specs'): Checked<readonly Located[]> {
  if (file.text.length > MAX_MEGABYTES * MEGABYTE) {
    const megabytes = Math.ceil(file.text.length / MEGABYTE);
    return [[], [tooLarge.at({ file, start: 0, end: 0 }, { megabytes, limit: MAX_MEGABYTES })]];
  }
  const events = readEvents(file.text);
  if (!('reason' in events)) return locate(file, reading, events, () => reread(file));
  const [judged, faults] = judge(file);
  const [documents, findings] = locate(file, reading, judged, () => judged);
  return [documents, [...faults, ...findings]];
}

/** The events of a file that was read before: they are not kept, because positions are seldom asked for. */
function reread(file: SourceFile): readonly YamlEvent[] {
  const events = readEvents(file.text);
  return 'reason' in events ? [] : events;
}

function locate(
  file: SourceFile,
  reading: Reading,
  events: readonly YamlEvent[],
  again: () => readonly YamlEvent[],
): Checked<readonly Located[]> {
  let trees: TreeNode[] | undefined;
  const root = (index: number): TreeNode => {
    trees ??= growTrees(file.text, again());
    return trees[index]!;
  };
  const [documents, diagnostics] = buildDocuments(file, events, reading);
  const located = documents.map(({ index, value }) => locatedDocument(file, index, value, () => root(index)));
  return [located, diagnostics];
}

function locatedDocument(file: SourceFile, index: number, value: unknown, root: () => TreeNode): Located {
  return {
    file,
    index,
    value,
    get span() {
      return spanOf(file, root());
    },
    at(path, part = 'value') {
      const { node, key } = findNode(root(), path);
      return spanOf(file, part === 'key' && key ? key : node);
    },
    within: (path, start, end) => spanWithin(file, root(), path, start, end),
  };
}

function spanOf(file: SourceFile, node: TreeNode): Span {
  return { file, start: node.start, end: node.end };
}

function spanWithin(file: SourceFile, root: TreeNode, path: Path, start: number, end: number): Span {
  const { node } = findNode(root, path);
  const { scalar } = behindAlias(node);
  if (!scalar) return spanOf(file, node);
  const map = mapCharacters(file.text, scalar);
  if (map.text === '' || map.text !== scalarText(file.text, scalar)) return spanOf(file, node);
  const last = map.starts.length - 1;
  if (start > last) return { file, start: map.ends[last]!, end: map.ends[last]! };
  const from = map.starts[Math.max(start, 0)]!;
  if (end <= start) return { file, start: from, end: from };
  return { file, start: from, end: Math.max(from, map.ends[Math.min(end - 1, last)]!) };
}
