import { lint } from '../lint/registry.ts';
import type { Names } from '../model/link.ts';
import type { RuleBook } from '../model/rule.ts';
import type { Model } from '../model/types.ts';
import type { Artifact } from '../output/artifact.ts';
import { ruleBook } from '../rules/book.ts';
import { type Checked, type Diagnostic, hasErrors } from '../source/diagnostic.ts';
import type { SourceFile } from '../source/span.ts';
import { targets } from '../targets/registry.ts';
import { checkPaths } from './artifact-paths.ts';
import { type Linked, modelOf } from './front.ts';
import { type Workspace, workspacesOf } from './workspace.ts';

/** What one workspace compiles to. Without artifacts there were errors. */
export interface Compilation {
  readonly project: string;
  readonly folder: string;
  /** What its documents declare and use. */
  readonly names: Names;
  /** As far as faults leave them standing. */
  readonly model?: Model;
  readonly rules?: RuleBook;
  readonly artifacts?: readonly Artifact[];
  readonly diagnostics: readonly Diagnostic[];
}

export interface CompileOptions {
  /** Names of targets; by default all. */
  readonly targets?: readonly string[];
  /** A change to the model before anything is derived from it: how tests shorten durations. */
  readonly adjust?: (model: Model) => Model;
  /** The same for the rules, before anything is emitted from them. */
  readonly adjustRules?: (rules: RuleBook) => RuleBook;
}

/** What can still be said where something is missing in the model. */
function remains(model: Model, { incomplete }: Linked): Checked<RuleBook> {
  const [rules, found] = ruleBook(model);
  return [rules, [...found, ...lint(model, rules, incomplete)]];
}

function compileWorkspace(workspace: Workspace, options: CompileOptions): Compilation {
  const [linked, found] = modelOf(workspace);
  const base = { project: workspace.project, folder: workspace.folder, names: linked.names };
  if (!linked.model) return { ...base, diagnostics: found };
  if (hasErrors(found)) {
    const [rules, more] = remains(linked.model, linked);
    return { ...base, model: linked.model, rules, diagnostics: [...found, ...more] };
  }
  const model = options.adjust ? options.adjust(linked.model) : linked.model;
  const [derived, ruleFindings] = ruleBook(model);
  const rules = options.adjustRules ? options.adjustRules(derived) : derived;
  const chosen = targets.filter(({ name }) => options.targets?.includes(name) ?? true);
  const targetFindings = chosen.flatMap((target) => target.check(model, { rules }));
  const diagnostics = [...found, ...ruleFindings, ...lint(model, rules), ...targetFindings];
  if (hasErrors(diagnostics)) return { ...base, model, rules, diagnostics };
  const [artifacts, pathFaults] = checkPaths(chosen.flatMap((target) => target.emit(model, { rules })));
  return { ...base, model, rules, artifacts, diagnostics: [...diagnostics, ...pathFaults] };
}

/** The whole compiler: the files of one or more workspaces in, documents and findings out. Pure. */
export function compile(files: readonly SourceFile[], options: CompileOptions = {}): Checked<readonly Compilation[]> {
  const [workspaces, diagnostics] = workspacesOf(files);
  return [workspaces.map((workspace) => compileWorkspace(workspace, options)), diagnostics];
}
