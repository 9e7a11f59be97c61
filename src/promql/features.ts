/** From which Prometheus on something is understood, and behind which flag. Versions as `3.10`. */
export interface Availability {
  /** The first version that knows it; nothing: every version from 2.42 on. */
  readonly since?: string;
  /** The first version that no longer knows it. */
  readonly gone?: string;
  /** Its name in `--enable-feature`, while it is experimental. */
  readonly flag?: string;
  /** The first version that needs no flag for it. */
  readonly stable?: string;
}

interface Feature extends Availability {
  /** What it is, as the subject of a sentence. */
  readonly what: string;
}

/** The version whose language is checked where none is named: the newest that is known here. */
export const NEWEST_VERSION = '3.16';

/** The oldest version whose language is known here. */
export const OLDEST_VERSION = '2.42';

export const EXPERIMENTAL_FUNCTIONS = 'promql-experimental-functions';

/**
 * What not every Prometheus from 2.42 on understands, functions apart (functions.ts).
 * Source: https://github.com/prometheus/prometheus/blob/main/CHANGELOG.md, section of the version that is named;
 * https://prometheus.io/docs/prometheus/latest/feature_flags/.
 */
export const FEATURES = {
  // 2.53 reads them by measurement, in matchers only; names of all characters are stored from 3.0 on.
  quotedName: { what: 'a name in quotes', since: '2.53' },
  /** #14482 in 2.55. */
  quotedGrouping: { what: 'a label in quotes', since: '2.55' },
  /** From the same change on: any name goes that the lexer reads as one. */
  colonInGrouping: { what: 'a colon in the name of a label', since: '2.55' },
  /** 2.51, which is built with Go 1.22: https://go.dev/doc/go1.22 (regexp/syntax). */
  namedGroup: { what: 'a group named as `(?<name>…)`', since: '2.51' },
  /** 2.54, #12821. */
  digitSeparator: { what: 'the `_` in a number', since: '2.54' },
  /** 2.54, #9138. */
  durationAsNumber: { what: 'a duration in the place of a number', since: '2.54' },
  /** 2.54, #9138. */
  numberAsDuration: { what: 'a duration without unit', since: '2.54' },
  /** 2.54, #9138: until then a duration was never zero. */
  zeroOffset: { what: 'an offset of zero', since: '2.54' },
  /** 3.4, #16249, with duration expressions but behind no flag. */
  durationSign: { what: 'a sign before a duration', since: '3.4' },
  /** 3.4, #16249; without flag from 3.14 on, #19033. */
  durationExpression: {
    what: 'arithmetic on durations',
    since: '3.4',
    flag: 'promql-duration-expr',
    stable: '3.14',
  },
  /** 3.6, #16777. */
  stepDuration: { what: '`step()` as a duration', since: '3.6' },
  /** 3.10, #17670. */
  rangeDuration: { what: '`range()` as a duration', since: '3.10' },
  /** 3.6, #16777; renamed in 3.13, #18687. */
  minMaxDuration: { what: '`min()` or `max()` of durations', since: '3.6', gone: '3.13' },
  /** 3.13, #18687. */
  minOfDuration: { what: '`min_of()` or `max_of()` of durations', since: '3.13' },
  /** 3.7, #16457; without flag from 3.16 on (release notes of 3.16). */
  extendedRange: {
    what: 'the modifier',
    since: '3.7',
    flag: 'promql-extended-range-selectors',
    stable: '3.16',
  },
  /** 3.10, #17644. */
  fill: { what: '`fill`', since: '3.10', flag: 'promql-binop-fill-modifiers' },
  /** 3.11, #17904. */
  trim: { what: 'the operator', since: '3.11' },
  /** 2.54, #12503. */
  limit: { what: 'the aggregation', since: '2.54', flag: EXPERIMENTAL_FUNCTIONS },
} as const satisfies Record<string, Feature>;

export type FeatureName = keyof typeof FEATURES;

/** The Prometheus that an expression is for: `flags` are those of `--enable-feature`; `all`: every one that it knows. */
export interface Target {
  readonly version: string;
  readonly flags: readonly string[] | 'all';
}

const THOUSAND = 1000;

/** A version in one number that compares: `3.5.3` is 3005. */
export function versionNumber(version: string): number {
  const [major, minor] = version
    .replace(/^v/, '')
    .split('.', 2)
    .map((part) => Number.parseInt(part, 10));
  return (major ?? 0) * THOUSAND + (minor ?? 0);
}

/** Whether the target's version is at least this one. */
export function atLeast(target: Target, version: string): boolean {
  return versionNumber(target.version) >= versionNumber(version);
}

/** Why the target does not understand something, and what would help; nothing where it does. */
export function unavailable(
  what: string,
  availability: Availability,
  target: Target,
): { readonly message: string; readonly help: string } | undefined {
  const { since, gone, flag, stable } = availability;
  if (since !== undefined && !atLeast(target, since)) {
    const flagged = flag !== undefined && (stable === undefined || versionNumber(stable) > versionNumber(since));
    const behind = flagged ? ` with \`--enable-feature=${flag}\`` : '';
    return {
      message: `${what} is known from Prometheus ${since} on${behind}, not in ${target.version}`,
      help: `write it without, or raise the version to ${since}`,
    };
  }
  if (gone !== undefined && atLeast(target, gone)) {
    return { message: `${what} is gone since Prometheus ${gone}`, help: `it was last known before ${gone}` };
  }
  if (flag === undefined || target.flags === 'all' || target.flags.includes(flag)) return undefined;
  if (stable !== undefined && atLeast(target, stable)) return undefined;
  const until = stable === undefined ? '' : `; from ${stable} on it needs no flag`;
  return {
    message: `${what} is experimental in Prometheus ${target.version}${until}`,
    help: `start Prometheus with \`--enable-feature=${flag}\` and list it in \`targets.prometheus.features\`, or write it without`,
  };
}
