import { describeDuration, formatPercent } from '../../base/quantity.ts';
import type { ProcedurePhase, Severity, Slo } from '../../model/types.ts';
import { HEALTHY } from '../../slo/budget.ts';

/**
 * What an annotation says before Prometheus fills it in: `{{ $labels.job }}` becomes `<job>`, `{{ $value | … }}`
 * becomes `<value>`, any other action `…`.
 */
export function annotationText(template: string): string {
  return template.replace(/\{\{-?\s*(.*?)\s*-?\}\}/gs, (_, action: string) => {
    const label = /^\$labels\.([A-Za-z_][A-Za-z0-9_]*)/.exec(action)?.[1];
    if (label) return `\`<${label}>\``;
    return /\$value\b/.test(action) ? '`<value>`' : '…';
  });
}

/** `within 5 minutes`, or the author's words; nothing where the severity does not say. */
export function responseTime({ respondWithin }: Severity): string | undefined {
  if (respondWithin === undefined) return undefined;
  return typeof respondWithin === 'number' ? `within ${describeDuration(respondWithin)}` : respondWithin;
}

/** When a phase of an incident happens, as it stands behind its name. */
export function phaseTiming({ fromMs, toMs }: ProcedurePhase): string | undefined {
  if (toMs !== undefined) {
    const end = describeDuration(toMs);
    if (fromMs === undefined || fromMs === 0) return `the first ${end}`;
    const [start, unit = ''] = describeDuration(fromMs).split(' ');
    return end.endsWith(` ${unit}`) ? `${start} to ${end}` : `${describeDuration(fromMs)} to ${end}`;
  }
  if (fromMs === undefined) return undefined;
  return fromMs === 0 ? 'from the start' : `from ${describeDuration(fromMs)} on`;
}

export interface StatusRow {
  readonly status: string;
  /** `more than 50%`, `50% to 10%`, `nothing`. */
  readonly left: string;
  readonly action: string | undefined;
}

/** The budget policy of an SLO from untouched to spent, each status with the share of the budget at which it holds. */
export function budgetStatuses({ budgetPolicy }: Slo): readonly StatusRow[] {
  const first = budgetPolicy[0];
  if (!first) return [];
  const healthy = { status: HEALTHY, left: `more than ${formatPercent(first.atMost)}`, action: undefined };
  const rows = budgetPolicy.map(({ atMost, status, action }, index): StatusRow => {
    const next = budgetPolicy[index + 1];
    const bound = formatPercent(atMost);
    if (next) return { status, left: `at most ${bound}, more than ${formatPercent(next.atMost)}`, action };
    return { status, left: atMost.numerator === 0n ? 'nothing' : `at most ${bound}`, action };
  });
  return [healthy, ...rows];
}
