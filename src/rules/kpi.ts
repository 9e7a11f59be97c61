import { generatedDashboard, generatedRunbook, KPI_SERIES, kpiAlertName } from '../model/names.ts';
import type { Alert, Group, Recording } from '../model/rule.ts';
import type { Kpi, Labels, Model } from '../model/types.ts';
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

function alert(model: Model, kpi: Kpi, services: ReadonlySet<string>): Alert[] {
  const { alert: alerting, critical } = kpi;
  if (!alerting || !critical) return [];
  const drawn = kpi.service !== undefined && services.has(kpi.service);
  const series = `${KPI_SERIES.value}{${model.project.labelNames.kpi}="${kpi.name}"}`;
  const title = literal(kpi.title);
  const target = kpi.target === undefined ? '' : `, the target is ${kpi.target.text}`;
  return [
    completeAlert(model, {
      alert: kpiAlertName(kpi.name),
      expr: compared(series, critical.operator, critical.value),
      forMs: alerting.forMs,
      severity: alerting.severity,
      service: kpi.service,
      category: kpi.category,
      labels: { ...kpi.alertLabels, [model.project.labelNames.kpi]: kpi.name },
      annotations: kpi.alertAnnotations,
      summary: `${title} is critical`,
      description: `${title} is ${formattedValue(kpi.unit)}; ${critical.text} is critical${target}.`,
      runbook: kpi.runbook ?? generatedRunbook.kpi(kpi.name),
      dashboard: kpi.dashboard ?? (drawn ? generatedDashboard.service(kpi.service!) : undefined),
      origin: kpi.part('spec', 'alert'),
      source: { kind: 'KPI', name: kpi.name },
    }),
  ];
}

/** One group per KPI: its recorded value, and the alert that reads it. It leads to the service's dashboard where there is one. */
export function kpiGroups(model: Model): Group[] {
  const services = new Set(model.slos.all.map(({ service }) => service));
  return model.kpis.all.map((kpi) => ({
    name: `kpi-${kpi.name}`,
    rules: [recording(model, kpi), ...alert(model, kpi, services)],
    ...(kpi.service !== undefined && { service: kpi.service }),
  }));
}
