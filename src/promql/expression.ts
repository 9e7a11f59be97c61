import type { Located, Path, TextPiece } from '../source/document.ts';
import { type Token, tokenize } from './lexer.ts';
import { loosestPrecedence, OPERAND_PRECEDENCE, structureOf } from './structure.ts';

/** PromQL text that knows which of its characters an author wrote. */
export interface Expression {
  readonly text: string;
  readonly pieces: readonly TextPiece[];
  /** How tightly its loosest operator binds, as `precedenceOf` counts; missing where only reading the text would tell. */
  readonly precedence?: number | undefined;
}

/** The author's own text: the string at `path`, from its character `offset` on. */
export function authored(text: string, document: Located, path: Path, offset = 0): Expression {
  return { text, pieces: text === '' ? [] : [{ at: 0, length: text.length, document, path, offset }] };
}

/** Text of qmon's own. */
export function raw(text: string): Expression {
  return { text, pieces: [] };
}

function expressionOf(part: string | Expression): Expression {
  return typeof part === 'string' ? raw(part) : part;
}

/** Texts and expressions one after the other; `precedence`: of the whole, where the caller knows it. */
export function joined(parts: readonly (string | Expression)[], precedence?: number): Expression {
  return joinedBy('', parts, precedence);
}

/** The same with a separator between the parts. */
export function joinedBy(separator: string, parts: readonly (string | Expression)[], precedence?: number): Expression {
  let text = '';
  const pieces: TextPiece[] = [];
  parts.forEach((part, index) => {
    if (index > 0) text += separator;
    if (typeof part !== 'string') {
      for (const piece of part.pieces) pieces.push({ ...piece, at: piece.at + text.length });
    }
    text += typeof part === 'string' ? part : part.text;
  });
  return { text, pieces, precedence };
}

/**
 * A template of PromQL: promql`sum(rate(${errors}[5m]))`. An expression that ends in a comment gets a line break, so
 * that it does not swallow what follows.
 */
export function promql(strings: TemplateStringsArray, ...values: readonly (string | Expression)[]): Expression {
  const last = strings.length - 1;
  const parts = strings.flatMap((text, index) => {
    if (index === last) return [text];
    return [text, closed(expressionOf(values[index]!), strings.slice(index + 1).join('') !== '')];
  });
  return joined(parts);
}

function closed(expression: Expression, continues: boolean): Expression {
  return continues && endsInComment(expression.text) ? joined([expression, '\n']) : expression;
}

function endsInComment(text: string): boolean {
  if (!text.includes('#')) return false;
  const last = tokenize(text).tokens.at(-1);
  return last?.kind === 'comment' && last.end === text.length;
}

/** A stretch of an expression. */
export function sliced(expression: Expression, start: number, end: number): Expression {
  const pieces = expression.pieces.flatMap((piece) => {
    const from = Math.max(piece.at, start);
    const length = Math.min(piece.at + piece.length, end) - from;
    return length > 0 ? [{ ...piece, at: from - start, length, offset: piece.offset + from - piece.at }] : [];
  });
  return { text: expression.text.slice(start, end), pieces };
}

/** What replaces the characters `start`…`end` of an expression. */
export interface Edit {
  readonly start: number;
  readonly end: number;
  readonly replacement: string | Expression;
}

/** The expression with edits made, which are in order of position and do not overlap. */
export function edited(expression: Expression, edits: readonly Edit[]): Expression {
  if (edits.length === 0) return expression;
  let at = 0;
  const parts: (string | Expression)[] = [];
  for (const { start, end, replacement } of edits) {
    parts.push(sliced(expression, at, start), replacement);
    at = end;
  }
  parts.push(sliced(expression, at, expression.text.length));
  return joined(parts);
}

/** Without white space around it. */
export function trimmed(expression: Expression): Expression {
  const { text } = expression;
  const start = text.length - text.trimStart().length;
  const end = text.trimEnd().length;
  return sliced(expression, Math.min(start, end), end);
}

/** Without comments and the lines that held nothing else. */
export function withoutComments(expression: Expression): Expression {
  const { text } = expression;
  if (!text.includes('#')) return expression;
  const comments = tokenize(text).tokens.filter(({ kind }) => kind === 'comment');
  return edited(
    expression,
    comments.map(({ start, end }) => {
      let from = start;
      while (text[from - 1] === ' ' || text[from - 1] === '\t') from--;
      const alone = from === 0 || text[from - 1] === '\n';
      return { start: from, end: alone && text[end] === '\n' ? end + 1 : end, replacement: '' };
    }),
  );
}

/** The offsets at which lines begin, without those inside raw strings. */
function lineStarts(text: string): number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  if (starts.length === 1 || !text.includes('`')) return starts;
  const strings = tokenize(text).tokens.filter((token) => token.kind === 'string' && token.value.includes('\n'));
  return starts.filter((start) => !strings.some((token) => token.start < start && start < token.end));
}

/** Without the indentation that all its lines share. */
export function dedented(expression: Expression): Expression {
  const { text } = expression;
  const lines = lineStarts(text).flatMap((start) => {
    let first = start;
    while (text[first] === ' ' || text[first] === '\t') first++;
    return isLineBreak(text[first]) ? [] : [{ start, indentation: first - start }];
  });
  const shared = lines.reduce((least, line) => Math.min(least, line.indentation), Number.POSITIVE_INFINITY);
  if (lines.length === 0 || shared === 0) return expression;
  return edited(
    expression,
    lines.map(({ start }) => ({ start, end: start + shared, replacement: '' })),
  );
}

function isLineBreak(character: string | undefined): boolean {
  return character === undefined || character === '\n' || character === '\r';
}

/** Each line moved `count` spaces to the right. */
export function indented(expression: Expression, count: number): Expression {
  const starts = lineStarts(expression.text).filter((start) => !isLineBreak(expression.text[start]));
  return edited(
    expression,
    starts.map((start) => ({ start, end: start, replacement: ' '.repeat(count) })),
  );
}

/** A name, a selector whose braces hold none, or a number: the texts that need no reading. */
const SINGLE_OPERAND = /^[\w:.]+(?:\{[^{}]*\})?$/;

/** How tightly the loosest operator outside brackets binds; a leading sign binds like `*`. */
export function bindingOf({ text, precedence }: Expression): number {
  if (precedence !== undefined) return precedence;
  return SINGLE_OPERAND.test(text) ? OPERAND_PRECEDENCE : loosestPrecedence(structureOf(text));
}

/** In parentheses where it has a binary operator or a sign outside brackets; a text of several lines as a block. */
export function parenthesised(expression: Expression): Expression {
  return bindingOf(expression) < OPERAND_PRECEDENCE ? inParentheses(expression) : expression;
}

/** In parentheses whatever it is. */
export function inParentheses(expression: Expression): Expression {
  if (expression.text.includes('\n') || endsInComment(expression.text)) return block(expression);
  return joined(['(', expression, ')'], OPERAND_PRECEDENCE);
}

/** In parentheses of their own lines. */
export function block(expression: Expression): Expression {
  return joined(['(\n', indented(expression, 2), '\n)'], OPERAND_PRECEDENCE);
}

/**
 * The expression with holes filled in: `$window`, `${window}` and `[[window]]` by the value of `window`; holes without
 * a value stay. The author's characters keep their positions.
 *
 * Inside quotes nothing is replaced: there a `$` is an anchor of a regular expression or `$1` of `label_replace`. A
 * parameter that is a text is written without quotes, `{job=$job}`, and its value is then a quoted string.
 *
 * Matchers (`{job="a"}`) fill a hole after the name of a metric as they are, and a hole between braces without their
 * braces; an empty list takes the comma next to it away. A value with operators gets parentheses where the hole is an
 * operand among others.
 */
export function substitute(expression: Expression, values: Readonly<Record<string, string | Expression>>): Expression {
  if (!/[$[]/.test(expression.text)) return expression;
  const { tokens } = structureOf(expression.text);
  const edits: Edit[] = [];
  let braces = false;
  tokens.forEach((token, index) => {
    if (token.value === '{' && token.kind === 'open') braces = true;
    else if (token.value === '}' && token.kind === 'close') braces = false;
    else if (token.kind === 'hole' && Object.hasOwn(values, token.value)) {
      const value = values[token.value]!;
      const filling = typeof value === 'string' ? raw(value) : value;
      edits.push(
        braces ? matcherEdit(tokens, index, filling, edits.at(-1)?.end ?? 0) : operandEdit(tokens, index, filling),
      );
    }
  });
  return edited(expression, edits);
}

function operandEdit(tokens: readonly Token[], index: number, value: Expression): Edit {
  const { start, end } = tokens[index]!;
  const [before, after] = [tokens[index - 1], tokens[index + 1]];
  const alone = (!before || isBoundary(before)) && (!after || isBoundary(after));
  return { start, end, replacement: alone ? value : parenthesised(value) };
}

function isBoundary({ kind }: Token): boolean {
  return kind === 'open' || kind === 'close' || kind === 'comma' || kind === 'colon';
}

/** A hole between braces; `from`: where the previous edit ends. */
function matcherEdit(tokens: readonly Token[], index: number, value: Expression, from: number): Edit {
  const { start, end } = tokens[index]!;
  const { text } = value;
  const matchers = /^\s*\{[\s\S]*\}\s*$/.test(text);
  const replacement = matchers ? sliced(value, text.indexOf('{') + 1, text.lastIndexOf('}')) : value;
  if (replacement.text.trim() !== '') return { start, end, replacement };
  const [before, after] = [tokens[index - 1], tokens[index + 1]];
  if (after?.kind === 'comma') return { start, end: tokens[index + 2]?.start ?? after.end, replacement: '' };
  if (before?.kind === 'comma' && before.start >= from) return { start: before.start, end, replacement: '' };
  return { start, end, replacement: '' };
}
