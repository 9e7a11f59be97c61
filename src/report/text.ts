import { enumerate } from '../base/text.ts';
import type { Diagnostic, Severity } from '../source/diagnostic.ts';
import type { RelatedSpan, Span } from '../source/span.ts';
import { type FrameLine, frameOf } from './frame.ts';
import { type Lines, lineIndex } from './lines.ts';
import { inOrder } from './order.ts';
import { type Brush, brush } from './paint.ts';
import type { ReportFormat } from './report.ts';
import { visible } from './width.ts';

export interface TextOptions {
  readonly color: boolean;
  /** Columns of source text in a code frame; longer lines are cut around the carets. */
  readonly maxWidth?: number;
}

const DEFAULT_MAX_WIDTH = 160;
const LINES_BEFORE = 2;
const NARROWEST_GUTTER = 3;

interface Paint {
  readonly severity: Readonly<Record<Severity, Brush>>;
  readonly place: Brush;
  readonly gutter: Brush;
  readonly label: Brush;
}

interface Writer {
  readonly paint: Paint;
  readonly maxWidth: number;
  readonly linesOf: (file: Span['file']) => Lines;
}

/**
 * Findings for people: place, severity, code, the environments where it is not found in all, message, a code frame, what a tool said, related places and help, an empty line between
 * two. In the order of files, places and codes, identical ones once. Ends with a line break unless there is nothing.
 */
export function renderText(diagnostics: readonly Diagnostic[], options: TextOptions): string {
  const writer: Writer = {
    paint: paintWith(options.color),
    maxWidth: options.maxWidth ?? DEFAULT_MAX_WIDTH,
    linesOf: lineIndex(),
  };
  return inOrder(diagnostics)
    .map((diagnostic) => `${findingLines(writer, diagnostic).join('\n')}\n`)
    .join('\n');
}

/** Findings for people. */
export const textFormat: ReportFormat = {
  name: 'text',
  render: ({ findings, color }) => renderText(findings, { color }),
};

function paintWith(color: boolean): Paint {
  const chalk = brush(color);
  return {
    severity: { error: chalk.red.bold, warning: chalk.yellow.bold, info: chalk.cyan.bold },
    place: chalk.bold,
    gutter: chalk.dim,
    label: chalk.cyan,
  };
}

function findingLines(writer: Writer, diagnostic: Diagnostic): string[] {
  const { code, severity, message, span, cause, help, related, environments } = diagnostic;
  const place = span ? `${writer.paint.place(placeOf(writer, span))} ` : '';
  const paint = writer.paint.severity[severity];
  return [
    `${place}${paint(severity)}  ${code}${environments ? `  in ${enumerate(environments)}` : ''}`,
    ...indented(message),
    ...(span ? frameLines(writer, span, LINES_BEFORE, paint) : []),
    ...(cause ? labelled(writer, `${cause.tool} says:`, cause.text) : []),
    ...related.flatMap((each) => relatedLines(writer, each)),
    ...(help === undefined ? [] : labelled(writer, 'help:', help)),
  ];
}

function placeOf(writer: Writer, span: Span): string {
  const { line, column } = writer.linesOf(span.file).position(span.start);
  return `${visible(span.file.path)}:${line}:${column}`;
}

function relatedLines(writer: Writer, { span, message }: RelatedSpan): string[] {
  const [first = '', ...rest] = indented(message);
  const place = writer.paint.place(placeOf(writer, span));
  return [`  ${place} ${first.trimStart()}`, ...rest, ...frameLines(writer, span, 0, writer.paint.label)];
}

function frameLines(writer: Writer, span: Span, linesBefore: number, paint: Brush): string[] {
  const frame = frameOf(span, writer.linesOf(span.file), linesBefore, writer.maxWidth);
  const widest = Math.max(NARROWEST_GUTTER, ...frame.map(({ number }) => String(number ?? '').length));
  return frame.map((line) => {
    const gutter = `  ${gutterOf(line).padStart(widest)} |`;
    const text = line.number === undefined ? paint(line.text) : line.text;
    return line.text === '' ? writer.paint.gutter(gutter) : `${writer.paint.gutter(gutter)} ${text}`;
  });
}

function gutterOf({ number }: FrameLine): string {
  return number === undefined ? '' : String(number);
}

function indented(text: string): string[] {
  return text
    .trimEnd()
    .split(/\r?\n/)
    .map((line) => `  ${visible(line.replace(/\t/g, '    '))}`.trimEnd());
}

/** A text after its label; further lines stand below its beginning. */
function labelled(writer: Writer, label: string, text: string): string[] {
  const [first = '', ...rest] = indented(text.trim());
  return [
    `  ${writer.paint.label(label)} ${first.trimStart()}`,
    ...rest.map((line) => `    ${line.slice(2)}`.trimEnd()),
  ];
}
