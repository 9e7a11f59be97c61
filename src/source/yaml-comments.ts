import type { SourceFile, Span } from './span.ts';
import { EVENT_ID, readEvents, SCALAR_STYLE, type Scalar, type YamlEvent } from './yaml-events.ts';

/** A comment of YAML, from its `#` to the end of the line. */
export interface YamlComment {
  readonly text: string;
  readonly span: Span;
  /**
   * What it stands beside: its own line, or the next line with something on it where it has a line of its own; with all
   * lines of a text that begins there.
   */
  readonly beside: Pick<Span, 'start' | 'end'>;
}

/** The comments of a file that match a pattern; none in a file whose syntax is broken. */
export function commentsOf(file: SourceFile, pattern: RegExp): YamlComment[] {
  const { text } = file;
  if (!/#/.test(text) || !pattern.test(text)) return [];
  const events = readEvents(text);
  if ('reason' in events) return [];
  const scalars = scalarRanges(text, events);
  return commentRanges(text, scalars)
    .map(([start, end]) => ({ text: text.slice(start, end), span: { file, start, end } }))
    .filter((comment) => pattern.test(comment.text))
    .map((comment) => ({ ...comment, beside: besideOf(text, comment.span.start, scalars) }));
}

type Range = readonly [start: number, end: number];

/** Quotes included; a block begins at the line break after its `|` or `>`, behind which a comment may stand. */
function scalarRange(text: string, { style, valueStart, valueEnd }: Scalar): Range {
  switch (style) {
    case SCALAR_STYLE.SINGLE_QUOTED:
    case SCALAR_STYLE.DOUBLE_QUOTED:
      return [valueStart - 1, valueEnd + 1];
    case SCALAR_STYLE.LITERAL_BLOCK:
    case SCALAR_STYLE.FOLDED_BLOCK:
      return [Math.max(0, text[valueStart - 1] === '\n' ? valueStart - 1 : valueStart), valueEnd];
    default:
      return [valueStart, valueEnd];
  }
}

function scalarRanges(text: string, events: readonly YamlEvent[]): Range[] {
  return events.flatMap((event) =>
    event.type === EVENT_ID.SCALAR && event.valueStart >= 0 ? [scalarRange(text, event)] : [],
  );
}

/** Source: https://yaml.org/spec/1.2.2/#66-comments: a comment begins a line, or has white space before it. */
function commentRanges(text: string, scalars: readonly Range[]): Range[] {
  const found: Range[] = [];
  const marks = /(?<![^\s\ufeff])#[^\r\n]*/g;
  let next = 0;
  for (let match = marks.exec(text); match; match = marks.exec(text)) {
    const { index } = match;
    while (next < scalars.length && scalars[next]![1] <= index) next++;
    const [start, end] = scalars[next] ?? [Infinity, Infinity];
    if (index < start) found.push([index, index + match[0].length]);
    else marks.lastIndex = end;
  }
  return found;
}

function lineStart(text: string, offset: number): number {
  return Math.max(text.lastIndexOf('\n', offset - 1), text.lastIndexOf('\r', offset - 1)) + 1;
}

function lineEnd(text: string, offset: number): number {
  const end = /[\r\n]|$/g;
  end.lastIndex = offset;
  return end.exec(text)!.index;
}

const EMPTY_LINES = /(?:[ \t\ufeff]*(?:#[^\r\n]*)?(?:\r\n|\r|\n))*/y;

function besideOf(text: string, comment: number, scalars: readonly Range[]): Pick<Span, 'start' | 'end'> {
  let start = lineStart(text, comment);
  if (text.slice(start, comment).trim() === '') {
    EMPTY_LINES.lastIndex = start;
    start += EMPTY_LINES.exec(text)?.[0].length ?? 0;
  }
  const end = lineEnd(text, start);
  const beginning = scalars.filter(([from]) => from >= start && from <= end);
  return { start, end: withoutBreaks(text, Math.max(end, ...beginning.map(([, to]) => to)), end) };
}

/** A block ends where the next line begins, which is no longer its own. */
function withoutBreaks(text: string, end: number, least: number): number {
  let last = end;
  while (last > least && /[\r\n]/.test(text[last - 1]!)) last--;
  return last;
}
