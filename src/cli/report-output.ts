import { reportFormats } from '../report/formats.ts';
import type { Report, ReportFormat } from '../report/report.ts';
import { unknownNames } from './command.ts';
import type { Console } from './console.ts';
import { usage } from './exit.ts';

/** A report that was asked for; without a file it goes to standard output. */
export interface ReportOutput {
  readonly format: ReportFormat;
  readonly file?: string;
}

function outputOf(text: string): ReportOutput {
  const [name = '', file] = text.split(/=(.*)/s);
  const format = reportFormats.find((each) => each.name === name);
  if (!format) {
    const known = reportFormats.map((each) => each.name);
    throw unknownNames('format', [name], known)!;
  }
  if (file?.trim() === '') throw usage(`the file of \`${text}\` is empty`, `write \`--format ${name}=FILE\``);
  return file === undefined ? { format } : { format, file };
}

/** What `--format` asks for, `NAME` or `NAME=FILE` each time; text on standard output by default. */
export function reportOutputs(texts: readonly string[] = ['text']): ReportOutput[] {
  const outputs = texts.map(outputOf);
  for (const [index, { file, format }] of outputs.entries()) {
    const other = outputs.slice(0, index).find((each) => each.file === file);
    if (!other) continue;
    const where = file === undefined ? 'standard output' : `\`${file}\``;
    throw usage(
      `the formats \`${other.format.name}\` and \`${format.name}\` both go to ${where}`,
      `write \`--format ${format.name}=FILE\` with a file of its own`,
    );
  }
  return outputs;
}

/** Prints each report, or writes it to its file; colour is for terminals alone. */
export async function writeReports(
  console: Console,
  outputs: readonly ReportOutput[],
  report: Omit<Report, 'color'>,
): Promise<void> {
  for (const { format, file } of outputs) {
    const text = format.render({ ...report, color: file === undefined && console.color('stdout') });
    if (file === undefined) {
      await console.result(text);
      continue;
    }
    const folder = file.slice(0, Math.max(0, file.lastIndexOf('/')));
    if (folder !== '') await console.host.makeFolders(folder);
    await console.host.writeText(file, text);
  }
}
