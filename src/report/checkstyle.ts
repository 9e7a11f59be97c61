import { byPath, places } from './place.ts';
import type { Report, ReportFormat } from './report.ts';
import { wordingOf } from './wording.ts';
import { xmlAttributes } from './xml.ts';

/**
 * The report that Checkstyle 4.3 writes and many programs read: files with what was found in them.
 * Source: https://github.com/checkstyle/checkstyle, XMLLogger and SeverityLevel (ignore, info, warning, error)
 */
export const checkstyleFormat: ReportFormat = { name: 'checkstyle', render };

function render({ findings, folder }: Report): string {
  const placeOf = places(folder);
  const files = [...byPath(findings.map((finding) => ({ finding, place: placeOf(finding.span) })))].map(
    ([name, placed]) => {
      const errors = placed.map(({ finding, place: { start } }) => {
        const { severity, code: source } = finding;
        const attributes = { line: start.line, column: start.column, severity, message: wordingOf(finding), source };
        return `    <error${xmlAttributes(attributes)}/>\n`;
      });
      return `  <file${xmlAttributes({ name })}>\n${errors.join('')}  </file>\n`;
    },
  );
  return `<?xml version="1.0" encoding="UTF-8"?>\n<checkstyle version="4.3">\n${files.join('')}</checkstyle>\n`;
}
