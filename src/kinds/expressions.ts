import { authored, dedented, type Expression, trimmed } from '../promql/expression.ts';
import { faultDiagnostic } from '../promql/fault.ts';
import { checkLexically, type LexicalOptions } from '../promql/lexical.ts';
import type { Diagnostic } from '../source/diagnostic.ts';
import type { Located, Path } from '../source/document.ts';

/** What can be seen wrong in an author's PromQL without a parser, at the author's characters. */
export function checkExpression(
  document: Located,
  path: Path,
  text: string,
  holes: LexicalOptions['holes'],
): Diagnostic[] {
  return checkLexically(text, { holes }).map((fault) =>
    faultDiagnostic(fault, (start, end) => document.within(path, start, end)),
  );
}

/** An author's expression without the white space around it and the indentation that its lines share. */
export function expressionAt(document: Located, path: Path, text: string): Expression {
  return dedented(trimmed(authored(text, document, path)));
}

/** The holes that an expression in a rule may have. */
export const RULE_HOLES = ['selector'] as const;
/** The holes that an indicator's events may have. */
export const EVENT_HOLES = ['window', 'selector'] as const;
