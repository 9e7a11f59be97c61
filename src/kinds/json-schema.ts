import common from './common.schema.json' with { type: 'json' };
import { kinds } from './registry.ts';

type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };
type JsonObject = { readonly [key: string]: Json };

/** The formats are qmon's own: editors do not know them, and some complain. */
function withoutFormats(value: Json): Json {
  if (Array.isArray(value)) return value.map(withoutFormats);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value as JsonObject)
    .filter(([key, each]) => !(key === 'format' && typeof each === 'string') && key !== '$schema')
    .map(([key, each]) => [key, key === '$ref' ? localReference(String(each)) : withoutFormats(each)]);
  return Object.fromEntries(entries);
}

function localReference(reference: string): string {
  return reference.replace(/^.*#\/definitions\//, '#/definitions/');
}

const DRAFT = 'http://json-schema.org/draft-07/schema#';

/** The names of the kinds that have a schema. */
export const schemaNames: readonly string[] = kinds.map(({ name }) => name);

/** One JSON Schema (draft-07), whole in itself: of one kind, or of any document, told apart by `kind`. */
export function jsonSchema(kind?: string): JsonObject {
  const definitions = withoutFormats(common.definitions as Json) as JsonObject;
  const chosen = kinds.filter(({ name }) => kind === undefined || name === kind);
  const bodies = Object.fromEntries(
    chosen.map(({ name, schema }) => [name, withoutFormats(schema as unknown as Json)]),
  );
  if (kind !== undefined) return { $schema: DRAFT, ...(bodies[kind] as JsonObject), definitions };
  return {
    $schema: DRAFT,
    title: 'qmon spec',
    description: 'Any document of a qmon workspace.',
    type: 'object',
    required: ['kind', 'metadata'],
    properties: { kind: { enum: [...schemaNames], description: 'What the document declares.' } },
    allOf: chosen.map(({ name }) => ({
      if: { properties: { kind: { const: name } } },
      // biome-ignore lint/suspicious/noThenProperty: the keyword of JSON Schema
      then: { $ref: `#/definitions/${name}` },
    })),
    definitions: { ...definitions, ...bodies },
  };
}
