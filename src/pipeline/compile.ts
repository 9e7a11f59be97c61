import { sortedBy, uniqueTexts } from '../base/order.ts';
import { lint } from '../lint/registry.ts';
import type { Names } from '../model/link.ts';
import type { RuleBook } from '../model/rule.ts';
import type { Model } from '../model/types.ts';
import type { Artifact } from '../output/artifact.ts';
import { ruleBook } from '../rules/book.ts';
import type { AnyCode } from '../source/code.ts';
import { type Checked, type Diagnostic, hasErrors, identityOf, merged } from '../source/diagnostic.ts';
import type { Located } from '../source/document.ts';
import type { SourceFile } from '../source/span.ts';
import { targets } from '../targets/registry.ts';
import { checkPaths } from './artifact-paths.ts';
import { catalogue } from './catalogue.ts';
import { compiledAs } from './comparison.ts';
import { declared } from './entry.ts';
import { type Linked, modelOf } from './front.ts';
import { Reader } from './reading.ts';
import { severityFaults, weighed } from './severities.ts';
import { nearestAbove } from './sources.ts';
import { Suppressions } from './suppression.ts';
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
  /** Those of further findings about it, such as the verdict of a tool, that count: comments may silence some, and the Project says how severe they are. */
  counting(found: readonly Diagnostic[]): readonly Diagnostic[];
}

export interface CompileOptions {
  /** Names of targets; by default all. */
  readonly targets?: readonly string[];
  /** Names of environments; by default all. A workspace without environments is compiled in any case. */
  readonly environments?: readonly string[];
  /**
   * The environment under whose name and with whose links the chosen one is compiled, so that only what really differs
   * differs. A workspace that has environments, but not this one, is left out.
   */
  readonly shownAs?: string;
  /** The folder that was asked for; a Project outside it is there only to be imported. */
  readonly within?: string;
  /** Every code that comments may name: the compiler's own by default, and those of whoever adds findings. */
  readonly codes?: readonly AnyCode[];
  /** `2027-01-31`: whether a finding is still snoozed. By default all are. */
  readonly today?: string;
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
  all: readonly Diagnostic[],
  options: CompileOptions,
  suppressions: Suppressions,
): Compilation {
  const { project } = linked.model ?? {};
  const codes = options.codes ?? catalogue;
  const counting = (each: readonly Diagnostic[]) => weighed(suppressions.kept(each), project?.severities ?? {}, codes);
  const found = [...counting(all), ...(project ? severityFaults(project, codes) : [])];
  const base = { ...identity, names: linked.names, counting };
  if (!linked.model) return { ...base, diagnostics: found };
  if (hasErrors(found)) {
    const [rules, more] = remains(linked.model, linked);
    return { ...base, model: linked.model, rules, diagnostics: merged([...found, ...counting(more)]) };
  }
  const model = options.adjust ? options.adjust(linked.model) : linked.model;
  const [derived, ruleFindings] = ruleBook(model);
  const rules = options.adjustRules ? options.adjustRules(derived) : derived;
  const chosen = targets.filter(({ name }) => options.targets?.includes(name) ?? true);
  const targetFindings = chosen.flatMap((target) => target.check(model, { rules }));
  const more = counting([...ruleFindings, ...lint(model, rules), ...targetFindings]);
  const diagnostics = merged([...found, ...more]);
  const result = { ...base, model, rules };
  if (hasErrors(diagnostics)) return { ...result, diagnostics };
  const [artifacts, pathFaults] = checkPaths(chosen.flatMap((target) => target.emit(model, { rules })));
  return { ...result, artifacts, diagnostics: [...diagnostics, ...counting(pathFaults)] };
}

interface DeclaredEnvironment {
  readonly name: string;
  readonly document: Located;
}

/** The environments that a workspace declares, in the order of their names. */
export function environmentsOf({ documents }: Workspace): readonly DeclaredEnvironment[] {
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

/** What nobody uses, or leads nowhere. An environment may be the only one in which something is used. */
const LEFT_OVER: ReadonlySet<string> = new Set([
  'parameter/unused',
  'reference/unused',
  'rule-set/page-orphaned',
  'rule-set/unused-severity',
]);

function isLeftOver({ code }: Diagnostic): boolean {
  return LEFT_OVER.has(code);
}

/** Compiles the environments of a workspace, each once and only when it is asked for. */
class Environments {
  readonly all: readonly DeclaredEnvironment[];
  private readonly workspace: Workspace;
  private readonly options: CompileOptions;
  private readonly reader: Reader;
  private readonly suppressions: Suppressions;
  private readonly linked = new Map<DeclaredEnvironment, Checked<Linked>>();

  constructor(workspace: Workspace, options: CompileOptions, reader: Reader, suppressions: Suppressions) {
    this.suppressions = suppressions;
    this.workspace = workspace;
    this.options = options;
    this.reader = reader;
    this.all = environmentsOf(workspace);
  }

  private linkedIn(environment: DeclaredEnvironment): Checked<Linked> {
    const known = this.linked.get(environment) ?? modelOf(this.workspace, this.reader, environment.document);
    this.linked.set(environment, known);
    return known;
  }

  compiled(environment: DeclaredEnvironment, options = this.options): Compilation {
    const { project, folder } = this.workspace;
    const [linked, found] = this.linkedIn(environment);
    const shown = this.all.find(({ name }) => name === options.shownAs) ?? environment;
    const identity = { name: `${project}/${shown.name}`, project, environment: shown.name, folder };
    const other = this.linkedIn(shown)[0].model?.project;
    const { suppressions } = this;
    if (shown === environment || !linked.model || !other) {
      return compileLinked(identity, linked, found, options, suppressions);
    }
    return compiledAs(linked.model, other, (model) =>
      compileLinked(identity, { ...linked, model }, found, options, suppressions),
    );
  }

  /** Without the remarks about what is left over here, and used elsewhere. */
  chosen(): Compilation[] {
    const { environments, shownAs } = this.options;
    if (shownAs !== undefined && !this.all.some(({ name }) => name === shownAs)) return [];
    const chosen = this.all.filter(({ name }) => environments?.includes(name) ?? true);
    const compiled = chosen.map((each) => this.compiled(each));
    if (!compiled.some(({ diagnostics }) => diagnostics.some(isLeftOver))) return compiled;
    const others = this.all.filter((each) => !chosen.includes(each));
    const everywhere = [...compiled, ...others.map((each) => this.compiled(each, { targets: [] }))];
    return compiled.map((each) => ({
      ...each,
      diagnostics: inAll(each.diagnostics, everywhere),
    }));
  }
}

function inAll(diagnostics: readonly Diagnostic[], everywhere: readonly Compilation[]): readonly Diagnostic[] {
  const found = everywhere.map((each) => new Set(each.diagnostics.map(identityOf)));
  return diagnostics.filter((each) => !isLeftOver(each) || found.every((known) => known.has(identityOf(each))));
}

function compileWorkspace(
  workspace: Workspace,
  options: CompileOptions,
  suppressions: Suppressions,
): readonly Compilation[] {
  const { project, folder } = workspace;
  const reader = new Reader(workspace.diagnostics);
  const environments = new Environments(workspace, options, reader, suppressions);
  if (environments.all.length > 0) return environments.chosen();
  const [linked, found] = modelOf(workspace, reader);
  return [compileLinked({ name: project, project, folder }, linked, found, options, suppressions)];
}

/** Findings of these codes are made here; others come from the tools that verify output. */
const compilerCodes: ReadonlySet<string> = new Set(catalogue.map(({ code }) => code));

/** The compilations of a workspace, with what is wrong with the comments in its own files. */
function withComments(
  compilations: readonly Compilation[],
  suppressions: Suppressions,
  isOurs: (path: string) => boolean,
  whole: boolean,
): readonly Compilation[] {
  const sound = !compilations.some(({ diagnostics }) => hasErrors(diagnostics));
  const found = suppressions.found(isOurs, whole && sound, (code) => !compilerCodes.has(code));
  if (found.length === 0) return compilations;
  return compilations.map((each) => ({ ...each, diagnostics: merged([...each.diagnostics, ...each.counting(found)]) }));
}

/** The whole compiler: the files of one or more workspaces in, documents and findings out. Pure. */
export function compile(files: readonly SourceFile[], options: CompileOptions = {}): Checked<readonly Compilation[]> {
  const [workspaces, diagnostics] = workspacesOf(files, options.within);
  const suppressions = new Suppressions(files, options.codes ?? catalogue, options.today ?? '');
  const whole = !options.targets && !options.environments && options.shownAs === undefined;
  const compilations = workspaces.map((workspace) => compileWorkspace(workspace, options, suppressions));
  const judged = workspaces.flatMap((workspace, index) => {
    const isOurs = (path: string) => nearestAbove(path, workspaces) === workspace;
    return withComments(compilations[index]!, suppressions, isOurs, whole);
  });
  return [judged, merged(diagnostics)];
}
