import { generatedDashboard, generatedRunbook, KPI_SERIES, kpiAlertName, kpiAtRiskName } from '../model/names.ts';
import type { Alert, Group, Recording } from '../model/rule.ts';
import type { Comparison, Condition, Kpi, Labels, Model } from '../model/types.ts';
import { compared } from '../promql/build.ts';
import { completeAlert } from './alert.ts';
import { filledIn } from './selector.ts';
import { formattedValue, literal } from './value.ts';

function identity(model: Model, kpi: Kpi): Labels {
  const names = model.project.labelNames;
  return {
    [names.kpi]: kpi.name,
    ...(kpi.service !== undefined && { [names.service]: kpi.service }),
    [names.category]: kpi.category,
  };
}

function recording(model: Model, kpi: Kpi): Recording {
  const service = kpi.service === undefined ? undefined : model.services.get(kpi.service);
  return {
    type: 'record',
    record: KPI_SERIES.value,
    expr: filledIn(kpi.query, service),
    labels: identity(model, kpi),
    origin: kpi.part('spec', 'query'),
  };
}

/** What an alert of a KPI fires at, and what it says of it. */
interface Finding {
  readonly alert: string;
  readonly severity: string;
  readonly operator: Comparison;
  readonly bound: Condition;
  /** As it follows the title: `is critical`. */
  readonly summary: string;
  /** As it follows the value. */
  readonly verdict: string;
}

const OPPOSITE = { '<': '>=', '<=': '>', '>': '<=', '>=': '<', '==': '!=', '!=': '==' } as const;

/**
 * The alert of the critical value, and the milder one of a missed target. A critical value has missed its target as
 * well: the milder alert goes on firing and is inhibited. If it stopped there, people would be told that all is well
 * for as long as the other one waits for its `for`.
 */
function findings({ name, alert, target, critical }: Kpi): Finding[] {
  const found: Finding[] = [];
  if (critical && alert?.severity !== undefined) {
    const goal = target === undefined ? '' : `, the target is ${literal(target.text)}`;
    found.push({
      alert: kpiAlertName(name),
      severity: alert.severity,
      operator: critical.operator,
      bound: critical,
      summary: 'is critical',
      verdict: `${literal(critical.text)} is critical${goal}`,
    });
  }
  if (target && alert?.atRisk !== undefined) {
    const limit = critical === undefined ? '' : `, ${literal(critical.text)} is critical`;
    found.push({
      alert: kpiAtRiskName(name),
      severity: alert.atRisk,
      operator: OPPOSITE[target.operator],
      bound: target,
      summary: 'misses its target',
      verdict: `the target is ${literal(target.text)}${limit}`,
    });
  }
  return found;
}

/** `Cost of tokens (model {{ $labels.model }})`: which of its values is meant. */
function subject({ title, groupBy }: Kpi): string {
  const values = groupBy.map((label) => `${label} {{ $labels.${label} }}`);
  return literal(title) + (values.length === 0 ? '' : ` (${values.join(', ')})`);
}

function alerts(model: Model, kpi: Kpi, services: ReadonlySet<string>): Alert[] {
  const drawn = kpi.service !== undefined && services.has(kpi.service);
  const label = model.project.labelNames.kpi;
  const series = `${KPI_SERIES.value}{${label}="${kpi.name}"}`;
  const bounds = [kpi.target, kpi.critical].flatMap((each) => each?.value ?? []);
  return findings(kpi).map(({ alert, severity, operator, bound, summary, verdict }) =>
    completeAlert(model, {
      alert,
      expr: compared(series, operator, bound.value),
      forMs: kpi.alert?.forMs ?? 0,
      severity,
      service: kpi.service,
      category: kpi.category,
      labels: { ...kpi.alertLabels, [label]: kpi.name },
      annotations: kpi.alertAnnotations,
      summary: `${subject(kpi)} ${summary}`,
      description: `${subject(kpi)} is ${formattedValue(kpi.unit, bounds)}; ${verdict}.`,
      runbook: kpi.runbook ?? generatedRunbook.kpi(kpi.name),
      dashboard: kpi.dashboard ?? (drawn ? generatedDashboard.service(kpi.service!) : undefined),
      origin: kpi.part('spec', 'alert'),
      source: { kind: 'KPI', name: kpi.name },
    }),
  );
}

/** One group per KPI: its recorded value and the alerts that read it. They lead to the service's dashboard where there is one. */
export function kpiGroups(model: Model): Group[] {
  const services = new Set(model.slos.all.map(({ service }) => service));
  return model.kpis.all.map((kpi) => ({
    name: `kpi-${kpi.name}`,
    rules: [recording(model, kpi), ...alerts(model, kpi, services)],
    ...(kpi.service !== undefined && { service: kpi.service }),
  }));
}
