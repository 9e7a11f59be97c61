// Writes docs/spec, docs/diagnostics and docs/cli.md from the schemas, the declared diagnostics and the commands. Needs `npm run build`.
// usage: node scripts/docs.mjs [--check]      --check: change nothing, fail when a page is stale, missing or left over
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cliPage } from './docs/cli-page.mjs';
import { diagnosticIndex, diagnosticPage, readExamples } from './docs/diagnostic-page.mjs';
import { formatsPage, kindIndex, kindPage, pageName } from './docs/kind-page.mjs';
import { loadProduct } from './docs/load.mjs';

const at = (path) => fileURLToPath(new URL(`../${path}`, import.meta.url));

/** The folders whose pages are all made here. */
const FOLDERS = ['docs/spec', 'docs/diagnostics'];

/** Written by hand: one spec for each kind, a workspace together. */
const EXAMPLES = 'docs/spec/example';

async function kindPages({ kinds, common }) {
  const pages = kinds.map(async (kind) => {
    const name = pageName(kind.name);
    const example = await readFile(at(`${EXAMPLES}/${name}.yaml`), 'utf8');
    return [`docs/spec/${name}.md`, kindPage(kind, example, common)];
  });
  return Promise.all(pages);
}

async function diagnosticPages({ catalogue, toolCodes, EFFECTS }) {
  const codes = [...catalogue, ...toolCodes].sort((a, b) => (a.code < b.code ? -1 : 1));
  const examples = await readExamples(at('test/cases'));
  const pages = codes.map((code) => [
    `docs/diagnostics/${code.code}.md`,
    diagnosticPage(code, examples.get(code.code), EFFECTS),
  ]);
  return [['docs/diagnostics/README.md', diagnosticIndex(codes)], ...pages];
}

/** Every generated page: path → text. */
export async function renderPages() {
  const product = await loadProduct();
  return new Map([
    ['docs/spec/README.md', kindIndex(product.kinds)],
    ['docs/spec/formats.md', formatsPage(product.formats, product.kinds, product.common)],
    ['docs/cli.md', cliPage(product.program({ exitCode: 0 }), product.EXIT, product.targets, product.dialects)],
    ...(await kindPages(product)),
    ...(await diagnosticPages(product)),
  ]);
}

async function presentPages() {
  const found = await Promise.all(
    FOLDERS.map(async (folder) => {
      const names = await readdir(at(folder), { recursive: true }).catch(() => []);
      return names.filter((name) => name.endsWith('.md')).map((name) => `${folder}/${name.replaceAll('\\', '/')}`);
    }),
  );
  return found.flat();
}

async function stalePages(pages) {
  const stale = [];
  for (const [path, text] of pages) {
    if ((await readFile(at(path), 'utf8').catch(() => undefined)) !== text) stale.push(path);
  }
  return stale;
}

async function run(check) {
  const pages = await renderPages();
  const stale = await stalePages(pages);
  const leftOver = (await presentPages()).filter((path) => !pages.has(path));
  if (check && stale.length + leftOver.length > 0) {
    console.error(`stale: ${[...stale, ...leftOver].join(', ')}\nrun: npm run docs`);
    process.exitCode = 1;
  }
  if (check) return;
  for (const path of stale) {
    await mkdir(dirname(at(path)), { recursive: true });
    await writeFile(at(path), pages.get(path));
  }
  for (const path of leftOver) await rm(at(path));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await run(process.argv.includes('--check'));
