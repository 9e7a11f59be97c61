import type { Diagnostic } from './diagnostic.ts';
import type { SourceFile, Span } from './span.ts';
import { syntax, tooDeep } from './yaml-codes.ts';
import {
  CHOMPING_MODE,
  COLLECTION_STYLE,
  EVENT_ID,
  isTooDeep,
  MAX_DEPTH,
  type Refusal,
  readEvents,
  SCALAR_STYLE,
  shiftEvents,
  type YamlEvent,
} from './yaml-events.ts';
import { faultsOf, lowerFirst } from './yaml-faults.ts';
import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  type Node,
  type Pair,
  parseAllDocuments,
  Scalar,
} from './yaml-thorough.ts';

/** Beyond this many characters only the first fault is named: the thorough reader needs more than a second for each million. */
const MAX_JUDGED_LENGTH = 2_000_000;

/** The thorough reader takes this mark, and a lone carriage return, for content. */
const BYTE_ORDER_MARK = '\ufeff';

/**
 * Reads a file that js-yaml refused, document by document: all faults of the broken ones as `yaml/syntax`, the events of the
 * others. What js-yaml refuses and yaml accepts is accepted. A document with a fault is empty in the events.
 */
export function judge(file: SourceFile): readonly [events: YamlEvent[], diagnostics: Diagnostic[]] {
  const events: YamlEvent[] = [];
  const diagnostics: Diagnostic[] = [];
  for (const { start, end } of chunksOf(file.text)) {
    const chunk = file.text.slice(start, end);
    const read = readEvents(chunk);
    const [found, faults] = 'reason' in read ? judgeChunk(file, start, chunk, read) : [shiftEvents(read, start), []];
    for (const event of found) events.push(event);
    diagnostics.push(...faults);
  }
  return [events, diagnostics];
}

const DOCUMENT_MARK = /(?<![^\r\n])(?:---(?!\S)|\.\.\.(?!\S)[^\r\n]*)/g;
const ONLY_DIRECTIVES = /^\ufeff?(?:[ \t]*(?:#[^\r\n]*)?(?:[\r\n]|$)|%[^\r\n]*)*$/;

/**
 * The stretches between document marks, which no text can contain, directives together with what they are for.
 * Source: YAML 1.2.2 §9.1.2, https://yaml.org/spec/1.2.2/#912-document-markers
 */
function chunksOf(text: string): { start: number; end: number }[] {
  const chunks: { start: number; end: number }[] = [];
  let start = 0;
  for (const mark of text.matchAll(DOCUMENT_MARK)) {
    const end = mark[0].startsWith('.') ? mark.index + mark[0].length : mark.index;
    if (ONLY_DIRECTIVES.test(text.slice(start, mark.index)) && end === mark.index) continue;
    chunks.push({ start, end });
    start = end;
  }
  return [...chunks, { start, end: text.length }];
}

function judgeChunk(
  file: SourceFile,
  start: number,
  chunk: string,
  refusal: Refusal,
): readonly [events: YamlEvent[], diagnostics: Diagnostic[]] {
  if (isTooDeep(refusal)) return [[], [tooDeep.at(refusalSpan(file, start, refusal), { limit: MAX_DEPTH })]];
  if (chunk.length > MAX_JUDGED_LENGTH || mayBeTooDeep(chunk)) {
    return [[], [syntax.at(refusalSpan(file, start, refusal), { message: lowerFirst(refusal.reason) })]];
  }
  const mark = chunk.startsWith(BYTE_ORDER_MARK) ? 1 : 0;
  const documents = parseAllDocuments(chunk.slice(mark).replace(/\r(?!\n)/g, '\n'), {
    prettyErrors: false,
    uniqueKeys: false,
    keepSourceTokens: true,
    logLevel: 'silent',
  }) as Document.Parsed[];
  const recorder: Recorder = { text: file.text, shift: start + mark, events: [] };
  for (const document of documents) addDocument(recorder, document);
  return [recorder.events, documents.flatMap((document) => faultsOf(file, start + mark, document))];
}

function refusalSpan(file: SourceFile, shift: number, refusal: Refusal): Span {
  const start = shift + refusal.offset;
  return { file, start, end: Math.min(start + 1, file.text.length) };
}

/**
 * Whether the thorough reader, which recurses, could overflow on a text (Node 20 may even abort then): an upper bound of the
 * depth from the widths of the indentations and the open brackets outside of quotes and comments.
 */
function mayBeTooDeep(text: string): boolean {
  let open = 0;
  for (const line of text.split(/\r\n?|\n/)) {
    const lead = /^(?:[ \t]|[-?:](?=\s|$))*/.exec(line)![0];
    const bare = line.replace(/"(?:[^"\\]|\\.)*"|'(?:[^']|'')*'/g, '').replace(/(?:^|\s)#.*$/, '');
    const opened = bare.replace(/[^[{]/g, '').length;
    if (lead.length > 2 * MAX_DEPTH || open + opened > MAX_DEPTH) return true;
    open = Math.max(0, open + opened - bare.replace(/[^\]}]/g, '').length);
  }
  return false;
}

interface Recorder {
  readonly text: string;
  /** What to add to the offsets of the thorough reader. */
  readonly shift: number;
  readonly events: YamlEvent[];
}

const ABSENT = { anchorStart: -1, anchorEnd: -1, tagStart: -1, tagEnd: -1 } as const;

const EMPTY: YamlEvent = {
  type: EVENT_ID.SCALAR,
  valueStart: -1,
  valueEnd: -1,
  ...ABSENT,
  style: SCALAR_STYLE.PLAIN,
  chomping: CHOMPING_MODE.CLIP,
  indent: -1,
  fast: false,
};

function addDocument(recorder: Recorder, document: Document.Parsed): void {
  const { version, explicit } = document.directives.yaml;
  recorder.events.push({
    type: EVENT_ID.DOCUMENT,
    explicitStart: true,
    explicitEnd: true,
    directives: explicit ? [{ kind: 'yaml', version }] : [],
  });
  addNode(recorder, document.errors.length === 0 ? document.contents : null);
  recorder.events.push({ type: EVENT_ID.POP });
}

function addNode(recorder: Recorder, node: unknown): void {
  if (isScalar(node)) addScalar(recorder, node as Scalar.Parsed);
  else if (isMap(node)) addCollection(recorder, node, EVENT_ID.MAPPING);
  else if (isSeq(node)) addCollection(recorder, node, EVENT_ID.SEQUENCE);
  else if (isAlias(node)) {
    const start = node.range![0] + recorder.shift + 1;
    recorder.events.push({ type: EVENT_ID.ALIAS, anchorStart: start, anchorEnd: start + node.source.length });
  } else recorder.events.push(EMPTY);
}

type Collection = Node & { items: unknown[]; flow?: boolean };

function addCollection(
  recorder: Recorder,
  node: Collection,
  type: typeof EVENT_ID.MAPPING | typeof EVENT_ID.SEQUENCE,
): void {
  const start = node.range![0] + recorder.shift;
  const style = node.flow ? COLLECTION_STYLE.FLOW : COLLECTION_STYLE.BLOCK;
  recorder.events.push({ type, start, ...propertiesOf(recorder, node, start), style });
  for (const item of node.items) {
    if (type === EVENT_ID.MAPPING) {
      addNode(recorder, (item as Pair).key);
      addNode(recorder, (item as Pair).value);
    } else addNode(recorder, item);
  }
  recorder.events.push({ type: EVENT_ID.POP });
}

function propertiesOf(
  recorder: Recorder,
  node: Node,
  start: number,
): { -readonly [Name in keyof typeof ABSENT]: number } {
  const properties: { -readonly [Name in keyof typeof ABSENT]: number } = { ...ABSENT };
  const { anchor } = node as { anchor?: string };
  if (anchor !== undefined) {
    properties.anchorStart = recorder.text.lastIndexOf(`&${anchor}`, start) + 1;
    properties.anchorEnd = properties.anchorStart + anchor.length;
  }
  if (node.tag !== undefined) {
    const mark = recorder.text.lastIndexOf('!', start - 1);
    properties.tagStart = recorder.text[mark - 1] === '!' ? mark - 1 : mark;
    properties.tagEnd = mark + /^[^\s,[\]{}]*/.exec(recorder.text.slice(mark))![0].length;
  }
  return properties;
}

const STYLES: ReadonlyMap<unknown, 1 | 2 | 3 | 4 | 5> = new Map([
  [Scalar.QUOTE_SINGLE, SCALAR_STYLE.SINGLE_QUOTED],
  [Scalar.QUOTE_DOUBLE, SCALAR_STYLE.DOUBLE_QUOTED],
  [Scalar.BLOCK_LITERAL, SCALAR_STYLE.LITERAL_BLOCK],
  [Scalar.BLOCK_FOLDED, SCALAR_STYLE.FOLDED_BLOCK],
]);

function addScalar(recorder: Recorder, node: Scalar.Parsed): void {
  const start = node.range[0] + recorder.shift;
  const end = node.range[1] + recorder.shift;
  const style = STYLES.get(node.type) ?? SCALAR_STYLE.PLAIN;
  const base = {
    type: EVENT_ID.SCALAR,
    ...propertiesOf(recorder, node, start),
    style,
    fast: false,
    text: node.source ?? '',
  };
  if (style === SCALAR_STYLE.LITERAL_BLOCK || style === SCALAR_STYLE.FOLDED_BLOCK) {
    recorder.events.push({ ...base, ...blockOf(recorder.text, node, start, end) });
    return;
  }
  const quote = style === SCALAR_STYLE.PLAIN ? 0 : 1;
  const [valueStart, valueEnd] = [start + quote, end - quote];
  recorder.events.push({ ...base, valueStart, valueEnd, chomping: CHOMPING_MODE.CLIP, indent: -1 });
}

/** The content of a block begins on the line after its header `|2-`. */
function blockOf(text: string, node: Scalar.Parsed, start: number, valueEnd: number) {
  const header = /^[|>]([-+0-9]*)[^\r\n]*(?:\r\n?|\n|$)/.exec(text.slice(start, valueEnd))!;
  const valueStart = start + header[0].length;
  const digit = /\d/.exec(header[1]!);
  const parent = (node.srcToken as { indent?: number } | undefined)?.indent ?? 0;
  const firstLine = /^(?:[ ]*(?:\r\n?|\n))*([ ]*)/.exec(text.slice(valueStart, valueEnd))!;
  const indent = digit ? Math.max(parent, 0) + Number(digit[0]) : firstLine[1]!.length;
  const chomping = header[1]!.includes('+')
    ? CHOMPING_MODE.KEEP
    : header[1]!.includes('-')
      ? CHOMPING_MODE.STRIP
      : CHOMPING_MODE.CLIP;
  return { valueStart, valueEnd, indent, chomping };
}
