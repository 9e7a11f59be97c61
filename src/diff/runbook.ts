import type { Part } from '../formats/part.ts';

const HEADING = /^## +(.*)$/;
const FENCE = /^\s*(`{3,})/;

/** A Markdown page as one part: a field for each section. */
export function runbookParts(path: string, text: string): readonly Part[] | undefined {
  if (!path.endsWith('.md')) return undefined;
  const identity = path.slice(path.indexOf('/') + 1).replace(/\.md$/, '');
  return [{ kind: 'runbook', identity, fields: sections(text), pointer: '' }];
}

/** The text under each second-level heading; what stands before the first one is the introduction. */
function sections(text: string): Readonly<Record<string, string>> {
  const found = new Map<string, string[]>();
  let lines: string[] = [];
  found.set('introduction', lines);
  let fence: string | undefined;
  for (const line of text.split('\n')) {
    const ticks = FENCE.exec(line)?.[1];
    if (ticks !== undefined && (fence === undefined || ticks.length >= fence.length))
      fence = fence === undefined ? ticks : undefined;
    const heading = fence === undefined ? HEADING.exec(line)?.[1] : undefined;
    if (heading === undefined) {
      lines.push(line);
    } else {
      lines = found.get(heading) ?? [];
      found.set(heading, lines);
    }
  }
  return Object.fromEntries([...found].map(([heading, content]) => [heading, content.join('\n').trim()]));
}
