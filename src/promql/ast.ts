import type { Range } from './fault.ts';
import type { MatchOperator } from './selector.ts';

/** What an expression gives; `any`: a hole, or something that is wrong and was reported. */
export type ValueType = 'scalar' | 'vector' | 'matrix' | 'string' | 'any';

/** Every node stands at characters of the expression. */
interface Node extends Range {
  readonly type: ValueType;
  /** How many nodes stand below each other here. It is bounded, so a tree may be walked by recursion. */
  readonly depth: number;
}

export type Expr =
  | NumberLiteral
  | StringLiteral
  | VectorSelector
  | MatrixSelector
  | Subquery
  | Call
  | Aggregation
  | Binary
  | Unary
  | Paren
  | HoleExpr
  | Invalid;

export interface NumberLiteral extends Node {
  readonly kind: 'number';
  /** A duration counts in seconds. */
  readonly value: number;
  /** As written: `5m`, `1e3`, `Inf`. */
  readonly text: string;
}

export interface StringLiteral extends Node {
  readonly kind: 'string';
  /** Unquoted; bytes that are no UTF-8 are U+FFFD. */
  readonly value: string;
  /** As written. */
  readonly text: string;
}

/** A name in the text; `hole`: something fills in all of it or a part. */
export interface Name extends Range {
  readonly name: string;
  readonly hole?: true;
  /** Written in quotes: a name that may hold any character. */
  readonly quoted?: true;
}

/** One condition on a label; `{"name"}` is one on `__name__`, without an operator in the text. */
export interface LabelMatcher extends Range {
  readonly kind: 'matcher';
  readonly label: Name;
  readonly operator: MatchOperator;
  /** Unquoted; where it is a hole outside of quotes, as written. */
  readonly value: string;
  /** As written. */
  readonly valueText: string;
  readonly valueSpan: Range;
  /** The value is a hole outside of quotes, or holds one inside. */
  readonly hole: 'bare' | 'quoted' | undefined;
  /** `{"name"}`. */
  readonly bare: true | undefined;
}

/** `{$matchers}`. */
export interface HoleMatcher extends Range {
  readonly kind: 'hole';
  readonly text: string;
}

/** What follows a selector or a subquery: `offset`, `@`, `anchored` or `smoothed`. */
export interface Modifiers {
  readonly offset: Offset | undefined;
  readonly at: AtTime | undefined;
  readonly extended: Name | undefined;
}

export interface Offset extends Range {
  readonly duration: Duration;
}

/** `time`: Unix time in seconds, nothing where it is a hole. */
export interface AtTime extends Range {
  readonly bound: 'start' | 'end' | 'time';
  readonly time?: number;
  /** The time as written. */
  readonly text: string;
}

export interface VectorSelector extends Node, Modifiers {
  readonly kind: 'vector';
  readonly name: Name | undefined;
  readonly matchers: readonly (LabelMatcher | HoleMatcher)[];
  /** From brace to brace. */
  readonly braces: Range | undefined;
}

export interface MatrixSelector extends Node, Modifiers {
  readonly kind: 'matrix';
  /** A selector in every expression without faults. */
  readonly selector: Expr;
  readonly range: Duration;
}

export interface Subquery extends Node, Modifiers {
  readonly kind: 'subquery';
  readonly expression: Expr;
  readonly range: Duration;
  readonly step: Duration | undefined;
}

export interface Call extends Node {
  readonly kind: 'call';
  readonly name: Name;
  readonly args: readonly Expr[];
}

export interface Aggregation extends Node {
  readonly kind: 'aggregation';
  /** In lower case. */
  readonly operator: string;
  readonly grouping: Grouping | undefined;
  readonly parameter: Expr | undefined;
  readonly expression: Expr;
}

/** `by (…)` and `without (…)`. */
export interface Grouping extends Range {
  readonly mode: 'by' | 'without';
  readonly labels: readonly Name[];
}

export interface Binary extends Node {
  readonly kind: 'binary';
  readonly operator: string;
  /** The characters of the operator. */
  readonly sign: Range;
  readonly left: Expr;
  readonly right: Expr;
  readonly matching: Matching;
}

/** What stands between an operator and its right operand. */
export interface Matching {
  readonly bool?: Range;
  readonly on?: MatchingLabels;
  readonly group?: GroupSide;
  readonly fill?: readonly Fill[];
}

export interface MatchingLabels extends Range {
  readonly mode: 'on' | 'ignoring';
  readonly labels: readonly Name[];
}

export interface GroupSide extends Range {
  readonly side: 'left' | 'right';
  readonly labels: readonly Name[];
}

/** `fill (0)` and the like; the value as written. */
export interface Fill extends Range {
  readonly sides: 'fill' | 'fill_left' | 'fill_right';
  readonly text: string;
}

export interface Unary extends Node {
  readonly kind: 'unary';
  readonly operator: '+' | '-';
  readonly operand: Expr;
}

export interface Paren extends Node {
  readonly kind: 'paren';
  readonly expression: Expr;
}

/** A whole operand that something fills in. */
export interface HoleExpr extends Node {
  readonly kind: 'hole';
  readonly text: string;
}

/** Where there should be an expression; a fault says what is wrong. */
export interface Invalid extends Node {
  readonly kind: 'invalid';
}

/** A duration; only the plain ones are known before the query runs. */
export type Duration = DurationLiteral | DurationSign | DurationBinary | DurationCall | DurationParen | DurationHole;

export interface DurationLiteral extends Range {
  readonly kind: 'literal';
  readonly seconds: number;
  readonly text: string;
}

export interface DurationSign extends Range {
  readonly kind: 'sign';
  readonly operator: '+' | '-';
  readonly operand: Duration;
}

export interface DurationBinary extends Range {
  readonly kind: 'binary';
  readonly operator: string;
  readonly left: Duration;
  readonly right: Duration;
}

/** `step()`, `range()`, `min_of(…)`, `max_of(…)`. */
export interface DurationCall extends Range {
  readonly kind: 'call';
  readonly name: string;
  readonly args: readonly Duration[];
}

export interface DurationParen extends Range {
  readonly kind: 'paren';
  readonly inner: Duration;
}

/** A hole, or something that was reported. */
export interface DurationHole extends Range {
  readonly kind: 'hole';
  readonly text: string;
}
