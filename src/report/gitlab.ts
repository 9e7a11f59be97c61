import { fingerprints } from './fingerprint.ts';
import { places } from './place.ts';
import type { Report, ReportFormat } from './report.ts';
import { headline, wordingOf } from './wording.ts';

const SEVERITIES = { error: 'critical', warning: 'minor', info: 'info' } as const;

/**
 * A Code Quality report, for merge requests: one JSON list.
 * Source: https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format
 */
export const gitlabFormat: ReportFormat = { name: 'gitlab', render };

function render({ findings, folder, workspaces }: Report): string {
  const placeOf = places(folder);
  const known = fingerprints(findings, workspaces);
  const issues = findings.map((finding) => {
    const { path, start, end } = placeOf(finding.span);
    return {
      type: 'issue',
      description: headline(finding),
      content: { body: wordingOf(finding) },
      check_name: finding.code,
      categories: ['Bug Risk'],
      fingerprint: known.get(finding)!,
      severity: SEVERITIES[finding.severity],
      location: { path, lines: { begin: start.line, end: end.line } },
    };
  });
  return `${JSON.stringify(issues, null, 2)}\n`;
}
