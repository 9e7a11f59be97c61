import type { SourceFile, Span } from './span.ts';

/** The way from the root of a document to a value: keys and indexes. */
export type Path = readonly (string | number)[];

/** A parsed YAML document whose positions are worked out only when somebody asks. */
export interface Located<Value = unknown> {
  readonly file: SourceFile;
  /** Which document of the file, from 0. */
  readonly index: number;
  readonly value: Value;
  /** The whole document. */
  readonly span: Span;
  /** The span of the value at a path, or of its key; a path that does not exist gives its nearest existing parent. */
  at(path: Path, part?: 'key' | 'value'): Span;
  /** The span of the characters `start`…`end` of the string at a path, through quotes, escapes and block scalars. */
  within(path: Path, start: number, end: number): Span;
}

/** A text without structure, such as a page in Markdown, as a document: its one value is the text. */
export function textDocument(file: SourceFile): Located<string> {
  const whole = { file, start: 0, end: file.text.length };
  return {
    file,
    index: 0,
    value: file.text,
    span: whole,
    at: () => ({ file, start: 0, end: 0 }),
    within: (_path, start, end) => ({ file, start, end }),
  };
}

/** Where something that qmon emits comes from. */
export interface Origin {
  readonly document: Located;
  readonly path: Path;
  /** For a text made of the author's words: which of its characters are which of the author's. */
  readonly pieces?: readonly TextPiece[];
}

/** Characters `at`…`at + length` of an emitted text are the author's own from `offset` on, in the string at `path`. */
export interface TextPiece {
  readonly at: number;
  readonly length: number;
  readonly document: Located;
  readonly path: Path;
  readonly offset: number;
}

/** The span of an origin's value. */
export function originSpan(origin: Origin): Span {
  return origin.document.at(origin.path);
}

/** The author's characters behind a character of an emitted text, or the whole value where they are not known. */
export function originSpanAt(origin: Origin, start: number, length = 1): Span {
  const piece = origin.pieces?.find((each) => start >= each.at && start < each.at + each.length);
  if (!piece) return originSpan(origin);
  const from = piece.offset + start - piece.at;
  return piece.document.within(piece.path, from, Math.min(from + length, piece.offset + piece.length));
}

/** Whether a value stands in the specs as it is: not where an environment or a parameter has put it there. */
export function isWritten(document: Located, path: Path, value: string): boolean {
  const { file, start, end } = document.at(path);
  return file.text.slice(start, end).includes(value);
}
