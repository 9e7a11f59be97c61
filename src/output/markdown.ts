import { invariant } from '../base/assert.ts';

/**
 * Plain text as Markdown that shows exactly that text.
 * Source: CommonMark, https://spec.commonmark.org/0.31.2/ (2.4 Backslash escapes, 6 Inlines), and GitHub Flavored
 * Markdown, https://github.github.com/gfm/ (4.10 Tables, 6.5 Strikethrough).
 */

/** A text without any of these needs no escape inside its line. */
const INLINE_MARKUP = /[\\`*[\]_<&~\n]/;
const CODE_SPAN = /(?<!`)(`+)(?!`)(.*?[^`])\1(?!`)/g;

/** One line of an author's words. Code spans stay code; everything else that Markdown would read as markup is escaped. */
export function escapeMarkdown(text: string): string {
  if (!INLINE_MARKUP.test(text)) return escapeLineStart(text.trim());
  const line = text.replace(/\s*\n\s*/g, ' ').trim();
  let escaped = '';
  let end = 0;
  for (const span of line.matchAll(CODE_SPAN)) {
    escaped += escapeInline(line.slice(end, span.index)) + span[0];
    end = span.index + span[0].length;
  }
  return escapeLineStart(escaped + escapeInline(line.slice(end)));
}

function escapeInline(text: string): string {
  if (!INLINE_MARKUP.test(text)) return text;
  return text
    .replace(/[\\`*[\]]/g, '\\$&')
    .replace(/(?<![A-Za-z0-9_])_|_(?![A-Za-z0-9_])/g, '\\_')
    .replace(/<(?=[A-Za-z/!?])/g, '\\<')
    .replace(/&(?=#?[A-Za-z0-9]+;)/g, '\\&')
    .replace(/~(?=~)|(?<=~)~/g, '\\~');
}

/** What would open a heading, quote, list, fence or rule at the start of a line. */
function escapeLineStart(line: string): string {
  if (!/^[#>|\-+=~\d]/.test(line)) return line;
  return line
    .replace(/^(#{1,6}(?= |$)|[>|]|[-+=](?= |$)|[-=](?=[-=])|~)/, '\\$1')
    .replace(/^(\d{1,9})([.)])(?= |$)/, '$1\\$2');
}

const LIST_ITEM = /^(\s*)([-*+]|\d{1,9}[.)])\s+(.*)$/;

/**
 * An author's text of several lines: paragraphs and lists keep their shape, the words themselves are escaped. Headings,
 * quotes and tables do not: they would break the order of the page around them.
 */
export function proseMarkdown(text: string): string {
  const lines: string[] = [];
  let inList = false;
  for (const line of text.trim().split('\n')) {
    const item = LIST_ITEM.exec(line);
    const continued: boolean = inList && !item && /^\s+\S/.test(line);
    if (Boolean(item) !== inList && !continued && (lines.at(-1) ?? '') !== '' && line.trim() !== '') lines.push('');
    inList = Boolean(item) || continued;
    lines.push(
      item ? `${item[1]}${item[2]} ${escapeMarkdown(item[3]!)}` : `${continued ? '  ' : ''}${escapeMarkdown(line)}`,
    );
  }
  return lines.join('\n');
}

function longestRun(text: string): number {
  if (!text.includes('`')) return 0;
  return Math.max(0, ...(text.match(/`+/g) ?? []).map((run) => run.length));
}

/** `code` in a line, whatever backticks it holds. */
export function codeSpan(text: string): string {
  const line = text.replace(/\s*\n\s*/g, ' ');
  const ticks = '`'.repeat(longestRun(line) + 1);
  const pad = line.startsWith('`') || line.endsWith('`') || line.trim() === '' ? ' ' : '';
  return `${ticks}${pad}${line}${pad}${ticks}`;
}

/** A block of code whose fence is longer than any run of backticks in it. */
export function codeFence(text: string, language: string): string {
  const ticks = '`'.repeat(Math.max(3, longestRun(text) + 1));
  return `${ticks}${language}\n${text.replace(/\n+$/, '')}\n${ticks}`;
}

/** A link to a URL or to a file beside the page. */
export function markdownLink(text: string, target: string): string {
  return `[${escapeMarkdown(text)}](${target.replace(/[\s()<>]/g, encodeCharacter)})`;
}

function encodeCharacter(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`;
}

/** Markdown as the content of a table cell: `|` would end it, also inside of code. */
function cell(markdown: string): string {
  if (!/[\n|]/.test(markdown)) return markdown;
  return markdown.replace(/\s*\n\s*/g, ' ').replace(/\\?\|/g, '\\|');
}

/** A table; the cells are Markdown already. */
export function markdownTable(headings: readonly string[], rows: readonly (readonly string[])[]): string {
  invariant(
    rows.every((row) => row.length === headings.length),
    'a table row has another length than its heading',
  );
  const line = (cells: readonly string[]) => `| ${cells.map(cell).join(' | ')} |`;
  return [line(headings), `|${' --- |'.repeat(headings.length)}`, ...rows.map(line)].join('\n');
}

/** Markdown as the content of a list item: the lines after the first are indented to the marker's width. */
export function listItem(marker: string, markdown: string): string {
  const indent = ' '.repeat(marker.length + 1);
  const [first = '', ...rest] = markdown.trim().split('\n');
  return [`${marker} ${first}`, ...rest.map((line) => (line === '' ? '' : indent + line))].join('\n');
}

const FENCE = /^\s*(`{3,})/;

/** The blank lines of a page in order: none doubled, none at its ends; what stands in code blocks is left alone. */
export function tidyMarkdown(markdown: string): string {
  const lines: string[] = [];
  let fence: string | undefined;
  for (const line of markdown.split('\n')) {
    const ticks = line.includes('```') ? FENCE.exec(line)?.[1] : undefined;
    if (fence === undefined) {
      const text = line.trimEnd();
      if (text !== '' || (lines.length > 0 && lines.at(-1) !== '')) lines.push(text);
      fence = ticks;
    } else {
      lines.push(line);
      if (ticks === line.trim() && ticks.length >= fence.length) fence = undefined;
    }
  }
  return `${lines.join('\n').trimEnd()}\n`;
}
