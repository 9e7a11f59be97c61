import { sortedBy, uniqueTexts } from '../base/order.ts';
import { lint } from '../lint/registry.ts';
import type { Names } from '../model/link.ts';
import type { RuleBook } from '../model/rule.ts';
import type { Model } from '../model/types.ts';
import type { Artifact } from '../output/artifact.ts';
import { ruleBook } from '../rules/book.ts';
import { type Checked, type Diagnostic, hasErrors, merged } from '../source/diagnostic.ts';
import type { Located } from '../source/document.ts';
import type { SourceFile } from '../source/span.ts';
import { targets } from '../targets/registry.ts';
import { checkPaths } from './artifact-paths.ts';
import { declared } from './entry.ts';
import { type Linked, modelOf } from './front.ts';
import { Reader } from './reading.ts';
import { type Workspace, workspacesOf } from './workspace.ts';

/** What one workspace compiles to, in one of its environments. Without artifacts there were errors. */
export interface Compilation {
  /** Where the output goes below `out`: the project, or `project/environment`. */
  readonly name: string;
  readonly project: string;
  readonly environment?: string;
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
  /** Names of environments; by default all. A workspace without environments is compiled in any case. */
  readonly environments?: readonly string[];
  /** The environment under whose name the chosen one is compiled, so that only what really differs differs. */
  readonly shownAs?: string;
  /** The folder that was asked for; a Project outside it is there only to be imported. */
  readonly within?: string;
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

type Identity = Pick<Compilation, 'name' | 'project' | 'environment' | 'folder'>;

function compileLinked(
  identity: Identity,
  linked: Linked,
  found: readonly Diagnostic[],
  options: CompileOptions,
): Compilation {
  const base = { ...identity, names: linked.names };
  if (!linked.model) return { ...base, diagnostics: found };
  if (hasErrors(found)) {
    const [rules, more] = remains(linked.model, linked);
    return { ...base, model: linked.model, rules, diagnostics: merged([...found, ...more]) };
  }
  const model = options.adjust ? options.adjust(linked.model) : linked.model;
  const [derived, ruleFindings] = ruleBook(model);
  const rules = options.adjustRules ? options.adjustRules(derived) : derived;
  const chosen = targets.filter(({ name }) => options.targets?.includes(name) ?? true);
  const targetFindings = chosen.flatMap((target) => target.check(model, { rules }));
  const diagnostics = merged([...found, ...ruleFindings, ...lint(model, rules), ...targetFindings]);
  const result = { ...base, model, rules };
  if (hasErrors(diagnostics)) return { ...result, diagnostics };
  const [artifacts, pathFaults] = checkPaths(chosen.flatMap((target) => target.emit(model, { rules })));
  return { ...result, artifacts, diagnostics: [...diagnostics, ...pathFaults] };
}

/** The environments that a workspace declares, in the order of their names. */
export function environmentsOf({ documents }: Workspace): readonly { name: string; document: Located }[] {
  const found = documents.flatMap((document) => {
    const { kind, name } = declared(document);
    return kind === 'Environment' && name !== undefined ? [{ name, document }] : [];
  });
  return sortedBy(new Map(found.reverse().map((each) => [each.name, each])).values(), ({ name }) => name);
}

/** The names of the environments that the workspaces declare. */
export function environmentNames(files: readonly SourceFile[]): readonly string[] {
  const [workspaces] = workspacesOf(files);
  return uniqueTexts(workspaces.flatMap(environmentsOf).map(({ name }) => name));
}

function compileWorkspace(workspace: Workspace, options: CompileOptions): Compilation[] {
  const { project, folder } = workspace;
  const reader = new Reader(workspace.diagnostics);
  const environments = environmentsOf(workspace);
  if (environments.length === 0) {
    const [linked, found] = modelOf(workspace, reader);
    return [compileLinked({ name: project, project, folder }, linked, found, options)];
  }
  const chosen = environments.filter(({ name }) => options.environments?.includes(name) ?? true);
  return chosen.map(({ name, document }) => {
    const shown = options.shownAs ?? name;
    const [linked, found] = modelOf(workspace, reader, { environment: document, shownAs: shown });
    const identity = { name: `${project}/${shown}`, project, environment: shown, folder };
    return compileLinked(identity, linked, found, options);
  });
}

/** The whole compiler: the files of one or more workspaces in, documents and findings out. Pure. */
export function compile(files: readonly SourceFile[], options: CompileOptions = {}): Checked<readonly Compilation[]> {
  const [workspaces, diagnostics] = workspacesOf(files, options.within);
  return [workspaces.flatMap((workspace) => compileWorkspace(workspace, options)), merged(diagnostics)];
}
