import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { kinds } from '../src/kinds/registry.ts';
import { catalogue } from '../src/pipeline/catalogue.ts';
import { compile } from '../src/pipeline/compile.ts';
import type { AnyCode } from '../src/source/code.ts';
import { parseYaml } from '../src/source/yaml.ts';
import { targets } from '../src/targets/registry.ts';
import { codes as verifyCodes } from '../src/verify/locate.ts';
import { caseFolders, filesBelow, specFiles } from './case-folder.ts';

const root = fileURLToPath(new URL('.', import.meta.url));

interface Case {
  readonly name: string;
  /** What is expected to be found; empty where nothing is. */
  readonly findings: string;
  readonly documents: readonly unknown[];
}

const cases: readonly Case[] = caseFolders(join(root, 'cases')).map(({ name, folder }) => {
  const file = join(folder, 'expected', 'diagnostics.txt');
  return {
    name,
    findings: existsSync(file) ? readFileSync(file, 'utf8') : '',
    documents: specFiles(join(folder, 'specs'), name)
      .filter(({ path }) => /\.ya?ml$/.test(path))
      .flatMap((each) => parseYaml(each)[0].map(({ value }) => value)),
  };
});

/** What a workspace may do is accepted, even where there is something to know about it. */
const accepted = cases.filter(({ findings }) => !/^\S+ (?:error|warning) {2}/m.test(findings));
const rejected = cases.filter(({ findings }) => findings !== '');

/** Codes about what a golden case cannot hold (an output folder, a page that is imported, the verdict of a tool, 20 MB), with the test that covers each. */
const COVERED_ELSEWHERE: Readonly<Record<string, string>> = {
  'dashboard/resource-too-large': 'prometheus/resources.test.ts',
  'exposition/cut-off': 'formats/exposition.test.ts',
  'exposition/name-not-held': 'dialects/metrics.test.ts',
  'exposition/no-metrics': 'dialects/metrics.test.ts',
  'exposition/not-metrics': 'formats/exposition.test.ts',
  'exposition/two-types': 'formats/exposition.test.ts',
  'exposition/types-differ': 'dialects/metrics.test.ts',
  'exposition/unreadable-line': 'formats/exposition.test.ts',
  'output/edited-by-hand': 'pipeline/plan.test.ts',
  'output/foreign-file': 'pipeline/plan.test.ts',
  'output/unreadable-manifest': 'pipeline/plan.test.ts',
  'rule/resource-too-large': 'prometheus/resources.test.ts',
  'verify/amtool': 'verify/locate.test.ts',
  'verify/promtool': 'verify/locate.test.ts',
  'verify/promtool-lint': 'verify/locate.test.ts',
  'yaml/too-large': 'source/yaml.test.ts',
};

const codes: readonly AnyCode[] = [...catalogue, ...verifyCodes];

describe('every diagnostic code has a case', () => {
  it.each(codes.map(({ code, severity }) => [code, severity] as const))('%s', (code, severity) => {
    const elsewhere = COVERED_ELSEWHERE[code];
    const shown = rejected.some(({ findings }) => new RegExp(`${severity}  ${code}(?:  in .+)?$`, 'm').test(findings));
    expect(shown, 'shown by a case, or listed as covered elsewhere, and not both').toBe(elsewhere === undefined);
    if (elsewhere !== undefined)
      expect(readFileSync(join(root, elsewhere), 'utf8').includes(code), elsewhere).toBe(true);
  });

  it('and no case shows a code that does not exist', () => {
    const known = new Set(codes.map(({ code }) => code));
    const shown = rejected.flatMap(({ findings }) => [
      ...findings.matchAll(/(?:error|warning|info) {2}(\S+\/\S+)(?: {2}in .+)?$/gm),
    ]);
    expect(shown.length).toBeGreaterThan(codes.length);
    expect([...new Set(shown.map((match) => match[1]!))].filter((code) => !known.has(code))).toEqual([]);
  });
});

interface Schema {
  readonly $ref?: string;
  readonly allOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: boolean | Schema;
  readonly items?: Schema;
  readonly definitions?: Readonly<Record<string, Schema>>;
}

const common = JSON.parse(
  readFileSync(fileURLToPath(new URL('../src/kinds/common.schema.json', import.meta.url)), 'utf8'),
) as Schema;

/** A schema with what it refers to. */
function resolved(schema: Schema): Schema[] {
  const name = schema.$ref && /#\/definitions\/(.+)$/.exec(schema.$ref)?.[1];
  const target = name ? [common.definitions![name]!] : [];
  return [schema, ...[...target, ...(schema.allOf ?? [])].flatMap(resolved)];
}

function isSchema(value: unknown): value is Schema {
  return typeof value === 'object' && value !== null;
}

/** Where the properties of a schema are counted: those of a shared definition once, whichever kinds refer to it. */
function placeOf(schema: Schema, path: string): string {
  const names = [schema, ...(schema.allOf ?? [])].flatMap(
    ({ $ref }) => /#\/definitions\/(.+)$/.exec($ref ?? '')?.[1] ?? [],
  );
  const [name] = names.filter(
    (each) => common.definitions![each]!.properties ?? common.definitions![each]!.additionalProperties,
  );
  return name === undefined ? path : `${name}.`;
}

/** Every property that a schema knows, as `spec.indicator.ratio.good`; `*` stands for a name of the author's. */
function propertiesOf(schema: Schema, above = ''): string[] {
  const path = placeOf(schema, above);
  return resolved(schema).flatMap(({ properties = {}, additionalProperties, items }) => [
    ...Object.entries(properties).flatMap(([name, each]) => [
      `${path}${name}`,
      ...propertiesOf(each, `${path}${name}.`),
    ]),
    ...(isSchema(additionalProperties) ? [`${path}*`, ...propertiesOf(additionalProperties, `${path}*.`)] : []),
    ...(items ? propertiesOf(items, path) : []),
  ]);
}

/** The properties that a document uses, in the same words. */
function usedProperties(schema: Schema, value: unknown, above = ''): string[] {
  const path = placeOf(schema, above);
  if (Array.isArray(value)) {
    return resolved(schema).flatMap(({ items }) =>
      items ? value.flatMap((each) => usedProperties(items, each, path)) : [],
    );
  }
  if (typeof value !== 'object' || value === null) return [];
  return resolved(schema).flatMap(({ properties, additionalProperties }) =>
    Object.entries(value).flatMap(([name, each]) => {
      const own = properties?.[name];
      if (own) return [`${path}${name}`, ...usedProperties(own, each, `${path}${name}.`)];
      if (!isSchema(additionalProperties)) return [];
      return [`${path}*`, ...usedProperties(additionalProperties, each, `${path}*.`)];
    }),
  );
}

function ofKind(kind: string, list: readonly Case[]): unknown[] {
  return list.flatMap(({ documents }) =>
    documents.filter((each) => (each as { kind?: unknown } | null)?.kind === kind),
  );
}

/** What accepted cases use of the definitions that kinds share. */
const sharedUses: readonly string[] = kinds.flatMap(({ name, schema }) =>
  ofKind(name, accepted)
    .flatMap((document) => usedProperties(schema as Schema, document))
    .filter((property) => !/^(apiVersion|kind|metadata|spec)(\.|$)/.test(property)),
);

describe.each(kinds.map(({ name, schema }) => [name, schema as Schema] as const))('%s', (name, schema) => {
  it('has an accepted and a rejected case', () => {
    expect(ofKind(name, accepted)).not.toEqual([]);
    expect(ofKind(name, rejected)).not.toEqual([]);
  });

  it('has every property in an accepted case', () => {
    const own = ofKind(name, accepted).flatMap((document) => usedProperties(schema, document));
    const used = new Set([...own, ...sharedUses]);
    const known = new Set(propertiesOf(schema));
    expect(known.size).toBeGreaterThan(3);
    expect([...known].filter((property) => !used.has(property))).toEqual([]);
  });
});

describe('accepted cases', () => {
  it('each show what comes out for some target', () => {
    const silent = caseFolders(join(root, 'cases/')).filter(
      ({ folder }) => filesBelow(join(folder, 'expected')).length === 0,
    );
    expect(silent.map(({ name }) => name)).toEqual([]);
  });

  it.each(targets.map(({ name }) => name))('show what the target %s writes', (name) => {
    const folder = join(root, 'cases/accepted/minimal');
    const [[compilation]] = compile(specFiles(join(folder, 'specs'), 'specs'));
    const own = compilation!.artifacts!.filter(({ target }) => target === name);
    expect(own).not.toEqual([]);
    for (const { path } of own) expect(existsSync(join(folder, 'expected/out/shop', path)), path).toBe(true);
  });
});
