import type { LexFault } from './fault.ts';
import type { Token } from './lexer.ts';
import { numberOrDurationMs } from './number-literal.ts';
import * as say from './sequence-fault.ts';

// Which token may stand at which place, where its kind alone does not say so.

/** Words of duration expressions. Source: https://prometheus.io/docs/prometheus/latest/feature_flags/ (Duration expressions) */
const DURATION_WORDS: ReadonlySet<string> = new Set(['step', 'range', 'min', 'max', 'min_of', 'max_of']);
/** Words after a selector. Source: https://prometheus.io/docs/prometheus/latest/feature_flags/ (Extended range selectors) */
export const SELECTOR_WORDS: ReadonlySet<string> = new Set(['smoothed', 'anchored']);
/** Source: https://prometheus.io/docs/prometheus/latest/feature_flags/ (Binary operator fill modifiers) */
export const FILLS: ReadonlySet<string> = new Set(['fill', 'fill_left', 'fill_right']);
const TIMES: ReadonlySet<string> = new Set(['start', 'end']);
/** Keywords that are legal names of metrics; the names of aggregations are too. */
const NAMES: ReadonlySet<string> = new Set(['and', 'or', 'unless', 'by', 'without', 'offset']);

interface Durations {
  readonly numbersAsDurations: boolean;
}

/** Whether a token may begin a duration. */
export function isDuration({ kind, value }: Token): boolean {
  return kind === 'duration' || kind === 'number' || DURATION_WORDS.has(value);
}

function isTime({ kind, value }: Token): boolean {
  return kind === 'duration' || kind === 'number' || TIMES.has(value);
}

/** `and`, `by`, `offset` and others name a metric where no operator can stand, judged by the token that follows. */
export function isMetricName(token: Token, next: Token | undefined): boolean {
  if (!NAMES.has(token.value)) return false;
  if (!next || next.kind === 'close' || next.kind === 'comma' || next.value === '{' || next.value === '[') return true;
  return next.kind === 'operator' || next.kind === 'hole' || next.kind === 'unknown' || next.kind === 'keyword';
}

/** What is wrong with the token after `offset` or `@` (`reason`). */
export function modifierFault(token: Token, reason: Token, durations: Durations): LexFault | undefined {
  if (reason.value === '@') return isTime(token) ? undefined : say.noTime(token);
  if (reason.kind !== 'keyword' || reason.value !== 'offset') return undefined;
  if (!isDuration(token)) return say.noDuration(token, '`offset`');
  return token.kind === 'number' && !durations.numbersAsDurations ? say.bareNumber(token) : undefined;
}

/** What is wrong with a range or step that is a single token. */
export function partFault(token: Token, part: 'range' | 'step', durations: Durations): LexFault | undefined {
  if (token.kind !== 'number' && token.kind !== 'duration') return undefined;
  if (numberOrDurationMs(token.value) === 0) return say.zeroDuration(token, part);
  return token.kind === 'number' && !durations.numbersAsDurations ? say.bareNumber(token) : undefined;
}
