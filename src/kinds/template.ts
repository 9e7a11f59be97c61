import { authored, type Expression, edited, substitute } from '../promql/expression.ts';
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

/** `$$`, `$name`, `${name}`, and the Go templates of alerts, in which `$value` means something else. */
const IN_TEXT = /\$\$|\$([A-Za-z_]\w*)|\$\{([A-Za-z_]\w*)\}/g;
const IN_GO_TEMPLATE = /\{\{[\s\S]*?\}\}|\$\$|\$([A-Za-z_]\w*)|\$\{([A-Za-z_]\w*)\}/g;

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

/** Ranges, steps and offsets take durations; everywhere else a duration is a number of seconds. */
function withRanges(expression: Expression, values: Arguments): Expression {
  const tokens = tokenize(expression.text).tokens.filter(({ kind }) => kind !== 'comment');
  const edits = tokens.flatMap(({ kind, value, start, end }, index) => {
    const range = kind === 'hole' ? values.get(value)?.range : undefined;
    const before = tokens[index - 1];
    const sign = before?.value === '-' && tokens[index - 2]?.value === 'offset';
    const ranges = before?.value === '[' || before?.kind === 'colon' || before?.value === 'offset' || sign;
    return range !== undefined && ranges ? [{ start, end, replacement: range }] : [];
  });
  return edited(expression, edits);
}

function filledExpression({ text, path }: TextField, document: Located, values: Arguments): [string, FilledText] {
  const operands = Object.fromEntries([...values].map(([name, { promql }]) => [name, promql]));
  const expression = substitute(withRanges(authored(text, document, path), values), operands);
  return [expression.text, { pieces: expression.pieces, length: text.length }];
}

function forPeople(field: TextField, { text }: Argument): string {
  return field.format === 'go-template' ? text.replaceAll('{{', '{{ "{{" }}') : text;
}

function filledText(field: TextField, values: Arguments): [string, FilledText] {
  const pieces: { at: number; length: number; offset: number }[] = [];
  let result = '';
  let from = 0;
  const keep = (start: number, end: number) => {
    if (end > start) pieces.push({ at: result.length, length: end - start, offset: start });
    result += field.text.slice(start, end);
  };
  for (const match of field.text.matchAll(patternFor(field))) {
    const argument = values.get(match[1] ?? match[2] ?? '');
    const filling = match[0] === '$$' ? '$' : argument && forPeople(field, argument);
    if (filling === undefined) continue;
    keep(from, match.index);
    result += filling;
    from = match.index + match[0].length;
  }
  keep(from, field.text.length);
  return [result, { pieces, length: field.text.length }];
}

/** A whole value, `$name`: a number where the schema wants one. */
function filledWhole(field: TextField, values: Arguments): unknown {
  const name = /^\$(?:([A-Za-z_]\w*)|\{([A-Za-z_]\w*)\})$/.exec(field.text);
  const argument = name && values.get(name[1] ?? name[2]!);
  return field.isNumber ? argument?.number : undefined;
}

function viaOf(field: TextField, values: Arguments): Pick<Place, 'via'> {
  const given = [...new Set(holesOf(field).map(({ name }) => name))].flatMap((name) => {
    const at = values.get(name)?.at;
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
