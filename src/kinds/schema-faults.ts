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
  help: ({ property, description }) =>
    `add \`${property}\`${description === undefined ? '' : `: ${lowerFirst(description)}`}`,
});

interface WrongType {
  readonly value: string;
  readonly expected: string;
  readonly description: string | undefined;
  /** Whether quotes would mend it. */
  readonly quote: boolean;
  /** Of the mapping that is expected. */
  readonly properties: readonly string[];
}

const WRONG_TYPE = defineCode<WrongType>({
  code: 'schema/wrong-type',
  severity: 'error',
  title: 'a value of the wrong type',
  explain: 'YAML reads an unquoted `5` as a number and `yes: 1` as a mapping. Quantities are texts with their unit.',
  message: ({ value, expected }) => `expected ${expected}, found ${value}`,
  help: ({ quote, properties, description }) => {
    const meaning = description === undefined ? '' : `: ${lowerFirst(description)}`;
    if (quote) return `write it as text${meaning}`;
    const names = properties.map((each) => `\`${each}\``);
    return names.length === 0 ? description : `write a mapping with ${enumerate(names, 'or')}${meaning}`;
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
  message: ({ value }) => `${value} is out of range`,
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
  readonly maxProperties?: number;
  readonly minProperties?: number;
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1).replace(/\.$/, '');
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

function wrongType(fault: Fault, path: Path, { document }: Context): Diagnostic[] {
  const types = [fault.params.type].flat().map(String);
  const expected = enumerate(
    types.map((type) => TYPE_NOUNS[type] ?? type),
    'or',
  );
  const quote = types.includes('string') && ['number', 'boolean'].includes(typeof fault.data);
  const description = fault.parentSchema?.description;
  const properties = types.includes('object') ? Object.keys(fault.parentSchema?.properties ?? {}) : [];
  return [WRONG_TYPE.at(document.at(path), { value: describe(fault.data), expected, description, quote, properties })];
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

function tooFew(fault: Fault, path: Path, { document }: Context): Diagnostic[] {
  const wanted = Number(fault.params.limit);
  const names = Object.keys(fault.parentSchema?.properties ?? {});
  if (fault.keyword === 'minLength') {
    return [
      WRONG_COUNT.at(document.at(path), {
        text: 'the text is empty',
        help: `write it: ${lowerFirst(fault.parentSchema?.description ?? 'some text')}`,
      }),
    ];
  }
  if (names.length === 0) {
    const text = 'at least one entry is needed here';
    return [
      WRONG_COUNT.at(document.at(path, 'key'), { text, help: fault.parentSchema?.description ?? 'add an entry' }),
    ];
  }
  const exactly = fault.parentSchema?.maxProperties === wanted ? 'exactly' : 'at least';
  const text = `${exactly} ${wanted === 1 ? 'one' : wanted} of ${enumerate(
    names.map((each) => `\`${each}\``),
    'or',
  )} is needed here`;
  return [WRONG_COUNT.at(document.at(path, 'key'), { text, help: fault.parentSchema?.description ?? 'add one' })];
}

function tooMany(fault: Fault, path: Path, { document }: Context): Diagnostic[] {
  const found = enumerate(Object.keys(fault.data as object).map((each) => `\`${each}\``));
  const text = `${found} cannot stand together`;
  return [WRONG_COUNT.at(document.at(path, 'key'), { text, help: 'keep one of them' })];
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
