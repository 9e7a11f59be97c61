import type { Range } from './fault.ts';
import type { Piece } from './literal.ts';

/** A template as Prometheus reads it. Actions that have a fault are left out, or stand without what is wrong in them. */
export interface Template {
  readonly text: string;
  readonly nodes: readonly Node[];
  /** What `define` and `block` declare, by name. */
  readonly definitions: ReadonlyMap<string, Definition>;
}

/** A template inside the template. Its `.` and `$` are what its caller gives; it sees no variables from outside. */
export interface Definition {
  readonly name: Text;
  readonly nodes: readonly Node[];
}

/** A text, and where it stands. */
export interface Text extends Range {
  readonly text: string;
}

export type Node = PlainText | Action | Branch | Call | Jump;

/** Text outside of actions, as far as trim markers leave it. */
export interface PlainText extends Text {
  readonly type: 'text';
}

/** `{{ pipeline }}`: writes its value, unless it declares or assigns a variable. */
export interface Action extends Range {
  readonly type: 'action';
  readonly pipeline: Pipeline;
}

/** `if`, `with` or `range`; `else if` and `else with` are a branch alone in `otherwise`. The range is that of the first action. */
export interface Branch extends Range {
  readonly type: 'if' | 'with' | 'range';
  readonly pipeline: Pipeline;
  readonly nodes: readonly Node[];
  readonly otherwise: readonly Node[];
}

/** `{{ template "name" pipeline }}`, or a `block`, which defines the template as well. */
export interface Call extends Range {
  readonly type: 'template';
  readonly name: Text;
  readonly pipeline?: Pipeline;
}

/** `break` or `continue`. */
export interface Jump extends Range {
  readonly type: 'break' | 'continue';
}

/** Commands of which each takes the value of the one before as its last argument. */
export interface Pipeline extends Range {
  /** The variables that it declares, with `$`; in `range` the index stands first if there are two. */
  readonly declares: readonly Text[];
  /** Whether it assigns to variables that are there already: `=`. */
  readonly assigns: boolean;
  readonly commands: readonly Command[];
}

/** A function with its arguments, or a single value. */
export interface Command extends Range {
  readonly operands: readonly Operand[];
}

export type Operand = Literal | StringOperand | Dot | Field | Variable | FunctionName | Group;

export interface Literal extends Range {
  readonly type: 'number' | 'character' | 'bool' | 'nil';
  readonly text: string;
}

export interface StringOperand extends Range {
  readonly type: 'string';
  readonly value: string;
  /** Which characters of the value stand where in the template. */
  readonly pieces: readonly Piece[];
}

export interface Dot extends Range {
  readonly type: 'dot';
}

/** `.Labels.job`: fields of the dot. */
export interface Field extends Range {
  readonly type: 'field';
  /** Names without dots. */
  readonly path: readonly Text[];
}

/** `$labels.job`: a variable, with `$`, and fields of it. */
export interface Variable extends Range {
  readonly type: 'variable';
  readonly name: string;
  readonly path: readonly Text[];
}

/** A function: called with what follows where it stands first in a command, without arguments elsewhere. */
export interface FunctionName extends Range {
  readonly type: 'function';
  readonly name: string;
  readonly path: readonly Text[];
}

/** A pipeline in parentheses, and fields of its value. */
export interface Group extends Range {
  readonly type: 'group';
  readonly pipeline: Pipeline;
  readonly path: readonly Text[];
}
