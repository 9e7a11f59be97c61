import { regexFault } from './regex-syntax.ts';

/** A regular expression that was read. */
export interface Pattern {
  /** As the author wrote it. */
  readonly text: string;
  /** Whether it matches the whole of a text, as matchers of Prometheus do. */
  matches(text: string): boolean;
}

/**
 * What RE2 and JavaScript read otherwise or only one of them reads: flags and named groups, `\s` (Unicode or not),
 * classes of POSIX, and escapes other than of signs and the few that mean the same.
 * Source: https://github.com/google/re2/wiki/Syntax
 */
const READ_OTHERWISE = /\(\?(?!:)|\[:|\\(?![dDwWbBtnrfv.^$*+?()[\]{}|\\/-])/;

/**
 * Reads a pattern in the syntax of RE2, which people know from matchers of Prometheus, as far as JavaScript reads it
 * in the same way; nothing where it does not.
 */
export function readPattern(text: string): Pattern | undefined {
  if (regexFault(text) || READ_OTHERWISE.test(text)) return undefined;
  try {
    const expression = new RegExp(`^(?:${text})$`, 'su');
    return { text, matches: (value) => expression.test(value) };
  } catch {
    return undefined;
  }
}
