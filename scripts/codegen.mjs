// Makes src/generated from the schemas: types (committed; a test holds them against the schemas) and validators (not committed).
// usage: node scripts/codegen.mjs [--check]      --check: change nothing, fail when the committed types are stale
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import Ajv, { _ } from 'ajv';
import standalone from 'ajv/dist/standalone/index.js';
import { compile } from 'json-schema-to-typescript';

const root = new URL('..', import.meta.url);
const at = (path) => fileURLToPath(new URL(path, root));
const readJson = async (path) => JSON.parse(await readFile(at(path), 'utf8'));

/** Every kind's schema by the name of its folder. */
export async function readSchemas() {
  const folders = (await readdir(at('src/kinds'), { withFileTypes: true })).filter((entry) => entry.isDirectory());
  const names = folders.map((entry) => entry.name).sort();
  return Promise.all(names.map(async (name) => [name, await readJson(`src/kinds/${name}/${name}.schema.json`)]));
}

async function typesOf([name, schema]) {
  const body = await compile({ ...schema, title: `${schema.title}Document` }, `${schema.title}Document`, {
    cwd: at(`src/kinds/${name}/`),
    bannerComment: '',
    additionalProperties: false,
    ignoreMinAndMaxItems: true,
    style: { singleQuote: true, printWidth: 120 },
  });
  return [
    `src/generated/${name}.ts`,
    `// Generated from src/kinds/${name}/${name}.schema.json by scripts/codegen.mjs: do not edit.\n\n${body}`,
  ];
}

async function writeTypes(schemas, check) {
  const files = await Promise.all(schemas.map(typesOf));
  const stale = [];
  for (const [path, text] of files) {
    const present = await readFile(at(path), 'utf8').catch(() => '');
    if (present === text) continue;
    stale.push(path);
    if (!check) await writeFile(at(path), text);
  }
  if (check && stale.length > 0) {
    console.error(`stale: ${stale.join(', ')}\nrun: npm run codegen`);
    process.exitCode = 1;
  }
}

async function writeValidators(schemas) {
  const common = await readJson('src/kinds/common.schema.json');
  const ajv = new Ajv({
    allErrors: true,
    verbose: true,
    strict: true,
    strictTypes: false,
    strictRequired: false,
    code: { source: true, esm: true, lines: true, formats: _`validatorFormats` },
  });
  ajv.addKeyword('x-since');
  const { formats } = await loadFormats();
  for (const name of Object.keys(formats)) ajv.addFormat(name, (text) => formats[name].matches(text));
  ajv.addSchema({ ...common, $id: 'qmon:/kinds/common.schema.json' });
  const exported = {};
  for (const [name, schema] of schemas) {
    ajv.addSchema({ ...schema, $id: `qmon:/kinds/${name}/${name}.schema.json` });
    exported[schema.title] = `qmon:/kinds/${name}/${name}.schema.json`;
  }
  const code = standalone.default(ajv, exported);
  const source = bridge(code);
  await mkdir(at('src/generated/validators'), { recursive: true });
  await writeFile(at('src/generated/validators/validators.js'), source);
  const names = schemas.map(([, schema]) => `export const ${schema.title}: Validator;`).join('\n');
  await writeFile(
    at('src/generated/validators/validators.d.ts'),
    `import type { ErrorObject } from 'ajv';\ninterface Validator { (value: unknown): boolean; errors?: ErrorObject[] | null }\n${names}\n`,
  );
}

/** Ajv's standalone code asks for its run-time parts with `require`, also in modules: make those imports. */
function bridge(code) {
  const imports = [
    "import { formats as textFormats } from '../../kinds/formats.ts';",
    'const validatorFormats = Object.fromEntries(Object.entries(textFormats).map(([name, format]) => [name, format.matches]));',
  ];
  let count = 0;
  const body = code.replace(/require\("([^"]+)"\)\.default/g, (_match, module) => {
    const local = `runtime${count++}`;
    imports.push(
      `import ${local}Module from '${module}.js';`,
      `const ${local} = ${local}Module.default ?? ${local}Module;`,
    );
    return local;
  });
  return `// Generated from the schemas by scripts/codegen.mjs: do not edit.\n${imports.join('\n')}\n${body.replace(/^"use strict";/, '')}`;
}

async function loadFormats() {
  const { build } = await import('esbuild');
  const result = await build({
    entryPoints: [at('src/kinds/formats.ts')],
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'node',
  });
  return import(`data:text/javascript;base64,${Buffer.from(result.outputFiles[0].text).toString('base64')}`);
}

/** Writes validators, and types unless `check` says only to compare them. */
export async function codegen({ types = true, check = false } = {}) {
  const schemas = await readSchemas();
  if (types) await writeTypes(schemas, check);
  await writeValidators(schemas);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await codegen({ check: process.argv.includes('--check') });
