import { assemble, type Lowered } from '../kinds/assemble.ts';
import type { LoweredProject } from '../kinds/project/project.ts';
import { type ReadDocument, readDocument } from '../kinds/read.ts';
import { kinds } from '../kinds/registry.ts';
import type { Names } from '../model/link.ts';
import type { Model } from '../model/types.ts';
import { atOtherPlaces, type Checked, type Diagnostic, hasErrors } from '../source/diagnostic.ts';
import type { Located } from '../source/document.ts';
import type { Span } from '../source/span.ts';
import { linkAll, standing } from './linking.ts';
import type { Workspace } from './workspace.ts';

/** What a workspace means, as far as its faults leave it standing. */
export interface Linked {
  /** Nothing where the Project itself is broken. */
  readonly model?: Model;
  /** What the documents declare and use, those with faults included. */
  readonly names: Names;
  /** Kinds of which some document is missing in the model, because it is broken or refers to what is. */
  readonly incomplete: ReadonlySet<string>;
}

/** What the YAML reader found wrong in a document: of the values there nothing more can be said. */
function faultsIn(document: Located, diagnostics: readonly Diagnostic[]): Span[] {
  const faults = diagnostics.flatMap(({ span }) => (span?.file === document.file ? [span] : []));
  if (faults.length === 0) return [];
  const { start, end } = document.span;
  return faults.filter((fault) => fault.start >= start && fault.end <= end);
}

/** Whether a finding is about the very value that could not be read; a tag stands one blank before it. */
function isAbout(fault: Span, { span }: Diagnostic): boolean {
  return span !== undefined && span.start <= fault.end + 1 && fault.start <= span.end;
}

function readAll(workspace: Workspace): Checked<readonly ReadDocument[]> {
  const diagnostics: Diagnostic[] = [];
  const read = workspace.documents.flatMap((document): ReadDocument[] => {
    const faults = faultsIn(document, workspace.diagnostics);
    const [result, found] = readDocument(document, workspace.beside);
    diagnostics.push(...found.filter((finding) => !faults.some((fault) => isAbout(fault, finding))));
    return result ? [{ ...result, sound: result.sound && faults.length === 0 }] : [];
  });
  return [read, diagnostics];
}

function lowerAll(read: readonly ReadDocument[]): Lowered {
  const lowered: Record<string, unknown[]> = Object.fromEntries(kinds.map((kind) => [kind.name, []]));
  for (const { kind, document, beside } of read) lowered[kind.name]!.push(kind.lower(document, beside));
  return lowered as unknown as Lowered;
}

/** Kinds of which a document was left out. Where a file could not be read at all, that may be any of them. */
function incompleteKinds(workspace: Workspace, whole: readonly ReadDocument[]): string[] {
  const all = kinds.map(({ name }) => name);
  if (hasErrors(workspace.diagnostics)) return all;
  const included = new Set(whole.map(({ document }) => document as Located));
  const left = workspace.documents.filter((document) => !included.has(document));
  return left.flatMap((document) => {
    const kind = (document.value as { kind?: unknown } | null)?.kind;
    return typeof kind === 'string' && all.includes(kind) ? [kind] : all;
  });
}

/**
 * From documents to the model: reads, checks, links and lowers. Documents with faults are left out, and so is what
 * refers to them: what remains can still be checked, but nothing is emitted from it.
 */
export function modelOf(workspace: Workspace): Checked<Linked> {
  const [read, faults] = readAll(workspace);
  const [names, linkFaults] = linkAll(workspace, read);
  const diagnostics = [...workspace.diagnostics, ...faults, ...atOtherPlaces(linkFaults, faults)];
  const whole = hasErrors(diagnostics) ? standing(read) : read;
  const incomplete = new Set(incompleteKinds(workspace, whole));
  const lowered = lowerAll(whole);
  const [main] = lowered.Project as readonly LoweredProject[];
  return [{ ...(main && { model: assemble(lowered, main) }), names, incomplete }, diagnostics];
}
