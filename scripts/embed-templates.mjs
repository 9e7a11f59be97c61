// Puts the message templates of templates/notify/ into a module, so that they are part of the bundle.
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');

/** Writes src/generated/templates/notify.ts from every templates/notify/*.tmpl, in the order of their names. */
export async function embedTemplates() {
  const source = join(root, 'templates', 'notify');
  const names = (await readdir(source)).filter((name) => name.endsWith('.tmpl')).sort();
  const texts = await Promise.all(names.map((name) => readFile(join(source, name), 'utf8')));
  const text = texts.join('\n').replace(/\r\n/g, '\n');
  const module = `// Generated from templates/notify by scripts/embed-templates.mjs; never edited.\nexport const notifyTemplate =\n  ${JSON.stringify(text)};\n`;
  const target = join(root, 'src', 'generated', 'templates', 'notify.ts');
  await mkdir(dirname(target), { recursive: true });
  const before = await readFile(target, 'utf8').catch(() => undefined);
  if (before !== module) await writeFile(target, module);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await embedTemplates();
