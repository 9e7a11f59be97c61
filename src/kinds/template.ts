import { authored, edited, substitute } from '../promql/expression.ts';
import { placedHoles } from '../promql/hole-place.ts';
import { tokenize } from '../promql/lexer.ts';
import { type FilledText, type Place, replaced } from '../source/derived.ts';
import type { Located, Path } from '../source/document.ts';
import type { Argument } from './parameters.ts';
import { type TextField, textFields } from './schema-fields.ts';

/** Values by the names that stand for them as `$name`. */
export type Arguments = ReadonlyMap<string, Argument>;

/** A document with holes. What follows from its text alone is worked out once, however many services use it. */
export interface Template {
  readonly document: Located;
  /** The texts that hold a `$`. */
  readonly fields: readonly TextField[];
}

/** The template that a document is. */
export function templateOf(document: Located, schema: object): Template {
  const fields = textFields(document.value, schema).filter(
    ({ text, path }) => text.includes('$') && path[1] !== 'params',
  );
  return { document, fields };
}

/**
 * An action of a Go template: a comment, or anything with quotes that may hold `}}`. One that never ends takes the rest of
 * the text along. Source: https://pkg.go.dev/text/template (Actions)
 */
const ACTION =
  /\{\{(?:-?\s*\/\*[\s\S]*?\*\/\s*-?\}\}|(?:"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`[^`]*`|[^"'`}]|\}(?!\}))*\}\}|[\s\S]*$)/;
const HOLE = /\$\$|\$([A-Za-z_]\w*)|\$\{([A-Za-z_]\w*)\}/;

/** `$$`, `$name`, `${name}`, and the Go templates of alerts, in which `$value` means something else. */
const IN_TEXT = new RegExp(HOLE.source, 'g');
const IN_GO_TEMPLATE = new RegExp(`${ACTION.source}|${HOLE.source}`, 'g');

function patternFor({ format }: TextField): RegExp {
  return format === 'go-template' ? IN_GO_TEMPLATE : IN_TEXT;
}

/** Whether a field is PromQL, or a part of it. */
export function isExpression({ format }: TextField): boolean {
  return format === 'promql' || format === 'matchers';
}

/** A hole of a field: the name, and where it stands. */
export interface Hole {
  readonly name: string;
  readonly path: Path;
  readonly start: number;
  readonly end: number;
}

/** The names that a field asks for. In PromQL nothing is filled in inside quotes. */
export function holesOf(field: TextField): Hole[] {
  const { path, text } = field;
  if (isExpression(field)) {
    const holes = tokenize(text).tokens.filter(({ kind }) => kind === 'hole');
    return holes.map(({ value, start, end }) => ({ name: value, path, start, end }));
  }
  return [...text.matchAll(patternFor(field))].flatMap((match) => {
    const name = match[1] ?? match[2];
    return name === undefined ? [] : [{ name, path, start: match.index, end: match.index + match[0].length }];
  });
}

/** The names that stand inside quotes of PromQL, where nothing is filled in. */
export function quotedHolesOf(field: TextField): Hole[] {
  if (!isExpression(field)) return [];
  const strings = tokenize(field.text).tokens.filter(({ kind }) => kind === 'string');
  return strings.flatMap(({ value, start }) =>
    [...value.matchAll(/\$(?:([A-Za-z_]\w*)|\{([A-Za-z_]\w*)\})/g)].map((match) => {
      const from = start + match.index;
      return { name: match[1] ?? match[2]!, path: field.path, start: from, end: from + match[0].length };
    }),
  );
}

const VARIABLE = /\$([A-Za-z_]\w*)/g;

/** The names of variables that stand inside the Go templates of a field, but for those that a template declares itself. */
export function actionHolesOf({ format, path, text }: TextField): Hole[] {
  if (format !== 'go-template') return [];
  return [...text.matchAll(new RegExp(ACTION, 'g'))].flatMap((action) =>
    [...action[0].matchAll(VARIABLE)].flatMap(({ 0: whole, 1: name, index }) => {
      const start = action.index + index;
      const isOwn = new RegExp(`\\{\\{[^}]*\\$${name}\\s*(,[^}=]*)?:=`).test(text);
      return isOwn ? [] : [{ name: name!, path, start, end: start + whole.length }];
    }),
  );
}

/** A hole and the word that it touches. */
export interface TouchingHole extends Hole {
  readonly word: string;
}

/** Holes of PromQL that would become a part of a word; matchers may follow one. `matchers`: the names that stand for some. */
export function touchingHolesOf(field: TextField, matchers: readonly string[]): TouchingHole[] {
  if (!isExpression(field)) return [];
  return placedHoles(field.text).flatMap(({ name, start, end, touching }) => {
    const isSelector = matchers.includes(name);
    const token = touching.find((each) => !isSelector && !(each.kind === 'hole' && matchers.includes(each.value)));
    return token ? [{ name, path: field.path, start, end, word: field.text.slice(token.start, token.end) }] : [];
  });
}

/** Each value as its place wants it: a duration in a range, a number of seconds elsewhere. */
function filledExpression({ text, path }: TextField, document: Located, values: Arguments): [string, FilledText] {
  const placed = placedHoles(text).flatMap(({ name, place, start, end }) => {
    const replacement = values.get(name)?.at?.[place];
    return replacement === undefined ? [] : [{ start, end, replacement }];
  });
  const operands = Object.fromEntries([...values].map(([name, { promql }]) => [name, promql]));
  const expression = substitute(edited(authored(text, document, path), placed), operands);
  return [expression.text, { pieces: expression.pieces, length: text.length }];
}

/** A brace that Go reads as it is. */
function shownBrace(braces: string): string {
  return `{{ "${braces}" }}`;
}

/** A value as a text shows it; in a Go template it begins no action, not even together with what follows. */
function forPeople({ format }: TextField, { text }: Argument, after: string): string {
  if (format !== 'go-template') return text;
  const inner = text.replaceAll('{{', shownBrace('{{'));
  return inner.endsWith('{') && /^[{$]/.test(after) ? inner.slice(0, -1) + shownBrace('{') : inner;
}

/** A text that grows by the author's own characters and by what fills its holes. */
class Filling {
  text = '';
  readonly pieces: { at: number; length: number; offset: number }[] = [];
  private readonly field: TextField;

  constructor(field: TextField) {
    this.field = field;
  }

  keep(start: number, end: number): void {
    if (end > start) this.pieces.push({ at: this.text.length, length: end - start, offset: start });
    this.text += this.field.text.slice(start, end);
  }

  /** A single brace before a value that begins with one would open an action together with it. */
  fill(value: string): void {
    const opens = this.field.format === 'go-template' && this.text.endsWith('{') && value.startsWith('{');
    const last = this.pieces.pop();
    if (last) this.pieces.push(opens ? { ...last, length: last.length - 1 } : last);
    this.text = (opens ? this.text.slice(0, -1) + shownBrace('{') : this.text) + value;
  }
}

function filledText(field: TextField, values: Arguments): [string, FilledText] {
  const { text } = field;
  const filling = new Filling(field);
  let from = 0;
  for (const match of text.matchAll(patternFor(field))) {
    const argument = values.get(match[1] ?? match[2] ?? '');
    if (match[0] !== '$$' && !argument) continue;
    filling.keep(from, match.index);
    from = match.index + match[0].length;
    filling.fill(argument ? forPeople(field, argument, text.slice(from)) : '$');
  }
  filling.keep(from, text.length);
  return [filling.text, { pieces: filling.pieces, length: text.length }];
}

/** A whole value, `$name`: a number or a percentage where the schema wants one. */
function filledWhole(field: TextField, values: Arguments): unknown {
  const name = /^\$(?:([A-Za-z_]\w*)|\{([A-Za-z_]\w*)\})$/.exec(field.text);
  const argument = name && values.get(name[1] ?? name[2]!);
  if (field.isNumber) return argument?.number;
  return field.format === 'percent' ? argument?.percent : undefined;
}

function viaOf(field: TextField, values: Arguments): Pick<Place, 'via'> {
  const given = [...new Set(holesOf(field).map(({ name }) => name))].flatMap((name) => {
    const at = values.get(name)?.given;
    return at ? [{ name, at }] : [];
  });
  if (given.length === 0) return {};
  return {
    via: () => given.map(({ name, at }) => ({ span: at.document.at(at.path), message: `the value of \`$${name}\`` })),
  };
}

/** The template's value with its holes filled, and where each filled text stands. Names without a value stay as they are. */
export function filled({ document, fields }: Template, values: Arguments): { value: unknown; places: [Path, Place][] } {
  const places: [Path, Place][] = [];
  let { value } = document;
  for (const field of fields) {
    const [text, mapping] = isExpression(field) ? filledExpression(field, document, values) : filledText(field, values);
    value = replaced(value, field.path, filledWhole(field, values) ?? text);
    places.push([field.path, { filled: mapping, ...viaOf(field, values) }]);
  }
  return { value, places };
}
