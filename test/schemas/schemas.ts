import Ajv, { type Options } from 'ajv';
import common from '../../src/kinds/common.schema.json' with { type: 'json' };
import { formats } from '../../src/kinds/formats.ts';
import { kinds } from '../../src/kinds/registry.ts';

/** As much of a JSON Schema as the kinds use. */
export interface Schema {
  readonly $ref?: string;
  readonly allOf?: readonly Schema[];
  readonly description?: string;
  readonly const?: unknown;
  readonly type?: string;
  readonly format?: string;
  readonly default?: unknown;
  readonly examples?: readonly unknown[];
  readonly 'x-since'?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly definitions?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly additionalProperties?: boolean | Schema;
}

export interface Property {
  /** For people: `SLO.spec.indicator.ratio.good`. */
  readonly path: string;
  /** For the validator: which schema, and where in it. */
  readonly pointer: string;
  readonly schema: Schema;
}

/** Every property below a schema, those in lists and maps as well. */
export function propertiesBelow(schema: Schema, path: string, pointer: string): Property[] {
  const { properties = {}, items, additionalProperties: values } = schema;
  const own = Object.entries(properties).map(([name, each]) => ({
    path: `${path}.${name}`,
    pointer: `${pointer}/properties/${name}`,
    schema: each,
  }));
  return [
    ...own.flatMap((each) => [each, ...propertiesBelow(each.schema, each.path, each.pointer)]),
    ...(items ? propertiesBelow(items, `${path}[]`, `${pointer}/items`) : []),
    ...(typeof values === 'object' ? propertiesBelow(values, `${path}.*`, `${pointer}/additionalProperties`) : []),
  ];
}

/** The definitions that the kinds share, by name. */
export const shared = (common as unknown as { definitions: Readonly<Record<string, Schema>> }).definitions;

/** What a reference such as `../common.schema.json#/definitions/name` leads to. */
export function target(reference: string): Schema {
  return shared[reference.replace(/^.*#\/definitions\//, '')]!;
}

/** As the schemas refer to it. */
export const COMMON = 'qmon:/kinds/common.schema.json';

/** The address of a kind's schema, from which its references lead to the shared definitions. */
export function idOf(kind: string): string {
  const folder = kind.replace(/([a-z])([A-Z])/g, '$1-$2').toLowerCase();
  return `qmon:/kinds/${folder}/${folder}.schema.json`;
}

/** The schemas as they are written, by address. */
export const written: readonly (readonly [id: string, schema: object])[] = [
  [COMMON, common],
  ...kinds.map(({ name, schema }) => [idOf(name), schema] as const),
];

/** A validator that knows our formats and our keyword. */
export function validatorOf(schemas: readonly (readonly [id: string, schema: object])[], options: Options = {}): Ajv {
  const ajv = new Ajv({ strictTypes: false, strictRequired: false, keywords: ['x-since'], ...options });
  for (const [name, { matches }] of Object.entries(formats)) ajv.addFormat(name, matches);
  for (const [id, schema] of schemas) ajv.addSchema({ ...schema, $id: id });
  return ajv;
}
