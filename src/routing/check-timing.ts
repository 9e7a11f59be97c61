import { formatDuration } from '../base/quantity.ts';
import type { Model, Severity } from '../model/types.ts';
import { type AnyCode, defineCode } from '../source/code.ts';
import type { Diagnostic } from '../source/diagnostic.ts';
import { type Origin, originSpan } from '../source/document.ts';
import { nextMultiple, severityTiming, type Timing } from './timing.ts';

const repeatNotMultiple = defineCode<{ repeatMs: number; groupIntervalMs: number }>({
  code: 'routing/repeat-not-multiple',
  severity: 'warning',
  title: 'messages repeat later than written',
  explain: `Alertmanager looks at a group of alerts once in every \`groupInterval\`, and only then sees whether \`repeat\` is
over. With \`groupInterval: 5m\` and \`repeat: 12m\` a message repeats after 15 minutes.`,
  message: ({ repeatMs, groupIntervalMs }) =>
    `\`${formatDuration(repeatMs)}\` is no multiple of the group interval \`${formatDuration(groupIntervalMs)}\`, so it repeats after ${formatDuration(nextMultiple(repeatMs, groupIntervalMs))}`,
  help: ({ repeatMs, groupIntervalMs }) =>
    `write \`repeat: ${formatDuration(nextMultiple(repeatMs, groupIntervalMs))}\`, or a \`groupInterval\` that divides it`,
});

const zeroInterval = defineCode<{ field: string }>({
  code: 'routing/zero-interval',
  severity: 'error',
  title: 'an interval is zero',
  explain: `Alertmanager refuses a \`groupInterval\` or \`repeat\` of zero: it would send messages without end. Only
\`groupWait\` may be zero.`,
  message: ({ field }) => `\`${field}\` is \`0s\``,
  help: () => 'write a duration above zero, such as `5m`',
});

export const codes: readonly AnyCode[] = [repeatNotMultiple, zeroInterval];

/** Whether messages go out when the author says. */
export function checkTiming(model: Model): readonly Diagnostic[] {
  const { defaults, origin } = model.routing;
  const at = (field: string): Origin => ({ ...origin, path: [...origin.path, 'spec', 'default', field] });
  return [...checkIntervals(defaults, at), ...model.severities.flatMap(checkSeverity)];
}

/** Only what the level says itself; qmon's own values fit together. */
function checkSeverity(severity: Severity): readonly Diagnostic[] {
  const timing = severityTiming(severity);
  const findings = checkIntervals(timing, (field) => severity.part(field));
  return severity.notify?.length === 0 ? [] : findings;
}

function checkIntervals(timing: Timing, at: (field: string) => Origin): readonly Diagnostic[] {
  const { repeatMs, groupIntervalMs } = timing;
  const zero = Object.entries({ repeat: repeatMs, groupInterval: groupIntervalMs }).filter(([, ms]) => ms === 0);
  if (zero.length > 0) return zero.map(([field]) => zeroInterval.at(originSpan(at(field)), { field }));
  if (repeatMs % groupIntervalMs === 0) return [];
  return [repeatNotMultiple.at(originSpan(at('repeat')), { repeatMs, groupIntervalMs })];
}
