import { renderDoctorJson, renderDoctorText } from '../../report/doctor.ts';
import { tools } from '../../verify/tool.ts';
import { consoleOf, type GlobalOptions } from '../command.ts';
import { EXIT } from '../exit.ts';
import { findTool } from '../verification.ts';

declare const QMON_VERSION: string;

interface Options extends GlobalOptions {
  readonly format: 'text' | 'json';
}

/** `qmon doctor`: which tools are found, and what follows. */
export async function run(_argument: string | undefined, options: Options): Promise<number> {
  const console = consoleOf(options);
  const report = {
    qmon: QMON_VERSION,
    node: process.version,
    platform: `${process.platform} ${process.arch}`,
    tools: await Promise.all(tools.map(({ name }) => findTool(console, name))),
  };
  await console.result(options.format === 'json' ? renderDoctorJson(report) : renderDoctorText(report));
  return EXIT.ok;
}
