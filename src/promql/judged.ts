import type { ValueType } from './ast.ts';
import type { Fault } from './fault.ts';
import { namedLabels } from './labels.ts';
import { type ParseOptions, parseExpression } from './parser.ts';
import { printExpression } from './print-layout.ts';

/** What can be said of one expression alone. */
export interface Judged {
  readonly expr: string;
  /** In order of position. */
  readonly faults: readonly Fault[];
  /** Of an expression without faults only. */
  readonly meaning?: Meaning;
}

export interface Meaning {
  /** What it gives; `any` where a variable decides that. */
  readonly type: ValueType;
  /** In its canonical form. */
  readonly formatted: string;
  /** All labels that its result may have; nothing where labels that it does not name may pass. */
  readonly labels?: readonly string[];
}

/** Whether a Prometheus reads an expression, and what it then is. */
export function judged(expr: string, options: ParseOptions): Judged {
  const { ast, faults } = parseExpression(expr, options);
  if (!ast || faults.length > 0) return { expr, faults };
  const labels = ast.type === 'vector' ? labelsOf(expr) : undefined;
  return { expr, faults, meaning: { type: ast.type, formatted: printExpression(ast), ...(labels && { labels }) } };
}

/** `info()` adds labels that nobody knows, and so may a variable. */
function labelsOf(expr: string): readonly string[] | undefined {
  return /\binfo\s*\(|\$|\[\[/.test(expr) ? undefined : namedLabels(expr, () => undefined);
}
