// The pages of diagnostics, from their declarations and from the cases that show them.
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

const HEAD = /^(?:\S.*:\d+:\d+ )?(?:error|warning|info)\s+([a-z0-9-]+\/[a-z0-9-]+)(?: {2}in .+)?$/;

/** Findings as they are printed: the text of each, by its code. */
export function splitFindings(text) {
  const blocks = [];
  for (const line of text.split('\n')) {
    const code = HEAD.exec(line)?.[1];
    if (code !== undefined) blocks.push({ code, lines: [] });
    blocks.at(-1)?.lines.push(line);
  }
  return blocks.map(({ code, lines }) => ({ code, text: lines.join('\n').trimEnd() }));
}

/** Code → how it looks, from the first case that shows it. */
export async function readExamples(cases) {
  const paths = (await readdir(cases, { recursive: true })).map((path) => path.replaceAll('\\', '/'));
  const examples = new Map();
  for (const path of paths.filter((each) => each.endsWith('/expected/diagnostics.txt')).sort()) {
    for (const { code, text } of splitFindings(await readFile(join(cases, path), 'utf8'))) {
      if (!examples.has(code)) examples.set(code, text);
    }
  }
  return examples;
}

/** Titles begin as sentences do; the names of programs are never written large. */
function sentence(text) {
  if (/^(promtool|amtool|qmon)\b/.test(text)) return text;
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}

/** The page of a diagnostic; `effects` says what follows from each severity. */
export function diagnosticPage({ code, severity, title, explain }, example, effects) {
  const shown = example === undefined ? '' : `\n## How it looks\n\n\`\`\`text\n${example}\n\`\`\`\n`;
  return `# ${code}

**${sentence(title)}.** ${effects[severity]}

${explain.trim()}
${shown}`;
}

/** The index of all diagnostics, area by area. */
export function diagnosticIndex(codes) {
  const areas = new Map();
  for (const each of codes) {
    const area = each.code.split('/')[0];
    areas.set(area, [...(areas.get(area) ?? []), each]);
  }
  const tables = [...areas].map(([area, all]) => {
    const rows = all.map(
      ({ code, severity, title }) => `| [${code}](${code}.md) | ${severity} | ${sentence(title)} |\n`,
    );
    return `## ${area}\n\n| code | severity | |\n|---|---|---|\n${rows.join('')}`;
  });
  return `# Diagnostics

Everything that qmon may find, by code. Generated from their declarations: \`npm run docs\`.

${tables.join('\n')}`;
}
