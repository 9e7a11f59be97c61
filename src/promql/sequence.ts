import type { LexFault, Range } from './fault.ts';
import { checkLabelList } from './label-list.ts';
import { AGGREGATIONS, closerOf, GROUPINGS, type Token } from './lexer.ts';
import { checkMatcherList } from './matcher-list.ts';
import { FILLS, isDuration, isMetricName, modifierFault, partFault, SELECTOR_WORDS } from './place.ts';
import * as say from './sequence-fault.ts';
import { BINARY_SIGNS, COMPARISONS, isOperatorToken } from './structure.ts';

export interface SequenceOptions {
  /** The text ends inside a string that is never closed, so nothing is said about its end. */
  readonly truncated: boolean;
  /** Strings may hold variables of Grafana. */
  readonly grafana: boolean;
  /** A number may stand where a duration is expected, counting seconds (Prometheus 3.0 and later). */
  readonly numbersAsDurations: boolean;
}

export interface SequenceCheck {
  readonly faults: readonly LexFault[];
  /** Texts whose own lexical faults mean nothing, because their quotes are missing. */
  readonly unquoted: readonly Range[];
}

/** Checks the order of tokens: operands and operators in turn, brackets, label lists, ranges, modifiers. */
export function checkSequence(text: string, tokens: readonly Token[], options: SequenceOptions): SequenceCheck {
  const checker = new SequenceChecker(text, tokens, options);
  checker.run();
  return checker;
}

/** What may come next; after a hole or a character without meaning anything may. */
type Expected = 'operand' | 'operator' | 'call' | 'anything';

interface Frame {
  readonly kind: 'group' | 'call' | 'modifier' | 'range';
  readonly opener: Token;
  /** The name before the parenthesis. */
  readonly name: Token | undefined;
  /** In a range: where the part that is being read began, and whether it is the step. */
  partStart: number;
  inStep: boolean;
}

class SequenceChecker implements SequenceCheck {
  readonly faults: LexFault[] = [];
  readonly unquoted: Range[] = [];
  private readonly text: string;
  private readonly tokens: readonly Token[];
  private readonly options: SequenceOptions;
  private readonly frames: Frame[] = [];
  private at = 0;
  private expected: Expected = 'operand';
  /** What the expected operand belongs to: an operator, a comma, a bracket, a modifier; nothing at the beginning. */
  private reason: Token | undefined;
  /** Right after a binary operator matching modifiers may stand; `matched`: `on` or `ignoring` was read. */
  private afterOperator: 'no' | 'yes' | 'matched' = 'no';
  /** The name just read, which parentheses or braces may follow. */
  private name: Token | undefined;
  /** The aggregation just read or closed, which `by` or `without` may follow. */
  private aggregation: Token | undefined;
  /** Something is missing here and reported: nothing more is said before the next boundary. */
  private quiet = false;
  private stopped = false;
  private ranges = 0;

  constructor(text: string, tokens: readonly Token[], options: SequenceOptions) {
    this.text = text;
    this.tokens = tokens;
    this.options = options;
  }

  run(): void {
    for (; !this.stopped && this.at < this.tokens.length; this.at++) this.step(this.tokens[this.at]!);
    if (!this.stopped && !this.options.truncated) this.finish();
  }

  private step(token: Token): void {
    const { kind } = token;
    if (kind === 'hole' || kind === 'unknown') this.anything(token);
    else if (kind === 'keyword') this.keyword(token);
    else if (kind === 'operator') this.sign(token);
    else if (kind === 'open') this.open(token);
    else if (kind === 'close') this.close(token);
    else if (kind === 'comma') this.comma(token);
    else if (kind === 'colon') this.colon(token);
    else this.operand(token);
  }

  private report(fault: LexFault): void {
    this.faults.push(fault);
  }

  /** Reports what is missing, once before the next boundary. */
  private reportMissing(fault: LexFault): void {
    if (!this.quiet) this.faults.push(fault);
    this.quiet = true;
  }

  private get next(): Token | undefined {
    return this.tokens[this.at + 1];
  }

  private after(expected: Expected, name?: Token): void {
    this.expected = expected;
    this.reason = undefined;
    this.afterOperator = 'no';
    this.name = name;
    this.aggregation = undefined;
  }

  private anything(token: Token): void {
    this.after('anything', token);
  }

  private awaitOperand(reason: Token, afterOperator: 'no' | 'yes' | 'matched' = 'no'): void {
    this.after('operand');
    this.reason = reason;
    this.afterOperator = afterOperator;
  }

  /** Passes a boundary, after which missing things are reported anew. */
  private boundary(): void {
    this.quiet = false;
  }

  private operand(token: Token): void {
    if (this.expected === 'operator' && token.kind === 'identifier' && SELECTOR_WORDS.has(token.value)) {
      this.after('operator');
    } else if (this.afterOperator !== 'no' && FILLS.has(token.value) && this.next?.value === '(') {
      this.at++;
      this.push('modifier', this.tokens[this.at]!, token);
    } else {
      this.checkOperand(token);
      this.after('operator', token.kind === 'identifier' || token.kind === 'metric' ? token : undefined);
    }
  }

  /** Judges a token that begins an operand by what is expected here. */
  private checkOperand(token: Token): void {
    if (this.expected === 'call') this.reportMissing(say.missingParentheses(token, this.aggregation));
    if (this.expected === 'operator') {
      this.reportMissing(say.missingOperator(this.tokens[this.at - 1]!, token, this.ranges > 0));
    }
    if (this.ranges > 0 && this.expected !== 'anything' && !isDuration(token))
      this.reportMissing(say.noDuration(token, 'a range'));
    const fault = this.expected === 'operand' && this.reason && modifierFault(token, this.reason, this.options);
    if (fault) this.report(fault);
  }

  private sign(token: Token): void {
    const { value } = token;
    if (this.expected === 'operand' && (value === '+' || value === '-')) {
      this.reason ??= token;
      this.afterOperator = 'no';
      return;
    }
    if (value !== '@' && !BINARY_SIGNS.has(value)) this.report(say.matcherSign(token, this.reason));
    else if (this.expected === 'operand') this.reportMissing(say.missingLeft(token, this.reason));
    this.binary(token, value === '@' ? 'no' : 'yes');
  }

  private binary(token: Token, afterOperator: 'no' | 'yes'): void {
    if (this.expected === 'call') this.reportMissing(say.missingParentheses(token, this.aggregation));
    this.boundary();
    this.awaitOperand(token, afterOperator);
  }

  private keyword(token: Token): void {
    const { value } = token;
    if (AGGREGATIONS.has(value)) this.aggregate(token);
    else if (value === 'bool') this.bool(token);
    else if (this.expected === 'operand' && isMetricName(token, this.next)) this.named(token);
    else if (GROUPINGS.has(value)) this.grouping(token);
    else {
      if (this.expected === 'operand') this.reportMissing(say.missingLeft(token, this.reason));
      this.binary(token, value === 'offset' ? 'no' : 'yes');
    }
  }

  private aggregate(token: Token): void {
    this.checkOperand(token);
    this.after('operator', token);
    this.aggregation = token;
  }

  private named(token: Token): void {
    this.checkOperand(token);
    this.after('operator', token);
  }

  private bool(token: Token): void {
    const fits = this.afterOperator === 'yes' && this.reason && COMPARISONS.has(this.reason.value);
    if (!fits && this.expected !== 'anything') this.report(say.misplacedBool(token));
  }

  private grouping(token: Token): void {
    const { aggregation, expected, reason } = this;
    const aggregates = token.value === 'by' || token.value === 'without';
    const prefix = this.name !== undefined && this.name === aggregation;
    if (expected !== 'anything' && !this.belongsHere(token)) this.report(say.misplacedGrouping(token));
    this.labels(token);
    if (expected === 'anything') this.anything(token);
    else if (!aggregates) this.awaitOperand(reason ?? token, isGroupModifier(token) ? 'yes' : 'matched');
    else {
      this.after(prefix ? 'call' : 'operator');
      this.aggregation = prefix ? aggregation : undefined;
    }
  }

  private belongsHere(token: Token): boolean {
    if (isGroupModifier(token)) return this.afterOperator === 'matched';
    if (token.value === 'on' || token.value === 'ignoring') return this.afterOperator === 'yes';
    return this.aggregation !== undefined;
  }

  /** Reads the labels after a grouping keyword and leaves the reader on their closing parenthesis. */
  private labels(keyword: Token): void {
    const { next } = this;
    if (next?.kind === 'hole') this.at++;
    else if (next?.value === '(') {
      const check = checkLabelList(this.tokens, this.at + 2, keyword);
      for (const fault of check.faults) this.report(fault);
      if (check.unclosed) this.unclosed(next);
      this.stopped = check.end === undefined;
      this.at = check.end ?? this.tokens.length;
    } else if (!isGroupModifier(keyword)) this.report(say.missingLabels(keyword));
  }

  private open(token: Token): void {
    if (token.value === '{') this.braces(token);
    else if (token.value === '[') this.range(token);
    else this.parenthesis(token);
  }

  private parenthesis(token: Token): void {
    const { name, aggregation, expected } = this;
    if (expected === 'operand') this.push('group', token);
    else if (expected === 'call' || expected === 'anything') this.push('call', token, name);
    else if (name && (name.kind !== 'keyword' || name === aggregation)) {
      if (name.kind === 'metric') this.report(say.noFunction(name));
      this.push('call', token, name);
    } else {
      this.reportMissing(say.missingOperator(this.tokens[this.at - 1]!, token, false));
      this.push('group', token);
    }
  }

  private push(kind: Frame['kind'], opener: Token, name?: Token): void {
    this.frames.push({ kind, opener, name, partStart: this.at + 1, inStep: false });
    if (kind === 'range') this.ranges++;
    this.boundary();
    this.awaitOperand(opener);
  }

  private range(token: Token): void {
    if (this.expected === 'operand') this.report(say.detachedRange(token));
    if (this.ranges > 0) this.report(say.nestedRange(token));
    this.stopped = this.ranges > 0;
    this.push('range', token);
  }

  private braces(token: Token): void {
    if (this.expected === 'operator' && !this.name) this.reportMissing(say.detachedMatchers(token));
    else if (this.expected !== 'operator') this.checkOperand(token);
    const check = checkMatcherList(this.text, this.tokens, this.at + 1, this.options.grafana);
    for (const fault of check.faults) this.report(fault);
    for (const range of check.unquoted) this.unquoted.push(range);
    const closing = this.tokens[check.end];
    if (!closing) this.unclosed(token);
    else if (check.empty && this.expected === 'operand') {
      this.report(say.emptySelector({ start: token.start, end: closing.end }));
    }
    this.stopped = !closing;
    this.at = check.end;
    this.after('operator');
  }

  private close(token: Token): void {
    const frame = this.frames.pop();
    if (!frame || closerOf(frame.opener.value) !== token.value) {
      this.report(say.mismatch(token, frame?.opener));
      this.stopped = true;
      return;
    }
    if (this.expected === 'operand') this.closeEarly(token, frame);
    if (this.expected === 'call') this.missingOperand();
    if (frame.kind === 'range') this.judgePart(frame);
    this.ranges -= frame.kind === 'range' ? 1 : 0;
    this.boundary();
    if (frame.kind === 'modifier') this.awaitOperand(frame.name!, 'yes');
    else this.after('operator');
    if (frame.name && (AGGREGATIONS.has(frame.name.value) || frame.name.kind === 'hole')) this.aggregation = frame.name;
  }

  /** A closing bracket where an operand is expected. */
  private closeEarly(token: Token, { kind, opener }: Frame): void {
    const { reason } = this;
    if (!reason || reason.kind === 'colon') return;
    const range = { start: reason.start, end: token.end };
    if (reason !== opener) this.missingAfter(reason);
    else if (kind === 'range') this.reportMissing(say.emptyRange(range));
    else if (kind !== 'call') this.reportMissing(say.emptyParentheses(range));
  }

  private missingAfter(reason: Token): void {
    this.reportMissing(reason.kind === 'comma' ? say.missingArgument(reason, 'after') : say.missingRight(reason));
  }

  private missingOperand(): void {
    if (this.aggregation) this.reportMissing(say.missingOperandOf(this.aggregation));
  }

  private colon(token: Token): void {
    const frame = this.frames.at(-1);
    if (frame?.kind !== 'range' || frame.inStep) {
      this.report(say.strayColon(token));
      this.anything(token);
      return;
    }
    if (this.expected === 'operand') this.report(say.missingRange(token));
    this.judgePart(frame);
    frame.inStep = true;
    frame.partStart = this.at + 1;
    this.boundary();
    this.awaitOperand(token);
  }

  /** Judges the range or the step, where it is a single token. */
  private judgePart(frame: Frame): void {
    const token = this.tokens[frame.partStart];
    const part = frame.inStep ? 'step' : 'range';
    const fault = token && this.at === frame.partStart + 1 ? partFault(token, part, this.options) : undefined;
    if (fault) this.report(fault);
  }

  private comma(token: Token): void {
    if (this.frames.at(-1)?.kind !== 'call') {
      if (this.expected !== 'anything') this.report(say.strayComma(token));
      this.anything(token);
      return;
    }
    if (this.expected === 'operand') {
      const missing = this.reason && isOperatorToken(this.reason) ? say.missingRight(this.reason) : undefined;
      this.reportMissing(missing ?? say.missingArgument(token, 'before'));
    } else if (this.expected === 'call') this.missingOperand();
    this.boundary();
    this.awaitOperand(token);
  }

  private finish(): void {
    if (this.frames.length > 0) this.unclosed();
    else if (this.expected === 'operand' && this.reason) this.missingAfter(this.reason);
    else if (this.expected === 'call') this.missingOperand();
  }

  /** The text ends with brackets open, `innermost` among them. */
  private unclosed(innermost?: Token): void {
    if (this.options.truncated) return;
    const openers = this.frames.map((frame) => frame.opener);
    if (innermost) openers.push(innermost);
    this.report(say.unclosed(this.tokens.at(-1)!, openers));
  }
}

function isGroupModifier(token: Token): boolean {
  return token.value === 'group_left' || token.value === 'group_right';
}
