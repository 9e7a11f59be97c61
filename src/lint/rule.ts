import type { RuleBook } from '../model/rule.ts';
import type { Model } from '../model/types.ts';
import type { AnyCode } from '../source/code.ts';
import type { Diagnostic } from '../source/diagnostic.ts';

/** A check over the whole model: one file, and one line in the registry. */
export interface LintRule {
  readonly codes: readonly AnyCode[];
  /** Kinds of which no document may be missing, lest the rule finds fault where there is none. */
  readonly needs: readonly string[];
  check(model: Model, rules: RuleBook): readonly Diagnostic[];
}
