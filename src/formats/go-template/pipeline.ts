import { closest } from '../../base/text.ts';
import { type Cursor, fail, next, peek, previous, unexpected } from './cursor.ts';
import type { Token, TokenKind } from './lexer.ts';
import { isCharacter, numberFault, readString } from './literal.ts';
import type { Command, Operand, Pipeline, Text } from './tree.ts';

/** What is known where a pipeline stands. */
export interface Scope {
  readonly cursor: Cursor;
  readonly text: string;
  /** The variables that may be used, with `$`; grows with declarations. */
  readonly variables: string[];
  /** What is wrong with a function of this name, if something is. */
  unknownFunction(name: string): { readonly message: string; readonly help?: string | undefined } | undefined;
  /** How many parentheses stand around. */
  depth: number;
}

const TERMS: ReadonlySet<TokenKind> = new Set([
  'identifier',
  'field',
  'variable',
  'dot',
  'bool',
  'nil',
  'number',
  'character',
  'string',
  'left-paren',
]);

/** Parentheses inside parentheses beyond this are a fault: nobody writes them, and they would exhaust the stack. */
const DEEPEST = 500;

/**
 * Reads a pipeline up to the token that ends it, which is left to be read. `after`: the words for what it belongs to,
 * such as `` `if` ``. Source: Go, text/template/parse/parse.go, pipeline
 */
export function parsePipeline(scope: Scope, after: string, end: 'close' | 'right-paren'): Pipeline {
  const { cursor } = scope;
  const { start } = peek(cursor);
  const { declares, assigns } = declarations(scope, after);
  const commands: Command[] = [];
  while (TERMS.has(peek(cursor).kind)) commands.push(command(scope));
  const token = peek(cursor);
  if (token.kind !== end) unexpected(cursor, token, notInPipeline(token, after));
  else if (commands.length === 0) fail(cursor, emptyPlace(cursor, token), missingValue(after, declares));
  else checkStages(cursor, commands);
  return { start, end: previous(cursor).end, declares, assigns, commands };
}

function notInPipeline(token: Token, after: string) {
  if (token.kind === 'keyword') {
    const help = 'give it an action of its own: `{{ … }}`';
    return { message: `the keyword \`${token.text}\` cannot be a value in ${after}`, help };
  }
  if (token.kind === 'assign' || token.kind === 'declare') {
    const help = 'write `{{ $name := … }}`, or `eq` to compare';
    return { message: `unexpected \`${token.text}\` in ${after}: only a variable can be set`, help };
  }
  if (token.kind === 'pipe') return { message: '`|` has nothing before it', help: 'write `value | function`' };
  return { message: `unexpected \`${token.text}\` in ${after}` };
}

/** Where a value is missing: the end of the action, with what stands before it. */
function emptyPlace(cursor: Cursor, end: Token) {
  return { start: previous(cursor).start, end: end.end };
}

function missingValue(after: string, declares: readonly Text[]) {
  const variable = declares.at(-1);
  if (variable) return { message: `\`${variable.text}\` is given no value`, help: 'write a value after it' };
  if (after === 'an action') return { message: 'the action is empty', help: 'write a value in it, or remove it' };
  return { message: `a value is missing in ${after}`, help: 'write one, such as `$value` or `$labels.job`' };
}

const NO_COMMAND: ReadonlySet<Operand['type']> = new Set(['number', 'character', 'bool', 'nil', 'string', 'dot']);

/** Only the first command may be a value that takes no argument. */
function checkStages(cursor: Cursor, commands: readonly Command[]): void {
  const wrong = commands.slice(1).find(({ operands }) => operands[0] && NO_COMMAND.has(operands[0].type));
  if (!wrong) return;
  const message = 'what follows `|` must be a function: it takes the value before as its last argument';
  fail(cursor, wrong.operands[0]!, { message, help: 'write a function, such as `humanize`' });
}

interface Declared {
  readonly declares: Text[];
  readonly assigns: boolean;
}

function textOf({ text, start, end }: Token): Text {
  return { text, start, end };
}

/** `$x :=`, `$x =`, and in `range` also `$index, $element :=`. */
function declarations({ cursor, variables }: Scope, after: string): Declared {
  const declares: Text[] = [];
  for (;;) {
    const variable = peek(cursor);
    const follower = cursor.tokens[cursor.at + 1];
    if (variable.kind !== 'variable' || !follower) return { declares, assigns: false };
    const sets = follower.kind === 'assign' || follower.kind === 'declare';
    const comma = follower.text === ',';
    if (!sets && !comma) return { declares, assigns: false };
    next(cursor);
    next(cursor);
    declares.push(textOf(variable));
    variables.push(variable.text);
    if (sets) return { declares, assigns: follower.kind === 'assign' };
    if (after !== '`range`' || declares.length > 1) {
      const help = 'only `range` takes two: `{{ range $index, $element := … }}`';
      fail(cursor, follower, { message: `too many variables in ${after}`, help });
      return { declares, assigns: false };
    }
    if (peek(cursor).kind !== 'variable') {
      unexpected(cursor, peek(cursor), { message: 'a variable is missing after `,`', help: 'write `$name :=`' });
      return { declares, assigns: false };
    }
  }
}

/** Operands with white space between them, up to `|`, which is read, or the end of the pipeline. */
function command(scope: Scope): Command {
  const { cursor } = scope;
  const { start } = peek(cursor);
  const operands: Operand[] = [];
  do {
    const read = operand(scope);
    if (read) operands.push(read);
  } while (peek(cursor).spaced && TERMS.has(peek(cursor).kind));
  const { end } = previous(cursor);
  const token = peek(cursor);
  if (token.kind === 'pipe') next(cursor);
  else if (token.kind !== 'close' && token.kind !== 'right-paren') {
    unexpected(cursor, token, afterOperand(token, operands.at(-1), scope));
  }
  return { start, end, operands };
}

function afterOperand(token: Token, operand: Operand | undefined, { text }: Scope) {
  const before = operand ? text.slice(operand.start, operand.end) : '';
  if (token.kind === 'keyword' || token.kind === 'assign' || token.kind === 'declare')
    return notInPipeline(token, 'an action');
  if (token.text === ',') {
    return { message: 'unexpected `,`: arguments are separated by spaces', help: 'write `function one two`' };
  }
  if (TERMS.has(token.kind)) {
    return { message: `a space is missing between \`${before}\` and \`${token.text}\``, help: 'add it' };
  }
  if ('<>!&+*/%-^'.includes(token.text)) {
    const help = 'use a function such as `eq`, `gt`, `and`, or compute it in the expression';
    return { message: `unexpected \`${token.text}\`: templates have no operators`, help };
  }
  return { message: `unexpected \`${token.text}\` after \`${before}\`` };
}

/** A term and the fields of it. */
function operand(scope: Scope): Operand | undefined {
  const { cursor } = scope;
  const first = term(scope);
  const path: Text[] = [];
  while (peek(cursor).kind === 'field' && !peek(cursor).spaced && !cursor.failed) path.push(fieldName(next(cursor)));
  if (!first || path.length === 0) return first;
  const end = path.at(-1)!.end;
  if ('path' in first) return { ...first, path: [...first.path, ...path], end };
  const written = scope.text.slice(first.start, first.end);
  fail(cursor, path[0]!, { message: `\`${written}\` has no fields`, help: 'remove what follows the dot' });
  return first;
}

function fieldName({ text, start, end }: Token): Text {
  return { text: text.slice(1), start: start + 1, end };
}

function term(scope: Scope): Operand | undefined {
  const token = next(scope.cursor);
  const { kind, text, start, end } = token;
  switch (kind) {
    case 'dot':
      return { type: 'dot', start, end };
    case 'bool':
    case 'nil':
      return { type: kind, text, start, end };
    case 'field':
      return { type: 'field', path: [fieldName(token)], start, end };
    case 'variable':
      return variable(scope, token);
    case 'identifier':
      return functionName(scope, token);
    case 'left-paren':
      return group(scope, token);
    case 'string':
      return string(scope, token);
    default:
      return number(scope, token);
  }
}

function variable({ cursor, variables }: Scope, { text, start, end }: Token): Operand {
  if (!variables.includes(text)) {
    const near = closest(
      text.slice(1),
      variables.slice(1).map((name) => name.slice(1)),
    );
    const known = variables.slice(1).map((name) => `\`${name}\``);
    const help = near
      ? `write \`$${near}\``
      : known.length > 0
        ? `known here: ${[...new Set(known)].join(', ')}`
        : inDefinition;
    fail(cursor, { start, end }, { message: `the variable \`${text}\` is not defined`, help });
  }
  return { type: 'variable', name: text, path: [], start, end };
}

const inDefinition = 'inside `define` and `block` only `.` and `$` are known: hand over what is needed';

function functionName({ cursor, unknownFunction }: Scope, { text, start, end }: Token): Operand {
  const wrong = unknownFunction(text);
  if (wrong) fail(cursor, { start, end }, wrong);
  return { type: 'function', name: text, path: [], start, end };
}

function group(scope: Scope, { start, end }: Token): Operand | undefined {
  const { cursor } = scope;
  if (scope.depth >= DEEPEST) {
    fail(cursor, { start, end }, { message: 'parentheses are nested too deeply', help: 'use variables instead' });
    return undefined;
  }
  scope.depth++;
  const pipeline = parsePipeline(scope, 'parentheses', 'right-paren');
  scope.depth--;
  if (peek(cursor).kind === 'right-paren') next(cursor);
  return { type: 'group', pipeline, path: [], start, end: previous(cursor).end };
}

function string({ cursor, text }: Scope, { start, end }: Token): Operand {
  const { value, pieces, fault } = readString(text, start, end);
  if (fault) {
    const written = text.slice(fault.start, fault.end);
    const message = `unknown escape \`${written}\` in a string`;
    const help = `write \`\\${written}\` for a backslash, or use backticks instead of quotes`;
    fail(cursor, fault, { message, help });
  }
  return { type: 'string', value, pieces, start, end };
}

function number({ cursor }: Scope, { kind, text, start, end }: Token): Operand {
  const type = kind === 'character' ? 'character' : 'number';
  const wrong = type === 'number' ? numberFault(text) : undefined;
  if (wrong) fail(cursor, { start, end }, { message: `\`${text}\` is ${wrong}` });
  if (type === 'character' && !isCharacter(text)) {
    const help = 'write strings in `"double quotes"` or backticks';
    fail(cursor, { start, end }, { message: `\`${text}\` is not one character`, help });
  }
  return { type, text, start, end };
}
