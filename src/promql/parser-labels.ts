import type { Name } from './ast.ts';
import type { Cursor } from './cursor.ts';
import { faultAt } from './fault.ts';
import type { Token } from './lexer.ts';
import { nameOf, seesHole, takeHole } from './parser-names.ts';
import * as say from './syntax-fault.ts';

/** Keywords that are no labels without quotes. Source: promql/parser/generated_parser.y (maybe_label). */
const NO_LABELS: ReadonlySet<string> = new Set(['without']);

export interface LabelList {
  readonly labels: readonly Name[];
  readonly end: number;
}

/** Reads `(label, label)` after `keyword`; nothing, and a fault, where neither a parenthesis nor a hole follows. */
export function labelList(cursor: Cursor, keyword: Token): LabelList {
  if (seesHole(cursor)) {
    const hole = takeHole(cursor);
    return { labels: [hole], end: hole.end };
  }
  if (!cursor.sees('(')) {
    const fault = say.missingLabels(keyword);
    if (cursor.ended) cursor.faultAtEnd(fault);
    else cursor.report(fault);
    return { labels: [], end: keyword.end };
  }
  cursor.open.push(cursor.take());
  const labels: Name[] = [];
  while (!cursor.ended && !cursor.sees(')')) {
    if (!entry(cursor, keyword, labels)) return { labels, end: skipList(cursor) };
    if (cursor.takes(',') || atEnd(cursor)) continue;
    missingComma(cursor, keyword, labels.length === 1);
    const { token } = cursor;
    if (token.kind !== 'unknown' && !isLabel(token) && !seesHole(cursor)) return { labels, end: skipList(cursor) };
  }
  if (cursor.ended) return { labels, end: cursor.token.end };
  cursor.open.pop();
  return { labels, end: cursor.take().end };
}

function atEnd(cursor: Cursor): boolean {
  return cursor.ended || cursor.sees(')');
}

/** One label; false: reading on makes no sense. */
function entry(cursor: Cursor, keyword: Token, labels: Name[]): boolean {
  const { token } = cursor;
  if (seesHole(cursor)) labels.push(takeHole(cursor));
  else if (token.kind === 'unknown') cursor.take();
  else if (isLabel(token)) labels.push(label(cursor, token));
  else {
    cursor.report(say.noLabel(token, keyword, labels.length === 0));
    if (token.kind !== 'comma' && token.kind !== 'number' && token.kind !== 'duration' && token.kind !== 'keyword') {
      return false;
    }
    if (token.kind !== 'comma') cursor.take();
  }
  return true;
}

function isLabel({ kind, value }: Token): boolean {
  if (kind === 'keyword') return !NO_LABELS.has(value);
  return kind === 'identifier' || kind === 'metric' || kind === 'string';
}

function label(cursor: Cursor, token: Token): Name {
  cursor.take();
  const name = nameOf(cursor, token);
  if (token.kind === 'string') cursor.needs('quotedGrouping', token);
  if (token.kind === 'metric') cursor.needs('colonInGrouping', token);
  if (name.name === '') cursor.report(faultAt(token, 'syntax', 'a label without a name', 'write its name'));
  return name;
}

function missingComma(cursor: Cursor, keyword: Token, second: boolean): void {
  const { token } = cursor;
  if (token.kind !== 'unknown') cursor.report(say.missingLabelComma(token, keyword, second));
}

/** Passes over the rest of a list that is none, to the parenthesis that closes it. */
function skipList(cursor: Cursor): number {
  let depth = 0;
  cursor.lost = true;
  while (!cursor.ended) {
    const { kind, value, end } = cursor.token;
    if (kind === 'open') depth++;
    else if (kind === 'close' && depth > 0) depth--;
    else if (kind === 'close' && value === ')') {
      cursor.open.pop();
      cursor.take();
      return end;
    }
    cursor.take();
  }
  return cursor.token.end;
}
