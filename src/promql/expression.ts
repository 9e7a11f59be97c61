import type { TextPiece } from '../source/document.ts';

/** PromQL text that knows which of its characters the author wrote. */
export interface Expression {
  readonly text: string;
  readonly pieces: readonly TextPiece[];
}
