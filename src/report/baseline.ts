import { groupBy, sortedBy } from '../base/order.ts';
import type { Diagnostic } from '../source/diagnostic.ts';
import { fingerprints } from './fingerprint.ts';
import type { ProjectFolder } from './report.ts';
import { headline } from './wording.ts';

/** A finding that was known when the baseline was written; all but the fingerprint is there for people. */
export interface BaselineEntry {
  readonly fingerprint: string;
  readonly code: string;
  /** Nothing where it concerned the workspace as a whole. */
  readonly file: string | null;
  readonly message: string;
}

/** Findings told apart by what was known of them. */
export interface Comparison {
  readonly fresh: readonly Diagnostic[];
  readonly known: readonly Diagnostic[];
  /** What no longer occurs. */
  readonly gone: readonly BaselineEntry[];
}

/** Findings as a baseline: one JSON document, an entry a line, in an order that makes small changes small. */
export function renderBaseline(findings: readonly Diagnostic[], workspaces: readonly ProjectFolder[]): string {
  const known = fingerprints(findings, workspaces);
  const entries = findings.map(
    (finding): BaselineEntry => ({
      fingerprint: known.get(finding)!,
      code: finding.code,
      file: finding.span?.file.path ?? null,
      message: headline(finding),
    }),
  );
  const sorted = sortedBy(
    entries,
    ({ file }) => file ?? '',
    ({ code }) => code,
    ({ fingerprint }) => fingerprint,
  );
  const lines = sorted.map((entry) => `\n    ${JSON.stringify(entry)}`).join(',');
  return `{\n  "version": 1,\n  "findings": [${lines}${lines === '' ? '' : '\n  '}]\n}\n`;
}

/** Reads a baseline; nothing when the text is none. */
export function readBaseline(text: string): readonly BaselineEntry[] | undefined {
  const document = parsed(text);
  if (!isRecord(document) || document.version !== 1 || !Array.isArray(document.findings)) return undefined;
  const entries: readonly unknown[] = document.findings;
  return entries.every(isEntry) ? entries : undefined;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

function isEntry(value: unknown): value is BaselineEntry {
  if (!isRecord(value)) return false;
  const { fingerprint, code, file, message } = value;
  return (
    [fingerprint, code, message].every((each) => typeof each === 'string') &&
    (file === null || typeof file === 'string')
  );
}

/** Holds findings, in the order in which they are shown, against a baseline. */
export function compareWith(
  baseline: readonly BaselineEntry[],
  findings: readonly Diagnostic[],
  workspaces: readonly ProjectFolder[],
): Comparison {
  const fingerprintOf = fingerprints(findings, workspaces);
  const expected = new Set(baseline.map(({ fingerprint }) => fingerprint));
  const { true: known = [], false: fresh = [] } = Object.fromEntries(
    groupBy(findings, (finding) => String(expected.has(fingerprintOf.get(finding)!))),
  );
  const found = new Set(fingerprintOf.values());
  return { fresh, known, gone: baseline.filter(({ fingerprint }) => !found.has(fingerprint)) };
}
