import type { ErrorObject } from 'ajv';
import { closest, enumerate } from '../base/text.ts';
import { defineCode } from '../source/code.ts';
import type { Diagnostic } from '../source/diagnostic.ts';
import type { Located, Path } from '../source/document.ts';
import { formats } from './formats.ts';

const UNKNOWN_PROPERTY = defineCode<{ property: string; meant: string | undefined; allowed: readonly string[] }>({
  code: 'schema/unknown-property',
  severity: 'error',
  title: 'a property that does not exist',
  explain: 'Only properties with an effect are accepted: a misspelt or misplaced one would silently do nothing.',
  message: ({ property, meant }) =>
    `unknown property \`${property}\`${meant === undefined ? '' : `; did you mean \`${meant}\`?`}`,
  help: ({ meant, allowed }) =>
    meant === undefined
      ? allowed.length === 0
        ? 'remove it'
        : `known here: ${enumerate(allowed.map((each) => `\`${each}\``))}`
      : `write \`${meant}\``,
});

const MISSING_PROPERTY = defineCode<{ property: string; description: string | undefined }>({
  code: 'schema/missing-property',
  severity: 'error',
  title: 'a property that must be there is missing',
  explain: 'The property has no default: only the author can know it. The reference page of the kind describes it.',
  message: ({ property }) => `\`${property}\` is missing`,
  help: ({ property, description }) => explained(`add \`${property}\``, description),
});

interface WrongType {
  readonly value: string;
  readonly expected: string;
  readonly description: string | undefined;
  /** Where only quotes are too few or too many. */
  readonly quotes: 'add' | 'remove' | undefined;
  /** Of the mapping that is expected. */
  readonly properties: readonly string[];
}

const WRONG_TYPE = defineCode<WrongType>({
  code: 'schema/wrong-type',
  severity: 'error',
  title: 'a value of the wrong type',
  explain: 'YAML reads an unquoted `5` as a number and `yes: 1` as a mapping. Quantities are texts with their unit.',
  message: ({ value, expected }) => `expected ${expected}, found ${value}`,
  help: ({ quotes, expected, properties, description }) => {
    const how = { add: 'write it as text', remove: 'write it without quotes' };
    if (quotes !== undefined) return explained(how[quotes], description);
    const names = properties.length === 0 ? '' : ` with ${quoted(properties, 'or')}`;
    return explained(`write ${expected}${names}`, description);
  },
});

const NOT_ALLOWED = defineCode<{ value: string; allowed: readonly string[]; meant: string | undefined }>({
  code: 'schema/not-allowed',
  severity: 'error',
  title: 'a value that is not in the list',
  explain: 'The property takes one of a fixed list of values.',
  message: ({ value }) => `\`${value}\` is not allowed here`,
  help: ({ allowed, meant }) =>
    meant === undefined
      ? `write one of ${enumerate(
          allowed.map((each) => `\`${each}\``),
          'or',
        )}`
      : `did you mean \`${meant}\`?`,
});

const BAD_FORMAT = defineCode<{ value: string; format: string }>({
  code: 'schema/bad-format',
  severity: 'error',
  title: 'a text that cannot be read',
  explain: 'Names, durations, percentages, conditions and addresses have a form; the help shows the right one.',
  message: ({ value, format }) => `\`${value}\` is no ${formats[format]?.noun ?? format}`,
  help: ({ format }) => formats[format]?.help,
});

const WRONG_COUNT = defineCode<{ text: string; help: string }>({
  code: 'schema/wrong-count',
  severity: 'error',
  title: 'too few or too many of something',
  explain:
    'Some lists need an entry, some mappings take exactly one of their properties, and some entries must not repeat.',
  message: ({ text }) => text,
  help: ({ help }) => help,
});

const OUT_OF_RANGE = defineCode<{ value: string; bound: string }>({
  code: 'schema/out-of-range',
  severity: 'error',
  title: 'a number out of its range',
  explain: 'The property takes numbers of a certain range only.',
  message: ({ value }) => `\`${value}\` is out of range`,
  help: ({ bound }) => `write a number ${bound}`,
});

export const codes = [
  UNKNOWN_PROPERTY,
  MISSING_PROPERTY,
  WRONG_TYPE,
  NOT_ALLOWED,
  BAD_FORMAT,
  WRONG_COUNT,
  OUT_OF_RANGE,
];

interface Schema {
  readonly description?: string;
  readonly properties?: Readonly<Record<string, { readonly description?: string }>>;
  readonly required?: readonly string[];
  readonly maxProperties?: number;
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1).replace(/\.$/, '');
}

/** What to do, with what the property is for. */
function explained(help: string, description: string | undefined): string {
  return description === undefined ? help : `${help}: ${lowerFirst(description)}`;
}

function pathOf(instancePath: string, value: unknown): Path {
  let current = value;
  return instancePath
    .split('/')
    .slice(1)
    .map((segment) => {
      const key = segment.replace(/~1/g, '/').replace(/~0/g, '~');
      const step = Array.isArray(current) ? Number(key) : key;
      current = (current as Record<string | number, unknown> | undefined)?.[step];
      return step;
    });
}

function describe(value: unknown): string {
  if (value === null) return 'nothing';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'a mapping';
  return typeof value === 'string'
    ? `the text \`${value}\``
    : `the ${typeof value === 'number' ? 'number' : 'value'} \`${value}\``;
}

const TYPE_NOUNS: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  integer: 'a whole number',
  boolean: '`true` or `false`',
  object: 'a mapping',
  array: 'a list',
};

type Fault = ErrorObject & { parentSchema?: Schema; data?: unknown };

interface Context {
  readonly document: Located;
  /** Unknown properties by the place where they stand, with what was meant. */
  readonly misspelt: ReadonlyMap<string, ReadonlySet<string>>;
}

type Translate = (fault: Fault, path: Path, context: Context) => Diagnostic[];

function unknownProperty(fault: Fault, path: Path, { document }: Context): Diagnostic[] {
  const property = String(fault.params.additionalProperty);
  const allowed = Object.keys(fault.parentSchema?.properties ?? {});
  const present = new Set(Object.keys(fault.data as object));
  const meant = closest(
    property,
    allowed.filter((each) => !present.has(each)),
  );
  return [UNKNOWN_PROPERTY.at(document.at([...path, property], 'key'), { property, meant, allowed })];
}

function missingProperty(fault: Fault, path: Path, { document, misspelt }: Context): Diagnostic[] {
  const property = String(fault.params.missingProperty);
  if (misspelt.get(fault.instancePath)?.has(property)) return [];
  const description = fault.parentSchema?.properties?.[property]?.description;
  return [MISSING_PROPERTY.at(document.at(path, 'key'), { property, description })];
}

function quotesOf(types: readonly string[], data: unknown): WrongType['quotes'] {
  if (types.includes('string') && ['number', 'boolean'].includes(typeof data)) return 'add';
  const numeric = types.some((type) => type === 'number' || type === 'integer');
  if (numeric && typeof data === 'string' && /^-?\d+(\.\d+)?$/.test(data)) return 'remove';
  return types.includes('boolean') && (data === 'true' || data === 'false') ? 'remove' : undefined;
}

function wrongType(fault: Fault, path: Path, { document }: Context): Diagnostic[] {
  const types = [fault.params.type].flat().map(String);
  const expected = enumerate(
    types.map((type) => TYPE_NOUNS[type] ?? type),
    'or',
  );
  const description = fault.parentSchema?.description;
  const quotes = quotesOf(types, fault.data);
  const properties = types.includes('object') ? Object.keys(fault.parentSchema?.properties ?? {}) : [];
  return [WRONG_TYPE.at(document.at(path), { value: describe(fault.data), expected, description, quotes, properties })];
}

function notAllowed(fault: Fault, path: Path, { document }: Context): Diagnostic[] {
  const allowed = (fault.params.allowedValues ?? [fault.params.allowedValue]).map(String) as string[];
  const value = typeof fault.data === 'string' ? fault.data : JSON.stringify(fault.data);
  return [NOT_ALLOWED.at(document.at(path), { value, allowed, meant: closest(value, allowed) })];
}

function badFormat(fault: Fault, path: Path, { document }: Context): Diagnostic[] {
  if (fault.propertyName !== undefined) {
    const at = document.at([...path, fault.propertyName], 'key');
    return [BAD_FORMAT.at(at, { value: fault.propertyName, format: String(fault.params.format) })];
  }
  return [BAD_FORMAT.at(document.at(path), { value: String(fault.data), format: String(fault.params.format) })];
}

function quoted(names: readonly string[], conjunction?: string): string {
  return enumerate(
    names.map((each) => `\`${each}\``),
    conjunction,
  );
}

/** The properties of which some must be chosen: those that are not required anyway. */
function choicesOf({ properties = {}, required = [] }: Schema = {}): string[] {
  return Object.keys(properties).filter((each) => !required.includes(each));
}

function tooFew(fault: Fault, path: Path, { document }: Context): Diagnostic[] {
  const { description } = fault.parentSchema ?? {};
  if (fault.keyword === 'minLength') {
    const help = explained('write a text', description);
    return [WRONG_COUNT.at(document.at(path), { text: 'the text is empty', help })];
  }
  const choices = choicesOf(fault.parentSchema);
  const missing = fault.parentSchema?.required?.some((each) => !Object.hasOwn(fault.data as object, each));
  const at = document.at(path, 'key');
  if (choices.length === 0) {
    if (missing) return [];
    const help = explained('add an entry', description);
    return [WRONG_COUNT.at(at, { text: 'at least one entry is needed here', help })];
  }
  if (Object.keys(fault.data as object).some((each) => choices.includes(each))) return [];
  const exactly = fault.parentSchema?.maxProperties === undefined ? 'at least' : 'exactly';
  const text = `${exactly} one of ${quoted(choices, 'or')} is needed here`;
  return [WRONG_COUNT.at(at, { text, help: 'add one of them' })];
}

function tooMany(fault: Fault, path: Path, { document }: Context): Diagnostic[] {
  const choices = choicesOf(fault.parentSchema);
  const found = quoted(Object.keys(fault.data as object).filter((each) => choices.includes(each)));
  return [
    WRONG_COUNT.at(document.at(path, 'key'), { text: `${found} cannot stand together`, help: 'keep one of them' }),
  ];
}

function repeated(fault: Fault, path: Path, { document }: Context): Diagnostic[] {
  const list = fault.data as unknown[];
  const index = Math.max(Number(fault.params.i), Number(fault.params.j));
  const text = `\`${String(list[index])}\` stands here twice`;
  return [WRONG_COUNT.at(document.at([...path, index]), { text, help: 'remove one of them' })];
}

function outOfRange(fault: Fault, path: Path, { document }: Context): Diagnostic[] {
  const bound = fault.keyword === 'minimum' ? `of at least ${fault.params.limit}` : `of at most ${fault.params.limit}`;
  return [OUT_OF_RANGE.at(document.at(path), { value: String(fault.data), bound })];
}

/** How each keyword of JSON Schema is told to an author; what is not listed follows from another finding. */
const TRANSLATIONS: Readonly<Record<string, Translate>> = {
  additionalProperties: unknownProperty,
  required: missingProperty,
  type: wrongType,
  enum: notAllowed,
  const: notAllowed,
  format: badFormat,
  minItems: tooFew,
  minProperties: tooFew,
  minLength: tooFew,
  maxProperties: tooMany,
  uniqueItems: repeated,
  minimum: outOfRange,
  maximum: outOfRange,
};

function misspeltProperties(faults: readonly Fault[]): Map<string, Set<string>> {
  const meant = new Map<string, Set<string>>();
  for (const fault of faults) {
    if (fault.keyword !== 'additionalProperties') continue;
    const allowed = Object.keys(fault.parentSchema?.properties ?? {});
    const name = closest(String(fault.params.additionalProperty), allowed);
    if (name === undefined) continue;
    meant.set(fault.instancePath, (meant.get(fault.instancePath) ?? new Set()).add(name));
  }
  return meant;
}

/** Faults that leave every value of the type that the schema promises, so that a document can be looked at further. */
const SOFT_KEYWORDS: ReadonlySet<string> = new Set([
  'additionalProperties',
  'enum',
  'format',
  'maximum',
  'minimum',
  'minItems',
  'minLength',
  'uniqueItems',
]);

/** How far a document with these faults can still be trusted: not at all, in its types, or in its quantities as well. */
export function trustOf(errors: readonly ErrorObject[]): 'none' | 'types' | 'quantities' {
  if (errors.some(({ keyword }) => !SOFT_KEYWORDS.has(keyword))) return 'none';
  return errors.some(({ keyword }) => keyword === 'format') ? 'types' : 'quantities';
}

/** Turns what the validator of a kind found into diagnostics at the author's characters; a misspelt key is told once. */
export function schemaDiagnostics(document: Located, errors: readonly ErrorObject[]): Diagnostic[] {
  const faults = errors as readonly Fault[];
  const context: Context = { document, misspelt: misspeltProperties(faults) };
  return faults.flatMap((fault) => {
    const count = fault.keyword === 'minProperties' && (context.misspelt.get(fault.instancePath)?.size ?? 0) > 0;
    if (count) return [];
    return TRANSLATIONS[fault.keyword]?.(fault, pathOf(fault.instancePath, document.value), context) ?? [];
  });
}
