import { authored, dedented, type Expression, trimmed, withoutComments } from '../promql/expression.ts';
import { faultDiagnostic } from '../promql/fault.ts';
import { checkLexically, type LexicalOptions } from '../promql/lexical.ts';
import { checkResult } from '../promql/result.ts';
import type { Diagnostic } from '../source/diagnostic.ts';
import type { Located, Path } from '../source/document.ts';

/** What can be seen wrong in an author's PromQL without a parser, at the author's characters. */
export function checkExpression(
  document: Located,
  path: Path,
  text: string,
  holes: LexicalOptions['holes'],
  options: Pick<LexicalOptions, 'numbersAsDurations'> = {},
): Diagnostic[] {
  const faults = checkLexically(text, { ...options, holes });
  return (faults.length > 0 ? faults : checkResult(text)).map((fault) =>
    faultDiagnostic(fault, (start, end) => document.within(path, start, end)),
  );
}

/** What is wrong in matchers alone, `{job="api"}`. They only narrow a selector, so they may be few or none. */
export function checkMatchers(document: Located, path: Path, text: string): Diagnostic[] {
  const metric = 'x';
  return checkLexically(metric + text, { holes: [] }).map((fault) =>
    faultDiagnostic(fault, (start, end) =>
      document.within(path, Math.max(0, start - metric.length), end - metric.length),
    ),
  );
}

/** An author's expression without the white space around it and the indentation that its lines share. */
export function expressionAt(document: Located, path: Path, text: string): Expression {
  return dedented(trimmed(authored(text, document, path)));
}

/** The same without its comments: for expressions that qmon puts into longer ones, which a comment would swallow. */
export function operandAt(document: Located, path: Path, text: string): Expression {
  return dedented(trimmed(withoutComments(authored(text, document, path))));
}

/** The holes that an expression in a rule may have. */
export const RULE_HOLES = ['selector'] as const;
/** The holes that an indicator's events may have. */
export const EVENT_HOLES = ['window', 'selector'] as const;
