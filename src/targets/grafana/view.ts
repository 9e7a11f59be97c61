import type {
  DataSourceRef,
  FieldConfig,
  Override,
  PanelBody,
  PanelLinkJson,
  QueryJson,
  ThresholdStep,
  TransformationJson,
  ValueMapping,
} from '../../formats/grafana.ts';
import type { PanelFrame } from '../../model/types.ts';
import type { Origin } from '../../source/document.ts';

/** What a chart shows, before it is known how it is drawn. */
export interface View {
  readonly title: string;
  readonly description?: string;
  readonly queries: readonly ViewQuery[];
  /** A Grafana unit id. */
  readonly unit?: string;
  readonly decimals?: number;
  readonly min?: number;
  readonly max?: number;
  /** Instead of `No data`. */
  readonly noValue?: string;
  /** From the lowest, which holds without lower end, to the highest. */
  readonly steps?: readonly ThresholdStep[];
  readonly mappings?: readonly ValueMapping[];
  readonly overrides?: readonly Override[];
  readonly transformations?: readonly TransformationJson[];
  readonly links?: readonly PanelLinkJson[];
  /** The chart's own time range, in Grafana's words: `30d`. */
  readonly timeFrom?: string;
  /** Beside or instead of the visual's own settings. */
  readonly custom?: Readonly<Record<string, unknown>>;
  readonly options?: Readonly<Record<string, unknown>>;
}

export interface ViewQuery {
  readonly expr: string;
  /** `{{label}}` stands for a label's value. None: Grafana names the series. */
  readonly legend?: string;
}

/** A way to draw a view: one file and one line in the registry. */
export interface Visual {
  readonly type: string;
  readonly size: Size;
  draw(view: View): PanelBody;
}

export interface Size {
  /** Of 24 columns. */
  readonly width: number;
  /** In units of 30 pixels. */
  readonly height: number;
}

/** A panel that knows its size and its author, not yet its place. */
export interface Tile {
  readonly body: PanelBody;
  readonly size: Size;
  /** Whether the author chose the size: then the layout does not stretch it. */
  readonly fixed: { readonly width: boolean; readonly height: boolean };
  readonly origin: Origin;
}

/**
 * With the variable `datasource` a dashboard runs in any Grafana: `__inputs` are resolved by the import dialog only,
 * never by provisioning. Source: https://grafana.com/docs/grafana/latest/dashboards/variables/add-template-variables/#add-a-data-source-variable
 */
export const DATASOURCE: DataSourceRef = { type: 'prometheus', uid: `\${datasource}` };

/** The version whose shape of options we emit: without one, Grafana takes a panel for one of version 6 and converts it. */
export const PLUGIN_VERSION = '9.0.0';

const GREEN: readonly ThresholdStep[] = [{ color: 'green', value: null }];

export interface Drawing {
  /** How the values of a query come: over the time range, or only the last. */
  readonly shape: 'range' | 'instant' | 'table' | 'buckets';
  readonly color: { readonly mode: string; readonly fixedColor?: string };
  readonly custom: Readonly<Record<string, unknown>>;
  readonly options: Readonly<Record<string, unknown>>;
}

const FORMATS = { range: 'time_series', instant: 'time_series', table: 'table', buckets: 'heatmap' } as const;

/** A, B, … Z, AA, AB. */
export function refId(index: number): string {
  const letter = String.fromCharCode(65 + (index % 26));
  return index < 26 ? letter : refId(Math.floor(index / 26) - 1) + letter;
}

function target(query: ViewQuery, index: number, shape: Drawing['shape']): QueryJson {
  const instant = shape === 'instant' || shape === 'table';
  return {
    refId: refId(index),
    datasource: DATASOURCE,
    editorMode: 'code',
    expr: query.expr,
    format: FORMATS[shape],
    instant,
    range: !instant,
    legendFormat: query.legend ?? (shape === 'buckets' ? '{{le}}' : '__auto'),
  };
}

function fieldConfig(view: View, drawing: Drawing): FieldConfig {
  const { unit, decimals, min, max, noValue } = view;
  return {
    defaults: {
      custom: { ...drawing.custom, ...view.custom },
      color: drawing.color,
      mappings: view.mappings ?? [],
      thresholds: { mode: 'absolute', steps: view.steps ?? GREEN },
      ...(unit !== undefined && { unit }),
      ...(decimals !== undefined && { decimals }),
      ...(min !== undefined && { min }),
      ...(max !== undefined && { max }),
      ...(noValue !== undefined && { noValue }),
    },
    overrides: view.overrides ?? [],
  };
}

/** A panel of one type, with everything that all types have in common. */
export function panelBody(type: string, view: View, drawing: Drawing): PanelBody {
  return {
    type,
    title: view.title,
    description: view.description ?? '',
    transparent: false,
    pluginVersion: PLUGIN_VERSION,
    datasource: DATASOURCE,
    targets: view.queries.map((query, index) => target(query, index, drawing.shape)),
    fieldConfig: fieldConfig(view, drawing),
    options: { ...drawing.options, ...view.options },
    ...(view.transformations && { transformations: view.transformations }),
    links: view.links ?? [],
    ...(view.timeFrom !== undefined && { timeFrom: view.timeFrom }),
  };
}

/** A tile of a view at the size that suits its visual, or at the given one. */
export function tile(visual: Visual, view: View, origin: Origin, size: Partial<Size> = {}): Tile {
  return {
    body: visual.draw(view),
    size: { ...visual.size, ...size },
    fixed: { width: size.width !== undefined, height: size.height !== undefined },
    origin,
  };
}

/** Settings of single series or columns, by their shown name. */
export function override(name: string, properties: Readonly<Record<string, unknown>>): Override {
  return {
    matcher: { id: 'byName', options: name },
    properties: Object.entries(properties).map(([id, value]) => ({ id, value })),
  };
}

/** Shows values in words and colours. */
export function mapping(texts: readonly (readonly [value: string, text: string, color: string])[]): ValueMapping {
  const options = texts.map(([value, text, color], index) => [value, { text, color, index }] as const);
  return { type: 'value', options: Object.fromEntries(options) };
}

export const LEGEND = { displayMode: 'list', placement: 'bottom', showLegend: true, calcs: [] } as const;

/** How a panel that shows one number gets it out of many. */
export const LAST_VALUE = { values: false, calcs: ['lastNotNull'], fields: '' } as const;

export const SHOWN_EVERYWHERE = { legend: false, tooltip: false, viz: false } as const;

/** The size that an author asks for, as far as they do. */
export function authoredSize({ width, height }: Pick<PanelFrame, 'width' | 'height'>): Partial<Size> {
  return { ...(width !== undefined && { width }), ...(height !== undefined && { height }) };
}
