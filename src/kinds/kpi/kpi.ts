import { titleOfName } from '../../base/text.ts';
import type { KPIDocument } from '../../generated/kpi.ts';
import type { Kpi, KpiAlerting } from '../../model/types.ts';
import type { Located, Path } from '../../source/document.ts';
import { defined, entity } from '../entity.ts';
import { expressionAt } from '../expressions.ts';
import type { Reference, SpecKind } from '../kind.ts';
import { conditionOf, durationMs } from '../quantities.ts';
import { checkKpi, codes } from './check.ts';
import schema from './kpi.schema.json' with { type: 'json' };

const DEFAULT_FOR = '5m';

type Document = Located<KPIDocument>;

function references({ spec }: KPIDocument): Reference[] {
  const names: [path: Path, to: string, name: string | undefined][] = [
    [['spec', 'service'], 'Service', spec.service],
    [['spec', 'alert', 'severity'], 'severity', spec.alert?.severity],
    [['spec', 'alert', 'atRisk'], 'severity', spec.alert?.atRisk],
    [['spec', 'runbook'], 'Runbook', spec.runbook],
    [['spec', 'dashboard'], 'Dashboard', spec.dashboard],
  ];
  return names.flatMap(([path, to, name]) => (name === undefined ? [] : [{ path, to, name }]));
}

function alerting({ alert }: KPIDocument['spec']): KpiAlerting | undefined {
  if (!alert) return undefined;
  const { severity, atRisk } = alert;
  return { forMs: durationMs(alert.for ?? DEFAULT_FOR), ...defined({ severity, atRisk }) };
}

function lower(document: Document): Kpi {
  const { spec, metadata } = document.value;
  const base = entity(document);
  const condition = (text: string | undefined) => (text === undefined ? undefined : conditionOf(text, spec.unit));
  return {
    ...base,
    title: spec.title ?? titleOfName(base.name),
    category: spec.category ?? 'kpi',
    query: expressionAt(document, ['spec', 'query'], spec.query),
    unit: spec.unit,
    groupBy: spec.groupBy?.labels ?? [],
    advice: (spec.advice ?? []).map(({ when, say }) => ({ when: conditionOf(when, spec.unit), say })),
    alertLabels: metadata.labels ?? {},
    alertAnnotations: metadata.annotations ?? {},
    ...defined({
      description: spec.description,
      service: spec.service,
      target: condition(spec.target),
      critical: condition(spec.critical),
      alert: alerting(spec),
      runbook: spec.runbook,
      dashboard: spec.dashboard,
    }),
  };
}

export const kpiKind: SpecKind<KPIDocument, Kpi> = {
  name: 'KPI',
  summary: 'a number that people watch, with target and critical bound',
  schema,
  codes,
  count: 'any',
  mapsSeverities: true,
  isShared: true,
  references,
  check: checkKpi,
  lower,
};
