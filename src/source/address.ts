import type { SourceFile } from './span.ts';
import { readEvents, scalarText } from './yaml-events.ts';
import { growTrees, type TreeNode } from './yaml-tree.ts';

/** What tells the items of a list apart, in specs as in rule files; the first that an item has counts. */
const NAMES = ['name', 'alert', 'record', 'id', 'title'] as const;

const YAML_FILE = /\.(?:ya?ml|json|rules)$/;

/**
 * Says where an offset of a file stands in words that survive lines added or removed elsewhere: kind and name of the
 * document, the keys above, and the names of list items. Empty for a text that is no YAML, or is broken.
 */
export function addressBook(file: SourceFile): (offset: number) => string {
  const events = YAML_FILE.test(file.path) ? readEvents(file.text) : [];
  const roots = 'reason' in events ? [] : growTrees(file.text, events);
  return (offset) => {
    const root = roots.findLast(({ start }) => start <= offset);
    if (!root) return '';
    const name = textAt(file.text, root.entries?.get('metadata')?.value, 'name');
    return [textAt(file.text, root, 'kind'), name, ...stepsTo(file.text, root, offset)].join('/');
  };
}

function textAt(text: string, node: TreeNode | undefined, key: string): string {
  const scalar = node?.entries?.get(key)?.value.scalar;
  return scalar ? scalarText(text, scalar) : '';
}

function nameOf(text: string, item: TreeNode): string {
  const names = NAMES.map((key) => textAt(text, item, key));
  return names.find((name) => name !== '') ?? '';
}

function stepsTo(text: string, root: TreeNode, offset: number): string[] {
  const steps: string[] = [];
  let node: TreeNode | undefined = root;
  while (node) {
    const [step, next]: readonly [string, TreeNode] | readonly [] = stepInto(text, node, offset) ?? [];
    if (step !== undefined) steps.push(step);
    node = next;
  }
  return steps;
}

function stepInto(text: string, node: TreeNode, offset: number): readonly [step: string, next: TreeNode] | undefined {
  for (const [key, entry] of node.entries ?? []) {
    if (offset >= entry.key.start && offset <= entry.value.end) return [key, entry.value];
  }
  const item = node.items?.find(({ start, end }) => offset >= start && offset <= end);
  return item && [nameOf(text, item), item];
}
