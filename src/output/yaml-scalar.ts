/**
 * One text as a YAML scalar that YAML 1.1 and YAML 1.2 both read as that same text.
 * Sources: https://yaml.org/spec/1.2.2/ (7.3 Flow Scalar Styles, 8.1 Block Scalar Styles, 10.3 Core Schema),
 * https://yaml.org/type/ (the implicit types of YAML 1.1).
 */

/** A line that starts and goes on harmlessly: no indicator in front, no tab, no line break, no white space but the space. */
const PLAIN_CHARACTERS =
  /^[A-Za-z0-9_/($\u00a1-\u167f\u3001-\ud7ff][ -~\u00a1-\u167f\u1681-\u1fff\u2010-\u2027\u2030-\u205e\u2070-\u2fff\u3001-\ud7ff]*$/;

/** The words that one of the versions reads as a boolean or as null, in any case. */
const RESERVED_WORD = /^(?:y|n|yes|no|on|off|true|false|null)$/i;

/**
 * Everything that may be a number, a time of day in base 60 or a date, `e5` included, which some readers of YAML 1.1
 * take for a number; a duration such as `5m` is not among it.
 */
const LIKE_A_NUMBER = /^(?:0[xXoObB].*|[eE]?[+-]?[0-9][0-9_.,:eE+\-TtZz ]*)$/;
const MAY_START_A_NUMBER = /^[0-9eE]/;

const SPACE = 0x20;
const COLON = 0x3a;

/** Tab, line feed and what is printable in YAML; neither half of a surrogate pair, for the sake of speed. */
const HARMLESS = /^[\t\n -~\u00a0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd]*$/;

/** What only double quotes can hold: what is not printable in YAML, and what some reader takes for a line break. */
const UNHOLDABLE = /[^\t\n -~\u{a0}-\u{2027}\u{202a}-\u{d7ff}\u{e000}-\u{fefe}\u{ff00}-\u{fffd}\u{10000}-\u{10ffff}]/u;

const ESCAPED = new RegExp(`["\\\\\\t\\n]|${UNHOLDABLE.source}`, 'gu');

const SHORT_ESCAPES: ReadonlyMap<string, string> = new Map([
  ['"', '\\"'],
  ['\\', '\\\\'],
  ['\n', '\\n'],
  ['\t', '\\t'],
  ['\r', '\\r'],
]);

/** Whether the text may stand as it is, without quotes. */
export function isPlain(text: string): boolean {
  if (!PLAIN_CHARACTERS.test(text)) return false;
  const last = text.charCodeAt(text.length - 1);
  if (last === SPACE || last === COLON) return false;
  if (text.includes(': ') || text.includes(' #')) return false;
  if (MAY_START_A_NUMBER.test(text)) return !LIKE_A_NUMBER.test(text);
  return text.length > 5 || !RESERVED_WORD.test(text);
}

function needsEscape(text: string): boolean {
  return !HARMLESS.test(text) && UNHOLDABLE.test(text);
}

/** The text in quotes, on one line. A half of a surrogate pair, which no file can hold, becomes U+FFFD. */
export function quoted(text: string): string {
  if (!needsEscape(text) && !/[\t\n]/.test(text)) {
    if (!/["\\]/.test(text)) return `"${text}"`;
    return `'${text.replaceAll("'", "''")}'`;
  }
  return `"${text.replace(ESCAPED, escapeCharacter)}"`;
}

function escapeCharacter(character: string): string {
  const short = SHORT_ESCAPES.get(character);
  if (short !== undefined) return short;
  const code = character.charCodeAt(0);
  if (code >= 0xd800 && code <= 0xdfff) return '\\uFFFD';
  const hex = code.toString(16).toUpperCase();
  return code > 0xff ? `\\u${hex.padStart(4, '0')}` : `\\x${hex.padStart(2, '0')}`;
}

/** On one line: plain where that is exact, else quoted. */
export function flowScalar(text: string): string {
  return isPlain(text) ? text : quoted(text);
}

/**
 * A value below a key or a dash; `indent` is that of its lines when it takes more than one. Text of several lines is
 * a literal (`|-`, `|`, `|+`) unless a literal cannot hold it.
 */
export function blockScalar(text: string, indent: string): string {
  if (!text.includes('\n')) return flowScalar(text);
  return literalHolds(text) ? literal(text, indent) : quoted(text);
}

/** A literal needs a line that is not blank, and a last one that no reader mistakes for trailing blank lines. */
function literalHolds(text: string): boolean {
  if (needsEscape(text)) return false;
  const content = text.trimEnd();
  return content !== '' && /^\n*$/.test(text.slice(content.length));
}

/** Readers find the indentation by the first line that is not empty, unless a digit says it. */
function literal(text: string, indent: string): string {
  const indicator = /^\n*[ \t]/.test(text) ? '2' : '';
  const chomping = !text.endsWith('\n') ? '-' : text.endsWith('\n\n') ? '+' : '';
  const body = chomping === '-' ? text : text.slice(0, -1);
  return `|${indicator}${chomping}${`\n${body}`.replace(/\n(?=[^\n])/g, `\n${indent}`)}`;
}
