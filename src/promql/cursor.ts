import type { Expr, Invalid, ValueType } from './ast.ts';
import type { Range } from './fault.ts';
import { type Fault, type FaultKind, faultAt } from './fault.ts';
import { FEATURES, type FeatureName, type Target, unavailable } from './features.ts';
import type { HoleRules } from './hole-fault.ts';
import { closerOf, type Token } from './lexer.ts';

/** How deep a tree may be: far deeper than anything that is written, and shallow enough to be walked by recursion. */
export const DEEPEST = 1_000;

/** How many constructs may be open at once while reading, each of which costs several calls. */
const MOST_NESTED = 200;

/** What a cursor is made of. */
interface Source {
  readonly text: string;
  readonly tokens: readonly Token[];
  readonly truncated: boolean;
  readonly target: Target;
  readonly holes: HoleRules;
  readonly unitsRequired: boolean;
  /** The parser of expressions, for the parts of it that need it again inside brackets. */
  readonly read: (cursor: Cursor, closer: string | undefined) => Expr;
}

/** The tokens of one expression, how far they are read, and what was found. */
export class Cursor {
  readonly text: string;
  readonly target: Target;
  readonly holes: HoleRules;
  /** A duration that is a number without unit is a fault. */
  readonly unitsRequired: boolean;
  readonly faults: Fault[] = [];
  /** Words that lack their quotes: what the lexer says about them does not help. */
  readonly unquoted: Range[] = [];
  /** The brackets that are open, innermost last. */
  readonly open: Token[] = [];
  at = 0;
  /** The closing bracket that was said to be missing: it may still come, at the wrong place. */
  missed: string | undefined;
  /** Something was passed over that could not be read: what is missing after it may be in there. */
  lost = false;
  /** Where a selector begins that need not require anything. */
  unrestricted = -1;
  /** A string is never closed: what follows it means nothing, and neither does the end. */
  private readonly truncated: boolean;
  private readonly readExpression: Source['read'];
  private readonly tokens: readonly Token[];
  private readonly end: Token;
  private nesting = 0;
  private stopped = false;

  constructor(source: Source) {
    const { text, tokens, truncated, target, holes, unitsRequired } = source;
    this.text = text;
    this.tokens = tokens;
    this.truncated = truncated;
    this.target = target;
    this.holes = holes;
    this.unitsRequired = unitsRequired;
    this.readExpression = source.read;
    const last = tokens.at(-1)!;
    this.end = { kind: 'end', value: '', start: last.end, end: last.end };
  }

  /** Reads a whole expression up to its closing bracket or a comma. */
  read(closer: string): Expr {
    return this.readExpression(this, closer);
  }

  get all(): readonly Token[] {
    return this.tokens;
  }

  get token(): Token {
    return this.stopped ? this.end : (this.tokens[this.at] ?? this.end);
  }

  get next(): Token {
    return this.tokens[this.at + 1] ?? this.end;
  }

  get previous(): Token | undefined {
    return this.tokens[this.at - 1];
  }

  /** Reading ended because there is too much. */
  get halted(): boolean {
    return this.stopped;
  }

  get ended(): boolean {
    return this.stopped || this.at >= this.tokens.length;
  }

  /** Whether the token is this sign or keyword. */
  sees(value: string): boolean {
    const { token } = this;
    return token.value === value && token.kind !== 'hole' && token.kind !== 'string';
  }

  take(): Token {
    const { token } = this;
    if (!this.ended) this.at++;
    return token;
  }

  /** Takes the token if it is this sign or keyword. */
  takes(value: string): Token | undefined {
    return this.sees(value) ? this.take() : undefined;
  }

  textOf({ start, end }: Range): string {
    return this.text.slice(start, end);
  }

  report(fault: Fault): void {
    if (!this.stopped) this.faults.push(fault);
  }

  fault(range: Range, kind: FaultKind, message: string, help?: string): void {
    this.report(faultAt(range, kind, message, help));
  }

  /** A fault about the end of the text, unless a string swallowed it. */
  faultAtEnd(fault: Fault): void {
    if (!this.truncated) this.report(fault);
  }

  /** Whether a bracket is open that this one closes. */
  awaits(closer: string): boolean {
    return this.open.some(({ value }) => closerOf(value) === closer);
  }

  /** A fault where the target does not understand a feature; `what` takes the place of its name. */
  needs(feature: FeatureName, range: Range, what?: string): void {
    const found = unavailable(what ?? FEATURES[feature].what, FEATURES[feature], this.target);
    if (found) this.fault(range, 'version', found.message, found.help);
  }

  /** Enters a part of an expression; false: that is too deep, and reading ends. */
  enter(): boolean {
    if (this.nesting >= MOST_NESTED) {
      this.tooDeep(this.token);
      return false;
    }
    this.nesting++;
    return true;
  }

  leave(): void {
    this.nesting--;
  }

  tooDeep(range: Range): void {
    const message = `the expression is nested deeper than ${MOST_NESTED} levels, or chains more than ${DEEPEST} operands`;
    this.fault(range, 'syntax', message, 'split it into recording rules');
    this.stopped = true;
  }

  /** The depth of a node above these. */
  above(range: Range, parts: readonly Expr[]): number {
    let depth = 0;
    for (const part of parts) if (part.depth > depth) depth = part.depth;
    if (depth >= DEEPEST && !this.stopped) this.tooDeep(range);
    return depth + 1;
  }

  invalid(range: Range = this.token): Invalid {
    return { kind: 'invalid', start: range.start, end: range.end, type: 'any', depth: 1 };
  }
}

/** Whether a value of a type may stand where another is expected. */
export function fits(type: ValueType, expected: ValueType): boolean {
  return type === expected || type === 'any';
}
