// Compiles templates/<area>/*.hbs into src/generated/templates/<area>.js (not committed): the runtime alone is bundled.
// usage: node scripts/precompile-templates.mjs
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import Handlebars from 'handlebars';

const root = new URL('..', import.meta.url);
const at = (path) => fileURLToPath(new URL(path, root));

/** The areas whose templates qmon renders itself; others (message templates) are shipped as they are. */
const AREAS = ['runbook'];

/** The helpers of src/output/template.ts: every other name that a template uses must be data. */
const KNOWN_HELPERS = ['prose', 'code', 'fence', 'link', 'table', 'item'];

async function precompiled(area, file) {
  const text = await readFile(at(`templates/${area}/${file}`), 'utf8');
  const knownHelpers = Object.fromEntries(KNOWN_HELPERS.map((name) => [name, true]));
  const code = Handlebars.precompile(text, { strict: true, knownHelpers });
  return `  ${JSON.stringify(`${area}/${file.replace(/\.hbs$/, '')}`)}: ${code},`;
}

/** Writes the compiled templates of every area. */
export async function precompileTemplates() {
  await mkdir(at('src/generated/templates'), { recursive: true });
  for (const area of AREAS) {
    const files = (await readdir(at(`templates/${area}`))).filter((file) => file.endsWith('.hbs')).sort();
    const entries = await Promise.all(files.map((file) => precompiled(area, file)));
    const text = `// Generated from templates/${area} by scripts/precompile-templates.mjs: do not edit.\nexport const templates = {\n${entries.join('\n')}\n};\n`;
    await writeFile(at(`src/generated/templates/${area}.js`), text);
    await writeFile(
      at(`src/generated/templates/${area}.d.ts`),
      'export const templates: Readonly<Record<string, object>>;\n',
    );
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await precompileTemplates();
