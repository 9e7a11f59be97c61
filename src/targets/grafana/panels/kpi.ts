import { present } from '../../../base/assert.ts';
import { compare, ONE } from '../../../base/quantity.ts';
import type { Kpi, Panel, PanelFrame } from '../../../model/types.ts';
import type { Origin } from '../../../source/document.ts';
import type { Scene } from '../board.ts';
import { kpiMappings, kpiSteps } from '../colors.ts';
import { pageLink, runbookLinks } from '../links.ts';
import { kpiValue } from '../queries.ts';
import { grafanaUnit, isMoney } from '../units.ts';
import { authoredSize, type Tile, tile, type View } from '../view.ts';
import { stat } from './stat.ts';

type KpiPanel = Extract<Panel, { readonly shows: 'kpi' }>;

/** What it is and when it is good, in words. */
function describe(kpi: Kpi): string {
  const bounds = [
    ...(kpi.target ? [`Target: ${kpi.target.text}.`] : []),
    ...(kpi.critical ? [`Critical: ${kpi.critical.text}.`] : []),
  ];
  const advice = kpi.advice.map(({ when, say }) => `- \`${when.text}\`: ${say}`).join('\n');
  return [kpi.description, bounds.join(' '), advice].filter((part) => part).join('\n\n');
}

/** One number for each value of the labels by which the KPI is grouped. */
function legend({ groupBy }: Kpi): { legend?: string } {
  return groupBy.length === 0 ? {} : { legend: groupBy.map((label) => `{{${label}}}`).join(' ') };
}

/** Hundredths, and more where the bounds are below 1. */
function moneyDecimals({ target, critical }: Kpi): number {
  const isSmall = [target, critical].some((bound) => bound && compare(bound.value, ONE) < 0);
  return isSmall ? 4 : 2;
}

function view(kpi: Kpi, frame: Omit<PanelFrame, 'origin'>, scene: Scene): View {
  const steps = kpiSteps(kpi);
  const page = kpi.dashboard === undefined ? undefined : scene.pages.get(kpi.dashboard);
  return {
    title: frame.title ?? kpi.title,
    description: frame.description ?? describe(kpi),
    queries: [{ expr: kpiValue(kpi.name, scene.model.project.labelNames), ...legend(kpi) }],
    unit: grafanaUnit(kpi.unit),
    ...(isMoney(kpi.unit) && { decimals: moneyDecimals(kpi) }),
    ...(kpi.groupBy.length > 0 && { options: { textMode: 'value_and_name' } }),
    mappings: kpiMappings(kpi),
    links: [...(page ? [pageLink(page)] : []), ...runbookLinks(scene, { kind: 'KPI', name: kpi.name }, kpi.runbook)],
    steps: steps ?? [{ color: 'text', value: null }],
  };
}

/** A KPI against its target, wherever it is shown. */
export function drawKpi(kpi: Kpi, frame: Omit<PanelFrame, 'origin'>, scene: Scene, origin: Origin): Tile {
  return tile(stat, view(kpi, frame, scene), origin, authoredSize(frame));
}

/** An author's panel that shows a KPI. */
export function kpiTile(panel: KpiPanel, scene: Scene): Tile {
  const kpi = present(scene.model.kpis.get(panel.kpi), `the KPI ${panel.kpi}`);
  return drawKpi(kpi, panel, scene, panel.origin);
}
