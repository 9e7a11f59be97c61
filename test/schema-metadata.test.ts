import Ajv from 'ajv';
import { describe, expect, it } from 'vitest';
import common from '../src/kinds/common.schema.json' with { type: 'json' };
import { formats } from '../src/kinds/formats.ts';
import { kinds } from '../src/kinds/registry.ts';

interface Schema {
  readonly $ref?: string;
  readonly allOf?: readonly Schema[];
  readonly description?: string;
  readonly const?: unknown;
  readonly type?: string;
  readonly default?: unknown;
  readonly examples?: readonly unknown[];
  readonly 'x-since'?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly definitions?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly additionalProperties?: boolean | Schema;
}

/** The versions in which the language grew. */
const VERSIONS = ['0.1', '0.2'];

interface Property {
  /** For people: `SLO.spec.indicator.ratio.good`. */
  readonly path: string;
  /** For the validator: which schema, and where in it. */
  readonly pointer: string;
  readonly schema: Schema;
}

function propertiesBelow(schema: Schema, path: string, pointer: string): Property[] {
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

const shared = (common as { definitions: Readonly<Record<string, Schema>> }).definitions;

/** A schema that is a reference and nothing else says nothing by itself; any other has its own words. */
function spoken(schema: Schema): Schema {
  return Object.keys(schema).join() === '$ref' ? target(schema.$ref!) : schema;
}

function target(reference: string): Schema {
  return shared[reference.replace(/^.*#\/definitions\//, '')]!;
}

/** The schema that says which type a value has. */
function typed(schema: Schema): Schema {
  const reference = schema.$ref ?? schema.allOf?.[0]?.$ref;
  return reference === undefined ? schema : typed(target(reference));
}

/** Objects show their properties, and a constant shows itself. */
function needsExample(schema: Schema): boolean {
  const { type, items, const: only } = typed(schema);
  if (only !== undefined || type === 'object') return false;
  return type !== 'array' || typed(items ?? {}).type !== 'object';
}

type Validate = (pointer: string, value: unknown) => string | undefined;

function validator(schemas: readonly (readonly [id: string, schema: object])[]): Validate {
  const ajv = new Ajv({ strict: true, strictTypes: false, strictRequired: false, keywords: ['x-since'] });
  for (const [name, { matches }] of Object.entries(formats)) ajv.addFormat(name, matches);
  for (const [id, schema] of schemas) ajv.addSchema({ ...schema, $id: id });
  return (pointer, value) => {
    const validate = ajv.getSchema(pointer)!;
    return validate(value) ? undefined : ajv.errorsText(validate.errors);
  };
}

/** What is missing or untrue in what a property says about itself. */
function faults({ path, pointer, schema }: Property, validate: Validate): string[] {
  const { description = '', 'x-since': since, examples = [], ...rest } = spoken(schema);
  const found: string[] = [];
  if (description.trim() === '') found.push('has no description');
  if (!VERSIONS.includes(since ?? '')) found.push(`x-since is ${since}, not one of ${VERSIONS.join(', ')}`);
  if (examples.length === 0 && needsExample(schema)) found.push('has no examples');
  for (const value of examples) {
    const wrong = validate(pointer, value);
    if (wrong) found.push(`the example ${JSON.stringify(value)} is refused: ${wrong}`);
  }
  if (!Object.hasOwn(rest, 'default')) return found.map((each) => `${path} ${each}`);
  const wrong = validate(pointer, rest.default);
  if (wrong) found.push(`the default ${JSON.stringify(rest.default)} is refused: ${wrong}`);
  if (/\bDefault:/.test(description)) found.push('has a default, and its description names one as well');
  return found.map((each) => `${path} ${each}`);
}

const COMMON = 'qmon:/kinds/common.schema.json';
const folder = (kind: string) => kind.replace(/([a-z])([A-Z])/g, '$1-$2').toLowerCase();
const idOf = (kind: string) => `qmon:/kinds/${folder(kind)}/${folder(kind)}.schema.json`;

const validate = validator([[COMMON, common], ...kinds.map(({ name, schema }) => [idOf(name), schema] as const)]);

describe('every property says what it is, since when, by example, and a default that is one', () => {
  it.each(kinds.map(({ name, schema }) => [name, schema as Schema] as const))('%s', (name, schema) => {
    const properties = propertiesBelow(schema, name, `${idOf(name)}#`);
    expect(properties.length).toBeGreaterThan(4);
    expect(properties.flatMap((each) => faults(each, validate))).toEqual([]);
  });

  it.each(Object.entries(shared))('the shared definition %s', (name, schema) => {
    const properties = propertiesBelow(schema, name, `${COMMON}#/definitions/${name}`);
    expect(properties.flatMap((each) => faults(each, validate))).toEqual([]);
  });

  it.each([
    [{ type: 'string', examples: ['a'], 'x-since': '0.1' }, ['has no description']],
    [{ type: 'string', description: 'A.', examples: ['a'] }, ['x-since is undefined, not one of 0.1, 0.2']],
    [{ type: 'boolean', description: 'A.', 'x-since': '0.2' }, ['has no examples']],
    [{ type: 'array', items: { type: 'string' }, description: 'A.', 'x-since': '0.2' }, ['has no examples']],
    [{ type: 'array', items: { type: 'object' }, description: 'A.', 'x-since': '0.2' }, []],
    [
      { type: 'string', format: 'duration', description: 'A.', examples: ['5'], 'x-since': '0.2' },
      ['the example "5" is refused: data must match format "duration"'],
    ],
    [
      { type: 'number', description: 'A. Default: 1.', default: '1', examples: [1], 'x-since': '0.2' },
      ['the default "1" is refused: data must be number', 'has a default, and its description names one as well'],
    ],
  ] as [Schema, string[]][])('and this is noticed: %j', (property, expected) => {
    const own = validator([['test:/schema', { properties: { p: property } }]]);
    const found = propertiesBelow({ properties: { p: property } }, 'T', 'test:/schema#').flatMap((each) =>
      faults(each, own),
    );
    expect(found).toEqual(expected.map((each) => `T.p ${each}`));
  });
});
