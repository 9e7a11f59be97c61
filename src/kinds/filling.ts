import { authored, edited, substitute } from '../promql/expression.ts';
import type { HolePlace } from '../promql/hole-place.ts';
import { type FilledText, type Place, withParts } from '../source/derived.ts';
import type { Located, Path } from '../source/document.ts';
import type { Argument } from './parameters.ts';
import { isExpression, type Template, type TemplateField } from './template.ts';

/** Values by the names that stand for them as `$name`. */
export type Arguments = ReadonlyMap<string, Argument>;

/** Places at which a value is one token, whatever it is; at others it may need parentheses, or take a comma away. */
const SINGLE: ReadonlySet<HolePlace> = new Set(['text', 'duration', 'label', 'matcher-value']);
const PLAIN_OPERAND = /^[\w:.]+$/;

/** Each value as its place wants it: a duration in a range, a number of seconds elsewhere. */
function filledExpression(
  { text, path, marks }: TemplateField,
  document: Located,
  values: Arguments,
): readonly [text: string, mapping: FilledText] {
  const left: Record<string, string> = {};
  const edits = marks.flatMap(({ name, place, start, end }) => {
    const argument = values.get(name);
    if (!argument || !place) return [];
    const replacement = argument.at?.[place] ?? argument.promql;
    if (SINGLE.has(place) || (place === 'operand' && PLAIN_OPERAND.test(replacement)))
      return [{ start, end, replacement }];
    left[name] = replacement;
    return [];
  });
  const partly = edited(authored(text, document, path), edits);
  const { text: result, pieces } = Object.keys(left).length === 0 ? partly : substitute(partly, left);
  return [result, { pieces, length: text.length }];
}

/** A brace that Go reads as it is. */
function shownBrace(braces: string): string {
  return `{{ "${braces}" }}`;
}

/** A value as a text shows it; in a Go template it begins no action, not even together with what follows. */
function forPeople({ format }: TemplateField, { text }: Argument, after: string): string {
  if (format !== 'go-template') return text;
  const inner = text.replaceAll('{{', shownBrace('{{'));
  return inner.endsWith('{') && /^[{$]/.test(after) ? inner.slice(0, -1) + shownBrace('{') : inner;
}

/** A text that grows by the author's own characters and by what fills its holes. */
class Filling {
  text = '';
  readonly pieces: { at: number; length: number; offset: number }[] = [];
  private readonly field: TemplateField;

  constructor(field: TemplateField) {
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

function filledText(field: TemplateField, values: Arguments): readonly [text: string, mapping: FilledText] {
  const { text, marks } = field;
  const filling = new Filling(field);
  let from = 0;
  for (const { name, start, end } of marks) {
    const argument = values.get(name);
    if (name !== '$' && !argument) continue;
    filling.keep(from, start);
    filling.fill(argument ? forPeople(field, argument, text.slice(end)) : '$');
    from = end;
  }
  filling.keep(from, text.length);
  return [filling.text, { pieces: filling.pieces, length: text.length }];
}

/** A whole value, `$name`: a number or a percentage where the schema wants one. */
function filledWhole({ whole, isNumber, format }: TemplateField, values: Arguments): unknown {
  const argument = whole === undefined ? undefined : values.get(whole);
  if (isNumber) return argument?.number;
  return format === 'percent' ? argument?.percent : undefined;
}

/** Where the values of a field were given: of the holes among the characters, or of all where there are none. */
function givenPlaces({ holes }: TemplateField, values: Arguments, start = 0, end = Number.POSITIVE_INFINITY) {
  const inside = holes.filter((hole) => hole.start < end && start < hole.end);
  return [...new Set((inside.length > 0 ? inside : holes).map(({ name }) => name))].flatMap((name) => {
    const given = values.get(name)?.given;
    return given ? [{ span: given.document.at(given.path), message: `the value of \`$${name}\`` }] : [];
  });
}

/** The template's value with its holes filled, and where each filled text stands. Names without a value stay as they are. */
export function filled({ document, fields }: Template, values: Arguments): { value: unknown; places: [Path, Place][] } {
  const parts: [Path, unknown][] = [];
  const places = fields.map((field): [Path, Place] => {
    const [text, mapping] = isExpression(field) ? filledExpression(field, document, values) : filledText(field, values);
    parts.push([field.path, filledWhole(field, values) ?? text]);
    return [field.path, { filled: mapping, via: (start, end) => givenPlaces(field, values, start, end) }];
  });
  return { value: withParts(document.value, parts), places };
}
