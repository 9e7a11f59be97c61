import { uniqueTexts } from '../base/order.ts';
import type { AnyCode } from '../source/code.ts';
import type { Diagnostic } from '../source/diagnostic.ts';
import type { Span } from '../source/span.ts';
import { fingerprints } from './fingerprint.ts';
import { type FilePlace, places } from './place.ts';
import type { Report, ReportFormat } from './report.ts';
import { wordingOf } from './wording.ts';

const LEVELS = { error: 'error', warning: 'warning', info: 'note' } as const;

/**
 * SARIF 2.1.0, for code scanning. Paths are relative to the folder in which qmon was started, which should be that of the
 * repository. `primaryLocationLineHash` is the fingerprint that GitHub goes by; it does not depend on lines.
 * Source: https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html,
 * https://docs.github.com/en/code-security/code-scanning/integrating-with-code-scanning/sarif-support-for-code-scanning
 */
export const sarifFormat: ReportFormat = { name: 'sarif', render };

function render(report: Report): string {
  const names = uniqueTexts(report.findings.map(({ code }) => code));
  const rules = names.map((name) =>
    ruleOf(
      name,
      report.codes.find(({ code }) => code === name),
    ),
  );
  const placeOf = places(report.folder);
  const known = fingerprints(report.findings, report.workspaces);
  const results = report.findings.map((finding) => ({
    ruleId: finding.code,
    ruleIndex: names.indexOf(finding.code),
    level: LEVELS[finding.severity],
    message: { text: wordingOf(finding) },
    locations: [{ physicalLocation: physical(placeOf(finding.span)) }],
    ...related(finding, placeOf),
    partialFingerprints: { primaryLocationLineHash: known.get(finding)! },
    ...(finding.environments && { properties: { environments: finding.environments } }),
  }));
  const driver = { name: 'qmon', version: report.version, rules };
  const run = { tool: { driver }, columnKind: 'utf16CodeUnits', results };
  const log = { $schema: 'https://json.schemastore.org/sarif-2.1.0.json', version: '2.1.0', runs: [run] };
  return `${JSON.stringify(log, null, 2)}\n`;
}

function ruleOf(id: string, code: AnyCode | undefined) {
  if (!code) return { id };
  const explanation = code.explain.trim();
  return {
    id,
    shortDescription: { text: code.title },
    fullDescription: { text: code.title },
    help: { text: explanation, markdown: explanation },
    defaultConfiguration: { level: LEVELS[code.severity] },
  };
}

function physical({ path, start, end }: FilePlace) {
  const region = { startLine: start.line, startColumn: start.column, endLine: end.line, endColumn: end.column };
  return { artifactLocation: artifactAt(path), region };
}

/** A path as a URI; only an absolute one is not below the root of the sources. */
function artifactAt(path: string) {
  const uri = path.split('/').map(encodeURIComponent).join('/');
  return path.startsWith('/') ? { uri: `file://${uri}` } : { uri, uriBaseId: '%SRCROOT%' };
}

function related(finding: Diagnostic, placeOf: (span: Span) => FilePlace) {
  if (finding.related.length === 0) return {};
  const relatedLocations = finding.related.map(({ span, message }, index) => ({
    id: index + 1,
    message: { text: message },
    physicalLocation: physical(placeOf(span)),
  }));
  return { relatedLocations };
}
