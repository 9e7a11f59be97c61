import { groupBy } from '../base/order.ts';
import { enumerate } from '../base/text.ts';
import type { Explanation, Fact, FactTable, Mention } from '../output/explanation.ts';
import type { RelatedSpan, SourceFile, Span } from '../source/span.ts';
import { type Lines, lineIndex } from './lines.ts';
import { type Brush, brush } from './paint.ts';
import { cellsOf, totalWidth, visible } from './width.ts';

/** What one project, or an environment of it, knows of a topic. */
export interface ProjectExplanations {
  readonly name: string;
  readonly explanations: readonly Explanation[];
}

interface Writer {
  readonly chalk: Brush;
  readonly linesOf: (file: SourceFile) => Lines;
}

/** More of a kind nobody reads; the JSON has all of them. */
const LISTED = 20;

/**
 * Explanations for a person, an empty line between two. Where there are several projects or environments they are named;
 * what is the same in some of them is told once. Ends with a line break.
 */
export function renderExplanations(projects: readonly ProjectExplanations[], options: { color: boolean }): string {
  const writer: Writer = { chalk: brush(options.color), linesOf: lineIndex() };
  const all = projects.flatMap(({ name, explanations }) =>
    explanations.map((each) => ({ name, heading: headingOf(writer, each), text: block(writer, each).join('\n') })),
  );
  const same = groupBy(all, ({ heading, text }) => `${heading}\n${text}`);
  const blocks = [...same.values()].map((each) => {
    const { heading, text } = each[0]!;
    const places = projects.length > 1 ? ` in ${enumerate(each.map(({ name }) => name))}` : '';
    return `${heading}${places}\n${text}\n`;
  });
  return blocks.join('\n');
}

function headingOf({ chalk }: Writer, { kind, name }: Explanation): string {
  return chalk.bold(`${kind} ${visible(name)}`);
}

function block(writer: Writer, explanation: Explanation): string[] {
  const { facts, variants, tables, changed, refersTo, referredToBy } = explanation;
  const parts = changed.map(({ path, places }) => ({ label: path, values: places.map((each) => place(writer, each)) }));
  return [
    ...factLines([...origin(writer, explanation), ...facts]),
    ...(parts.length > 0 ? ['', '  set elsewhere', ...factLines(parts, '    ')] : []),
    ...variants.flatMap(({ title, facts: own }) => ['', `  ${title}`, ...factLines(own, '    ')]),
    ...tables.flatMap(tableLines),
    ...mentionLines(writer, 'refers to', refersTo),
    ...mentionLines(writer, 'referred to by', referredToBy),
  ];
}

function origin(writer: Writer, { places, kind }: Explanation): Fact[] {
  if (places.length > 0) return [{ label: 'from', values: places.map((each) => place(writer, each)) }];
  return kind === 'series' ? [] : [{ label: 'from', values: ['qmon itself, because the specs declare none'] }];
}

function place(writer: Writer, { span, message }: RelatedSpan): string {
  return `${whereIs(writer, span)} ${message}`;
}

function whereIs({ linesOf }: Writer, { file, start }: Span): string {
  return `${file.path}:${linesOf(file).position(start).line}`;
}

/** Labels in a column, values beside them, each on lines of its own. */
function factLines(facts: readonly Fact[], indent = '  '): string[] {
  const width = Math.max(0, ...facts.map(({ label }) => label.length));
  return facts.flatMap(({ label, values }) => {
    const lines = shortened(values.flatMap((value) => value.trimEnd().split('\n')));
    return lines.map((line, index) => `${indent}${(index === 0 ? label : '').padEnd(width)}  ${shown(line)}`.trimEnd());
  });
}

function shown(line: string): string {
  return visible(line.replace(/\t/g, '    ').replace(/\r$/, ''));
}

function shortened(lines: readonly string[]): readonly string[] {
  if (lines.length <= LISTED) return lines;
  return [...lines.slice(0, LISTED), `… and ${lines.length - LISTED} more`];
}

function listed(lines: readonly string[]): string[] {
  return shortened(lines).map((line) => `    ${shown(line)}`);
}

function mentionLines(writer: Writer, title: string, mentions: readonly Mention[]): string[] {
  if (mentions.length === 0) return [];
  const names = mentions.map(({ kind, name }) => `${kind} ${name}`);
  const width = Math.max(...names.slice(0, LISTED).map((name) => name.length));
  const lines = mentions.map(({ span }, index) => `${names[index]!.padEnd(width)}  ${whereIs(writer, span)}`);
  return ['', `  ${title}`, ...listed(lines)];
}

/** A column for each row of data: there are more headings than a terminal is wide. */
function tableLines({ title, headings, rows }: FactTable): string[] {
  const widths = rows.map((row) => Math.max(...row.map(widthOf)));
  const label = Math.max(...headings.map((heading) => heading.length));
  const lines = headings.map((heading, index) => {
    const cells = rows.map((row, column) => padded(row[index]!, widths[column]!));
    return `    ${heading.padEnd(label)}  ${cells.join('  ')}`.trimEnd();
  });
  return ['', `  ${title}`, ...lines];
}

function widthOf(text: string): number {
  return totalWidth(cellsOf(text));
}

function padded(text: string, width: number): string {
  return shown(text) + ' '.repeat(width - widthOf(text));
}

/** The same for programs, as one JSON document with a line break at its end. Lines and columns count from 1, in UTF-16. */
export function renderExplanationsJson(projects: readonly ProjectExplanations[]): string {
  const linesOf = lineIndex();
  const at = ({ file, start }: Span) => ({ file: file.path, ...linesOf(file).position(start) });
  const related = ({ span, message }: RelatedSpan) => ({ message, ...at(span) });
  const mention = ({ kind, name, span }: Mention) => ({ kind, name, ...at(span) });
  const shown = projects.map(({ name, explanations }) => ({
    name,
    explanations: explanations.map((each) => ({
      kind: each.kind,
      name: each.name,
      places: each.places.map(related),
      setElsewhere: each.changed.map(({ path, places }) => ({ path, places: places.map(related) })),
      facts: each.facts,
      variants: each.variants,
      tables: each.tables,
      refersTo: each.refersTo.map(mention),
      referredToBy: each.referredToBy.map(mention),
    })),
  }));
  return `${JSON.stringify({ version: 1, code: null, projects: shown }, null, 2)}\n`;
}
