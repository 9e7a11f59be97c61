import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { kinds } from '../../src/kinds/registry.ts';
import { compile } from '../../src/pipeline/compile.ts';
import type { SourceFile } from '../../src/source/span.ts';
import { parseYaml } from '../../src/source/yaml.ts';
import { caseFolders, specFiles } from '../case-folder.ts';
import { idOf, propertiesBelow, type Schema, validatorOf, written } from './schemas.ts';

const cases = caseFolders(fileURLToPath(new URL('../cases', import.meta.url))).filter(
  ({ folder }) => !existsSync(join(folder, 'expected/diagnostics.txt')),
);

/** Defaults that hold only beside another property, with a document that shows it. */
const ONLY_FOR_CHARTS = 'Dashboard.spec.rows[].panels[].type';

const ajv = validatorOf(written, { useDefaults: true });

type Part = Record<string, unknown>;

interface Document {
  readonly kind: string;
  readonly spec?: {
    readonly rows?: readonly { readonly panels: readonly Part[] }[];
    readonly groups?: readonly { readonly rules: readonly Part[] }[];
  };
}

/** Defaults of properties that only some of their neighbours have: charts among panels, alerts among rules. */
function withoutForeign({ spec }: Document): void {
  for (const panel of spec?.rows?.flatMap(({ panels }) => panels) ?? []) {
    if (panel.query === undefined && panel.queries === undefined) delete panel.type;
  }
  for (const rule of spec?.groups?.flatMap(({ rules }) => rules) ?? []) {
    if (rule.record === undefined) continue;
    delete rule.for;
    delete rule.keep_firing_for;
  }
}

/** A document with every default written out of which it has the object around. */
function filledIn(document: Document): Document {
  const filled = structuredClone(document);
  ajv.getSchema(idOf(document.kind))!(filled);
  withoutForeign(filled);
  return filled;
}

/** The same documents in the same form, so that only what they say can differ; files of others stay as they are. */
function rewritten(file: SourceFile, change: (document: Document) => Document): SourceFile {
  const values = parseYaml(file)[0].map(({ value }) => value as Document);
  if (!values.every(({ kind }) => kinds.some(({ name }) => name === kind))) return file;
  const documents = values.map((value) => JSON.stringify(change(value)));
  return { path: file.path, text: documents.join('\n---\n') };
}

/** What says where something was written, and not what it means. */
const PLACES: ReadonlySet<string> = new Set(['document', 'origin', 'pieces', 'part']);

function plain(key: string, value: unknown): unknown {
  if (PLACES.has(key)) return undefined;
  return typeof value === 'bigint' ? String(value) : value;
}

/** What specs mean, and what comes out of them. */
function meaning(files: readonly SourceFile[]): Map<string, string> {
  const texts = compile(files)[0].flatMap(({ project, model, artifacts = [] }) => [
    [`${project}: the model`, JSON.stringify(model, plain, 1)] as const,
    ...artifacts.map(({ path, text }) => [`${project}/${path}`, text] as const),
  ]);
  return new Map(texts);
}

describe('a default that is written out changes nothing', () => {
  it.each(cases)('$name', ({ folder }) => {
    const files = specFiles(join(folder, 'specs'), 'specs');
    const before = meaning(files.map((file) => rewritten(file, (document) => document)));
    const after = meaning(files.map((file) => rewritten(file, filledIn)));
    expect(before.size).toBeGreaterThan(1);
    expect([...after.keys()]).toEqual([...before.keys()]);
    for (const [path, text] of before) expect(after.get(path), path).toBe(text);
  });
});

/** The paths of the properties that a document leaves to their defaults. */
function leftOut(schema: Schema, value: unknown, path: string): string[] {
  if (Array.isArray(value)) return value.flatMap((each) => leftOut(schema.items ?? {}, each, `${path}[]`));
  if (typeof value !== 'object' || value === null) return [];
  const { properties = {}, additionalProperties: values } = schema;
  const own = Object.entries(properties).flatMap(([name, each]) =>
    Object.hasOwn(value, name)
      ? leftOut(each, (value as Record<string, unknown>)[name], `${path}.${name}`)
      : [`${path}.${name}`],
  );
  if (typeof values !== 'object') return own;
  return [...own, ...Object.values(value).flatMap((each) => leftOut(values, each, `${path}.*`))];
}

it('and every default is tried', () => {
  const tried = new Set(
    cases.flatMap(({ folder }) =>
      specFiles(join(folder, 'specs'), 'specs').flatMap((file) =>
        parseYaml(file)[0].flatMap(({ value }) => {
          const kind = kinds.find(({ name }) => name === (value as Document).kind);
          return kind ? leftOut(kind.schema as Schema, value, kind.name) : [];
        }),
      ),
    ),
  );
  const defaults = kinds.flatMap(({ name, schema }) =>
    propertiesBelow(schema as Schema, name, '').filter((each) => Object.hasOwn(each.schema, 'default')),
  );
  expect(defaults.map(({ path }) => path)).toContain(ONLY_FOR_CHARTS);
  expect(defaults.map(({ path }) => path).filter((path) => !tried.has(path))).toEqual([]);
});
