import type { Fill, GroupSide, Matching, MatchingLabels } from './ast.ts';
import type { Cursor } from './cursor.ts';
import type { Range } from './fault.ts';
import { labelList } from './parser-labels.ts';
import { seesHole, takeHole } from './parser-names.ts';
import { FILLS } from './place.ts';

const NOTHING: Matching = {};

/** Reads what stands between an operator and its right operand: `bool`, `on (…)`, `group_left (…)`, `fill (…)`. */
export function matching(cursor: Cursor): Matching {
  const { kind } = cursor.token;
  if (kind !== 'keyword' && kind !== 'identifier') return NOTHING;
  const bool = takeBool(cursor);
  const on = matchingLabels(cursor);
  const group = on && groupSide(cursor);
  const fill = fills(cursor);
  if (!bool && !on && fill.length === 0) return NOTHING;
  return { ...(bool && { bool }), ...(on && { on }), ...(group && { group }), ...(fill.length > 0 && { fill }) };
}

function takeBool(cursor: Cursor): Range | undefined {
  const { kind, value, start, end } = cursor.token;
  if (kind !== 'keyword' || value !== 'bool') return undefined;
  cursor.take();
  return { start, end };
}

function matchingLabels(cursor: Cursor): MatchingLabels | undefined {
  const { kind, value } = cursor.token;
  if (kind !== 'keyword' || (value !== 'on' && value !== 'ignoring')) return undefined;
  const keyword = cursor.take();
  const { labels, end } = labelList(cursor, keyword);
  return { mode: value, labels, start: keyword.start, end };
}

function groupSide(cursor: Cursor): GroupSide | undefined {
  const { kind, value } = cursor.token;
  if (kind !== 'keyword' || (value !== 'group_left' && value !== 'group_right')) return undefined;
  const keyword = cursor.take();
  const list = cursor.sees('(') || fillsLabels(cursor) ? labelList(cursor, keyword) : { labels: [], end: keyword.end };
  return { side: value === 'group_left' ? 'left' : 'right', ...list, start: keyword.start };
}

/** `group_left $labels b`. */
function fillsLabels({ token, next }: Cursor): boolean {
  return token.kind === 'hole' && (next.kind === 'hole' || next.kind === 'identifier' || next.kind === 'metric');
}

/** `fill (…)`, or one or both of `fill_left (…)` and `fill_right (…)`. */
function fills(cursor: Cursor): Fill[] {
  const found: Fill[] = [];
  for (;;) {
    const { kind, value } = cursor.token;
    const word = kind === 'identifier' ? value.toLowerCase() : '';
    const next = cursor.next;
    if (!FILLS.has(word) || next.kind !== 'open' || next.value !== '(') return found;
    found.push(fill(cursor, word as Fill['sides'], found));
  }
}

function fill(cursor: Cursor, sides: Fill['sides'], earlier: readonly Fill[]): Fill {
  const keyword = cursor.take();
  cursor.open.push(cursor.take());
  const text = fillValue(cursor);
  while (!cursor.ended && !cursor.sees(')')) cursor.take();
  const end = cursor.ended ? cursor.token.end : closed(cursor);
  const span = { start: keyword.start, end };
  cursor.needs('fill', keyword, `\`${sides}\``);
  const repeated = earlier.some((other) => other.sides === sides || other.sides === 'fill' || sides === 'fill');
  if (repeated) cursor.fault(span, 'syntax', `\`${sides}\` is given again`, 'give each side one value');
  return { sides, text, ...span };
}

function closed(cursor: Cursor): number {
  cursor.open.pop();
  return cursor.take().end;
}

function fillValue(cursor: Cursor): string {
  const { start } = cursor.token;
  if (seesHole(cursor)) return takeHole(cursor).name;
  if (cursor.sees('-') || cursor.sees('+')) cursor.take();
  const { token } = cursor;
  const fits = token.kind === 'number' || token.kind === 'duration';
  if (fits) cursor.take();
  if (!fits || (!cursor.sees(')') && !cursor.ended)) {
    if (!cursor.ended) cursor.fault(cursor.token, 'syntax', '`fill` takes one number', 'write it as `fill (0)`');
  }
  return cursor.text.slice(start, token.end);
}
