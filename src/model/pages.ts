import type { Expression } from '../promql/expression.ts';
import type { Origin } from '../source/document.ts';
import type { Entity } from './entity.ts';

export interface Dashboard extends Entity {
  readonly title: string;
  readonly purpose: string;
  readonly audience: readonly string[];
  readonly refreshMs?: number;
  readonly rangeMs: number;
  readonly leadsTo: readonly string[];
  readonly tags: readonly string[];
  readonly variables: readonly Variable[];
  readonly rows: readonly Row[];
}

export interface Variable {
  readonly name: string;
  readonly label: string;
  readonly query: string;
  readonly multi: boolean;
}

export interface Row {
  readonly title?: string;
  readonly panels: readonly Panel[];
}

/** What the author asks to see; the Grafana target knows how it looks. */
export type Panel = PanelFrame &
  (
    | { readonly shows: 'kpi'; readonly kpi: string }
    | { readonly shows: 'slo'; readonly slo: string }
    | { readonly shows: 'alerts'; readonly severities: readonly string[] }
    | { readonly shows: 'text'; readonly markdown: string }
    | {
        readonly shows: 'query';
        readonly type: QueryPanelType;
        readonly queries: readonly { readonly query: Expression; readonly legend?: string }[];
        readonly unit?: string;
        readonly thresholds: readonly { readonly above: number; readonly color: string }[];
      }
  );

export type QueryPanelType =
  | 'timeseries'
  | 'stat'
  | 'gauge'
  | 'bargauge'
  | 'table'
  | 'heatmap'
  | 'state-timeline'
  | 'piechart'
  | 'barchart';

export interface PanelFrame {
  readonly title?: string;
  readonly description?: string;
  /** Of 24 columns. */
  readonly width?: number;
  /** In Grafana's grid units of 30 pixels. */
  readonly height?: number;
  readonly origin: Origin;
}

export interface Runbook extends Entity {
  readonly title: string;
  readonly service?: string;
  readonly overview: string;
  readonly meaning?: string;
  readonly impact?: string;
  readonly symptoms: readonly string[];
  readonly investigate: readonly RunbookStep[];
  readonly causes: readonly string[];
  readonly resolve: readonly { readonly title: string; readonly steps: readonly RunbookStep[] }[];
  readonly escalate: readonly string[];
}

export interface RunbookStep {
  readonly do: string;
  /** A shell command. */
  readonly run?: string;
  readonly dashboard?: string;
  readonly link?: string;
}
