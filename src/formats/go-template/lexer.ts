import { type FaultText, faultAt, type Range, type TemplateFault } from './fault.ts';

export type TokenKind =
  | 'text'
  | 'open'
  | 'close'
  | 'keyword'
  | 'identifier'
  | 'field'
  | 'variable'
  | 'dot'
  | 'bool'
  | 'nil'
  | 'number'
  | 'character'
  | 'string'
  | 'left-paren'
  | 'right-paren'
  | 'pipe'
  | 'assign'
  | 'declare'
  | 'punctuation'
  | 'error'
  | 'end';

/** A piece of a template. Of a text only what trim markers leave stands between `start` and `end`. */
export interface Token extends Range {
  readonly kind: TokenKind;
  /** As written. */
  readonly text: string;
  /** Whether white space stands before it, inside its action. */
  readonly spaced: boolean;
  /** Of an `error`: what is wrong. */
  readonly fault?: TemplateFault;
}

/** The words that are no names. Source: Go, text/template/parse/lex.go, key */
export const KEYWORDS: ReadonlySet<string> = new Set([
  'block',
  'break',
  'continue',
  'define',
  'else',
  'end',
  'if',
  'range',
  'template',
  'with',
]);

interface Scanner {
  readonly text: string;
  readonly tokens: Token[];
  at: number;
  /** Parentheses that are open. */
  open: number[];
  spaced: boolean;
}

function push(scanner: Scanner, kind: TokenKind, start: number, end: number): void {
  const { text, tokens, spaced } = scanner;
  tokens.push({ kind, text: text.slice(start, end), start, end, spaced });
  scanner.at = end;
  scanner.spaced = false;
}

/** Reports what is wrong, and goes on with the end of the action. */
function fail(scanner: Scanner, start: number, end: number, said: FaultText, resumeAt = start): void {
  const { text, tokens, spaced } = scanner;
  const range = { start, end: Math.max(end, Math.min(start + 1, text.length)) };
  tokens.push({ kind: 'error', text: text.slice(start, end), ...range, spaced, fault: faultAt(range, 'parse', said) });
  const close = text.indexOf('}}', resumeAt);
  scanner.at = close === -1 ? text.length : close;
  scanner.open = [];
}

const SPACE = /[ \t\r\n]/;
const SPACES_HERE = /[ \t\r\n]*/y;
const COMMENT_HERE = /(?:-[ \t\r\n])?\/\*/y;
const TRIMMED_CLOSE_HERE = /[ \t\r\n]-\}\}/y;
const WORD_HERE = /[\p{L}\p{Nd}_]*/uy;
const NUMBER_HERE =
  /[+-]?(?:0[xX][\da-fA-F_]*\.?[\da-fA-F_]*(?:[pP][+-]?[\d_]*)?|0[oO][0-7_]*\.?[0-7_]*|0[bB][01_]*\.?[01_]*|[\d_]*\.?[\d_]*(?:[eE][+-]?[\d_]*)?)i?/y;

function matchAt(pattern: RegExp, text: string, at: number): string | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0];
}

/** Length of the end of an action at a place, with the trim marker before it; 0 where none is. */
function closeLength(text: string, at: number): number {
  if (matchAt(TRIMMED_CLOSE_HERE, text, at) !== undefined) return 4;
  return text.startsWith('}}', at) ? 2 : 0;
}

/** After a name: what may follow it without a space. */
function endsName(text: string, at: number): boolean {
  const next = text[at];
  return next === undefined || SPACE.test(next) || '.,|:)('.includes(next) || text.startsWith('}}', at);
}

/** Reads the end of an action, and drops the white space that its trim marker asks for. */
function closeAction(scanner: Scanner): void {
  const { text, at } = scanner;
  const length = closeLength(text, at);
  push(scanner, 'close', at + length - 2, at + length);
  if (length === 4) scanner.at += matchAt(SPACES_HERE, text, scanner.at)!.length;
}

function word(scanner: Scanner, kind: 'identifier' | 'field' | 'variable', prefix: number): void {
  const { text, at } = scanner;
  const end = at + prefix + matchAt(WORD_HERE, text, at + prefix)!.length;
  if (!endsName(text, end)) {
    fail(scanner, end, end + String.fromCodePoint(text.codePointAt(end)!).length, strangeCharacter(text, at, end), end);
    return;
  }
  const written = text.slice(at, end);
  if (kind !== 'identifier') push(scanner, kind, at, end);
  else if (KEYWORDS.has(written)) push(scanner, 'keyword', at, end);
  else if (written === 'nil') push(scanner, 'nil', at, end);
  else push(scanner, written === 'true' || written === 'false' ? 'bool' : 'identifier', at, end);
}

function strangeCharacter(text: string, start: number, at: number): FaultText {
  const character = String.fromCodePoint(text.codePointAt(at)!);
  const name = /[$.\p{L}\p{Nd}_]*$/u.exec(text.slice(Math.max(0, start - 99), at))![0];
  if (character === '}') return { message: 'an action is closed by `}}`, not by a single `}`', help: 'write `}}`' };
  const help = '+*/%<>=!&'.includes(character)
    ? 'templates have no operators: use a function such as `eq`, `gt` or `and`, or compute it in the expression'
    : `put a space between \`${name}\` and \`${character}\`, or read a label of such a name with \`index .Labels "…"\``;
  return { message: `unexpected \`${character}\` right after \`${name}\``, help };
}

function quoted(scanner: Scanner, kind: 'string' | 'character', quote: string): void {
  const { text, at } = scanner;
  let end = at + 1;
  while (end < text.length && text[end] !== quote && text[end] !== '\n') end += text[end] === '\\' ? 2 : 1;
  const broken = text.slice(at, end).endsWith('\\\n') || text[end] === '\n' || end >= text.length;
  if (!broken) push(scanner, kind, at, end + 1);
  else fail(scanner, at, at + 1, unclosedQuote(quote), at + 1);
}

function unclosedQuote(quote: string): FaultText {
  const what = quote === "'" ? 'a character' : 'a string';
  const help = quote === "'" ? 'write strings in `"double quotes"`' : `add the closing \`${quote}\``;
  return { message: `${what} that begins with \`${quote}\` is never closed`, help };
}

function rawString(scanner: Scanner): void {
  const { text, at } = scanner;
  const close = text.indexOf('`', at + 1);
  if (close !== -1) push(scanner, 'string', at, close + 1);
  else fail(scanner, at, at + 1, { message: 'a string that begins with a backtick is never closed' }, at + 1);
}

function number(scanner: Scanner): void {
  const { text, at } = scanner;
  const first = matchAt(NUMBER_HERE, text, at)!.length;
  let end = at + first;
  const sign = text[end];
  if (sign === '+' || sign === '-') {
    end += matchAt(NUMBER_HERE, text, end)!.length;
  }
  const next = following(text, end);
  const halves = end > at + first && text[end - 1] !== 'i';
  if (halves || WORD_START.test(next)) badNumber(scanner, end + (halves ? 0 : next.length));
  else push(scanner, 'number', at, end);
}

const WORD_START = /^[\p{L}\p{Nd}_]/u;

function following(text: string, at: number): string {
  return at < text.length ? String.fromCodePoint(text.codePointAt(at)!) : '';
}

function badNumber(scanner: Scanner, end: number): void {
  const { text, at } = scanner;
  fail(scanner, at, end, {
    message: `\`${text.slice(at, end)}\` is no number`,
    help: 'write numbers like `5`, `0.5`, `1e3`, and names with a letter first',
  });
}

/** Characters that are a token by themselves. */
const SINGLE: Readonly<Record<string, TokenKind>> = { '=': 'assign', '|': 'pipe' };

function parenthesis(scanner: Scanner, character: string): void {
  const { at, open } = scanner;
  if (character === '(') {
    open.push(at);
    push(scanner, 'left-paren', at, at + 1);
  } else if (open.pop() !== undefined) push(scanner, 'right-paren', at, at + 1);
  else
    fail(scanner, at, at + 1, { message: '`)` closes nothing', help: 'remove it, or add the `(` that it belongs to' });
}

function colon(scanner: Scanner): void {
  const { text, at } = scanner;
  if (text[at + 1] === '=') push(scanner, 'declare', at, at + 2);
  else fail(scanner, at, at + 1, { message: 'unexpected `:`', help: 'write `:=` to declare a variable' });
}

function other(scanner: Scanner, character: string): void {
  const { at } = scanner;
  if (character >= ' ' && character <= '~') {
    push(scanner, SINGLE[character] ?? 'punctuation', at, at + 1);
    return;
  }
  const help = /[“”„‟‘’]/.test(character) ? 'write straight quotes: `"`' : undefined;
  fail(scanner, at, at + character.length, { message: `unexpected \`${character}\` in an action`, help });
}

function dot(scanner: Scanner): void {
  const { text, at } = scanner;
  const next = text[at + 1];
  if (next !== undefined && next >= '0' && next <= '9') number(scanner);
  else if (next === undefined) number(scanner);
  else if (endsName(text, at + 1)) push(scanner, 'dot', at, at + 1);
  else word(scanner, 'field', 1);
}

/** One token of an action; its end is elsewhere. */
function insideAction(scanner: Scanner): void {
  const { text, at } = scanner;
  const character = following(text, at);
  if (character === '"' || character === "'") quoted(scanner, character === '"' ? 'string' : 'character', character);
  else if (character === '`') rawString(scanner);
  else if (character === '$') word(scanner, 'variable', 1);
  else if (character === '.') dot(scanner);
  else if (/^[+\-\d]/.test(character)) number(scanner);
  else if (WORD_START.test(character)) word(scanner, 'identifier', 0);
  else if (character === '(' || character === ')') parenthesis(scanner, character);
  else if (character === ':') colon(scanner);
  else other(scanner, character);
}

function unclosedParenthesis(scanner: Scanner): void {
  const opened = scanner.open.at(-1)!;
  fail(scanner, opened, opened + 1, { message: '`(` is never closed', help: 'add `)`' }, scanner.at);
}

/** Reads an action from behind its `{{` to its end. */
function action(scanner: Scanner, start: number): void {
  const { text } = scanner;
  scanner.open = [];
  scanner.spaced = false;
  while (scanner.at < text.length) {
    if (closeLength(text, scanner.at) > 0) {
      if (scanner.open.length > 0) unclosedParenthesis(scanner);
      closeAction(scanner);
      return;
    }
    if (SPACE.test(text[scanner.at]!)) {
      scanner.spaced = true;
      scanner.at++;
    } else insideAction(scanner);
  }
  if (scanner.tokens.at(-1)!.kind !== 'error') {
    fail(scanner, start, start + 2, { message: '`{{` is never closed', help: 'add `}}`' }, text.length);
  }
}

/** Skips a comment whose `{{` stands at `start`. */
function comment(scanner: Scanner, start: number, opened: number): void {
  const { text } = scanner;
  const end = text.indexOf('*/', opened);
  if (end === -1) {
    fail(scanner, start, opened, { message: 'a comment is never closed', help: 'end it with `*/}}`' }, text.length);
    return;
  }
  const length = closeLength(text, end + 2);
  if (length === 0) {
    const said = { message: 'a comment must be alone in its action', help: 'write `*/}}` or `*/ -}}` at its end' };
    fail(scanner, end, end + 2, said);
    if (scanner.at < text.length) scanner.at += 2;
    return;
  }
  scanner.at = end + 2 + length;
  if (length === 4) scanner.at += matchAt(SPACES_HERE, text, scanner.at)!.length;
}

/** Reads text up to the next `{{`. */
function plainText(scanner: Scanner): number {
  const { text, at } = scanner;
  const next = text.indexOf('{{', at);
  const end = next === -1 ? text.length : next;
  const trims = next !== -1 && text[next + 2] === '-' && SPACE.test(text[next + 3] ?? '');
  const kept = trims ? text.slice(at, end).replace(/[ \t\r\n]+$/, '').length : end - at;
  if (kept > 0) push(scanner, 'text', at, at + kept);
  return next;
}

/**
 * The tokens of a template, the last of kind `end`. What is wrong in an action is a token of kind `error`, after which
 * the tokens go on with the end of the action. Source: Go, text/template/parse/lex.go
 */
export function tokenize(text: string): readonly Token[] {
  const scanner: Scanner = { text, tokens: [], at: 0, open: [], spaced: false };
  while (scanner.at < text.length) {
    const next = plainText(scanner);
    if (next === -1) break;
    const behind = next + 2;
    const opening = matchAt(COMMENT_HERE, text, behind);
    if (opening !== undefined) {
      comment(scanner, next, behind + opening.length);
      continue;
    }
    scanner.spaced = false;
    push(scanner, 'open', next, behind);
    if (text[behind] === '-' && SPACE.test(text[behind + 1] ?? '')) scanner.at += 2;
    action(scanner, next);
  }
  scanner.spaced = false;
  push(scanner, 'end', text.length, text.length);
  return scanner.tokens;
}
