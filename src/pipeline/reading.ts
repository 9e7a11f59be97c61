import { parametersOf } from '../kinds/parameters.ts';
import { type AnyKind, type ReadDocument, readDocument } from '../kinds/read.ts';
import { kinds } from '../kinds/registry.ts';
import { type Template, templateOf } from '../kinds/template.ts';
import { atOtherPlaces, type Checked, type Diagnostic, hasErrors } from '../source/diagnostic.ts';
import type { Located, Path } from '../source/document.ts';
import type { Span } from '../source/span.ts';
import { declared, type Entry, inNamespace, type Source } from './entry.ts';
import { checkTemplate, type Instance, specimen } from './instances.ts';
import type { Broken } from './linking.ts';
import { named } from './naming.ts';

/** What became of a source: it was read, or it is broken. */
export interface Outcome {
  readonly source: Source;
  readonly entry?: Entry;
  readonly broken?: Broken;
  readonly found: readonly Diagnostic[];
}

/** What came of a template and the values of a service: a document, or what is wrong with the values. */
export interface Making {
  readonly template: Located;
  readonly instance?: Instance;
  readonly found: readonly Diagnostic[];
}

/** Reads documents; the same one is read once, however many environments there are. */
export class Reader {
  private readonly known = new Map<Located, Checked<ReadDocument | undefined>>();
  private readonly templates = new Map<Located, Template>();
  private readonly made = new Map<Located, Map<string, Making>>();
  private readonly faults: readonly Span[];

  /** `diagnostics`: what reading the files found. */
  constructor(diagnostics: readonly Diagnostic[]) {
    this.faults = diagnostics.flatMap(({ span }) => (span ? [span] : []));
  }

  /** What is wrong at the place of a fault of YAML follows from it. */
  read({ document, beside }: Source): Checked<ReadDocument | undefined> {
    const known = this.known.get(document);
    if (known) return known;
    const faults = this.faultsIn(document);
    const [result, found] = readDocument(document, beside);
    const own = found.filter((finding) => !faults.some((fault) => isAbout(fault, finding)));
    const sound = result && { ...result, sound: result.sound && faults.length === 0 };
    const outcome: Checked<ReadDocument | undefined> = [sound, own];
    this.known.set(document, outcome);
    return outcome;
  }

  /** The template that a document is. */
  template(document: Located, { schema }: AnyKind): Template {
    const known = this.templates.get(document);
    if (known) return known;
    const template = templateOf(document, schema);
    this.templates.set(document, template);
    return template;
  }

  /** What a service takes over, made once as long as both are the same; `entry`: where the service says so. */
  making({ document }: Template, service: Located, entry: Path, make: () => Making): Making {
    const key = entry.join('.');
    const known = this.made.get(service) ?? new Map<string, Making>();
    this.made.set(service, known);
    const last = known.get(key);
    if (last?.template === document) return last;
    const making = make();
    known.set(key, making);
    return making;
  }

  private faultsIn(document: Located): readonly Span[] {
    const faults = this.faults.filter(({ file }) => file === document.file);
    if (faults.length === 0) return [];
    const { start, end } = document.span;
    return faults.filter((fault) => fault.start >= start && fault.end <= end);
  }
}

/** Whether a finding is about the very value that could not be read; a tag stands one blank before it. */
function isAbout(fault: Span, { span }: Diagnostic): boolean {
  return span !== undefined && span.start <= fault.end + 1 && fault.start <= span.end;
}

function brokenOf({ document, namespace }: Source): Broken {
  const { kind, name } = declared(document);
  return {
    document,
    ...(kind !== undefined && { kind }),
    ...(name !== undefined && { name: inNamespace(namespace, name) }),
  };
}

/** How names in a document are changed. */
export interface Naming {
  readonly environmentMap: Readonly<Record<string, string>>;
  /** The parts that somebody else wrote. */
  readonly given?: readonly Path[];
}

/** Reads a document that is one by itself. */
export function plainOutcome(reader: Reader, source: Source, { environmentMap, given }: Naming): Outcome {
  const [result, found] = reader.read(source);
  if (!result) return { source, broken: brokenOf(source), found };
  return { source, entry: { ...named(result, source, environmentMap, given), ...(given && { given }) }, found };
}

/** The kind of a document that services may take over. */
export function sharedKind({ document }: Source, used: ReadonlySet<string>, namespace: string): AnyKind | undefined {
  const { kind: name, name: own } = declared(document);
  const kind = kinds.find((each: AnyKind) => each.name === name && each.isShared) as AnyKind | undefined;
  if (!kind || own === undefined) return undefined;
  const taken = used.has(`${kind.name}/${inNamespace(namespace, own)}`);
  return taken || parametersOf(document.value).length > 0 ? kind : undefined;
}

/**
 * A stand-in with samples shows less than one with the author's own values: what depends on them is not judged.
 * `isWhole`: there are no samples. `own`: what the holes show to be wrong already.
 */
function credible(found: readonly Diagnostic[], template: Template, own: readonly Diagnostic[], isWhole: boolean) {
  const { document, fields } = template;
  const holes = found.length === 0 ? [] : fields.map(({ path }) => document.at(path));
  const wrong = holes.filter((hole) => own.some(({ span }) => span && isInside(span, hole)));
  return found.filter(({ code, span }) => {
    if (!span) return isWhole;
    if (wrong.some((hole) => isInside(span, hole))) return false;
    if (isWhole || code.startsWith('promql/')) return true;
    return code.startsWith('schema/') && !holes.some((hole) => isInside(span, hole));
  });
}

function isInside(span: Span, around: Span): boolean {
  return span.file === around.file && around.start <= span.start && span.end <= around.end;
}

/** Reads a document that services take over: what is wrong with it whoever uses it. */
export function sharedOutcome(reader: Reader, source: Source, kind: AnyKind, { environmentMap }: Naming): Outcome {
  const template = reader.template(source.document, kind);
  const { document, given } = specimen(kind, template);
  const [result, all] = reader.read({ ...source, document });
  const isWhole = parametersOf(source.document.value).every((parameter) => parameter.default !== undefined);
  const own = checkTemplate(template, kind.name === 'Dashboard');
  const found = [...own, ...atOtherPlaces(credible(all, template, own, isWhole), own)];
  const sound = !hasErrors(found);
  if (!result && !sound) return { source, broken: brokenOf(source), found };
  const read = result ?? { kind, document: document as ReadDocument['document'], beside: source.beside, sound };
  const unknown = result ? given : [[]];
  const entry = named({ ...read, sound }, source, environmentMap, result ? given : [[]]);
  return { source, entry: { ...entry, template, given: unknown }, found };
}
