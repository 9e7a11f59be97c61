import { titleCase } from '../../base/text.ts';
import type { DashboardDocument } from '../../generated/dashboard.ts';
import type { Dashboard, Panel, PanelFrame, Variable } from '../../model/types.ts';
import type { Located, Path } from '../../source/document.ts';
import { defined, entity } from '../entity.ts';
import { expressionAt } from '../expressions.ts';
import type { Reference, SpecKind } from '../kind.ts';
import { durationMs, optionalDurationMs } from '../quantities.ts';
import { checkDashboard, codes } from './check.ts';
import schema from './dashboard.schema.json' with { type: 'json' };

type Spec = DashboardDocument['spec'];
type PanelSpec = Spec['rows'][number]['panels'][number];
type Document = Located<DashboardDocument>;

const DEFAULT_RANGE = '6h';

function panelReferences(panel: PanelSpec, path: Path): Reference[] {
  const kpi: Reference[] =
    panel.kpi === undefined ? [] : [{ path: [...path, 'kpi'], to: 'KPI', name: panel.kpi, part: path }];
  const slo: Reference[] =
    panel.slo === undefined ? [] : [{ path: [...path, 'slo'], to: 'SLO', name: panel.slo, part: path }];
  const severities = (panel.alerts?.severity ?? []).map(
    (name, index): Reference => ({ path: [...path, 'alerts', 'severity', index], to: 'severity', name }),
  );
  return [...kpi, ...slo, ...severities];
}

function references({ spec }: DashboardDocument): Reference[] {
  const children = (spec.leadsTo ?? []).map(
    (name, index): Reference => ({ path: ['spec', 'leadsTo', index], to: 'Dashboard', name }),
  );
  const panels = spec.rows.flatMap((row, rowIndex) =>
    row.panels.flatMap((panel, index) => panelReferences(panel, ['spec', 'rows', rowIndex, 'panels', index])),
  );
  return [...children, ...panels];
}

function queries(document: Document, spec: PanelSpec, path: Path) {
  if (spec.query !== undefined) {
    return [{ query: expressionAt(document, [...path, 'query'], spec.query), ...defined({ legend: spec.legend }) }];
  }
  return (spec.queries ?? []).map(({ query, legend }, index) => ({
    query: expressionAt(document, [...path, 'queries', index, 'query'], query),
    ...defined({ legend }),
  }));
}

function panel(document: Document, spec: PanelSpec, path: Path): Panel {
  const frame: PanelFrame = {
    origin: { document, path },
    ...defined({ title: spec.title, description: spec.description, width: spec.width, height: spec.height }),
  };
  if (spec.kpi !== undefined) return { ...frame, shows: 'kpi', kpi: spec.kpi };
  if (spec.slo !== undefined) return { ...frame, shows: 'slo', slo: spec.slo };
  if (spec.alerts !== undefined) {
    // Levels that an environment maps onto one are one there.
    return { ...frame, shows: 'alerts', severities: [...new Set(spec.alerts.severity)] };
  }
  if (spec.text !== undefined) return { ...frame, shows: 'text', markdown: spec.text };
  return {
    ...frame,
    shows: 'query',
    type: spec.type ?? 'timeseries',
    queries: queries(document, spec, path),
    thresholds: spec.thresholds ?? [],
    ...defined({ unit: spec.unit }),
  };
}

function variable({ name, label, query, multi }: NonNullable<Spec['variables']>[number]): Variable {
  return { name, label: label ?? titleCase(name), query, multi: multi ?? false };
}

function lower(document: Document): Dashboard {
  const { spec } = document.value;
  return {
    ...entity(document),
    title: spec.title,
    purpose: spec.purpose ?? '',
    audience: spec.audience ?? [],
    tags: spec.tags ?? [],
    rangeMs: durationMs(spec.range ?? DEFAULT_RANGE),
    leadsTo: spec.leadsTo ?? [],
    variables: (spec.variables ?? []).map(variable),
    rows: spec.rows.map((row, rowIndex) => ({
      panels: row.panels.map((each, index) => panel(document, each, ['spec', 'rows', rowIndex, 'panels', index])),
      ...defined({ title: row.title }),
    })),
    ...defined({ refreshMs: optionalDurationMs(spec.refresh) }),
  };
}

export const dashboardKind: SpecKind<DashboardDocument, Dashboard> = {
  name: 'Dashboard',
  summary: 'a hand-written Grafana dashboard',
  schema,
  codes,
  count: 'any',
  mapsSeverities: true,
  isShared: true,
  references,
  check: checkDashboard,
  lower,
};
