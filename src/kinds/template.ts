import { type HolePlace, placedHoles } from '../promql/hole-place.ts';
import { tokenize } from '../promql/lexer.ts';
import type { Located, Path } from '../source/document.ts';
import { type TextField, textFields } from './schema-fields.ts';

/** A hole of a field: the name, and where it stands. */
export interface Hole {
  readonly name: string;
  readonly path: Path;
  readonly start: number;
  readonly end: number;
}

/** What a field asks for; `$` is the name of `$$`, a plain dollar sign. `place`: in PromQL. */
interface Mark extends Hole {
  readonly place?: HolePlace;
}

/** A text with a `$`, and what follows from it whatever the values are. */
export interface TemplateField extends TextField {
  readonly marks: readonly Mark[];
  /** The same without plain dollar signs. */
  readonly holes: readonly Hole[];
  /** The name that the text is as a whole. */
  readonly whole?: string;
}

/** A document with holes. What follows from its text alone is worked out once, however many services use it. */
export interface Template {
  readonly document: Located;
  readonly fields: readonly TemplateField[];
}

/** Whether documents of a schema may declare `params`. Those of others are taken over as they are. */
function takesParameters(schema: object): boolean {
  const { properties } = schema as { properties?: { spec?: { properties?: Record<string, unknown> } } };
  return properties?.spec?.properties?.params !== undefined;
}

/** The template that a document is. */
export function templateOf(document: Located, schema: object): Template {
  if (!takesParameters(schema)) return { document, fields: [] };
  const fields = textFields(document.value, schema).filter(
    ({ text, path }) => text.includes('$') && path[1] !== 'params',
  );
  return { document, fields: fields.map(templateField) };
}

function templateField(field: TextField): TemplateField {
  const marks = marksOf(field);
  const holes = marks.filter(({ name }) => name !== '$');
  const [first] = holes;
  const isWhole = first !== undefined && first.end - first.start === field.text.length;
  return { ...field, marks, holes, ...(isWhole && { whole: first.name }) };
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

/** The names that a field asks for. In PromQL nothing is filled in inside quotes. */
function marksOf(field: TextField): Mark[] {
  const { path, text } = field;
  if (isExpression(field))
    return placedHoles(text).map(({ name, place, start, end }) => ({ name, place, path, start, end }));
  return [...text.matchAll(patternFor(field))].flatMap((match) => {
    const name = match[0] === '$$' ? '$' : (match[1] ?? match[2]);
    return name === undefined ? [] : [{ name, path, start: match.index, end: match.index + match[0].length }];
  });
}

/** Whether a field is PromQL, or a part of it. */
export function isExpression({ format }: TextField): boolean {
  return format === 'promql' || format === 'matchers';
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
