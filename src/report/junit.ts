import { byPath, type Placed, places } from './place.ts';
import type { Report, ReportFormat } from './report.ts';
import { headline, wordingOf } from './wording.ts';
import { xmlAttributes, xmlText } from './xml.ts';

/**
 * Findings as tests, for the page that CI systems have for them: a suite for each file. What makes the command fail is a
 * failed test; any other finding is a passed one that says it; a file without findings is one that passed.
 * Source: https://github.com/jenkinsci/xunit-plugin, junit-10.xsd
 */
export const junitFormat: ReportFormat = { name: 'junit', render };

function render(report: Report): string {
  const placeOf = places(report.folder);
  const placed = byPath(report.findings.map((finding) => ({ finding, place: placeOf(finding.span) })));
  const paths = [...new Set([...report.files, ...placed.keys()])];
  const suites = paths.map((path) => suite(path, placed.get(path) ?? [], report));
  const failed = report.findings.filter(report.fails).length;
  const tests = paths.reduce((sum, path) => sum + Math.max(1, placed.get(path)?.length ?? 0), 0);
  const totals = xmlAttributes({ name: 'qmon', tests, failures: failed, errors: 0 });
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites${totals}>\n${suites.join('')}</testsuites>\n`;
}

function suite(path: string, placed: readonly Placed[], { fails }: Report): string {
  const failures = placed.filter(({ finding }) => fails(finding)).length;
  const attributes = { name: path, tests: Math.max(1, placed.length), failures, errors: 0 };
  const passed = `    <testcase${xmlAttributes({ name: path, classname: path })}/>\n`;
  const cases = placed.map((each) => testCase(each, fails(each.finding))).join('') || passed;
  return `  <testsuite${xmlAttributes(attributes)}>\n${cases}  </testsuite>\n`;
}

function testCase({ finding, place: { path, start } }: Placed, failed: boolean): string {
  const { code, severity } = finding;
  const text = xmlText(`${path}:${start.line}:${start.column} ${severity}  ${code}\n${wordingOf(finding)}`);
  const result = failed
    ? `<failure${xmlAttributes({ type: code, message: headline(finding) })}>${text}</failure>`
    : `<system-out>${text}</system-out>`;
  const attributes = xmlAttributes({ name: `${code}: ${headline(finding)}`, classname: path });
  return `    <testcase${attributes}>\n      ${result}\n    </testcase>\n`;
}
