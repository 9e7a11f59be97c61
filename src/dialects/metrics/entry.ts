import type { LabelSet } from '../../formats/exposition/exposition.ts';

/** The types that a MetricCatalog knows. */
export type MetricType = 'counter' | 'gauge' | 'histogram' | 'native' | 'summary' | 'info' | 'stateset';

/** A metric on its way into a catalogue. */
export interface Entry {
  readonly name: string;
  readonly type: MetricType;
  readonly unit?: string;
  /** Without those of the type, and without `job` and `instance`. */
  readonly labels: readonly string[];
  /** Upper bounds, ascending, without +Inf. */
  readonly buckets?: readonly number[];
  readonly description?: string;
  readonly optional?: true;
  /** What the page does not say. */
  readonly guessed: readonly ('type' | 'unit')[];
  /** What a person should know of it. */
  readonly remarks: readonly string[];
}

/** A metric as a page has it, its type known or guessed; the samples are those of all its series. */
export interface Shape {
  readonly name: string;
  readonly type: MetricType;
  readonly isTypeGuessed: boolean;
  readonly unit?: string;
  readonly help?: string;
  readonly labelSets: readonly LabelSet[];
  readonly remark?: string;
}
