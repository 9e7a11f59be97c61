// Holds the module map of ARCHITECTURE.md against the tree of src.
// usage: node scripts/module-map.mjs      adds lines for new files (with the first sentence of their comment), drops those of files that are gone
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

const at = (path) => fileURLToPath(new URL(`../${path}`, import.meta.url));

const HEADING = '## Module map';
const LINE = /^( *)- `(src\/[^`]+)` — (.+)$/;

/** Made by the build and not committed: the map names the folders only. */
const BUILT = ['src/generated/templates/', 'src/generated/validators/'];

/** Every folder (with `/` at its end) and file of src, each folder followed by what is in it. */
export async function sourcePaths(root = at('src')) {
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  const paths = entries.map((entry) => {
    const folder = `${entry.parentPath}/`.replaceAll('\\', '/').slice(root.length + 1);
    return `src/${folder}${entry.name}${entry.isDirectory() ? '/' : ''}`;
  });
  return [...new Set([...paths, ...BUILT])]
    .filter((path) => !BUILT.some((folder) => path.startsWith(folder) && path !== folder))
    .sort();
}

/** The map as it stands in a text of ARCHITECTURE.md: path → what it is for. */
export function readMap(text) {
  const part = text.slice(text.indexOf(HEADING));
  return new Map(
    part.split('\n').flatMap((line) => {
      const [, , path, purpose] = LINE.exec(line) ?? [];
      return path === undefined ? [] : [[path, purpose]];
    }),
  );
}

function depth(path) {
  return path.replace(/\/$/, '').split('/').length - 2;
}

/** The lines of a map. */
export function writeMap(map) {
  return [...map].map(([path, purpose]) => `${'  '.repeat(depth(path))}- \`${path}\` — ${purpose}\n`).join('');
}

/** The first sentence of the comment of a file's first export. */
async function firstSentence(path) {
  if (path.endsWith('/')) return 'what is it for?';
  const text = await readFile(at(path), 'utf8');
  const comment = /\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\s*export/.exec(text)?.[1] ?? '';
  const words = comment.replace(/\s*\n\s*\*\s?/g, ' ').trim();
  const sentence = /^.*?[.:](?=\s|$)/.exec(words)?.[0] ?? words;
  return (
    sentence.replace(/[.:]$/, '').replace(/^[A-Z](?=[a-z ])/, (letter) => letter.toLowerCase()) || 'what is it for?'
  );
}

async function update() {
  const text = await readFile(at('ARCHITECTURE.md'), 'utf8');
  const before = readMap(text);
  const after = new Map();
  for (const path of await sourcePaths()) after.set(path, before.get(path) ?? (await firstSentence(path)));
  const start = text.search(/^ *- `src\//m);
  const head = start === -1 ? text : text.slice(0, start);
  await writeFile(at('ARCHITECTURE.md'), `${head.trimEnd()}\n\n${writeMap(after)}`);
  for (const path of after.keys()) if (!before.has(path)) console.log(`+ ${path} — ${after.get(path)}`);
  for (const path of before.keys()) if (!after.has(path)) console.log(`- ${path}`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await update();
