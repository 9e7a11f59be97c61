import { enumerate } from '../base/text.ts';
import { faultDiagnostic } from '../promql/fault.ts';
import type { Judged, Meaning } from '../promql/judged.ts';
import { typeWords } from '../promql/type-words.ts';
import type { SourceFile } from '../source/span.ts';
import { renderText, type TextOptions } from './text.ts';

/** An expression, and where it was read: from the character `offset` of `file` on. */
export interface ReadExpression extends Judged {
  readonly file: SourceFile;
  readonly offset: number;
}

/**
 * Expressions for people and pipes, an empty line between two: the canonical form with a comment that says what it
 * gives, or what is wrong.
 */
export function renderPromql(expressions: readonly ReadExpression[], options: TextOptions): string {
  return expressions.map((each) => block(each, options)).join('\n');
}

function block({ faults, meaning, file, offset }: ReadExpression, options: TextOptions): string {
  if (meaning) return `${meaning.formatted}\n# ${spoken(meaning)}\n`;
  const diagnostics = faults.map((fault) =>
    faultDiagnostic(fault, (start, end) => ({ file, start: offset + start, end: offset + end })),
  );
  return renderText(diagnostics, options);
}

function spoken({ type, labels }: Meaning): string {
  if (labels === undefined) return typeWords(type);
  if (labels.length === 0) return `${typeWords(type)} without labels`;
  return `${typeWords(type)} with ${labels.length === 1 ? 'the label' : 'the labels'} ${enumerate(labels)} at most`;
}

/** The same for programs: one JSON object a line. Offsets count UTF-16 code units of `expr`, the end exclusive. */
export function renderPromqlJson(expressions: readonly Judged[]): string {
  return expressions.map((each) => `${JSON.stringify(plain(each))}\n`).join('');
}

function plain({ expr, faults, meaning }: Judged) {
  const errors = faults.map(({ message, help, start, end }) => ({ message, start, end, ...(help && { help }) }));
  return { expr, ok: meaning !== undefined, errors, ...meaning };
}
