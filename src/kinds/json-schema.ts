import common from './common.schema.json' with { type: 'json' };
import { kinds } from './registry.ts';

type Json = string | number | boolean | null | readonly Json[] | JsonObject;
interface JsonObject {
  readonly [key: string]: Json;
}

const DRAFT = 'http://json-schema.org/draft-07/schema#';

/** Keywords that hold schemas by names of ours, which may be called like a keyword. */
const NAMED_SCHEMAS: ReadonlySet<string> = new Set(['properties', 'definitions']);

/** What editors do not know, and some complain about: the formats are qmon's own. */
const OUR_KEYWORDS: ReadonlySet<string> = new Set(['format', 'x-since', '$schema']);

/** A parameter in place of a number or of a word from a list; no parameter is `true` or `false`. Without words: editors would show those instead of the property's. */
const PARAMETER: JsonObject = {
  type: 'string',
  pattern: '^\\$([A-Za-z_]\\w*|\\{[A-Za-z_]\\w*\\})$',
};

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function mapped(object: JsonObject, change: (value: Json, key: string) => Json): JsonObject {
  return Object.fromEntries(Object.entries(object).map(([key, value]) => [key, change(value, key)]));
}

const shared = common.definitions as unknown as JsonObject;

function definitionOf(reference: Json | undefined): string {
  return String(reference).replace(/^.*#\/definitions\//, '');
}

/** A definition with words of its own beside it, as one schema: editors would show the words of the definition. */
function merged({ allOf, ...own }: JsonObject): JsonObject {
  const [first] = Array.isArray(allOf) ? (allOf as readonly Json[]) : [];
  return isObject(first) ? { ...(shared[definitionOf(first.$ref)] as JsonObject), ...own } : own;
}

/** A schema, and those in it, without what only qmon knows; a reference leads to the definitions beside it. */
function forEditors(schema: Json): Json {
  if (Array.isArray(schema)) return schema.map(forEditors);
  if (!isObject(schema)) return schema;
  const kept = Object.fromEntries(Object.entries(merged(schema)).filter(([key]) => !OUR_KEYWORDS.has(key)));
  return mapped(kept, (value, key) => {
    if (key === '$ref') return `#/definitions/${definitionOf(value)}`;
    return NAMED_SCHEMAS.has(key) && isObject(value) ? mapped(value, forEditors) : forEditors(value);
  });
}

function takesNoParameter({ type, enum: words }: JsonObject): boolean {
  return type === 'number' || type === 'integer' || words !== undefined;
}

/** A schema that takes a parameter where it would take none: for numbers and words from a list. */
function withParameters(schema: JsonObject): JsonObject {
  const { description, default: standard, examples, ...rest } = schema;
  if (takesNoParameter(rest)) {
    const words = Object.entries({ description, default: standard, examples }).filter(([, each]) => each !== undefined);
    return { ...Object.fromEntries(words as [string, Json][]), anyOf: [rest, PARAMETER] };
  }
  return mapped(schema, (value, key) => {
    if (key === 'properties' && isObject(value)) {
      return mapped(value, (each, name) => (name === 'params' || !isObject(each) ? each : withParameters(each)));
    }
    return (key === 'items' || key === 'additionalProperties') && isObject(value) ? withParameters(value) : value;
  });
}

/**
 * The schema of a kind; where its documents may declare `params`, those may be used before anything fills them in, and the
 * service is the one that takes the document over.
 */
function body(schema: JsonObject): JsonObject {
  const plain = forEditors(schema) as JsonObject;
  const properties = plain.properties as JsonObject;
  const { spec } = properties;
  const parameterised = isObject(spec) && isObject(spec.properties) && Object.hasOwn(spec.properties, 'params');
  if (!parameterised) return plain;
  const required = ((spec.required ?? []) as readonly string[]).filter((name) => name !== 'service');
  return { ...plain, properties: { ...properties, spec: { ...withParameters(spec), required } } };
}

/** The names of the kinds that have a schema. */
export const schemaNames: readonly string[] = kinds.map(({ name }) => name);

/**
 * One JSON Schema (draft-07), whole in itself: of one kind, or of any document. Then exactly one branch of `oneOf` takes
 * a document, told apart by `kind`, from which editors choose the branch that they complete and complain by.
 */
export function jsonSchema(kind?: string): JsonObject {
  const definitions = mapped(shared, forEditors);
  const chosen = kinds.filter(({ name }) => kind === undefined || name === kind);
  const bodies = Object.fromEntries(chosen.map(({ name, schema }) => [name, body(schema as unknown as JsonObject)]));
  if (kind !== undefined) return { $schema: DRAFT, ...bodies[kind], definitions };
  return {
    $schema: DRAFT,
    title: 'qmon spec',
    description: 'Any document of a qmon workspace.',
    type: 'object',
    required: ['kind', 'metadata'],
    properties: { kind: { enum: [...schemaNames], description: 'What the document declares.' } },
    oneOf: chosen.map(({ name }) => ({ $ref: `#/definitions/${name}` })),
    definitions: { ...definitions, ...bodies },
  };
}
