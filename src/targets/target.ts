import type { RuleBook } from '../model/rule.ts';
import type { Model } from '../model/types.ts';
import type { Artifact } from '../output/artifact.ts';

/** A system that qmon writes for: a pure function of the model. One folder and one line in the registry each. */
export interface Target {
  readonly name: string;
  /** One line for `--help` and the reference. */
  readonly summary: string;
  emit(model: Model, context: EmitContext): readonly Artifact[];
}

/** What has been worked out once for all targets. */
export interface EmitContext {
  readonly rules: RuleBook;
}
