import type { Range } from './fault.ts';
import type { Token } from './lexer.ts';
import { numberOrDurationMs } from './number-literal.ts';
import { type Structure, structureOf } from './structure.ts';

/** A `[range]`, a subquery's `[range:step]`, or an `offset`, in milliseconds; no value where it is a hole or computed. */
export interface TimeReach extends Range {
  readonly kind: 'range' | 'subquery' | 'offset';
  /** How far back it reads; a negative offset looks forward. */
  readonly ms: number | undefined;
  /** The step of a subquery, where one is written. */
  readonly stepMs?: number;
}

/** Every range and offset of an expression, with the span of its brackets or of `offset` and its duration. */
export function ranges(text: string): TimeReach[] {
  const structure = structureOf(text);
  return structure.tokens.flatMap((token, index) => {
    if (token.kind === 'open' && token.value === '[') return bracketReach(structure, index) ?? [];
    if (token.kind === 'keyword' && token.value === 'offset') return offsetReach(structure.tokens, index) ?? [];
    return [];
  });
}

function bracketReach({ tokens, partners }: Structure, open: number): TimeReach | undefined {
  const close = partners[open]!;
  if (close === -1) return undefined;
  const inside = tokens.slice(open + 1, close);
  const colon = inside.findIndex((token) => token.kind === 'colon');
  const span = { start: tokens[open]!.start, end: tokens[close]!.end };
  if (colon === -1) return { kind: 'range', ...span, ms: singleMs(inside) };
  const stepMs = singleMs(inside.slice(colon + 1));
  return { kind: 'subquery', ...span, ms: singleMs(inside.slice(0, colon)), ...(stepMs !== undefined && { stepMs }) };
}

function singleMs(tokens: readonly Token[]): number | undefined {
  const [token] = tokens;
  const literal = tokens.length === 1 && (token!.kind === 'duration' || token!.kind === 'number');
  return literal ? numberOrDurationMs(token!.value) : undefined;
}

/** Nothing where `offset` is followed by nothing that could be its duration: then it names a metric. */
function offsetReach(tokens: readonly Token[], index: number): TimeReach | undefined {
  const sign = tokens[index + 1];
  const signed = sign?.kind === 'operator' && (sign.value === '-' || sign.value === '+');
  const value = tokens[index + (signed ? 2 : 1)];
  if (value?.kind !== 'duration' && value?.kind !== 'number' && value?.kind !== 'hole') return undefined;
  const ms = singleMs([value]);
  const factor = signed && sign.value === '-' ? -1 : 1;
  return {
    kind: 'offset',
    start: tokens[index]!.start,
    end: value.end,
    ms: ms === undefined ? undefined : ms * factor,
  };
}
