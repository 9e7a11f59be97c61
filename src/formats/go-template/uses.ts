import type { Range, TemplateFault } from './fault.ts';
import type { Piece } from './literal.ts';

/** A name that a template reads, where it stands: without dot, and without the quotes of `index`. */
export interface NameUse extends Range {
  readonly name: string;
  /** Stands in the condition of `if` or `with`: the author reckons with its being empty. */
  readonly tested?: boolean;
}

/** How a template shows the alert's value: as it is, through `printf`, or as people read it; or it is only looked at. */
export type Shown = 'raw' | 'formatted' | 'humanized' | 'tested';

export interface ValueUse extends Range {
  readonly shown: Shown;
}

/** A text inside a template that is in a language of its own. */
export interface Embedded extends Range {
  readonly text: string;
  /** Which characters of it stand where in the template. */
  readonly pieces: readonly Piece[];
  /** The function that it is given to. */
  readonly function: string;
  /** False: it is a format, whose `%…` are filled in first. */
  readonly complete: boolean;
}

/** What a template reads, in order of position and each place once. */
export interface TemplateUses {
  /** Labels of the alert's series, by name. */
  readonly labels: readonly NameUse[];
  /** Where all labels are taken at once: written, walked through, or by a name that is not known before. */
  readonly allLabels: readonly Range[];
  readonly externalLabels: readonly NameUse[];
  readonly value: readonly ValueUse[];
  /** PromQL in `query`, `graphLink` and `tableLink`. */
  readonly queries: readonly Embedded[];
  /** Regular expressions in `match` and `reReplaceAll`. */
  readonly patterns: readonly Embedded[];
  /** Functions that make a text another one each time: `now`, `query`. */
  readonly volatile: readonly NameUse[];
  /** What goes wrong only when an alert fires. */
  readonly faults: readonly TemplateFault[];
}

/** The same, while it is gathered. */
export type Gathered = { -readonly [Part in keyof TemplateUses]: TemplateUses[Part][number][] };

/** Nothing yet. */
export function nothingUsed(): Gathered {
  return {
    labels: [],
    allLabels: [],
    externalLabels: [],
    value: [],
    queries: [],
    patterns: [],
    volatile: [],
    faults: [],
  };
}

function inOrder<Use extends Range>(uses: readonly Use[]): Use[] {
  const byPlace = new Map(uses.map((use) => [`${use.start}:${use.end}`, use]));
  return [...byPlace.values()].sort((left, right) => left.start - right.start);
}

/** What was gathered, in order and each place once: a template that is called twice is read twice. */
export function ordered(gathered: Gathered): TemplateUses {
  return {
    labels: inOrder(gathered.labels),
    allLabels: inOrder(gathered.allLabels),
    externalLabels: inOrder(gathered.externalLabels),
    value: inOrder(gathered.value),
    queries: inOrder(gathered.queries),
    patterns: inOrder(gathered.patterns),
    volatile: inOrder(gathered.volatile),
    faults: inOrder(gathered.faults),
  };
}
