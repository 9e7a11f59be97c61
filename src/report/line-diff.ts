/** A line of a text that was kept, added or removed; or a gap where lines that were kept are not shown. */
export interface DiffLine {
  readonly sign: '+' | '-' | ' ' | '…';
  readonly text: string;
}

/** Lines kept around a change, so that a reader knows where he is. */
const CONTEXT = 1;

/** Above this product of line counts the texts are shown one after the other: nobody reads such a diff on a terminal. */
const LARGEST_TABLE = 1_000_000;

/**
 * What changed between two texts, line by line.
 * Source: longest common subsequence, https://en.wikipedia.org/wiki/Longest_common_subsequence (Traceback approach)
 */
export function lineDiff(before: string, after: string): readonly DiffLine[] {
  const [old, now] = [before.split('\n'), after.split('\n')];
  return withoutDistantContext(old.length * now.length > LARGEST_TABLE ? replaced(old, now) : aligned(old, now));
}

function replaced(old: readonly string[], now: readonly string[]): readonly DiffLine[] {
  return [...old.map((text) => ({ sign: '-', text }) as const), ...now.map((text) => ({ sign: '+', text }) as const)];
}

function aligned(old: readonly string[], now: readonly string[]): readonly DiffLine[] {
  const common = commonLengths(old, now);
  const lines: DiffLine[] = [];
  let [i, j] = [0, 0];
  while (i < old.length || j < now.length) {
    if (i < old.length && j < now.length && old[i] === now[j]) {
      lines.push({ sign: ' ', text: old[i]! });
      i++;
      j++;
    } else if (j === now.length || (i < old.length && common[i + 1]![j]! >= common[i]![j + 1]!)) {
      lines.push({ sign: '-', text: old[i++]! });
    } else {
      lines.push({ sign: '+', text: now[j++]! });
    }
  }
  return lines;
}

/** How many lines two texts have in common from a line of each to their ends. */
function commonLengths(old: readonly string[], now: readonly string[]): number[][] {
  const table = Array.from({ length: old.length + 1 }, () => new Array<number>(now.length + 1).fill(0));
  for (let i = old.length - 1; i >= 0; i--) {
    for (let j = now.length - 1; j >= 0; j--) {
      table[i]![j] = old[i] === now[j] ? table[i + 1]![j + 1]! + 1 : Math.max(table[i + 1]![j]!, table[i]![j + 1]!);
    }
  }
  return table;
}

function withoutDistantContext(lines: readonly DiffLine[]): readonly DiffLine[] {
  const isNear = (at: number) =>
    lines.slice(Math.max(0, at - CONTEXT), at + CONTEXT + 1).some(({ sign }) => sign !== ' ');
  const shown: DiffLine[] = [];
  lines.forEach((line, at) => {
    if (isNear(at)) shown.push(line);
    else if (shown.at(-1)?.sign !== '…') shown.push({ sign: '…', text: '' });
  });
  return shown;
}
