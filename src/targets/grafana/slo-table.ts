import { groupBy, uniqueTexts } from '../../base/order.ts';
import { describeDuration, toNumber, ZERO } from '../../base/quantity.ts';
import { enumerate } from '../../base/text.ts';
import type { Override, TransformationJson } from '../../formats/grafana.ts';
import { dashboardUid, generatedDashboard, SLO_SERIES } from '../../model/names.ts';
import type { BudgetStatus, LabelNames, Model, Slo } from '../../model/types.ts';
import { BAD, budgetSteps, GOOD, NONE_IS_GOOD, statusWords } from './colors.ts';
import { cellUrl } from './links.ts';
import { alertingTiers, type FleetQueries, fastestWindowMs } from './queries.ts';
import { mapping, override, refId, type View } from './view.ts';

/** The column, never shown, that says which dashboard a row leads to. */
const UID_COLUMN = 'dashboard_uid';

/** More corrections than this make the query unwieldy: then the rows have no links. */
const MOST_CORRECTIONS = 50;

/** SLOs whose budget policies have the same words share the numbers of their statuses; each further group has its own. */
function statusGroups(slos: readonly Slo[]) {
  let first = 0;
  const groups = groupBy(slos, ({ budgetPolicy }) => budgetPolicy.map(({ status }) => status).join(' '));
  return [...groups.values()].map((of) => {
    const group = { of, first, words: statusWords(of[0]!.budgetPolicy, first) };
    first += group.words.length;
    return group;
  });
}

function statusQuery(slos: readonly Slo[], fleet: FleetQueries): string {
  const parts = statusGroups(slos).map(({ of, first }) => {
    const series = `${SLO_SERIES.budgetStatus}${fleet.select(of)}`;
    return first === 0 ? series : `${series} + ${first}`;
  });
  return `${fleet.by} (${parts.join(' or ')})`;
}

/**
 * Adds the uid of each service's dashboard to its rows: it follows from the service's name, but for names so long that
 * their uid is cut. Nothing where too many are.
 */
function withUid(expr: string, model: Model): string | undefined {
  const { project } = model;
  const { labelNames } = project;
  const uid = (service: string) => dashboardUid(project, generatedDashboard.service(service));
  const usual = dashboardUid(project, generatedDashboard.service(''));
  const label = (inner: string, value: string, pattern: string) =>
    `label_replace(${inner}, "${UID_COLUMN}", "${value}", "${labelNames.service}", "${pattern}")`;
  const services = uniqueTexts(model.slos.all.map(({ service }) => service));
  const cut = services.filter((service) => uid(service) !== `${usual}${service}`);
  if (cut.length > MOST_CORRECTIONS) return undefined;
  return cut.reduce((inner, service) => label(inner, uid(service), service), label(expr, `${usual}$1`, '(.*)'));
}

/** Newer versions of the table hide a column by `hideFrom`, older ones by `hidden`. */
const HIDDEN_COLUMN = override(UID_COLUMN, {
  'custom.hidden': true,
  'custom.hideFrom': { legend: true, tooltip: true, viz: true },
});

const LINK = {
  links: [{ title: 'Service dashboard', url: cellUrl(`\${__data.fields.${UID_COLUMN}}`), targetBlank: false }],
};

function inColors(displayMode: 'color-background' | 'color-text', steps?: readonly unknown[]) {
  return { 'custom.displayMode': displayMode, ...(steps && { thresholds: { mode: 'absolute', steps } }) };
}

/** Green while the budget lasts, orange beyond, red from the pace of the fastest alert on. */
function paceSteps(slo: Slo) {
  const [fastest] = alertingTiers(slo);
  const alerting = fastest === undefined ? [] : [{ color: BAD, value: toNumber(fastest.burnRate) }];
  const beyond = alerting.some(({ value }) => value <= 1) ? [] : [{ color: 'orange', value: 1 }];
  return [{ color: GOOD, value: null }, ...beyond, ...alerting];
}

/** Where policies differ, only a spent budget means the same. */
const SPENT: readonly BudgetStatus[] = [{ atMost: ZERO, status: 'EXHAUSTED' }];

function columnStyles(slos: readonly Slo[], linked: boolean): readonly Override[] {
  const groups = statusGroups(slos);
  const policy = groups.length === 1 ? slos[0]!.budgetPolicy : SPENT;
  return [
    ...(linked ? [override('SLO', LINK), override('Service', LINK), HIDDEN_COLUMN] : []),
    override('Objective', { unit: 'percentunit' }),
    override('SLI', { unit: 'percentunit', decimals: 3 }),
    override('Budget left', { unit: 'percentunit', decimals: 1, ...inColors('color-background', budgetSteps(policy)) }),
    override('Burn rate', { unit: 'suffix:×', decimals: 1, ...inColors('color-text', paceSteps(slos[0]!)) }),
    override('Status', { mappings: [mapping(groups.flatMap(({ words }) => words))], ...inColors('color-text') }),
    override('Firing', { unit: 'none', ...inColors('color-text', NONE_IS_GOOD) }),
  ];
}

/** Labels first, then the columns in their order; the value of the last query, 1, says nothing. */
function organize(columns: readonly string[], names: LabelNames): TransformationJson {
  const values = columns.map((name, index) => [`Value #${refId(index)}`, name] as const);
  const shown = [[names.slo, 'SLO'], [names.service, 'Service'], [names.owner, 'Owner'], ...values] as const;
  return {
    id: 'organize',
    options: {
      excludeByName: { Time: true, [`Value #${refId(columns.length)}`]: true },
      indexByName: Object.fromEntries(shown.map(([name], index) => [name, index])),
      renameByName: Object.fromEntries(shown),
    },
  };
}

function fastestWindows(slos: readonly Slo[]): string {
  const windows = [...new Set(slos.map(fastestWindowMs))];
  return enumerate(windows.map(describeDuration), 'or');
}

/** All SLOs as one table, the one with the least budget left on top. */
export function sloTable(model: Model, fleet: FleetQueries): View {
  const slos = model.slos.all;
  const owners = withUid(fleet.owners, model);
  const columns = [
    [fleet.objective, 'Objective'],
    [fleet.sli, 'SLI'],
    [fleet.budgetLeft, 'Budget left'],
    [fleet.burnRate, 'Burn rate'],
    [statusQuery(slos, fleet), 'Status'],
    [fleet.firing, 'Firing'],
  ] as const;
  const names = columns.map(([, name]) => name);
  return {
    title: 'Service level objectives',
    description: `The burn rate is over ${fastestWindows(slos)}, the window of the fastest alert.`,
    queries: [...columns.map(([expr]) => ({ expr })), { expr: owners ?? fleet.owners }],
    transformations: [{ id: 'merge', options: {} }, organize(names, model.project.labelNames)],
    overrides: columnStyles(slos, owners !== undefined),
    options: { sortBy: [{ displayName: 'Budget left', desc: false }] },
  };
}
