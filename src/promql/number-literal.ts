import { parseDuration } from '../base/quantity.ts';
import type { Fault } from './fault.ts';

/** A number or duration that was scanned: where it ends and what is wrong with it. */
export interface ScannedNumber {
  readonly kind: 'number' | 'duration';
  readonly end: number;
  readonly fault?: Fault;
}

/**
 * Everything that may belong to a number or duration: letters, digits, dots and underscores, and a sign after the
 * exponent's letter of a decimal number.
 */
const WORD = /0[xX]\w*|(?:[\d._]+[eE][+-]?(?=\d))?[\w.]+/y;

/** Source: https://prometheus.io/docs/prometheus/latest/querying/basics/ (Float literals and time durations) */
const DECIMAL = /^(?:\d+(?:_\d+)*(?:\.(?:\d+(?:_\d+)*)?)?|\.\d+(?:_\d+)*)(?:[eE][+-]?\d+(?:_\d+)*)?$/;
const HEXADECIMAL = /^0[xX]_?[\da-fA-F]+(?:_[\da-fA-F]+)*$/;
const DURATION_PARTS = /^(?:\d+(?:ms|[smhdwy]))+$/;
const DURATION = /^(?:\d+y)?(?:\d+w)?(?:\d+d)?(?:\d+h)?(?:\d+m)?(?:\d+s)?(?:\d+ms)?$/;
const LOOSE_DURATION = /^(\d+)(msecs?|millis?|seconds?|secs?|minutes?|mins?|hours?|hrs?|days?|weeks?|years?|[MHDWY])$/;
const FRACTIONAL_DURATION = /^\d*\.\d+(?:ms|[smhdwy])$/;

/** Scans the number or duration that begins at `start` (a digit, or a dot and a digit). */
export function scanNumber(text: string, start: number): ScannedNumber {
  const short = scanShort(text, start);
  if (short) return short;
  WORD.lastIndex = start;
  const word = WORD.exec(text)![0];
  const end = start + word.length;
  if (DECIMAL.test(word) || HEXADECIMAL.test(word)) return { kind: 'number', end };
  if (DURATION.test(word)) return { kind: 'duration', end };
  return faulty(word, start, end);
}

const WORD_CHARACTER = new Uint8Array(128).map((_, code) => (/[\w.]/.test(String.fromCharCode(code)) ? 1 : 0));
const ZERO = 48;
const NINE = 57;
/** Longer than any duration that means something; keeps reading one linear. */
const LONGEST_DURATION = 60;

/** The two common shapes without any regular expression over the word: `42` and `5m`. */
function scanShort(text: string, start: number): ScannedNumber | undefined {
  let at = start;
  while (at < text.length && text.charCodeAt(at) >= ZERO && text.charCodeAt(at) <= NINE) at++;
  if (at === start) return undefined;
  if (endsWord(text, at)) return { kind: 'number', end: at };
  return 'smhdwy'.includes(text[at]!) && endsWord(text, at + 1) ? { kind: 'duration', end: at + 1 } : undefined;
}

function endsWord(text: string, at: number): boolean {
  return at >= text.length || WORD_CHARACTER[text.charCodeAt(at) & 127] === 0 || text.charCodeAt(at) > 127;
}

function faulty(word: string, start: number, end: number): ScannedNumber {
  const at = { start, end };
  if (DURATION_PARTS.test(word)) {
    const message = `the units of the duration \`${word}\` do not go from large to small, each once`;
    const help = 'order the units y, w, d, h, m, s, ms, as in `1h30m`';
    return { kind: 'duration', end, fault: { kind: 'duration', ...at, message, help } };
  }
  const help = durationHelp(word);
  if (help)
    return { kind: 'duration', end, fault: { kind: 'duration', ...at, message: `\`${word}\` is no duration`, help } };
  const message = `\`${word}\` is neither a number nor a duration`;
  return { kind: 'number', end, fault: { kind: 'syntax', ...at, message } };
}

function durationHelp(word: string): string | undefined {
  const loose = LOOSE_DURATION.exec(word);
  if (loose) {
    const unit = loose[2]!.toLowerCase();
    const letter = unit.startsWith('ms') || unit.startsWith('milli') ? 'ms' : unit[0]!;
    return `write \`${loose[1]}${letter}\`; the units are y, w, d, h, m, s and ms`;
  }
  return FRACTIONAL_DURATION.test(word) ? 'use whole numbers with smaller units, as in `1h30m` for 1.5h' : undefined;
}

/** A PromQL duration in milliseconds; nothing when it is none. */
export function durationMs(text: string): number | undefined {
  return text !== '' && text.length <= LONGEST_DURATION && DURATION.test(text) ? parseDuration(text) : undefined;
}

const SECOND_MS = 1_000;

/** A number literal or a duration as milliseconds: from Prometheus 3.0 on a number without unit counts seconds. */
export function numberOrDurationMs(text: string): number | undefined {
  const ms = durationMs(text);
  if (ms !== undefined) return ms;
  return text.length <= LONGEST_DURATION && DECIMAL.test(text)
    ? Math.round(Number(text.replaceAll('_', '')) * SECOND_MS)
    : undefined;
}
