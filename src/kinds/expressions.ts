import { authored, dedented, type Expression, trimmed, withoutComments } from '../promql/expression.ts';
import { type Fault, faultDiagnostic } from '../promql/fault.ts';
import type { HoleRules } from '../promql/hole-fault.ts';
import { type ParseOptions, parseExpression } from '../promql/parser.ts';
import { checkResult } from '../promql/result.ts';
import type { Diagnostic } from '../source/diagnostic.ts';
import type { Located, Path } from '../source/document.ts';

/** What the newest Prometheus knows, with everything experimental: which one the Project has is not known here. */
const NEWEST = { flags: 'all' } as const;

/**
 * What is wrong with an author's PromQL whatever the version of Prometheus, at the author's characters. Whether the
 * Project's version understands it is judged when that is known (lint: `promql/unsupported`).
 */
export function checkExpression(
  document: Located,
  path: Path,
  text: string,
  holes: HoleRules,
  options: Pick<ParseOptions, 'units'> = { units: 'required' },
): Diagnostic[] {
  const { ast, faults } = parseExpression(text, { ...NEWEST, ...options, holes });
  const found = faults.filter(inAnyVersion);
  return (found.length === 0 && ast ? checkResult(text, ast) : found).map((fault) =>
    faultDiagnostic(fault, (start, end) => document.within(path, start, end)),
  );
}

function inAnyVersion({ kind }: Fault): boolean {
  return kind !== 'version';
}

/** What is wrong in matchers alone, `{job="api"}`. They only narrow a selector, so they may be few or none. */
export function checkMatchers(document: Located, path: Path, text: string): Diagnostic[] {
  if (text.trim() === '') return [];
  return parseExpression(text, { ...NEWEST, unrestricted: true })
    .faults.filter(inAnyVersion)
    .map((fault) => faultDiagnostic(fault, (start, end) => document.within(path, start, end)));
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
