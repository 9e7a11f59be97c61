// Builds everything that is not committed: validators, templates, and the bundle in dist/ with the licences of what is in it.

import { existsSync } from 'node:fs';
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { codegen } from './codegen.mjs';
import { embedTemplates } from './embed-templates.mjs';
import { precompileTemplates } from './precompile-templates.mjs';

const root = new URL('..', import.meta.url);
const at = (path) => fileURLToPath(new URL(path, root));

const { version } = JSON.parse(await readFile(at('package.json'), 'utf8'));

/** What the bundled CommonJS packages need to ask for Node's own modules. */
const banner =
  "import { createRequire as createRequireOfBundle } from 'node:module'; const require = createRequireOfBundle(import.meta.url);";

async function bundle() {
  await rm(at('dist'), { recursive: true, force: true });
  return build({
    absWorkingDir: at('.'),
    entryPoints: ['src/cli/main.ts'],
    outdir: 'dist',
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20.19',
    minifySyntax: true,
    minifyWhitespace: true,
    legalComments: 'none',
    metafile: true,
    logLevel: 'warning',
    banner: { js: banner },
    define: { QMON_VERSION: JSON.stringify(version) },
  });
}

/** The packages whose code is in the bundle, by the paths that esbuild read. */
function bundledPackages(metafile) {
  const names = Object.keys(metafile.inputs)
    .map((path) => /node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1])
    .filter((name) => name !== undefined);
  return [...new Set(names)].sort();
}

async function licenceOf(name) {
  const folder = at(`node_modules/${name}/`);
  const { version: packageVersion, license } = JSON.parse(await readFile(`${folder}package.json`, 'utf8'));
  const file = (await readdir(folder)).find((each) => /^licen[cs]e/i.test(each));
  const text = file === undefined ? `Licence: ${license}` : await readFile(folder + file, 'utf8');
  return `${name} ${packageVersion} (${license})\n\n${text.trim()}\n`;
}

async function writeNotices(metafile) {
  const licences = await Promise.all(bundledPackages(metafile).map(licenceOf));
  const rule = `\n${'-'.repeat(80)}\n\n`;
  await writeFile(
    at('dist/THIRD-PARTY-NOTICES'),
    `qmon contains the following packages.\n${rule}${licences.join(rule)}`,
  );
}

await codegen({ types: false });
if (existsSync(at('templates/notify'))) await embedTemplates();
if (existsSync(at('templates/runbook'))) await precompileTemplates();
const { metafile } = await bundle();
await writeNotices(metafile);
