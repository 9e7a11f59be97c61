import type { Dashboard, Model, Panel } from '../../model/types.ts';
import { type AnyCode, defineCode } from '../../source/code.ts';
import type { Diagnostic } from '../../source/diagnostic.ts';
import { type Origin, originSpan } from '../../source/document.ts';
import { checkNames, codes as nameCodes } from './check-names.ts';
import { checkQueries, codes as queryCodes } from './check-queries.ts';
import { misspeltUnit } from './units.ts';

const UNKNOWN_UNIT = defineCode<{ unit: string; near: string }>({
  code: 'dashboard/unknown-unit',
  severity: 'warning',
  title: 'a unit that is nearly a known one',
  explain:
    'A unit that neither qmon nor Grafana knows is shown behind the number as it is written. This one looks like a misspelt known unit, with which the number would be scaled.',
  message: ({ unit }) => `\`${unit}\` is no known unit`,
  help: ({ unit, near }) => `did you mean \`${near}\`? If not, write \`suffix:${unit}\``,
});

const NO_TITLE = defineCode({
  code: 'dashboard/panel-without-title',
  severity: 'warning',
  title: 'a chart without a title',
  explain: 'A chart without a title says nothing to a reader who did not write its query.',
  message: () => 'the chart has no title',
  help: () => 'write a `title` that says what the numbers are',
});

export const codes: readonly AnyCode[] = [...nameCodes, ...queryCodes, UNKNOWN_UNIT, NO_TITLE];

/** The origin of a part of a panel. */
function inPanel({ origin }: Panel, ...path: string[]): Origin {
  return { document: origin.document, path: [...origin.path, ...path] };
}

function checkUnit(unit: string | undefined, origin: Origin): readonly Diagnostic[] {
  const near = unit === undefined ? undefined : misspeltUnit(unit);
  return unit === undefined || near === undefined ? [] : [UNKNOWN_UNIT.at(originSpan(origin), { unit, near })];
}

function checkPanel(panel: Panel, dashboard: Dashboard): readonly Diagnostic[] {
  const untitled = panel.shows === 'query' && (panel.title ?? '').trim() === '';
  return [
    ...(panel.shows === 'query' ? checkUnit(panel.unit, inPanel(panel, 'unit')) : []),
    ...(untitled ? [NO_TITLE.at(originSpan(panel.origin), {})] : []),
    ...checkQueries(panel, dashboard),
  ];
}

/** Everything about dashboards that only the whole model shows. */
export function grafanaChecks(model: Model): readonly Diagnostic[] {
  const panels = model.dashboards.all.flatMap((dashboard) =>
    dashboard.rows.flatMap((row) => row.panels.flatMap((panel) => checkPanel(panel, dashboard))),
  );
  const kpis = model.kpis.all.flatMap((kpi) => checkUnit(kpi.unit, kpi.part('spec', 'unit')));
  return [...checkNames(model), ...panels, ...kpis];
}
