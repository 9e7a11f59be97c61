/** Characters `at`…`at + length` of a value stand in the text from `offset` on. */
export interface Piece {
  readonly at: number;
  readonly length: number;
  readonly offset: number;
}

/** What a string literal means, and where its characters stand. */
export interface StringValue {
  readonly value: string;
  /** What stands in the text as it is; escapes are the gaps. */
  readonly pieces: readonly Piece[];
  /** An escape that Go does not know. */
  readonly fault?: { readonly start: number; readonly end: number };
}

const SIMPLE: Readonly<Record<string, string>> = {
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '\\': '\\',
};

const NUMERIC = /x([\da-fA-F]{2})|u([\da-fA-F]{4})|U([\da-fA-F]{8})|([0-7]{3})/y;

interface Escape {
  readonly length: number;
  readonly value: string | undefined;
}

/**
 * The escape whose backslash stands at `at`; `quote` is the one quote that may be escaped.
 * Source: Go, strconv.UnquoteChar, https://pkg.go.dev/strconv#UnquoteChar
 */
function escapeAt(text: string, at: number, quote: string): Escape {
  const letter = text[at + 1] ?? '';
  if (letter === quote) return { length: 2, value: quote };
  if (Object.hasOwn(SIMPLE, letter)) return { length: 2, value: SIMPLE[letter] };
  NUMERIC.lastIndex = at + 1;
  const match = NUMERIC.exec(text);
  if (!match) return { length: 1 + String.fromCodePoint(text.codePointAt(at + 1) ?? 32).length, value: undefined };
  const [whole, hex, short, long, octal] = match;
  const code = Number.parseInt(hex ?? short ?? long ?? octal!, octal === undefined ? 16 : 8);
  const limit = octal === undefined ? 0x10ffff : 0xff;
  const valid = code <= limit && (code < 0xd800 || code > 0xdfff);
  return { length: 1 + whole.length, value: valid ? String.fromCodePoint(code) : undefined };
}

/** The value of the string literal `start`…`end` of a text, quotes included in the stretch. */
export function readString(text: string, start: number, end: number): StringValue {
  const quote = text[start]!;
  const pieces: Piece[] = [];
  let value = '';
  let fault: StringValue['fault'];
  let at = start + 1;
  while (at < end - 1) {
    const next = quote === '`' ? -1 : text.indexOf('\\', at);
    const plain = next === -1 || next >= end - 1 ? end - 1 : next;
    if (plain > at) pieces.push({ at: value.length, length: plain - at, offset: at });
    value += text.slice(at, plain);
    at = plain;
    if (at >= end - 1) break;
    const read = escapeAt(text, at, quote);
    if (read.value === undefined) fault ??= { start: at, end: Math.min(at + read.length, end - 1) };
    value += read.value ?? text.slice(at, at + read.length);
    at += read.length;
  }
  return { value, pieces, ...(fault && { fault }) };
}

/** Whether a character constant, quotes included, is one character. */
export function isCharacter(literal: string): boolean {
  const body = literal.slice(1, -1);
  if (body[0] === '\\') {
    const { length, value } = escapeAt(literal, 1, "'");
    return value !== undefined && length === body.length;
  }
  return body !== '' && body !== "'" && body.length === String.fromCodePoint(body.codePointAt(0)!).length;
}

const DIGITS = '\\d(?:_?\\d)*';
const HEX = '[\\da-f](?:_?[\\da-f])*';
const INTEGER = new RegExp(
  `^[+-]?(?:0x_?${HEX}|0b_?[01](?:_?[01])*|0o_?[0-7](?:_?[0-7])*|0(?:_?[0-7])*|[1-9](?:_?\\d)*)$`,
  'i',
);
const DECIMAL = `(?:${DIGITS}\\.?(?:${DIGITS})?|\\.${DIGITS})(?:e[+-]?${DIGITS})?`;
const HEX_FLOAT = `0x_?(?:${HEX}\\.?(?:${HEX})?|\\.${HEX})p[+-]?${DIGITS}`;
const FLOAT = `(?:${HEX_FLOAT}|${DECIMAL})`;
const FLOATING = new RegExp(`^[+-]?${FLOAT}$`, 'i');
const COMPLEX = new RegExp(`^[+-]?${FLOAT}[+-]${FLOAT}i$`, 'i');

const LARGEST = 2n ** 64n - 1n;
const SMALLEST = -(2n ** 63n);

function integerOf(literal: string): bigint {
  const digits = literal.replace(/^[+-]|_/g, '').replace(/_/g, '');
  const plain = /^0[0-7]+$/.test(digits) ? `0o${digits.slice(1)}` : digits;
  return literal.startsWith('-') ? -BigInt(plain) : BigInt(plain);
}

function isFloat(literal: string): boolean {
  if (!FLOATING.test(literal)) return false;
  return /^[+-]?0x/i.test(literal) || Number.isFinite(Number(literal.replaceAll('_', '')));
}

/** What is wrong with a number literal, if something is. Source: Go, text/template/parse/node.go, newNumber */
export function numberFault(literal: string): string | undefined {
  if (COMPLEX.test(literal)) return undefined;
  if (literal.endsWith('i')) return isFloat(literal.slice(0, -1)) ? undefined : 'no number';
  if (INTEGER.test(literal)) {
    const value = integerOf(literal);
    const largest = /^[+-]/.test(literal) ? LARGEST >> 1n : LARGEST;
    return value <= largest && value >= SMALLEST ? undefined : 'too large for an integer';
  }
  if (!isFloat(literal)) return 'no number';
  return /[.ep]/i.test(literal) ? undefined : 'no octal number, which a leading 0 makes it';
}
