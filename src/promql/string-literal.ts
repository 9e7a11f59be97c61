import type { Fault } from './fault.ts';

/** A string literal that was scanned: where it ends, whether its quote was closed, and what is wrong in it. */
export interface ScannedString {
  readonly end: number;
  readonly closed: boolean;
  readonly faults: readonly Fault[];
}

const BACKSLASH = 92;
const NEWLINE = 10;

/** Escapes of one letter, as in Go. Source: https://prometheus.io/docs/prometheus/latest/querying/basics/ (String literals) */
const SIMPLE_ESCAPES: Readonly<Record<string, string>> = {
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '\\': '\\',
};

/** The digits that follow `\x`, `\u`, `\U`, or an octal escape; sticky, so that no text is copied. */
const NUMERIC_ESCAPE = /x([\da-fA-F]{2})|u([\da-fA-F]{4})|U([\da-fA-F]{8})|([0-7]{3})/y;

/**
 * Scans the string literal that opens at `start` (a `"`, `'` or backtick). An unclosed quoted string ends before the
 * line break, an unclosed raw string with the text.
 */
export function scanString(text: string, start: number): ScannedString {
  if (text[start] === '`') {
    const close = text.indexOf('`', start + 1);
    return close === -1
      ? { end: text.length, closed: false, faults: [] }
      : { end: close + 1, closed: true, faults: [] };
  }
  const quote = text.charCodeAt(start);
  const faults: Fault[] = [];
  let at = start + 1;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (code === quote) return { end: at + 1, closed: true, faults };
    if (code === NEWLINE) break;
    if (code !== BACKSLASH) {
      at++;
      continue;
    }
    const { end, fault } = readEscape(text, at, text[start]!);
    if (fault) faults.push(fault);
    at = end;
  }
  return { end: at, closed: false, faults };
}

interface Escape {
  readonly end: number;
  readonly value: string;
  /** A byte of UTF-8 rather than a code point: `\xHH` and octal escapes. */
  readonly byte?: number;
  readonly fault?: Fault;
}

function readEscape(text: string, at: number, quote: string): Escape {
  const letter = text[at + 1];
  if (letter === undefined || letter === '\n') return { end: at + 1, value: '' };
  if (letter === quote) return { end: at + 2, value: quote };
  const simple = Object.hasOwn(SIMPLE_ESCAPES, letter) ? SIMPLE_ESCAPES[letter] : undefined;
  if (simple !== undefined) return { end: at + 2, value: simple };
  NUMERIC_ESCAPE.lastIndex = at + 1;
  const match = NUMERIC_ESCAPE.exec(text);
  return match ? numericEscape(match, at) : unknownEscape(text, at);
}

function numericEscape(match: RegExpExecArray, at: number): Escape {
  const [whole, hexByte, short, long, octal] = match;
  const end = at + 1 + whole.length;
  const byte = hexByte !== undefined ? Number.parseInt(hexByte, 16) : Number.parseInt(octal ?? '', 8);
  if (byte <= 0xff) return { end, value: String.fromCharCode(byte), byte };
  const point = Number.parseInt(short ?? long ?? '110000', 16);
  if (point <= 0x10ffff && (point < 0xd800 || point > 0xdfff)) return { end, value: String.fromCodePoint(point) };
  const message = `the escape \`\\${whole}\` is no character of Unicode`;
  return { end, value: '\ufffd', fault: { kind: 'syntax', start: at, end, message } };
}

function unknownEscape(text: string, at: number): Escape {
  const letter = String.fromCodePoint(text.codePointAt(at + 1)!);
  const end = at + 1 + letter.length;
  const message = `unknown escape \`\\${letter}\` in a string`;
  const help = `write \`\\\\${letter}\` for a backslash followed by \`${letter}\`, or use backticks instead of quotes`;
  return { end, value: letter, fault: { kind: 'syntax', start: at, end, message, help } };
}

/** The value of a string literal, quotes included in `literal`; faulty escapes stand for their last letter. */
export function unquote(literal: string): string {
  const quote = literal[0]!;
  const closed = literal.length > 1 && literal.endsWith(quote);
  const body = literal.slice(1, closed ? -1 : undefined);
  if (quote === '`' || !body.includes('\\')) return body;
  const parts: Escape[] = [];
  for (let at = 0; at < body.length; ) {
    const next = body.indexOf('\\', at);
    const plainEnd = next === -1 ? body.length : next;
    if (plainEnd > at) parts.push({ end: plainEnd, value: body.slice(at, plainEnd) });
    if (next === -1) break;
    const part = readEscape(body, next, quote);
    parts.push(part);
    at = part.end;
  }
  return joinParts(parts);
}

/** Joins decoded parts; escaped bytes above 0x7f are pieces of UTF-8, so they are decoded together. */
function joinParts(parts: readonly Escape[]): string {
  if (!parts.some((part) => (part.byte ?? 0) > 0x7f)) return parts.map((part) => part.value).join('');
  const encoder = new TextEncoder();
  const bytes = parts.flatMap((part) => (part.byte === undefined ? [...encoder.encode(part.value)] : [part.byte]));
  return new TextDecoder().decode(Uint8Array.from(bytes));
}

const SIMPLE_LETTERS: ReadonlyMap<string, string> = new Map(
  Object.entries(SIMPLE_ESCAPES).map(([letter, character]) => [character, letter]),
);

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what has to be escaped
const NEEDS_ESCAPE = /["\\\u0000-\u001f\u007f]/g;

/** The double-quoted PromQL string with this value. */
export function quote(value: string): string {
  return `"${escapeValue(value)}"`;
}

/** A value with what a double-quoted PromQL string needs escaped, without the quotes. */
export function escapeValue(value: string): string {
  return value.replace(NEEDS_ESCAPE, (character) => {
    const letter = character === '"' ? '"' : SIMPLE_LETTERS.get(character);
    return letter ? `\\${letter}` : `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`;
  });
}
