import type { LabelNames, Panel, Severity } from '../../../model/types.ts';
import type { Scene } from '../board.ts';
import { NONE_IS_GOOD, severityMapping } from '../colors.ts';
import { firingAlerts, firingCount } from '../queries.ts';
import { authoredSize, override, type Tile, tile, type View } from '../view.ts';
import { stat } from './stat.ts';
import { table } from './table.ts';

type AlertsPanel = Extract<Panel, { readonly shows: 'alerts' }>;

/** A narrower panel has no room for the columns of a table. */
const NARROW = 6;

/** Grafana's own list of alerts shows those of Prometheus differently from version to version; a query does not. */
export function alertsTile(panel: AlertsPanel, scene: Scene): Tile {
  const names = scene.model.project.labelNames;
  const frame = {
    title: panel.title ?? 'Firing alerts',
    description: panel.description ?? describe(panel.severities),
  };
  const narrow = panel.width !== undefined && panel.width <= NARROW;
  const view = narrow ? countView(panel.severities, names) : listView(panel.severities, scene.model.severities, names);
  return tile(narrow ? stat : table, { ...frame, ...view }, panel.origin, authoredSize(panel));
}

function describe(severities: readonly string[]): string {
  return `Alerts that fire now${severities.length === 0 ? '' : `, of the severities ${severities.join(', ')}`}.`;
}

function countView(severities: readonly string[], names: LabelNames): Omit<View, 'title'> {
  return { queries: [{ expr: firingCount(severities, names) }], unit: 'none', steps: NONE_IS_GOOD };
}

/** Labels that say the same of every alert, or nothing to a person. */
const HIDDEN = { Time: true, __name__: true, alertstate: true };

function listView(severities: readonly string[], scale: readonly Severity[], names: LabelNames): Omit<View, 'title'> {
  const columns = [
    [names.severity, 'Severity'],
    ['alertname', 'Alert'],
    [names.service, 'Service'],
    [names.owner, 'Owner'],
    ['Value', 'Active since'],
  ] as const;
  const organize = {
    excludeByName: HIDDEN,
    indexByName: Object.fromEntries(columns.map(([name], index) => [name, index])),
    renameByName: Object.fromEntries(columns),
  };
  return {
    queries: [{ expr: firingAlerts(severities, names) }],
    noValue: 'No alert fires',
    transformations: [{ id: 'organize', options: organize }],
    overrides: [
      override('Severity', { 'custom.displayMode': 'color-text', mappings: severityMapping(scale) }),
      override('Active since', { unit: 'dateTimeFromNow' }),
    ],
    options: { sortBy: [{ displayName: 'Active since', desc: true }] },
  };
}
