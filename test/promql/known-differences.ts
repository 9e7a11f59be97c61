/** Where our verdict differs from promtool's, and why it does. */
export interface KnownDifference {
  /** Whether we accept what promtool refuses, or the reverse. */
  readonly weSay: 'valid' | 'invalid';
  /** Major and minor versions of promtool; nothing: all of them. */
  readonly versions?: readonly string[];
  readonly shape: RegExp;
  /** On this one some promtool differs. */
  readonly example: string;
  readonly reason: string;
}

export const KNOWN_DIFFERENCES: readonly KnownDifference[] = [
  {
    weSay: 'invalid',
    shape: /\[[^\]]*\d[a-z]*\s[^\]]*[A-Za-z]/,
    example: 'up[5m X]',
    reason:
      'between a duration and `]` its lexer drops a word that it does not know: `a[5m X]` is read as `a[5m]`, `a[5 m]` as `a[5]`',
  },
  {
    weSay: 'valid',
    versions: ['3.5'],
    shape: /0[xX][\da-fA-F_]*[eE]/,
    example: '0x1e',
    reason: 'it takes the digit `e` of a hexadecimal number for an exponent, depending on what follows',
  },
  {
    weSay: 'valid',
    versions: ['2.42'],
    shape: /\\Q/,
    example: 'a{x=~"\\\\Qb"}',
    reason: 'it puts `)$` behind the pattern before reading it, which `\\Q` without `\\E` swallows',
  },
  {
    weSay: 'invalid',
    shape: /(?:[-+(^]\s*){100}|(?:\w\s*[-+*]\s*){500}/,
    example: `${'('.repeat(250)}1${')'.repeat(250)}`,
    reason: 'we stop at 200 open brackets and at chains of 1000 operands, far beyond anything that is written',
  },
];

/** The reason for a difference that is known. */
export function knownReason(text: string, version: string, accepted: boolean): string | undefined {
  return KNOWN_DIFFERENCES.find(
    ({ weSay, versions, shape }) =>
      (weSay === 'valid') === accepted && (versions?.includes(version) ?? true) && shape.test(text),
  )?.reason;
}
