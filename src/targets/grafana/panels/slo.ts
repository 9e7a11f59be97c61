import { present } from '../../../base/assert.ts';
import type { Panel, Slo } from '../../../model/types.ts';
import type { Scene } from '../board.ts';
import { budgetSteps, floorSteps } from '../colors.ts';
import { pageLink, runbookLinks, servicePage } from '../links.ts';
import { sloQueries } from '../queries.ts';
import { promise, shareDecimals } from '../slo-words.ts';
import { authoredSize, override, type Tile, tile, type View } from '../view.ts';
import { stat } from './stat.ts';

type SloPanel = Extract<Panel, { readonly shows: 'slo' }>;

/** An SLO at a glance: what was reached over its window, and what is left of its error budget. */
export function sloTile(panel: SloPanel, scene: Scene): Tile {
  const slo = present(scene.model.slos.get(panel.slo), `the SLO ${panel.slo}`);
  return tile(stat, view(slo, panel, scene), panel.origin, authoredSize(panel));
}

function view(slo: Slo, panel: SloPanel, scene: Scene): View {
  const queries = sloQueries(slo, scene.model.project.labelNames);
  const page = servicePage(scene, slo.service);
  const reached = { mode: 'absolute', steps: floorSteps(slo.objectiveRatio) };
  return {
    title: panel.title ?? slo.title,
    description: panel.description ?? [slo.description, promise(slo)].filter((part) => part !== '').join('\n\n'),
    queries: [
      { expr: queries.budgetLeft, legend: 'Budget left' },
      { expr: queries.sli(slo.windowMs), legend: 'SLI' },
    ],
    unit: 'percentunit',
    decimals: 1,
    steps: budgetSteps(slo.budgetPolicy),
    overrides: [override('SLI', { thresholds: reached, decimals: shareDecimals(slo) })],
    options: { textMode: 'value_and_name' },
    links: [...(page ? [pageLink(page)] : []), ...runbookLinks(scene, { kind: 'SLO', name: slo.name }, slo.runbook)],
  };
}
