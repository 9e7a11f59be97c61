import { RE2JS } from 're2js';

/** A regular expression as Prometheus reads it: the reason why it cannot, or whether it matches an empty text. */
export interface JudgedRegex {
  readonly error?: string;
  readonly matchesEmpty: boolean;
}

/** Alternatives of plain characters and `.`, `.*`, `.+`: nothing in them can be wrong, and they are nearly all there are. */
const PLAIN = /^(?:[\w \-/:,]|\.[*+]?|\|)*$/;
const PLAIN_EMPTY = /^(?:\.\*)*$/;

/** As many as a large workspace has. */
const REMEMBERED = 10_000;
const judged = new Map<string, JudgedRegex>();

/**
 * Judges the value of a `=~` or `!~` matcher by RE2, which is what Go has: the same verdict and the same words.
 * Source: https://github.com/google/re2/wiki/Syntax; anchored at both ends, as in
 * prometheus/prometheus, model/labels/regexp.go (NewFastRegexMatcher).
 */
export function judgeRegex(pattern: string): JudgedRegex {
  if (PLAIN.test(pattern)) return { matchesEmpty: pattern.split('|').some((part) => PLAIN_EMPTY.test(part)) };
  const known = judged.get(pattern);
  if (known) return known;
  if (judged.size >= REMEMBERED) judged.clear();
  const result = compile(pattern);
  judged.set(pattern, result);
  return result;
}

function compile(pattern: string): JudgedRegex {
  try {
    return { matchesEmpty: RE2JS.compile(pattern).matches('') };
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error), matchesEmpty: false };
  }
}
