import { HOUR_MS, MINUTE_MS, SECOND_MS } from '../base/quantity.ts';
import type { Severity } from '../model/types.ts';

/** When messages go out. */
export interface Timing {
  /** From the first alert of a group to its message. */
  readonly groupWaitMs: number;
  /** Between messages about changes in a group. */
  readonly groupIntervalMs: number;
  /** Until what still fires is told again. */
  readonly repeatMs: number;
}

/**
 * Where a level says nothing, its rank decides: the most severe first, the last for all further ones. Chosen so that a
 * page is fast and repeats within the hour, while a storm of 150 alerts is a handful of messages at the lower levels.
 */
const STARTING_VALUES: readonly [Timing, ...Timing[]] = [
  { groupWaitMs: 10 * SECOND_MS, groupIntervalMs: MINUTE_MS, repeatMs: HOUR_MS },
  { groupWaitMs: 30 * SECOND_MS, groupIntervalMs: 5 * MINUTE_MS, repeatMs: 4 * HOUR_MS },
  { groupWaitMs: 5 * MINUTE_MS, groupIntervalMs: 15 * MINUTE_MS, repeatMs: 12 * HOUR_MS },
  { groupWaitMs: 10 * MINUTE_MS, groupIntervalMs: HOUR_MS, repeatMs: 24 * HOUR_MS },
];

/** The timing of a level's own route: the author's values first, then those of its rank. */
export function severityTiming(severity: Severity): Timing {
  const start = STARTING_VALUES[Math.min(severity.rank, STARTING_VALUES.length - 1)] ?? STARTING_VALUES[0];
  const groupIntervalMs = severity.groupIntervalMs ?? start.groupIntervalMs;
  return {
    groupWaitMs: severity.groupWaitMs ?? start.groupWaitMs,
    groupIntervalMs,
    repeatMs: severity.repeatMs ?? nextMultiple(start.repeatMs, groupIntervalMs),
  };
}

/**
 * Alertmanager looks at a group once in a group interval, so it repeats at the first multiple that is not below the
 * repeat interval. Source: Alertmanager, dispatch/dispatch.go (aggrGroup.run) and notify/notify.go (DedupStage)
 */
export function nextMultiple(repeatMs: number, groupIntervalMs: number): number {
  return groupIntervalMs === 0 ? repeatMs : Math.ceil(repeatMs / groupIntervalMs) * groupIntervalMs;
}

/** Whether the level says itself when messages go out. */
export function hasOwnTiming(severity: Severity): boolean {
  const { groupWaitMs, groupIntervalMs, repeatMs } = severity;
  return groupWaitMs !== undefined || groupIntervalMs !== undefined || repeatMs !== undefined;
}
