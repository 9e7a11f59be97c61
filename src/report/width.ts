/** What a terminal shows in one go, with the columns that it takes and the code units that it comes from. */
export interface Cell {
  readonly text: string;
  readonly width: number;
  readonly start: number;
  readonly end: number;
}

const TAB_STOP = 4;

/**
 * Splits one line into what a terminal shows: tabs as spaces, combined characters together, control characters (with which a
 * file could command the terminal, or show its text in another order) as `�`.
 */
export function cellsOf(line: string): Cell[] {
  const cells: Cell[] = [];
  let column = 0;
  for (const { segment, index } of segmentsOf(line)) {
    const shown = segment === '\t' ? ' '.repeat(TAB_STOP - (column % TAB_STOP)) : visible(segment);
    const width = segment === '\t' ? shown.length : widthOf(shown);
    cells.push({ text: shown, width, start: index, end: index + segment.length });
    column += width;
  }
  return cells;
}

const ASCII = /^[\t\x20-\x7e]*$/;

function segmentsOf(line: string): Iterable<{ segment: string; index: number }> {
  if (ASCII.test(line)) return Array.from(line, (segment, index) => ({ segment, index }));
  return new Intl.Segmenter('en', { granularity: 'grapheme' }).segment(line);
}

/** C0 and C1 controls, and the characters that turn the direction of a text. */
const COMMANDS = /[\p{Cc}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;
const BYTE_ORDER_MARKS = /\ufeff/g;

/** A text without characters that command a terminal; line breaks and tabs are commands too. */
export function visible(text: string): string {
  return text.replace(BYTE_ORDER_MARKS, '').replace(COMMANDS, '�');
}

const ZERO = /^[\p{Mn}\p{Me}\p{Cf}]*$/u;
const EMOJI = /^(?:\p{Emoji_Presentation}|\p{RI}\p{RI}|.\ufe0f)/u;
/** Source: the classes W and F of Unicode Standard Annex #11, https://www.unicode.org/reports/tr11/, as ranges of blocks */
const WIDE =
  /^[\u1100-\u115f\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{17000}-\u{18aff}\u{1b000}-\u{1b2ff}\u{20000}-\u{3fffd}]/u;

function widthOf(segment: string): number {
  if (ZERO.test(segment)) return 0;
  return EMOJI.test(segment) || WIDE.test(segment) ? 2 : 1;
}

/** The columns that cells take together. */
export function totalWidth(cells: readonly Cell[]): number {
  return cells.reduce((sum, { width }) => sum + width, 0);
}
