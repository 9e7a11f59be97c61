import { renderDoctorJson, renderDoctorText } from '../../report/doctor.ts';
import { tools } from '../../verify/tool.ts';
import { version } from '../command.ts';
import type { Console } from '../console.ts';
import { EXIT } from '../exit.ts';
import { findTool } from '../verification.ts';

interface Options {
  readonly format: 'text' | 'json';
}

/** `qmon doctor`: which tools are found, and what follows. */
export async function run(console: Console, _argument: string | undefined, options: Options): Promise<number> {
  const report = {
    qmon: version,
    node: process.version,
    platform: `${process.platform} ${process.arch}`,
    tools: await Promise.all(tools.map(({ name }) => findTool(console, name))),
  };
  await console.result(options.format === 'json' ? renderDoctorJson(report) : renderDoctorText(report));
  return EXIT.ok;
}
