import {
  CHOMPING_MODE,
  COLLECTION_STYLE,
  EVENT_ID,
  type Event,
  getScalarValue,
  parseEvents,
  SCALAR_STYLE,
  type ScalarEvent,
  YAMLException,
} from 'js-yaml';

export { CHOMPING_MODE, COLLECTION_STYLE, EVENT_ID, SCALAR_STYLE };

/** A scalar of the stream; `text` is its decoded text where another reader has already decoded it. */
export type Scalar = ScalarEvent & { readonly text?: string };

/** What a YAML text says, in the order of the text: offsets into it, no values. Offsets of -1 mean absent. */
export type YamlEvent = Exclude<Event, ScalarEvent> | Scalar;

export type MappingStart = Extract<YamlEvent, { type: typeof EVENT_ID.MAPPING }>;
export type SequenceStart = Extract<YamlEvent, { type: typeof EVENT_ID.SEQUENCE }>;

/** Why and where js-yaml stopped reading. */
export interface Refusal {
  readonly reason: string;
  readonly offset: number;
}

/** Collections inside collections; deeper than this nobody writes by hand, and readers that recurse would overflow. */
export const MAX_DEPTH = 200;

/** Reads a YAML text as events; js-yaml knows only the first thing that is wrong. */
export function readEvents(text: string): readonly YamlEvent[] | Refusal {
  try {
    return parseEvents(text, { maxDepth: MAX_DEPTH });
  } catch (error) {
    if (!(error instanceof YAMLException)) throw error;
    return { reason: error.reason, offset: Math.min(error.mark?.position ?? 0, text.length) };
  }
}

/** The same events in a text that has `by` more characters in front. */
export function shiftEvents(events: readonly YamlEvent[], by: number): YamlEvent[] {
  return events.map((event) => {
    const shifted: Record<string, unknown> = { ...event };
    for (const name of OFFSETS) {
      const offset = shifted[name];
      if (typeof offset === 'number' && offset >= 0) shifted[name] = offset + by;
    }
    return shifted as unknown as YamlEvent;
  });
}

const OFFSETS = ['start', 'valueStart', 'valueEnd', 'anchorStart', 'anchorEnd', 'tagStart', 'tagEnd'] as const;

/** Whether js-yaml stopped only because of the depth. */
export function isTooDeep(refusal: Refusal): boolean {
  return refusal.reason.startsWith('nesting exceeded');
}

/** The text of a scalar: unquoted, unescaped, unfolded. */
export function scalarText(text: string, scalar: Scalar): string {
  return scalar.text ?? getScalarValue(text, scalar);
}

/** Whether nothing at all is written, as after `key:`. */
export function isAbsent(scalar: Scalar): boolean {
  return scalar.valueStart === scalar.valueEnd && scalar.style === SCALAR_STYLE.PLAIN && scalar.tagStart < 0;
}
