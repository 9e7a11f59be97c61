import type { Diagnostic } from './diagnostic.ts';
import type { SourceFile, Span } from './span.ts';
import { syntax } from './yaml-codes.ts';
import { type Document, visit, type YAMLError } from './yaml-thorough.ts';

interface Wording {
  readonly pattern: RegExp;
  /** In other words than the reader's; `$1` stands for the group of the pattern, `$text` for what stands there. */
  readonly message?: string;
  readonly help: string;
}

const QUOTES_HELP = 'put the whole value in quotes, or write it below a `>-`';

const WORDINGS: readonly Wording[] = [
  { pattern: /^Tabs/, message: 'a tab is used for indentation', help: 'indent with spaces' },
  { pattern: /^Missing closing/, message: 'this quote is never closed', help: 'close it at the end of the text' },
  {
    pattern: /^All (?:mapping|sequence) items must start/,
    message: 'this line is indented differently than the others of its mapping or list',
    help: 'align it with them, or with what it belongs to',
  },
  {
    pattern: /^Flow (?:map|sequence) in block collection.* end with a (.)/,
    message: 'a bracket that was opened before is not closed here',
    help: 'add `$1`, or indent this line if it belongs inside the brackets',
  },
  {
    pattern: /^Nested mappings are not allowed in compact/,
    message: 'a key stands inside a value: there is a second `: `',
    help: 'put a text with `: ` in it in quotes, or begin the inner mapping on a line of its own',
  },
  {
    pattern: /^Implicit keys need to be on a single line/,
    message: 'this is not a key with its colon on one line',
    help: 'check the indentation, and that every key ends with `: ` (a colon and a space)',
  },
  {
    pattern: /^Implicit map keys need to be followed/,
    message: '`$text` is not followed by a colon',
    help: 'write `: ` after a key; indent it if it belongs to the text above',
  },
  {
    pattern: /^Plain value cannot start with .* character (.)/,
    message: 'a text without quotes cannot begin with `$1`',
    help: 'put it in quotes',
  },
  {
    pattern: /^Missing , or : between flow/,
    message: 'a comma or a colon is missing inside these brackets',
    help: `add it; if the value is an expression rather than a mapping, ${QUOTES_HELP}`,
  },
  {
    pattern: /at node end$/,
    message: '`$text` does not belong here: the value before it is complete',
    help: QUOTES_HELP,
  },
  {
    pattern: /^(?:Unexpected .* token|Not a YAML token)/,
    message: '`$text` does not belong here',
    help: 'check the quotes, brackets and indentation before it',
  },
  { pattern: /^Invalid escape sequence/, help: 'write `\\\\` for a backslash, or use single quotes' },
  { pattern: /^Block scalar header includes/, help: 'begin the text on the next line, indented' },
];

/** Who has mended so many sees the rest in the next run. */
const MAX_FAULTS = 200;

/** The faults of a document, one a line: what follows on the same line, or only at the end, is nearly always a consequence. */
export function faultsOf(file: SourceFile, shift: number, document: Document.Parsed): Diagnostic[] {
  const lines = new Set<number>();
  const faults: Diagnostic[] = [];
  for (const error of document.errors.slice(0, MAX_FAULTS)) {
    const key = continuingKey(file, shift, document, error);
    const span = key ?? spanOf(file, shift, document, error);
    const line = Math.max(file.text.lastIndexOf('\n', span.start - 1), file.text.lastIndexOf('\r', span.start - 1));
    const isEnd = span.start === span.end && faults.length > 0;
    if (lines.has(line) || isEnd || isToldByKey(document, error)) continue;
    lines.add(line);
    const written = file.text.slice(span.start, span.end);
    faults.push(syntax.at(span, key ? continuesText(shortened(written)) : inOurWords(error.message, written)));
  }
  return faults;
}

/** A key on a line that is indented deeper than the text above it: YAML reads both as one text, and stumbles over the colon. */
function continuingKey(file: SourceFile, shift: number, document: Document.Parsed, error: YAMLError): Span | undefined {
  if (error.code !== 'BLOCK_AS_IMPLICIT_KEY') return undefined;
  const start = error.pos[0];
  const whole = document.errors.find(({ code, pos }) => code === 'MULTILINE_IMPLICIT_KEY' && pos[0] === start);
  if (!whole) return undefined;
  const end = whole.pos[1] + shift;
  const line = /[^\r\n]*$/.exec(file.text.slice(start + shift, end))![0].trimStart();
  return line === '' ? undefined : { file, start: end - line.length, end };
}

function isToldByKey({ errors }: Document.Parsed, { code, pos }: YAMLError): boolean {
  if (code !== 'MULTILINE_IMPLICIT_KEY') return false;
  return errors.some((other) => other.code === 'BLOCK_AS_IMPLICIT_KEY' && other.pos[0] === pos[0]);
}

function continuesText(key: string): { message: string; help: string } {
  const message = `\`${key}\` is indented deeper than the text above it, so it continues that text`;
  return { message, help: 'align it with the key above, or put the whole text in quotes' };
}

function inOurWords(message: string, written: string): { message: string; help?: string } {
  const wording = WORDINGS.find(({ pattern }) => pattern.test(message));
  if (!wording) return { message: lowerFirst(message) };
  const group = wording.pattern.exec(message)?.[1] ?? '';
  const fill = (text: string) =>
    text.replace('$1', () => group).replace('$text', () => shortened(written) || 'the end');
  return { message: wording.message ? fill(wording.message) : lowerFirst(message), help: fill(wording.help) };
}

const LONGEST_QUOTE = 40;

function shortened(text: string): string {
  const [line = ''] = text.split(/[\r\n]/);
  return line.length > LONGEST_QUOTE ? `${line.slice(0, LONGEST_QUOTE)}…` : line;
}

/** Error messages begin like a sentence; ours do not. */
export function lowerFirst(text: string): string {
  return /^[A-Z][a-z ]/.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text;
}

function spanOf(file: SourceFile, shift: number, document: Document.Parsed, error: YAMLError): Span {
  const opening = error.message.startsWith('Missing closing') ? openingQuote(document, error.pos[0]) : undefined;
  if (opening !== undefined) return { file, start: opening + shift, end: opening + shift + 1 };
  const blanks = error.code === 'TAB_AS_INDENT' ? /^/ : /^ */;
  const { length } = file.text;
  const reported = Math.min(error.pos[0] + shift, length);
  const start = reported + blanks.exec(file.text.slice(reported))![0].length;
  const token = error.code === 'BAD_DQ_ESCAPE' ? 2 : (/^[\w$]*/.exec(file.text.slice(start))?.[0].length ?? 0);
  return { file, start, end: Math.min(Math.max(error.pos[1] + shift, start + token), length) };
}

/** Where the quoted text begins that ends at an offset. */
function openingQuote(document: Document.Parsed, end: number): number | undefined {
  let opening: number | undefined;
  visit(document, {
    Scalar(_, { range }) {
      if (range && range[1] === end) opening = range[0];
    },
  });
  return opening;
}
