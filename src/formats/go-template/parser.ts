import { type Cursor, cursorOf, expectClose, fail, next, peek, previous, unexpected } from './cursor.ts';
import { faultAt, type Range, type TemplateFault } from './fault.ts';
import type { Token } from './lexer.ts';
import { readString } from './literal.ts';
import { parsePipeline, type Scope } from './pipeline.ts';
import type { Call, Definition, Node, Pipeline, Template, Text } from './tree.ts';

/** What is known outside of the template: it decides what is an error. */
export interface Surroundings {
  /** Variables that are there from the beginning, with `$`. */
  readonly variables: readonly string[];
  readonly unknownFunction: Scope['unknownFunction'];
  /** What is wrong with `else with`, where Prometheus is too old for it. */
  readonly elseWithFault?: { readonly message: string; readonly help?: string } | undefined;
}

interface Parser extends Scope {
  readonly surroundings: Surroundings;
  readonly definitions: Map<string, Definition>;
  /** How many `range` stand around. */
  ranges: number;
  /** How many blocks stand around. */
  blocks: number;
}

/** How a list of nodes ended: the token of `end` or `else`, behind which the cursor stands; or the text ended. */
type Ending = Token | undefined;

/** The words of an action that begins a block, or ends one. */
const BRANCHES: ReadonlySet<string> = new Set(['if', 'with', 'range']);

/** Blocks inside blocks beyond this are a fault: they would exhaust the stack. */
const DEEPEST = 500;

/** The tree of a template, with every fault for which Prometheus would refuse the file, in order. */
export function parseTemplate(
  text: string,
  surroundings: Surroundings,
): { template: Template; faults: readonly TemplateFault[] } {
  const cursor = cursorOf(text);
  const definitions = new Map<string, Definition>();
  const variables = ['$', ...surroundings.variables];
  const { unknownFunction } = surroundings;
  const parser = {
    cursor,
    text,
    variables,
    unknownFunction,
    depth: 0,
    surroundings,
    definitions,
    ranges: 0,
    blocks: 0,
  };
  const nodes: Node[] = [];
  while (peek(cursor).kind !== 'end') topLevel(parser, nodes);
  const faults = cursor.faults.sort((left, right) => left.start - right.start);
  return { template: { text, nodes, definitions }, faults };
}

function topLevel(parser: Parser, nodes: Node[]): void {
  const { cursor } = parser;
  const keyword = cursor.tokens[cursor.at + 1];
  if (peek(cursor).kind === 'open' && keyword?.kind === 'keyword' && keyword.text === 'define') {
    const open = next(cursor);
    next(cursor);
    definition(parser, open);
    return;
  }
  const ending = step(parser, nodes);
  if (!ending) return;
  const help = 'remove it, or add the `{{ if … }}`, `{{ with … }}` or `{{ range … }}` that it belongs to';
  const message = ending.text === 'end' ? '`end` closes nothing' : '`else` belongs to nothing';
  cursor.faults.push(faultAt(ending, 'parse', { message, help }));
  closeBranch(parser, ending);
}

/** Reads the rest of an `else` or `end`, which stands where none may. */
function closeBranch({ cursor }: Parser, ending: Token): void {
  cursor.failed = true;
  while (peek(cursor).kind !== 'close' && peek(cursor).kind !== 'end') next(cursor);
  expectClose(cursor, `\`${ending.text}\``);
}

/** Reads nodes up to an `end` or `else`, of which the keyword is read. */
function list(parser: Parser, nodes: Node[]): Ending {
  while (peek(parser.cursor).kind !== 'end') {
    const ending = step(parser, nodes);
    if (ending) return ending;
  }
  return undefined;
}

/** Reads a text or an action with all that belongs to it; of `end` and `else` only the keyword. */
function step(parser: Parser, nodes: Node[]): Ending {
  const { cursor } = parser;
  const token = next(cursor);
  if (token.fault) cursor.faults.push(token.fault);
  if (token.kind === 'text') nodes.push({ type: 'text', text: token.text, start: token.start, end: token.end });
  if (token.kind !== 'open') return undefined;
  const keyword = peek(cursor);
  if (keyword.kind === 'keyword' && (keyword.text === 'end' || keyword.text === 'else')) return next(cursor);
  const node = action(parser, token);
  if (node) nodes.push(node);
  return undefined;
}

/** An action whose `{{` is read. */
function action(parser: Parser, open: Token): Node | undefined {
  const { cursor } = parser;
  const token = peek(cursor);
  if (token.kind !== 'keyword') return plainAction(parser, open);
  next(cursor);
  if (token.text === 'define') return misplacedDefinition(parser, open, token);
  if (BRANCHES.has(token.text)) return branch(parser, open, token.text as 'if' | 'with' | 'range');
  if (token.text === 'template') return call(parser, open);
  if (token.text === 'block') return block(parser, open);
  return jump(parser, open, token);
}

function plainAction(parser: Parser, open: Token): Node | undefined {
  const { cursor } = parser;
  const pipeline = parsePipeline(parser, 'an action', 'close');
  const sound = !cursor.failed;
  const { start } = open;
  const end = closed(parser, 'the value');
  return sound ? { type: 'action', start, end, pipeline } : undefined;
}

/** Reads the `}}` of an action and gives its end. */
function closed({ cursor }: Parser, after: string): number {
  expectClose(cursor, after);
  return previous(cursor).end;
}

function jump(parser: Parser, open: Token, { text, start, end }: Token): Node {
  const { cursor, ranges } = parser;
  if (peek(cursor).kind === 'close' && ranges === 0) {
    fail(cursor, { start, end }, { message: `\`${text}\` stands outside of any \`range\`` });
  }
  const type = text as 'break' | 'continue';
  return { type, start: open.start, end: closed(parser, `\`${text}\``) };
}

/** `if`, `with` and `range`, whose keyword is read. */
function branch(parser: Parser, open: Token, type: 'if' | 'with' | 'range'): Node {
  const { cursor, variables } = parser;
  const known = variables.length;
  const pipeline = parsePipeline(parser, `\`${type}\``, 'close');
  const place = { start: open.start, end: closed(parser, `\`${type}\``) };
  if (type === 'range') parser.ranges++;
  const [nodes, ending] = inner(parser, place);
  if (type === 'range') parser.ranges--;
  const otherwise: Node[] = [];
  if (!ending) unclosed(cursor, place, `\`${type}\``);
  else if (ending.text === 'end') closed(parser, '`end`');
  else elseBranch(parser, { type, place, ending }, otherwise);
  variables.length = known;
  return { type, ...place, pipeline, nodes, otherwise };
}

function unclosed({ faults, gaveUp }: Cursor, place: Range, what: string): void {
  if (gaveUp) return;
  faults.push(faultAt(place, 'parse', { message: `${what} is never closed`, help: 'add `{{ end }}`' }));
}

/** The nodes of a block. */
function inner(parser: Parser, place: Range): [nodes: Node[], ending: Ending] {
  const { cursor } = parser;
  const nodes: Node[] = [];
  if (parser.blocks >= DEEPEST) {
    cursor.faults.push(faultAt(place, 'parse', { message: 'blocks are nested too deeply' }));
    cursor.gaveUp = true;
    cursor.at = cursor.tokens.length - 1;
    return [nodes, undefined];
  }
  parser.blocks++;
  const ending = list(parser, nodes);
  parser.blocks--;
  return [nodes, ending];
}

interface Else {
  readonly type: 'if' | 'with' | 'range';
  readonly place: Range;
  readonly ending: Token;
}

/** What follows `else`, up to the `end` of the whole branch. */
function elseBranch(parser: Parser, { type, place, ending }: Else, otherwise: Node[]): void {
  const { cursor, surroundings } = parser;
  const keyword = peek(cursor);
  const chained = keyword.kind === 'keyword' && (keyword.text === 'if' || keyword.text === 'with');
  if (chained && keyword.text === type) {
    next(cursor);
    if (type === 'with' && surroundings.elseWithFault) {
      cursor.faults.push(faultAt({ start: ending.start, end: keyword.end }, 'parse', surroundings.elseWithFault));
    }
    const open = cursor.tokens[cursor.at - 3]!;
    otherwise.push(branch(parser, open, keyword.text as 'if' | 'with'));
    return;
  }
  if (chained)
    fail(cursor, keyword, {
      message: `\`else ${keyword.text}\` cannot follow \`${type}\``,
      help: otherChain(keyword.text),
    });
  closed(parser, '`else`');
  const [nodes, second] = inner(parser, place);
  otherwise.push(...nodes);
  if (!second) unclosed(cursor, place, `\`${type}\``);
  else if (second.text === 'end') closed(parser, '`end`');
  else secondElse(parser, second, place);
}

function otherChain(keyword: string): string {
  return `write \`{{ else }}{{ ${keyword} … }} … {{ end }}\``;
}

function secondElse(parser: Parser, { start, end, ...rest }: Token, place: Range): void {
  const { cursor } = parser;
  const related = { ...place, message: 'the block that it belongs to' };
  cursor.faults.push(faultAt({ start, end }, 'parse', { message: 'a second `else` in one block', related }));
  closeBranch(parser, { start, end, ...rest });
  let [, ending] = inner(parser, place);
  while (ending?.text === 'else') {
    closeBranch(parser, ending);
    [, ending] = inner(parser, place);
  }
  if (ending) closed(parser, '`end`');
}

/** The name of a template, as a string. */
function templateName({ cursor, text }: Parser, keyword: string): Text | undefined {
  const token = peek(cursor);
  if (token.kind !== 'string') {
    const written = token.kind === 'close' || token.kind === 'end' ? '' : `, not \`${token.text}\``;
    const said = { message: `\`${keyword}\` takes the name of a template in quotes${written}` };
    unexpected(cursor, token, { ...said, help: `write \`${keyword} "name"\`` });
    return undefined;
  }
  const { start, end } = next(cursor);
  const { value, fault } = readString(text, start, end);
  if (fault) fail(cursor, fault, { message: `unknown escape \`${text.slice(fault.start, fault.end)}\` in a string` });
  return { text: value, start, end };
}

/** `template`, whose keyword is read. */
function call(parser: Parser, open: Token): Node | undefined {
  const { cursor } = parser;
  const name = templateName(parser, 'template');
  const bare = peek(cursor).kind === 'close';
  const pipeline: Pipeline | undefined = bare ? undefined : parsePipeline(parser, '`template`', 'close');
  const place = { start: open.start, end: closed(parser, '`template`') };
  return name && { type: 'template', ...place, name, ...(pipeline && { pipeline }) };
}

/** The body of `define` and `block`: it knows no variables but `$`, and no `range` around it. */
function body(parser: Parser, place: Range, keyword: string): readonly Node[] {
  const own: Parser = { ...parser, variables: ['$'], ranges: 0, depth: 0 };
  const [nodes, ending] = inner(own, place);
  if (!ending) unclosed(parser.cursor, place, `\`${keyword}\``);
  else if (ending.text === 'end') closed(parser, '`end`');
  else secondElse(parser, ending, place);
  return nodes;
}

/** `block`, whose keyword is read. */
function block(parser: Parser, open: Token): Node | undefined {
  const name = templateName(parser, 'block');
  const pipeline = parsePipeline(parser, '`block`', 'close');
  const place = { start: open.start, end: closed(parser, '`block`') };
  const nodes = body(parser, place, 'block');
  if (!name) return undefined;
  declare(parser, { name, nodes });
  const made: Call = { type: 'template', ...place, name, pipeline };
  return made;
}

/** `define`, whose keyword is read. */
function definition(parser: Parser, open: Token): void {
  const name = templateName(parser, 'define');
  const place = { start: open.start, end: closed(parser, 'the name of a template') };
  const nodes = body(parser, place, 'define');
  if (name) declare(parser, { name, nodes });
}

function misplacedDefinition(parser: Parser, open: Token, { start, end }: Token): undefined {
  const message = '`define` stands inside a block';
  const help = 'move it to the top of the template';
  parser.cursor.faults.push(faultAt({ start, end }, 'parse', { message, help }));
  definition(parser, open);
}

/** A template may be defined again only where it was empty before, or is now. */
function declare({ cursor, definitions }: Parser, definition: Definition): void {
  const { name } = definition;
  const former = definitions.get(name.text);
  if (!former || isEmpty(former.nodes)) definitions.set(name.text, definition);
  else if (!isEmpty(definition.nodes)) {
    const related = { start: former.name.start, end: former.name.end, message: 'defined here first' };
    cursor.faults.push(faultAt(name, 'parse', { message: `the template \`${name.text}\` is defined twice`, related }));
  }
}

function isEmpty(nodes: readonly Node[]): boolean {
  return nodes.every((node) => node.type === 'text' && node.text.trim() === '');
}
