import { checkstyleFormat } from './checkstyle.ts';
import { githubFormat } from './github.ts';
import { gitlabFormat } from './gitlab.ts';
import { jsonFormat } from './json.ts';
import { junitFormat } from './junit.ts';
import type { ReportFormat } from './report.ts';
import { sarifFormat } from './sarif.ts';
import { textFormat } from './text.ts';

/** Every way in which `validate` prints findings. Adding one is a file and a line here. */
export const reportFormats: readonly ReportFormat[] = [
  textFormat,
  jsonFormat,
  githubFormat,
  sarifFormat,
  junitFormat,
  gitlabFormat,
  checkstyleFormat,
];
