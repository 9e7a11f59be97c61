/** A text that an author wrote. Offsets into it are UTF-16 code units. */
export interface SourceFile {
  /** Relative to the folder in which qmon was started, with `/`: as it is shown to people. */
  readonly path: string;
  readonly text: string;
}

/** A stretch of a source file: `start` inclusive, `end` exclusive. */
export interface Span {
  readonly file: SourceFile;
  readonly start: number;
  readonly end: number;
  /** The further places that what stands here comes from: who uses a template, what an environment overrides. */
  readonly via?: readonly RelatedSpan[];
}

/** A place that has to do with another one, and what it has to do with it. */
export interface RelatedSpan {
  readonly span: Span;
  readonly message: string;
}

/** Line and column, both from 1; columns count UTF-16 code units. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** The line and column of an offset; an offset past the end is the end. */
export function positionAt(file: SourceFile, offset: number): Position {
  const before = file.text.slice(0, Math.max(0, offset));
  const lineStart = before.lastIndexOf('\n') + 1;
  let line = 1;
  for (let index = before.indexOf('\n'); index !== -1; index = before.indexOf('\n', index + 1)) line++;
  return { line, column: before.length - lineStart + 1 };
}
