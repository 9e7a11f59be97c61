// Reads the import direction in ARCHITECTURE.md, the one table of rooms, and writes it into biome.json for the linter.
// usage: node scripts/rooms.mjs
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

const at = (path) => fileURLToPath(new URL(`../${path}`, import.meta.url));

/** The ways from a file to another room: folders of src lie at most this deep. */
const UPWARDS = ['..', '../..', '../../..', '../../../..'];

/** The rooms of an ARCHITECTURE.md from left to right; those in one brace share a level. */
export function readLevels(text) {
  const line = /^```direction\n(.+)\n```$/m.exec(text)?.[1];
  if (line === undefined) throw new Error('ARCHITECTURE.md has no block `direction`');
  return line.split(' → ').map((level) => level.replace(/[{}]/g, '').split(', '));
}

/** The packages and the modules of Node with the one file of src that imports each. */
export function readImporters(text) {
  const rows = text.matchAll(/^\| `([^`]+)` \| `(src\/[^`]+\.ts)` \|$/gm);
  return new Map([...rows].map(([, name, file]) => [name, file]));
}

/** Room → the rooms that it must not import: those to its left, and its neighbours in the brace. */
export function forbiddenRooms(levels) {
  const pairs = levels.flatMap((level, index) =>
    level.map((room) => [
      room,
      levels
        .slice(0, index + 1)
        .flat()
        .filter((other) => other !== room),
    ]),
  );
  return new Map(pairs);
}

function override(room, forbidden) {
  const folders = forbidden.length === 1 ? forbidden[0] : `{${forbidden.join(',')}}`;
  const message = `src/${room} must not import this room: it stands further left, or beside it (ARCHITECTURE.md, Import direction)`;
  const options = { patterns: [{ group: [`{${UPWARDS.join(',')}}/${folders}/**`], message }] };
  return {
    includes: [`src/${room}/**`],
    linter: { rules: { style: { noRestrictedImports: { level: 'error', options } } } },
  };
}

/** The overrides of biome.json that make the linter refuse an import against the direction. */
export function overridesFor(levels) {
  const rooms = [...forbiddenRooms(levels)].filter(([, forbidden]) => forbidden.length > 0);
  return rooms.map(([room, forbidden]) => override(room, forbidden));
}

/** The text of a biome.json with these overrides, all else as it was. */
function withOverrides(text, overrides) {
  const head = text.replace(/(,\s*"overrides":[\s\S]*|\s*\}\s*)$/, '');
  const lines = overrides.map((each) => JSON.stringify(each)).join(',\n');
  return `${head}, "overrides": [\n${lines}\n] }\n`;
}

async function update() {
  const levels = readLevels(await readFile(at('ARCHITECTURE.md'), 'utf8'));
  await writeFile(at('biome.json'), withOverrides(await readFile(at('biome.json'), 'utf8'), overridesFor(levels)));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await update();
