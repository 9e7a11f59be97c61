import type { Part } from './part.ts';

/**
 * The classic dashboard JSON, as qmon emits it: the one form that every Grafana from 9 to 13 reads in file
 * provisioning, in `POST /api/dashboards/db` and in a Terraform resource.
 * Source: https://grafana.com/docs/grafana/latest/dashboards/build-dashboards/view-dashboard-json-model/ and
 * https://github.com/grafana/grafana-foundation-sdk (jsonschema/dashboard.jsonschema.json)
 */
export interface DashboardJson {
  readonly uid: string;
  readonly title: string;
  readonly description: string;
  readonly tags: readonly string[];
  readonly timezone: 'browser' | 'utc';
  readonly editable: boolean;
  /** 1: the crosshair is shared by all panels. */
  readonly graphTooltip: 0 | 1 | 2;
  readonly time: { readonly from: string; readonly to: string };
  /** One unit, such as `30s`; empty: never. Always a string. */
  readonly refresh: string;
  readonly schemaVersion: number;
  readonly annotations: { readonly list: readonly AnnotationJson[] };
  readonly templating: { readonly list: readonly VariableJson[] };
  readonly links: readonly DashboardLinkJson[];
  readonly panels: readonly (PanelJson | RowJson)[];
}

export interface DataSourceRef {
  readonly type: string;
  readonly uid: string;
}

export type AnnotationJson = Readonly<Record<string, unknown>> & { readonly name: string };

export type VariableJson = Readonly<Record<string, unknown>> & { readonly name: string; readonly type: string };

export interface DashboardLinkJson {
  readonly title: string;
  readonly type: 'link' | 'dashboards';
  readonly icon: string;
  readonly tooltip: string;
  readonly url: string;
  readonly tags: readonly string[];
  readonly asDropdown: boolean;
  readonly targetBlank: boolean;
  readonly includeVars: boolean;
  readonly keepTime: boolean;
}

/** 24 columns wide; a unit of height is 30 pixels. */
export interface GridPos {
  readonly h: number;
  readonly w: number;
  readonly x: number;
  readonly y: number;
}

export interface RowJson {
  readonly id: number;
  readonly type: 'row';
  readonly title: string;
  readonly collapsed: false;
  readonly gridPos: GridPos;
  readonly panels: readonly [];
}

/** A panel that has no place yet. */
export interface PanelBody {
  readonly type: string;
  readonly title: string;
  readonly description: string;
  readonly transparent: boolean;
  readonly pluginVersion: string;
  readonly datasource?: DataSourceRef;
  readonly targets?: readonly QueryJson[];
  readonly fieldConfig: FieldConfig;
  readonly options: Readonly<Record<string, unknown>>;
  readonly transformations?: readonly TransformationJson[];
  readonly links: readonly PanelLinkJson[];
  /** The panel's own time range, counted back from now, where it differs from the dashboard's. */
  readonly timeFrom?: string;
}

export interface PanelJson extends PanelBody {
  readonly id: number;
  readonly gridPos: GridPos;
}

export interface QueryJson {
  readonly refId: string;
  readonly datasource: DataSourceRef;
  readonly editorMode: 'code';
  readonly expr: string;
  readonly format: 'time_series' | 'table' | 'heatmap';
  readonly instant: boolean;
  readonly range: boolean;
  readonly legendFormat: string;
}

export interface FieldConfig {
  readonly defaults: FieldDefaults;
  readonly overrides: readonly Override[];
}

export interface FieldDefaults {
  /** Never missing: without it newer versions skip the migration of the overrides. */
  readonly custom: Readonly<Record<string, unknown>>;
  readonly color: { readonly mode: string; readonly fixedColor?: string };
  readonly mappings: readonly ValueMapping[];
  readonly thresholds: { readonly mode: 'absolute'; readonly steps: readonly ThresholdStep[] };
  readonly unit?: string;
  readonly decimals?: number;
  readonly min?: number;
  readonly max?: number;
  readonly noValue?: string;
}

/** The colour from a value on; `null` for the first, which has no lower end. */
export interface ThresholdStep {
  readonly color: string;
  readonly value: number | null;
}

export interface ValueMapping {
  readonly type: 'value';
  readonly options: Readonly<
    Record<string, { readonly text?: string; readonly color?: string; readonly index: number }>
  >;
}

export interface Override {
  readonly matcher: { readonly id: 'byName'; readonly options: string };
  readonly properties: readonly { readonly id: string; readonly value: unknown }[];
}

export interface TransformationJson {
  readonly id: string;
  readonly options: Readonly<Record<string, unknown>>;
}

export interface PanelLinkJson {
  readonly title: string;
  readonly url: string;
  readonly targetBlank: boolean;
}

/** `grafana/provisioning/dashboards/*.yml`. Source: https://grafana.com/docs/grafana/latest/administration/provisioning/#dashboards */
export interface DashboardProvisioning {
  readonly apiVersion: 1;
  readonly providers: readonly {
    readonly name: string;
    readonly orgId: number;
    readonly folder: string;
    readonly type: 'file';
    readonly disableDeletion: boolean;
    readonly updateIntervalSeconds: number;
    readonly allowUiUpdates: boolean;
    readonly options: { readonly path: string; readonly foldersFromFilesStructure: boolean };
  }[];
}

/** `grafana/provisioning/datasources/*.yml`. Source: https://grafana.com/docs/grafana/latest/administration/provisioning/#data-sources */
export interface DataSourceProvisioning {
  readonly apiVersion: 1;
  readonly datasources: readonly {
    readonly name: string;
    readonly type: string;
    readonly access: 'proxy';
    readonly url: string;
    readonly editable: boolean;
    readonly jsonData: Readonly<Record<string, unknown>>;
  }[];
}

type Plain = Readonly<Record<string, unknown>>;

function isPlain(value: unknown): value is Plain {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function plainList(value: unknown): readonly Plain[] {
  return Array.isArray(value) ? value.filter(isPlain) : [];
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** Plain data as a dashboard; nothing when it is none. It trusts what it does not need to tell parts apart. */
export function readDashboard(value: unknown): DashboardJson | undefined {
  const isDashboard = isPlain(value) && typeof value.title === 'string' && Array.isArray(value.panels);
  return isDashboard ? (value as unknown as DashboardJson) : undefined;
}

/** What Grafana counts up or fills in by itself: a difference there means nothing to a person. */
const BOOKKEEPING = ['id', 'uid', 'version', 'iteration', 'schemaVersion', 'panels', 'templating'];

function without(value: Plain, keys: readonly string[]): Plain {
  return Object.fromEntries(Object.entries(value).filter(([key]) => !keys.includes(key)));
}

interface PlacedPanel {
  readonly panel: Plain;
  readonly row: string;
  readonly pointer: string;
}

/** All panels with the title of their row; the panels of a collapsed row lie inside it. Rows themselves are no panels. */
function placedPanels(panels: unknown): readonly PlacedPanel[] {
  let row = '';
  return plainList(panels).flatMap((panel, index): PlacedPanel[] => {
    const pointer = `/panels/${index}`;
    if (panel.type !== 'row') return [{ panel, row, pointer }];
    row = text(panel.title);
    const inner = row;
    return plainList(panel.panels).map((each, position) => {
      return { panel: each, row: inner, pointer: `${pointer}/panels/${position}` };
    });
  });
}

/** Where a panel stands follows from its neighbours; how large it is does not. */
function panelFields(panel: Plain, row: string): Plain {
  const { w: width, h: height } = isPlain(panel.gridPos) ? panel.gridPos : {};
  return { row, ...without(panel, ['id', 'gridPos', 'title', 'pluginVersion']), width, height };
}

/**
 * The parts of a dashboard, nothing when it is none: itself by its uid, its variables by name, its panels by title within their row. Panels of
 * one row with the same title are told apart by an ordinal: `shop-health / Now / Errors #2`.
 */
export function dashboardParts(value: unknown): readonly Part[] | undefined {
  const document = readDashboard(value);
  if (!document) return undefined;
  const json = document as unknown as Plain;
  const uid = text(json.uid) || text(json.title);
  const seen = new Map<string, number>();
  const own: Part = { kind: 'dashboard', identity: uid, fields: without(json, BOOKKEEPING), pointer: '' };
  const list = isPlain(json.templating) ? json.templating.list : [];
  const variables = plainList(list).map((variable, index): Part => {
    const fields = without(variable, ['name', 'current', 'options']);
    return {
      kind: 'variable',
      identity: `${uid} / $${text(variable.name)}`,
      fields,
      pointer: `/templating/list/${index}`,
    };
  });
  const panels = placedPanels(json.panels).map(({ panel, row, pointer }): Part => {
    const name = [uid, row, text(panel.title) || text(panel.type)].filter((each) => each !== '').join(' / ');
    const count = (seen.get(name) ?? 0) + 1;
    seen.set(name, count);
    return {
      kind: 'panel',
      identity: count === 1 ? name : `${name} #${count}`,
      fields: panelFields(panel, row),
      pointer,
    };
  });
  return [own, ...variables, ...panels];
}
