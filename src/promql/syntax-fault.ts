import { closest } from '../base/text.ts';
import type { DurationLiteral } from './ast.ts';
import type { Fault, Range } from './fault.ts';
import { closerOf, type Token } from './lexer.ts';
import { COMPARISONS, isOperatorToken } from './structure.ts';

// What is said about tokens in a wrong order. Each function gives the fault for one situation.

const DURATION_HELP = 'write a duration, such as `5m`';
const OPERAND_HELP = 'write what it applies to, or remove it';
const BY_HELP = 'write it as `sum by (label) (expression)`';
const TIME_HELP = 'write a Unix time in seconds, `start()` or `end()`';
const UNIT = /^(?:ms|[smhdwy])$/;
/** Units as people say them; PromQL knows only their letters. */
const SPOKEN_UNIT = /^(millisecond|second|sec|minute|min|hour|day|week|year)s?$/;
const JOINING_WORDS = ['and', 'or', 'unless', 'by', 'without', 'on', 'ignoring', 'offset', 'bool', 'group_left'];
/** How much of a long token is shown in a message, and how many open brackets. */
const SHOWN_CHARACTERS = 40;
const SHOWN_BRACKETS = 3;

function syntax({ start, end }: Range, message: string, help: string): Fault {
  return { kind: 'syntax', start, end, message, help };
}

function duration({ start, end }: Range, message: string, help: string): Fault {
  return { kind: 'duration', start, end, message, help };
}

function shown(token: Token): string {
  const { value } = token;
  return value.length > SHOWN_CHARACTERS ? `${value.slice(0, SHOWN_CHARACTERS)}…` : value;
}

/** Two operands side by side; `inRange`: between the brackets of a range. */
export function missingOperator(left: Token, right: Token, inRange: boolean): Fault {
  const range = { start: left.start, end: right.end };
  if (inRange && left.kind === 'number' && UNIT.test(right.value)) {
    return duration(range, 'a duration holds no space', `write \`${left.value}${right.value}\``);
  }
  const spoken = inRange && left.kind === 'number' ? SPOKEN_UNIT.exec(right.value)?.[1] : undefined;
  if (spoken !== undefined) {
    const written = `${left.value} ${right.value}`;
    const unit = spoken === 'millisecond' ? 'ms' : spoken.charAt(0);
    return duration(range, `\`${written}\` is no duration in PromQL`, `write \`${left.value}${unit}\``);
  }
  const meant = right.kind === 'identifier' ? closest(right.value, JOINING_WORDS) : undefined;
  const help = meant ? `did you mean \`${meant}\`?` : 'join them by an operator, such as `/`, `>` or `and`';
  return syntax(range, `there is no operator between \`${shown(left)}\` and \`${shown(right)}\``, help);
}

/** After `sum by (label)` anything but a parenthesis. */
export function missingParentheses(token: Token, aggregation: Token | undefined): Fault {
  const name = aggregation ? ` of \`${aggregation.value}\`` : '';
  return syntax(token, `the operand${name} must stand in parentheses`, BY_HELP);
}

/** An operator that nothing precedes, or only another operator (`reason`). */
export function missingLeft(token: Token, reason: Token | undefined): Fault {
  if (!reason || !isOperatorToken(reason))
    return syntax(token, `the operator \`${token.value}\` has nothing on its left`, OPERAND_HELP);
  const range = { start: reason.start, end: token.end };
  const help = 'remove one of the two, or write what stands between them';
  return syntax(range, `there is no operand between \`${reason.value}\` and \`${token.value}\``, help);
}

/** An operator or modifier that nothing follows. */
export function missingRight(reason: Token): Fault {
  if (reason.value === 'offset') return duration(reason, '`offset` lacks its duration', DURATION_HELP);
  if (reason.value === '@') return syntax(reason, '`@` lacks its time', TIME_HELP);
  return syntax(reason, `the operator \`${reason.value}\` has nothing on its right`, OPERAND_HELP);
}

/** `=`, `=~` or `!~` between expressions; `reason`: the operator before it, as in `> =`. */
export function matcherSign(token: Token, reason: Token | undefined): Fault {
  const joined = (reason?.value ?? '') + token.value;
  if (reason && reason.end === token.start - 1 && COMPARISONS.has(joined)) {
    const range = { start: reason.start, end: token.end };
    return syntax(range, `\`${joined}\` is written without a space`, `write \`${joined}\``);
  }
  const help =
    token.value === '='
      ? 'compare with `==`; a single `=` belongs inside braces'
      : 'regular expressions match labels inside braces: `{label=~"…"}`';
  return syntax(token, `\`${token.value}\` does not join two expressions`, help);
}

export function noDuration(token: Token, place: 'a range' | '`offset`'): Fault {
  return duration(token, `${place} needs a duration, not \`${shown(token)}\``, DURATION_HELP);
}

export function noTime(token: Token): Fault {
  return syntax(token, `\`@\` needs a time, not \`${shown(token)}\``, TIME_HELP);
}

/** A number without unit where a duration is expected. */
export function bareNumber(written: DurationLiteral): Fault {
  const { text } = written;
  const help = `write \`${text}s\` or \`${text}m\`; a number without unit is read only from Prometheus 2.54 on`;
  return duration(written, `the duration \`${text}\` has no unit`, help);
}

export function misplacedBool(token: Token): Fault {
  return syntax(token, '`bool` belongs right after a comparison', 'write it as `a > bool b`');
}

/** `by`, `on`, `group_left` and the like where they do not belong. */
export function misplacedGrouping(token: Token): Fault {
  const { value } = token;
  if (value === 'by' || value === 'without') {
    return syntax(token, `\`${value}\` follows no aggregation`, `write it as \`sum ${value} (label) (expression)\``);
  }
  if (value === 'on' || value === 'ignoring') {
    const message = `\`${value}\` belongs right after a binary operator`;
    return syntax(token, message, `write it as \`a / ${value} (label) b\``);
  }
  const message = `\`${value}\` needs \`on\` or \`ignoring\` before it`;
  return syntax(token, message, `write it as \`a / on (label) ${value} () b\``);
}

export function missingLabels(token: Token): Fault {
  return syntax(token, `\`${token.value}\` needs a list of labels`, `write it as \`${token.value} (label)\``);
}

export function noFunction(token: Token): Fault {
  return syntax(token, `\`${token.value}\` is no function`, 'names of functions hold no colon');
}

export function detachedRange(token: Token): Fault {
  return syntax(token, 'the range `[…]` stands after no selector', 'write it as `metric[5m]`');
}

export function nestedRange(token: Token): Fault {
  return syntax(token, 'a range cannot stand inside a range', 'remove the inner one');
}

export function detachedMatchers(token: Token): Fault {
  const help = 'write the matchers directly after the name of the metric, inside the function';
  return syntax(token, 'matchers belong to a selector, not to an expression', help);
}

export function emptySelector(range: Range): Fault {
  return syntax(range, 'the selector `{}` selects every series', 'name a metric, or add a matcher');
}

/** A closing bracket that does not fit the innermost open one, or fits none. */
export function mismatch(token: Token, opener: Token | undefined): Fault {
  if (!opener) return syntax(token, `\`${token.value}\` closes nothing`, 'remove it, or open it before');
  const help = `close it with \`${closerOf(opener.value)}\` first`;
  return {
    ...syntax(token, `\`${token.value}\` cannot close \`${opener.value}\``, help),
    related: [openedHere(opener)],
  };
}

function openedHere({ start, end, value }: Token) {
  return { start, end, message: `\`${value}\` is opened here` };
}

/** The end of the text with brackets still open, the innermost last. */
export function unclosed(last: Token, openers: readonly Token[]): Fault {
  const innermost = openers.slice(-SHOWN_BRACKETS).reverse();
  const more = openers.length > 1 ? ` (${openers.length} brackets are open)` : '';
  const message = `the expression ends before \`${innermost[0]!.value}\` is closed${more}`;
  const help = `add \`${innermost.map((opener) => closerOf(opener.value)).join('')}\``;
  return { ...syntax(last, message, help), related: innermost.map(openedHere) };
}

export function emptyRange(range: Range): Fault {
  return duration(range, 'the range `[]` is empty', DURATION_HELP);
}

export function missingRange(token: Token): Fault {
  return duration(token, 'the range is missing before `:`', DURATION_HELP);
}

export function emptyParentheses(range: Range): Fault {
  return syntax(
    range,
    'there is nothing between these parentheses',
    'write an expression between them, or remove them',
  );
}

export function missingArgument(comma: Token, side: 'before' | 'after'): Fault {
  const message = side === 'after' ? 'no argument follows this comma' : 'an argument is missing before this comma';
  return syntax(comma, message, 'remove the comma');
}

export function strayComma(token: Token): Fault {
  return syntax(token, '`,` separates the arguments of a function only', 'remove it, or write an operator instead');
}

export function strayColon(token: Token): Fault {
  return syntax(token, '`:` has no meaning here', 'write a subquery as `[range:step]`');
}

export function missingOperandOf(aggregation: Token): Fault {
  return syntax(aggregation, `the aggregation \`${aggregation.value}\` has no operand`, BY_HELP);
}

/** A token that is no label in `by (…)` and the like; `first`: it stands first in the list. */
export function noLabel(token: Token, keyword: Token, first: boolean): Fault {
  return syntax(token, `\`${shown(token)}\` is no label`, labelHelp(keyword, first));
}

export function missingLabelComma(token: Token, keyword: Token, second: boolean): Fault {
  const message = `a comma is missing before \`${shown(token)}\` in the labels of \`${keyword.value}\``;
  return syntax(token, message, labelHelp(keyword, second));
}

/** `group_left (sum(…))`: the optional list takes the parentheses that were meant for the operand. */
function labelHelp({ value }: Token, early: boolean): string {
  if (!early || !value.startsWith('group_')) return `write it as \`${value} (label, label)\``;
  return `parentheses after \`${value}\` hold labels: write \`${value} () (…)\``;
}
