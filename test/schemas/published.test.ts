import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Ajv from 'ajv';
import { describe, expect, it } from 'vitest';
import common from '../../src/kinds/common.schema.json' with { type: 'json' };
import { jsonSchema, schemaNames } from '../../src/kinds/json-schema.ts';
import { kinds } from '../../src/kinds/registry.ts';
import { parseYaml } from '../../src/source/yaml.ts';
import { caseFolders, specFiles } from '../case-folder.ts';
import { COMMON, idOf, type Property, propertiesBelow, type Schema } from './schemas.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

interface Document {
  readonly kind?: unknown;
  readonly spec?: unknown;
}

function documentsIn(folder: string): Document[] {
  return specFiles(join(root, folder), folder).flatMap((file) =>
    parseYaml(file)[0].map(({ value }) => value as Document),
  );
}

function isShared({ spec }: Document): boolean {
  return (spec as { params?: unknown } | null | undefined)?.params !== undefined;
}

/** Every document that a test or an example has, right and wrong ones. */
const all: readonly Document[] = [
  ...documentsIn('specs'),
  ...documentsIn('docs'),
  ...caseFolders(join(root, 'test/cases')).flatMap(({ name }) => documentsIn(`test/cases/${name}/specs`)),
];

/** What declares parameters is held against the schema only when they are filled in. */
const documents = all.filter((document) => !isShared(document ?? {}));

const strict = { strict: true, strictRequired: false, strictTypes: false } as const;
const takes = new Ajv(strict).compile(jsonSchema());

const branches = schemaNames.map((name) => {
  const { oneOf: _, ...schema } = jsonSchema();
  return [name, new Ajv(strict).compile({ ...schema, $ref: `#/definitions/${name}` })] as const;
});

/** The schemas as they are written, but for the formats, of which editors know none. */
const written = new Ajv({ strict: false, validateFormats: false, schemas: { [COMMON]: common } });
for (const { name, schema, ...kind } of kinds) {
  const lenient = structuredClone(schema) as { properties: { spec: { required?: string[] } } };
  const { spec } = lenient.properties;
  if ('isShared' in kind) spec.required = (spec.required ?? []).filter((property) => property !== 'service');
  written.addSchema({ ...lenient, $id: idOf(name) });
}

describe('the schema that is published', () => {
  it('takes what the compiler takes, formats aside, and in one branch only', () => {
    const verdicts = documents.map((document) => {
      const kind = kinds.find(({ name }) => name === document?.kind);
      return { document, expected: kind !== undefined && written.validate(idOf(kind.name), document) };
    });
    expect(verdicts.filter(({ expected }) => expected).length).toBeGreaterThan(300);
    expect(verdicts.filter(({ expected }) => !expected).length).toBeGreaterThan(10);
    expect(verdicts.filter(({ document, expected }) => takes(document) !== expected)).toEqual([]);
    for (const { document, expected } of verdicts) {
      const taking = branches.filter(([, branch]) => branch(document)).map(([name]) => name);
      expect(taking, JSON.stringify(document)).toEqual(expected ? [document.kind] : []);
    }
  });

  it('takes what services take over before anything is filled in', () => {
    const shared = documentsIn('test/cases/accepted/parameters/specs').filter(isShared);
    expect(shared.length).toBeGreaterThan(3);
    for (const document of shared) expect(takes(document), JSON.stringify(document)).toBe(true);
  });

  it('takes a parameter for a number and a word of a list, only where there may be parameters', () => {
    const dashboard = (panel: object) => ({
      kind: 'Dashboard',
      metadata: { name: 'a' },
      spec: { title: 'A', params: { x: { type: 'number' } }, rows: [{ panels: [{ query: 'up', ...panel }] }] },
    });
    const bounded = (above: unknown) => dashboard({ thresholds: [{ above, color: 'red' }] });
    const right = [bounded('$x'), bounded(['$', '{x}'].join('')), bounded(1), dashboard({ type: '$x' })];
    const wrong = [bounded('x'), bounded('$x$x'), dashboard({ type: 'x' }), dashboard({ kpi: 5 })];
    expect(right.map((each) => takes(each))).toEqual([true, true, true, true]);
    expect(wrong.map((each) => takes(each))).toEqual([false, false, false, false]);
    expect(takes({ kind: 'Service', metadata: { name: 'a' }, spec: { tier: '$x' } })).toBe(false);
  });

  it('is whole in itself for each kind', () => {
    for (const name of schemaNames) {
      const own = new Ajv(strict).compile(jsonSchema(name));
      for (const document of documents) expect(own(document)).toBe(takes(document) && document.kind === name);
    }
  });

  it('describes each property in its own words, with default and example, and says nothing that editors do not know', () => {
    const { definitions } = jsonSchema() as unknown as { definitions: Readonly<Record<string, Schema>> };
    const words = ({ path, schema }: Property) => [path, schema.description, schema.default, schema.examples] as const;
    for (const { name, schema } of kinds) {
      const own = propertiesBelow(schema as Schema, name, '').filter((each) => each.schema.description !== undefined);
      const published = new Map(propertiesBelow(definitions[name]!, name, '').map((each) => [each.path, words(each)]));
      expect(own.map(words)).toEqual(own.map(({ path }) => published.get(path)));
    }
    expect(JSON.stringify(jsonSchema())).not.toMatch(/"x-since":|"format":"|\.schema\.json/);
  });
});
