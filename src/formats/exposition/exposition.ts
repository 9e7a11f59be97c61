/** Types that a page can state; `untyped` is what OpenMetrics calls `unknown`. */
export const EXPOSED_TYPES = [
  'counter',
  'gauge',
  'histogram',
  'gaugehistogram',
  'summary',
  'info',
  'stateset',
  'untyped',
] as const;

export type ExposedType = (typeof EXPOSED_TYPES)[number];

/** Label names to values, in the order of the page. */
export type LabelSet = ReadonlyMap<string, string>;

/** An observation that is shown as an example of what a sample counts. OpenMetrics only. */
export interface Exemplar {
  readonly labels: LabelSet;
  readonly value: number;
  /** Seconds since 1970. */
  readonly timestamp?: number;
}

/** One line with a value. */
export interface Sample {
  readonly name: string;
  readonly labels: LabelSet;
  readonly value: number;
  /** As it stands on the page: milliseconds since 1970 in the text format, seconds in OpenMetrics. */
  readonly timestamp?: number;
  readonly exemplar?: Exemplar;
  /** The line on the page. */
  readonly start: number;
  readonly end: number;
}

/** What a page says of one metric. */
export interface Family {
  /** As in `# TYPE`: in OpenMetrics the name of a counter has no `_total`, that of an info no `_info`. */
  readonly name: string;
  /** Missing where the page says nothing of it. */
  readonly type?: ExposedType;
  readonly help?: string;
  readonly unit?: string;
  /** Those of suffixed names too: `_total`, `_bucket`, `_sum`, `_count`, `_created`, `_info`. */
  readonly samples: readonly Sample[];
}

/** What a server tells of its metrics. */
export interface Exposition {
  readonly isOpenMetrics: boolean;
  /** In the order in which they first appear. */
  readonly families: readonly Family[];
}
