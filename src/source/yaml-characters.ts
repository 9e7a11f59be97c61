import { CHOMPING_MODE, SCALAR_STYLE, type Scalar } from './yaml-events.ts';

/** For each UTF-16 code unit of a scalar's text, the stretch of source that it comes from. */
export interface CharacterMap {
  readonly text: string;
  readonly starts: readonly number[];
  readonly ends: readonly number[];
}

interface Drawing {
  readonly source: string;
  text: string;
  readonly starts: number[];
  readonly ends: number[];
}

interface Break {
  readonly start: number;
  readonly end: number;
}

/** Where each character of a scalar is written: through folding, quotes, escapes and the indentation of blocks. */
export function mapCharacters(source: string, scalar: Scalar): CharacterMap {
  const drawing: Drawing = { source, text: '', starts: [], ends: [] };
  if (scalar.valueStart < 0) return drawing;
  if (scalar.style === SCALAR_STYLE.LITERAL_BLOCK || scalar.style === SCALAR_STYLE.FOLDED_BLOCK) {
    mapBlock(drawing, scalar);
  } else {
    mapFlow(drawing, scalar);
  }
  return drawing;
}

function draw(drawing: Drawing, text: string, start: number, end: number): void {
  drawing.text += text;
  for (let index = 0; index < text.length; index++) {
    drawing.starts.push(start);
    drawing.ends.push(end);
  }
}

function truncate(drawing: Drawing, length: number): void {
  drawing.text = drawing.text.slice(0, length);
  drawing.starts.length = length;
  drawing.ends.length = length;
}

function isBreak(letter: string | undefined): boolean {
  return letter === '\n' || letter === '\r';
}

function isBlank(letter: string | undefined): boolean {
  return letter === ' ' || letter === '\t';
}

function breakAt(source: string, start: number): Break {
  return { start, end: source[start] === '\r' && source[start + 1] === '\n' ? start + 2 : start + 1 };
}

/** Plain and quoted scalars. Source: YAML 1.2.2 §7.3 and §6.5 (line folding), https://yaml.org/spec/1.2.2/#65-line-folding */
function mapFlow(drawing: Drawing, scalar: Scalar): void {
  const { source } = drawing;
  let offset = scalar.valueStart;
  let solid = 0;
  while (offset < scalar.valueEnd) {
    const letter = source[offset];
    if (isBreak(letter)) {
      truncate(drawing, solid);
      offset = mapFold(drawing, offset, scalar.valueEnd);
      solid = drawing.text.length;
    } else if (letter === '\\' && scalar.style === SCALAR_STYLE.DOUBLE_QUOTED) {
      offset = mapEscape(drawing, offset, scalar.valueEnd);
      solid = drawing.text.length;
    } else {
      const width = letter === "'" && scalar.style === SCALAR_STYLE.SINGLE_QUOTED ? 2 : 1;
      draw(drawing, letter!, offset, offset + width);
      offset += width;
      if (!isBlank(letter)) solid = drawing.text.length;
    }
  }
}

/** One line break is a space, several are one fewer. Returns the offset after the blanks that follow. */
function mapFold(drawing: Drawing, offset: number, end: number): number {
  const [breaks, next] = skipBreaks(drawing.source, offset, end);
  if (breaks.length === 1) draw(drawing, ' ', breaks[0]!.start, breaks[0]!.end);
  for (const each of breaks.slice(1)) draw(drawing, '\n', each.start, each.end);
  return next;
}

function skipBreaks(source: string, offset: number, end: number): [breaks: Break[], next: number] {
  const breaks: Break[] = [];
  let next = offset;
  while (next < end && (isBreak(source[next]) || isBlank(source[next]))) {
    if (isBreak(source[next])) {
      const found = breakAt(source, next);
      breaks.push(found);
      next = found.end;
    } else next++;
  }
  return [breaks, next];
}

/** Source: YAML 1.2.2 §5.7, https://yaml.org/spec/1.2.2/#57-escaped-characters */
const ESCAPES: ReadonlyMap<string, string> = new Map([
  ['0', '\0'],
  ['a', '\x07'],
  ['b', '\b'],
  ['t', '\t'],
  ['\t', '\t'],
  ['n', '\n'],
  ['v', '\v'],
  ['f', '\f'],
  ['r', '\r'],
  ['e', '\x1b'],
  [' ', ' '],
  ['"', '"'],
  ['/', '/'],
  ['\\', '\\'],
  ['N', '\u0085'],
  ['_', '\u00a0'],
  ['L', '\u2028'],
  ['P', '\u2029'],
]);

const HEXADECIMAL_DIGITS: ReadonlyMap<string, number> = new Map([
  ['x', 2],
  ['u', 4],
  ['U', 8],
]);

const HIGHEST_CODE_POINT = 0x10ffff;

/** Returns the offset after the escape. */
function mapEscape(drawing: Drawing, offset: number, end: number): number {
  const letter = drawing.source[offset + 1] ?? '';
  if (isBreak(letter)) return skipBreaks(drawing.source, offset + 1, end)[1];
  const digits = HEXADECIMAL_DIGITS.get(letter) ?? 0;
  const next = offset + 2 + digits;
  const codePoint = Number.parseInt(drawing.source.slice(offset + 2, next), 16);
  const character =
    digits > 0 && codePoint <= HIGHEST_CODE_POINT ? String.fromCodePoint(codePoint) : ESCAPES.get(letter);
  draw(drawing, character ?? '', offset, next);
  return next;
}

interface Line {
  readonly start: number;
  readonly end: number;
  readonly brk: Break;
}

function linesOf(source: string, start: number, end: number): Line[] {
  const lines: Line[] = [];
  let lineStart = start;
  for (let offset = start; offset < end; offset++) {
    if (!isBreak(source[offset])) continue;
    const brk = breakAt(source, offset);
    lines.push({ start: lineStart, end: offset, brk });
    lineStart = brk.end;
    offset = brk.end - 1;
  }
  if (lineStart < end) lines.push({ start: lineStart, end, brk: { start: end, end } });
  return lines;
}

/** Literal and folded blocks. Source: YAML 1.2.2 §8.1, https://yaml.org/spec/1.2.2/#81-block-scalar-styles */
function mapBlock(drawing: Drawing, scalar: Scalar): void {
  const { source } = drawing;
  const folded = scalar.style === SCALAR_STYLE.FOLDED_BLOCK;
  const indent = Math.max(scalar.indent, 0);
  let pending: Break[] = [];
  let hasContent = false;
  let wasIndented = false;
  for (const line of linesOf(source, scalar.valueStart, scalar.valueEnd)) {
    if (scalar.indent >= 0 && !isEmptyLine(source, line, indent)) {
      const isIndented = isBlank(source[line.start + indent]);
      const joins = folded && hasContent && !isIndented && !wasIndented;
      drawBreaks(drawing, pending, joins);
      for (let offset = line.start + indent; offset < line.end; offset++) {
        draw(drawing, source[offset]!, offset, offset + 1);
      }
      hasContent = true;
      wasIndented = isIndented;
      pending = [];
    }
    pending.push(line.brk);
  }
  drawBreaks(drawing, pending.slice(0, keptBreaks(scalar, pending.length, hasContent)), false);
}

function isEmptyLine(source: string, line: Line, indent: number): boolean {
  for (let offset = line.start; offset < line.end; offset++) {
    if (source[offset] !== ' ' || offset - line.start >= indent) return false;
  }
  return true;
}

function drawBreaks(drawing: Drawing, breaks: readonly Break[], joins: boolean): void {
  if (joins && breaks.length === 1) draw(drawing, ' ', breaks[0]!.start, breaks[0]!.end);
  for (const each of joins ? breaks.slice(1) : breaks) draw(drawing, '\n', each.start, each.end);
}

function keptBreaks(scalar: Scalar, count: number, hasContent: boolean): number {
  if (scalar.chomping === CHOMPING_MODE.KEEP) return count;
  return scalar.chomping === CHOMPING_MODE.STRIP || !hasContent ? 0 : 1;
}
