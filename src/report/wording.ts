import { enumerate } from '../base/text.ts';
import type { Diagnostic } from '../source/diagnostic.ts';

/** All that is said of a finding apart from its place, for programs that show running text; a line for each thing. */
export function wordingOf({ message, environments, cause, help }: Diagnostic): string {
  return [
    message.trim(),
    ...(environments ? [`found in ${enumerate(environments)}`] : []),
    ...(cause ? [`${cause.tool} says: ${cause.text.trim()}`] : []),
    ...(help === undefined ? [] : [`help: ${help.trim()}`]),
  ].join('\n');
}

/** What is wrong, in one line: the environments are part of it where not all have it. */
export function headline({ message, environments }: Diagnostic): string {
  const line = message.trim().replace(/\s*\r?\n\s*/g, ' ');
  return environments ? `${line} (in ${enumerate(environments)})` : line;
}
