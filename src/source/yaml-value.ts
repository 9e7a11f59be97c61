import type { Diagnostic } from './diagnostic.ts';
import type { SourceFile, Span } from './span.ts';
import * as code from './yaml-codes.ts';
import {
  EVENT_ID,
  isAbsent,
  type MappingStart,
  SCALAR_STYLE,
  type Scalar,
  type SequenceStart,
  scalarText,
  type YamlEvent,
} from './yaml-events.ts';
import { isExactNumber, resolvePlain, resolveTagged } from './yaml-schema.ts';

/** One document of a file: its place among the documents of the events, and its value. */
export interface BuiltDocument {
  readonly index: number;
  readonly value: unknown;
}

interface Anchor {
  value: unknown;
  /** Values that it stands for, itself included; 0 while it is still being read. */
  size: number;
}

/**
 * How a file is read. `specs`: strictly, under the core schema of YAML 1.2. `texts`: as programs in Go read files whose
 * types they know, Prometheus among them: every plain scalar is the text that is written, null apart, and `<<` merges.
 * Source: https://pkg.go.dev/gopkg.in/yaml.v3 (Compatibility), https://yaml.org/type/merge.html
 */
export type Reading = 'specs' | 'texts';

interface Builder {
  readonly file: SourceFile;
  readonly reading: Reading;
  readonly events: readonly YamlEvent[];
  readonly diagnostics: Diagnostic[];
  next: number;
  anchors: Map<string, Anchor>;
  /** Values read in this document, those behind aliases included. */
  size: number;
  /** Those behind aliases alone. */
  aliased: number;
}

/** What a document's aliases may stand for altogether: far above what people write, far below what hurts. */
export const MAX_ALIASED_VALUES = 100_000;

/** Makes plain values of events, one pass; an empty document makes none, and a document with an alias bomb neither. */
export function buildDocuments(
  file: SourceFile,
  events: readonly YamlEvent[],
  reading: Reading,
): readonly [documents: BuiltDocument[], diagnostics: Diagnostic[]] {
  const builder: Builder = { file, reading, events, diagnostics: [], next: 0, anchors: new Map(), size: 0, aliased: 0 };
  const documents: BuiltDocument[] = [];
  for (let index = 0; builder.next < events.length; index++) {
    checkDirectives(builder, events[builder.next++]!);
    const first = events[builder.next]!;
    const isEmpty = first.type === EVENT_ID.SCALAR && isAbsent(first);
    builder.anchors = new Map();
    builder.size = 0;
    builder.aliased = 0;
    const value = readNode(builder);
    builder.next++;
    if (!isEmpty && builder.aliased <= MAX_ALIASED_VALUES) documents.push({ index, value });
  }
  return [documents, builder.diagnostics];
}

function readNode(builder: Builder): unknown {
  const event = builder.events[builder.next++]!;
  builder.size++;
  switch (event.type) {
    case EVENT_ID.SCALAR:
      return event.anchorStart < 0
        ? readScalar(builder, event)
        : readAnchored(builder, event, () => readScalar(builder, event));
    case EVENT_ID.MAPPING:
      return event.anchorStart < 0
        ? readMapping(builder, event)
        : readAnchored(builder, event, () => readMapping(builder, event));
    case EVENT_ID.SEQUENCE:
      return event.anchorStart < 0
        ? readSequence(builder, event)
        : readAnchored(builder, event, () => readSequence(builder, event));
    case EVENT_ID.ALIAS:
      return readAlias(builder, event);
    default:
      throw new Error(`internal error: event ${event.type} where a value begins`);
  }
}

function readAnchored(
  builder: Builder,
  event: { anchorStart: number; anchorEnd: number },
  read: () => unknown,
): unknown {
  const anchor: Anchor = { value: undefined, size: 0 };
  const sizeBefore = builder.size - 1;
  builder.anchors.set(builder.file.text.slice(event.anchorStart, event.anchorEnd), anchor);
  anchor.value = read();
  anchor.size = builder.size - sizeBefore;
  return anchor.value;
}

function readAlias(builder: Builder, event: { anchorStart: number; anchorEnd: number }): unknown {
  const name = builder.file.text.slice(event.anchorStart, event.anchorEnd);
  const span = { file: builder.file, start: event.anchorStart - 1, end: event.anchorEnd };
  const anchor = builder.anchors.get(name);
  if (!anchor) {
    builder.diagnostics.push(code.unknownAlias.at(span, { name, anchors: [...builder.anchors.keys()] }));
    return null;
  }
  if (anchor.size === 0) {
    builder.diagnostics.push(code.recursiveAlias.at(span, { name }));
    return null;
  }
  return readAliased(builder, anchor, span);
}

function readAliased(builder: Builder, anchor: Anchor, span: Span): unknown {
  const wasTooMany = builder.aliased > MAX_ALIASED_VALUES;
  builder.size += anchor.size - 1;
  builder.aliased += anchor.size;
  if (builder.aliased <= MAX_ALIASED_VALUES) return anchor.value;
  if (!wasTooMany) builder.diagnostics.push(code.tooManyAliases.at(span, { limit: MAX_ALIASED_VALUES }));
  return null;
}

function readScalar(builder: Builder, event: Scalar): unknown {
  const text = scalarText(builder.file.text, event);
  if (event.tagStart >= 0) return readTagged(builder, event, text);
  if (event.style !== SCALAR_STYLE.PLAIN) return text;
  if (builder.reading === 'texts') return resolvePlain(text) === null ? null : text;
  return checkedNumber(builder, event, text, resolvePlain(text));
}

function readTagged(builder: Builder, event: Scalar, text: string): unknown {
  const value = resolveTagged(tagOf(builder, event), text);
  if (value !== undefined && builder.reading === 'texts') return value === null ? null : text;
  if (value !== undefined) return checkedNumber(builder, event, text, value);
  reportTag(builder, event);
  return text;
}

function checkedNumber(builder: Builder, event: Scalar, text: string, value: unknown): unknown {
  if (typeof value === 'number' && !isExactNumber(text, value)) {
    builder.diagnostics.push(code.numberTooPrecise.at(scalarSpan(builder, event), { text }));
  }
  return value;
}

function readSequence(builder: Builder, event: SequenceStart): unknown[] {
  if (event.tagStart >= 0 && tagOf(builder, event) !== '!!seq') reportTag(builder, event);
  const items: unknown[] = [];
  while (builder.events[builder.next]!.type !== EVENT_ID.POP) items.push(readNode(builder));
  builder.next++;
  return items;
}

function readMapping(builder: Builder, event: MappingStart): Record<string, unknown> {
  if (event.tagStart >= 0 && tagOf(builder, event) !== '!!map') reportTag(builder, event);
  const object: Record<string, unknown> = {};
  const first = builder.next;
  const merged: Record<string, unknown>[] = [];
  let seen: Map<string, number> | undefined;
  while (builder.events[builder.next]!.type !== EVENT_ID.POP) {
    const at = builder.next;
    if (isMergeKey(builder, at)) {
      merged.push(...readMerged(builder));
      continue;
    }
    const key = readKey(builder);
    const value = readNode(builder);
    if (key === undefined) continue;
    if (!Object.hasOwn(object, key)) setProperty(object, key, value);
    else {
      seen ??= keysFrom(builder, first);
      reportDuplicate(builder, at, key, seen.get(key)!);
    }
  }
  builder.next++;
  for (const each of merged) {
    for (const key of Object.keys(each)) if (!Object.hasOwn(object, key)) setProperty(object, key, each[key]);
  }
  return object;
}

function isMergeKey({ events, file, reading }: Builder, at: number): boolean {
  const event = events[at]!;
  if (reading !== 'texts' || event.type !== EVENT_ID.SCALAR || event.style !== SCALAR_STYLE.PLAIN) return false;
  return scalarText(file.text, event) === '<<';
}

/** The mappings behind a merge key, the one that counts most first. */
function readMerged(builder: Builder): Record<string, unknown>[] {
  const at = builder.next++;
  const value = readNode(builder);
  const mappings = Array.isArray(value) ? value : [value];
  if (mappings.every(isMapping)) return mappings;
  builder.diagnostics.push(code.mergeValue.at(keySpan(builder, at), {}));
  return [];
}

function isMapping(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** `__proto__` must become a property like any other. */
function setProperty(object: Record<string, unknown>, key: string, value: unknown): void {
  if (key !== '__proto__') object[key] = value;
  else Object.defineProperty(object, key, { value, enumerable: true, configurable: true, writable: true });
}

/** The key as a text, or nothing when it is none, which is reported. */
function readKey(builder: Builder): string | undefined {
  const at = builder.next;
  const event = builder.events[at]!;
  if (event.type !== EVENT_ID.SCALAR) {
    builder.diagnostics.push(code.keyNotText.at(keySpan(builder, at), { key: writtenAs(builder, at) }));
    skipNode(builder);
    return undefined;
  }
  if (event.anchorStart >= 0 || event.tagStart >= 0) readNode(builder);
  else builder.next++;
  const text = scalarText(builder.file.text, event);
  const key = builder.reading === 'texts' ? text : keyText(builder.file.text, event);
  if (key !== undefined) return key;
  builder.diagnostics.push(
    text === '<<'
      ? code.mergeKey.at(keySpan(builder, at), {})
      : code.keyNotText.at(keySpan(builder, at), { key: text }),
  );
  return undefined;
}

/** What a scalar is called as a key; nothing for `<<`, null, and what would read back differently than it is written. */
export function keyText(text: string, event: Scalar): string | undefined {
  const key = scalarText(text, event);
  if (event.style !== SCALAR_STYLE.PLAIN || event.tagStart >= 0) return key;
  if (key === '<<') return undefined;
  const value = resolvePlain(key);
  return value === key || (value !== null && String(value) === key) ? key : undefined;
}

function skipNode(builder: Builder): void {
  let depth = 0;
  do {
    const { type } = builder.events[builder.next++]!;
    if (type === EVENT_ID.MAPPING || type === EVENT_ID.SEQUENCE) depth++;
    else if (type === EVENT_ID.POP) depth--;
  } while (depth > 0);
}

/** Where each key of a mapping is written first: worked out only for the message about a second one. */
function keysFrom(builder: Builder, first: number): Map<string, number> {
  const keys = new Map<string, number>();
  const walker: Builder = { ...builder, next: first };
  while (builder.events[walker.next]!.type !== EVENT_ID.POP) {
    const at = walker.next;
    const event = builder.events[at]!;
    const key = event.type === EVENT_ID.SCALAR ? keyText(builder.file.text, event) : undefined;
    if (key !== undefined && !keys.has(key)) keys.set(key, at);
    skipNode(walker);
    skipNode(walker);
  }
  return keys;
}

function reportDuplicate(builder: Builder, at: number, key: string, firstAt: number): void {
  const related = [{ span: keySpan(builder, firstAt), message: `\`${key}\` is written here first` }];
  builder.diagnostics.push(code.duplicateKey.at(keySpan(builder, at), { key }, { related }));
}

function tagOf(builder: Builder, event: { tagStart: number; tagEnd: number }): string {
  return builder.file.text.slice(event.tagStart, event.tagEnd);
}

function reportTag(builder: Builder, event: { tagStart: number; tagEnd: number }): void {
  const span = { file: builder.file, start: event.tagStart, end: event.tagEnd };
  builder.diagnostics.push(code.tag.at(span, { tag: tagOf(builder, event) }));
}

function checkDirectives(builder: Builder, event: YamlEvent): void {
  if (event.type !== EVENT_ID.DOCUMENT) throw new Error('internal error: no document where one begins');
  for (const each of event.directives) {
    if (each.kind === 'yaml' && each.version === '1.2') continue;
    const pattern = each.kind === 'yaml' ? /^%YAML[^\r\n]*/gm : /^%TAG[^\r\n]*/gm;
    pattern.lastIndex = lastOffset(builder, builder.next - 2);
    const match = pattern.exec(builder.file.text);
    const start = match?.index ?? 0;
    const span = { file: builder.file, start, end: start + (match?.[0].length ?? 0) };
    builder.diagnostics.push(code.directive.at(span, { directive: match?.[0].trimEnd() ?? `%${each.kind}` }));
  }
}

function scalarSpan(builder: Builder, event: Scalar): Span {
  const quote = event.style === SCALAR_STYLE.SINGLE_QUOTED || event.style === SCALAR_STYLE.DOUBLE_QUOTED ? 1 : 0;
  return { file: builder.file, start: event.valueStart - quote, end: event.valueEnd + quote };
}

function keySpan(builder: Builder, at: number): Span {
  const { file } = builder;
  const event = builder.events[at]!;
  if (event.type === EVENT_ID.SCALAR && event.valueStart >= 0) return scalarSpan(builder, event);
  if (event.type === EVENT_ID.ALIAS) return { file, start: event.anchorStart - 1, end: event.anchorEnd };
  if (event.type === EVENT_ID.MAPPING || event.type === EVENT_ID.SEQUENCE) {
    return { file, start: event.start, end: event.start + 1 };
  }
  const before = lastOffset(builder, at - 1);
  const gap = /^[^\n:?]*[\n\s]*/.exec(file.text.slice(before));
  const start = before + (gap?.[0].length ?? 0);
  return { file, start, end: Math.min(start + 1, file.text.length) };
}

function writtenAs(builder: Builder, at: number): string {
  const event = builder.events[at]!;
  if (event.type === EVENT_ID.ALIAS) return builder.file.text.slice(event.anchorStart - 1, event.anchorEnd);
  return event.type === EVENT_ID.SEQUENCE ? '[…]' : '{…}';
}

/** The last offset that the events up to one of them mention. */
function lastOffset(builder: Builder, at: number): number {
  for (let index = at; index >= 0; index--) {
    const event = builder.events[index]!;
    if (event.type === EVENT_ID.SCALAR && event.valueEnd >= 0) return event.valueEnd;
    if (event.type === EVENT_ID.ALIAS) return event.anchorEnd;
    if (event.type === EVENT_ID.MAPPING || event.type === EVENT_ID.SEQUENCE) return event.start;
  }
  return 0;
}
