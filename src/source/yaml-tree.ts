import type { Path } from './document.ts';
import {
  CHOMPING_MODE,
  COLLECTION_STYLE,
  EVENT_ID,
  SCALAR_STYLE,
  type Scalar,
  scalarText,
  type YamlEvent,
} from './yaml-events.ts';
import { keyText } from './yaml-value.ts';

/** A value with its place in the text; made only for files in which somebody asks for a position. */
export interface TreeNode {
  readonly start: number;
  end: number;
  readonly scalar?: Scalar;
  readonly entries?: Map<string, TreeEntry>;
  readonly items?: TreeNode[];
  /** What merge keys take over, the one that counts most first. */
  readonly merged?: TreeNode[];
  /** What an alias stands for. */
  readonly target?: TreeNode | undefined;
}

export interface TreeEntry {
  readonly key: TreeNode;
  readonly value: TreeNode;
}

interface Grower {
  readonly text: string;
  readonly events: readonly YamlEvent[];
  next: number;
  /** Where the last thing that was read ends. */
  cursor: number;
  anchors: Map<string, TreeNode>;
}

/** The root of each document, in the order of the events. */
export function growTrees(text: string, events: readonly YamlEvent[]): TreeNode[] {
  const grower: Grower = { text, events, next: 0, cursor: 0, anchors: new Map() };
  const roots: TreeNode[] = [];
  while (grower.next < events.length) {
    grower.next++;
    grower.anchors = new Map();
    roots.push(growNode(grower));
    grower.next++;
  }
  return roots;
}

/** The node at a path, or its nearest existing parent, with the entry that it belongs to. */
export function findNode(root: TreeNode, path: Path): { node: TreeNode; key: TreeNode | undefined } {
  let found: { node: TreeNode; key: TreeNode | undefined } = { node: root, key: undefined };
  for (const step of path) {
    const parent = behindAlias(found.node);
    const entry = entryOf(parent, String(step));
    const item = entry?.value ?? parent.items?.[Number(step)];
    if (!item) break;
    found = { node: item, key: entry?.key };
  }
  return found;
}

/** The entry of a mapping, be it taken over by a merge key. */
function entryOf(node: TreeNode, name: string): TreeEntry | undefined {
  const own = node.entries?.get(name);
  if (own || !node.merged) return own;
  for (const each of node.merged) {
    const found = entryOf(behindAlias(each), name);
    if (found) return found;
  }
  return undefined;
}

/** The value that an alias stands for, or the value itself. */
export function behindAlias(node: TreeNode): TreeNode {
  return node.target ?? node;
}

function growNode(grower: Grower): TreeNode {
  const event = grower.events[grower.next++]!;
  switch (event.type) {
    case EVENT_ID.SCALAR:
      return anchored(grower, event, growScalar(grower, event));
    case EVENT_ID.MAPPING:
      return growMapping(grower, event);
    case EVENT_ID.SEQUENCE:
      return growSequence(grower, event);
    case EVENT_ID.ALIAS:
      return growAlias(grower, event);
    default:
      throw new Error(`internal error: event ${event.type} where a value begins`);
  }
}

interface Named {
  readonly anchorStart: number;
  readonly anchorEnd: number;
}

function anchored(grower: Grower, event: Named, node: TreeNode): TreeNode {
  if (event.anchorStart >= 0) grower.anchors.set(grower.text.slice(event.anchorStart, event.anchorEnd), node);
  return node;
}

function growAlias(grower: Grower, event: Named): TreeNode {
  const target = grower.anchors.get(grower.text.slice(event.anchorStart, event.anchorEnd));
  grower.cursor = event.anchorEnd;
  return { start: event.anchorStart - 1, end: event.anchorEnd, target: target && behindAlias(target) };
}

type Opening = Extract<YamlEvent, { type: typeof EVENT_ID.MAPPING | typeof EVENT_ID.SEQUENCE }>;

function growMapping(grower: Grower, event: Opening): TreeNode {
  const entries = new Map<string, TreeEntry>();
  const merged: TreeNode[] = [];
  const node: TreeNode = anchored(grower, event, { start: event.start, end: event.start, entries, merged });
  const closer = closerOf(grower, event, '{', '}');
  grower.cursor = closer ? event.start + 1 : event.start;
  while (grower.events[grower.next]!.type !== EVENT_ID.POP) {
    const first = grower.events[grower.next]!;
    const key = growNode(grower);
    const value = growNode(grower);
    const name = first.type === EVENT_ID.SCALAR ? keyText(grower.text, first) : undefined;
    if (name !== undefined && !entries.has(name)) entries.set(name, { key, value });
    if (key.scalar && isMerge(grower, key.scalar)) merged.push(...(behindAlias(value).items ?? [value]));
  }
  return close(grower, node, closer);
}

function isMerge({ text }: Grower, key: Scalar): boolean {
  return key.style === SCALAR_STYLE.PLAIN && scalarText(text, key) === '<<';
}

function growSequence(grower: Grower, event: Opening): TreeNode {
  const items: TreeNode[] = [];
  const node: TreeNode = anchored(grower, event, { start: event.start, end: event.start, items });
  const closer = closerOf(grower, event, '[', ']');
  grower.cursor = closer ? event.start + 1 : event.start;
  while (grower.events[grower.next]!.type !== EVENT_ID.POP) items.push(growNode(grower));
  return close(grower, node, closer);
}

/** The bracket that may end a flow collection: a pair without braces, as in `[key: value]`, has none and finds none. */
function closerOf(grower: Grower, event: Opening, opener: string, closer: string): string | undefined {
  return event.style === COLLECTION_STYLE.FLOW && grower.text[event.start] === opener ? closer : undefined;
}

function close(grower: Grower, node: TreeNode, closer: string | undefined): TreeNode {
  grower.next++;
  if (closer) {
    const at = skipTo(grower.text, grower.cursor, closer);
    if (at !== undefined) grower.cursor = at + 1;
  }
  node.end = Math.max(grower.cursor, node.start);
  return node;
}

/** The offset of a mark after blanks, line breaks, commas and comments; nothing when something else comes first. */
function skipTo(text: string, from: number, mark: string): number | undefined {
  const gap = /(?:[\s,\ufeff]|(?<=[\s,[{]|^)#[^\r\n]*)*/y;
  gap.lastIndex = from;
  const start = from + (gap.exec(text)?.[0].length ?? 0);
  return text[start] === mark ? start : undefined;
}

function growScalar(grower: Grower, event: Scalar): TreeNode {
  const [start, end] = scalarRange(grower, event);
  grower.cursor = Math.max(grower.cursor, end);
  return { start, end, scalar: event };
}

function scalarRange(grower: Grower, event: Scalar): [start: number, end: number] {
  if (event.valueStart < 0) return absentRange(grower, event);
  switch (event.style) {
    case SCALAR_STYLE.SINGLE_QUOTED:
    case SCALAR_STYLE.DOUBLE_QUOTED:
      return [event.valueStart - 1, event.valueEnd + 1];
    case SCALAR_STYLE.LITERAL_BLOCK:
    case SCALAR_STYLE.FOLDED_BLOCK:
      return [blockStart(grower, event), blockEnd(grower.text, event)];
    default:
      return [event.valueStart, event.valueEnd];
  }
}

/** Nothing is written: the place right after the mark that announces it. */
function absentRange(grower: Grower, event: Scalar): [start: number, end: number] {
  const property = Math.max(event.anchorEnd, event.tagEnd);
  if (property >= 0) return [property, property];
  for (const mark of [':', '-', '?']) {
    const at = skipTo(grower.text, grower.cursor, mark);
    if (at !== undefined) return [at + 1, at + 1];
  }
  return [grower.cursor, grower.cursor];
}

/** Blocks begin at their `|` or `>`, on the line above the first of the content. */
function blockStart(grower: Grower, event: Scalar): number {
  const { text } = grower;
  let end = event.valueStart;
  if (text[end - 1] === '\n') end--;
  if (text[end - 1] === '\r') end--;
  const from = Math.max(lineStart(text, end), grower.cursor, event.anchorEnd, event.tagEnd);
  const header = /[|>][-+0-9]*[ \t]*(?:#.*)?$/.exec(text.slice(from, end));
  return header ? from + header.index : event.valueStart;
}

function lineStart(text: string, offset: number): number {
  let start = offset;
  while (start > 0 && !isBreak(text[start - 1])) start--;
  return start;
}

function isBreak(letter: string | undefined): boolean {
  return letter === '\n' || letter === '\r';
}

/** Blocks end with their last line, unless the empty lines after it are part of the value. */
function blockEnd(text: string, event: Scalar): number {
  let end = event.valueEnd;
  if (event.chomping === CHOMPING_MODE.KEEP) return end;
  while (end > event.valueStart) {
    const start = lineStart(text, end);
    const isEmpty = end - start <= Math.max(event.indent, 0) && text.slice(start, end).trim() === '';
    if (!isEmpty || start <= event.valueStart) return end;
    end = text[start - 1] === '\n' && text[start - 2] === '\r' ? start - 2 : start - 1;
  }
  return end;
}
