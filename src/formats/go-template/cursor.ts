import { type FaultText, faultAt, type Range, type TemplateFault } from './fault.ts';
import { type Token, tokenize } from './lexer.ts';

/** What a parser reads from and writes to: the tokens of a template, and the faults found in them. */
export interface Cursor {
  readonly tokens: readonly Token[];
  readonly faults: TemplateFault[];
  at: number;
  /** The action that is being read has a fault already: what else it holds is not judged. */
  failed: boolean;
  /** Blocks are nested so deeply that the rest is not read. */
  gaveUp: boolean;
}

/** A cursor at the beginning of a template. */
export function cursorOf(text: string): Cursor {
  return { tokens: tokenize(text), faults: [], at: 0, failed: false, gaveUp: false };
}

/** The token to read next. The last one, of kind `end`, stays. */
export function peek({ tokens, at }: Cursor): Token {
  return tokens[Math.min(at, tokens.length - 1)]!;
}

/** Reads a token. */
export function next(cursor: Cursor): Token {
  const token = peek(cursor);
  if (token.kind !== 'end') cursor.at++;
  return token;
}

/** The token that was read last. */
export function previous({ tokens, at }: Cursor): Token {
  return tokens[at - 1]!;
}

function skipToClose(cursor: Cursor): void {
  while (!['close', 'end'].includes(peek(cursor).kind)) cursor.at++;
}

/** Reports what is wrong with an action, once, and goes to its end. */
export function fail(cursor: Cursor, place: Range, said: FaultText): void {
  if (!cursor.failed) cursor.faults.push(faultAt(place, 'parse', said));
  cursor.failed = true;
  skipToClose(cursor);
}

/** Reports a token that may not stand where it does; one that is an error says so itself. */
export function unexpected(cursor: Cursor, token: Token, said: FaultText): void {
  if (token.fault) fail(cursor, token.fault, token.fault);
  else if (token.kind === 'punctuation') fail(cursor, token, punctuation(cursor, token, said));
  else fail(cursor, token, said);
}

function punctuation({ tokens }: Cursor, token: Token, said: FaultText): FaultText {
  if (token.text === '}') return { message: 'an action is closed by `}}`, not by a single `}`', help: 'write `}}`' };
  const follower = tokens[tokens.indexOf(token) + 1];
  const opens = token.text === '{' && follower?.text === '{' && follower.start === token.end;
  const open = tokens.findLast(({ kind, end }) => kind === 'open' && end <= token.start);
  if (opens && open) {
    const related = { start: open.start, end: open.end, message: 'this one' };
    return { message: '`{{` inside an action that is not closed', help: 'add `}}` before it', related };
  }
  return said;
}

/** Reads the end of an action; anything else is a fault that says what may not follow. */
export function expectClose(cursor: Cursor, after: string): void {
  const token = peek(cursor);
  if (token.kind !== 'close' && token.kind !== 'end') {
    unexpected(cursor, token, {
      message: `unexpected \`${token.text}\` after ${after}`,
      help: 'close the action with `}}`',
    });
  }
  if (peek(cursor).kind === 'close') next(cursor);
  cursor.failed = false;
}
