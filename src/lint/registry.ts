import type { RuleBook } from '../model/rule.ts';
import type { Model } from '../model/types.ts';
import type { Diagnostic } from '../source/diagnostic.ts';

/** A rule over the whole model. One file and one line here each. */
export type LintRule = (model: Model, rules: RuleBook) => readonly Diagnostic[];

const lintRules: readonly LintRule[] = [];

/** Holds the model against every rule. */
export function lint(model: Model, rules: RuleBook): Diagnostic[] {
  return lintRules.flatMap((rule) => rule(model, rules));
}
