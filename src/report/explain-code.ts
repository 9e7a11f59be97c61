import type { AnyCode } from '../source/code.ts';
import { brush } from './paint.ts';

/** What follows from a finding of each severity. */
export const EFFECTS = {
  error: 'An error: nothing is written while it is there.',
  warning: 'A warning: output is written. `qmon validate --fail-on warning` makes it count.',
  info: 'For your information. `qmon validate` shows it, `qmon generate` only with `--verbose`.',
} as const;

/** Columns of running text, as wide as people like to read. */
const WIDTH = 80;

/** The page of a diagnostic code for a terminal: what it means, what follows, why it matters and how to mend it. */
export function renderCode({ code, severity, title, explain }: AnyCode, { color }: { color: boolean }): string {
  const chalk = brush(color);
  const paint = { error: chalk.red.bold, warning: chalk.yellow.bold, info: chalk.cyan.bold }[severity];
  const blocks = [
    `${paint(severity)}  ${chalk.bold(code)}\n${title}`,
    filled(EFFECTS[severity]),
    ...paragraphs(explain),
  ];
  return `${blocks.join('\n\n')}\n`;
}

/** The same for programs, as one JSON document with a line break at its end; the explanation is Markdown. */
export function renderCodeJson({ code, severity, title, explain }: AnyCode): string {
  const page = { code, severity, title, explanation: explain.trim() };
  return `${JSON.stringify({ version: 1, code: page, projects: [] }, null, 2)}\n`;
}

/** The paragraphs of Markdown: running text is filled, code keeps its lines without the fences around it. */
function paragraphs(markdown: string): string[] {
  return markdown
    .trim()
    .split(/```\w*\n([\s\S]*?)\n?```/)
    .flatMap((text, index) => {
      if (index % 2 === 1) return [text.replace(/^/gm, '    ')];
      return text
        .split(/\n{2,}/)
        .filter((each) => each.trim() !== '')
        .map((each) => filled(each.trim()));
    });
}

/** Lists and tables keep their lines. */
function filled(paragraph: string): string {
  if (/^\s*(?:[-*|]|\d+\.) /m.test(paragraph)) return paragraph;
  const lines: string[] = [];
  for (const word of paragraph.split(/\s+/)) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= WIDTH) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines.join('\n');
}
