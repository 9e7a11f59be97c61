import { describe, expect, it } from 'vitest';
import { kinds } from '../../src/kinds/registry.ts';
import { parseExpression } from '../../src/promql/parser.ts';
import {
  COMMON,
  idOf,
  type Property,
  propertiesBelow,
  type Schema,
  shared,
  target,
  validatorOf,
  written,
} from './schemas.ts';

/** The versions in which the language grew. */
const VERSIONS = ['0.1', '0.2'];

/** A schema that is a reference and nothing else says nothing by itself; any other has its own words. */
function spoken(schema: Schema): Schema {
  return Object.keys(schema).join() === '$ref' ? target(schema.$ref!) : schema;
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

function validator(schemas: Parameters<typeof validatorOf>[0]): Validate {
  const ajv = validatorOf(schemas, { strict: true });
  return (pointer, value) => {
    const validate = ajv.getSchema(pointer)!;
    return validate(value) ? undefined : ajv.errorsText(validate.errors);
  };
}

/** What only Grafana reads, in the place of PromQL. */
function isGrafanaQuery(text: string): boolean {
  return /^label_values\(/.test(text);
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
  for (const text of typed(schema).format === 'promql' ? examples : []) {
    if (isGrafanaQuery(String(text))) continue;
    const wrong = parseExpression(String(text), { holes: 'grafana' }).faults.map(({ kind }) => kind);
    if (wrong.length > 0) found.push(`the example ${JSON.stringify(text)} is no PromQL: ${wrong.join()}`);
  }
  if (!Object.hasOwn(rest, 'default')) return found.map((each) => `${path} ${each}`);
  const wrong = validate(pointer, rest.default);
  if (wrong) found.push(`the default ${JSON.stringify(rest.default)} is refused: ${wrong}`);
  if (/\bDefault:/.test(description)) found.push('has a default, and its description names one as well');
  return found.map((each) => `${path} ${each}`);
}

const validate = validator(written);

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
      { type: 'string', format: 'promql', description: 'A.', examples: ['sum(a'], 'x-since': '0.2' },
      ['the example "sum(a" is no PromQL: syntax'],
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
