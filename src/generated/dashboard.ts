// Generated from src/kinds/dashboard/dashboard.schema.json by scripts/codegen.mjs: do not edit.

/**
 * A hand-written Grafana dashboard.
 */
export interface DashboardDocument {
  /**
   * The version of the spec language; it may be left out.
   */
  apiVersion?: 'qmon/v1';
  /**
   * Makes this document a Dashboard.
   */
  kind: 'Dashboard';
  metadata: Metadata;
  /**
   * A hand-written Grafana dashboard.
   */
  spec: {
    params?: Parameters;
    /**
     * Title of the dashboard.
     */
    title: string;
    /**
     * What question it answers, and for whom.
     */
    purpose?: string;
    /**
     * Who looks at it; becomes tags.
     *
     * Items: An audience.
     */
    audience?: string[];
    /**
     * Further tags.
     *
     * Items: A tag.
     */
    tags?: string[];
    /**
     * How often it refreshes itself. Default: never.
     */
    refresh?: string;
    /**
     * How much time it shows, such as `24h`.
     */
    range?: string;
    /**
     * Dashboards that it links to.
     *
     * Items: Name of another document; of an imported one with its namespace, such as `platform/slack-incidents`.
     */
    leadsTo?: string[];
    /**
     * Choices at the top of the dashboard.
     *
     * Items: A choice at the top of the dashboard.
     */
    variables?: {
      /**
       * Name, used as `$name` in queries.
       */
      name: string;
      /**
       * What people read. Default: from the name.
       */
      label?: string;
      /**
       * A Grafana variable query such as `label_values(up, job)`.
       */
      query: string;
      /**
       * Whether several values may be chosen.
       */
      multi?: boolean;
    }[];
    /**
     * The rows from top to bottom.
     *
     * @minItems 1
     *
     * Items: A row of panels.
     */
    rows: {
      /**
       * Heading of the row.
       */
      title?: string;
      /**
       * The panels, from left to right, wrapping.
       *
       * @minItems 1
       *
       * Items: One panel: exactly one of `kpi`, `slo`, `alerts`, `text`, or a chart by `type` and `query` (or `queries`).
       */
      panels: {
        /**
         * Heading of the panel.
         */
        title?: string;
        /**
         * What it shows; the panel's tooltip.
         */
        description?: string;
        /**
         * Width in columns; the page is 24 columns wide. Default: what suits its content.
         */
        width?: number;
        /**
         * Height in Grafana's grid units of 30 pixels. Default: what suits its content.
         */
        height?: number;
        /**
         * Shows a KPI against its target.
         */
        kpi?: string;
        /**
         * Shows how much of an SLO's error budget is left.
         */
        slo?: string;
        /**
         * Shows the alerts that fire.
         */
        alerts?: {
          /**
           * Only these severities. Default: all.
           *
           * Items: A severity.
           */
          severity?: string[];
        };
        /**
         * Markdown.
         */
        text?: string;
        /**
         * How the query is drawn.
         */
        type?:
          | 'timeseries'
          | 'stat'
          | 'gauge'
          | 'bargauge'
          | 'table'
          | 'heatmap'
          | 'state-timeline'
          | 'piechart'
          | 'barchart';
        /**
         * The PromQL expression; Grafana's variables such as `$__rate_interval` are allowed.
         */
        query?: string;
        /**
         * Several expressions in one chart.
         *
         * @minItems 1
         *
         * Items: One query.
         */
        queries?: {
          /**
           * The PromQL expression.
           */
          query: string;
          /**
           * Name of its series, such as `{{job}}`.
           */
          legend?: string;
        }[];
        /**
         * Name of the series of `query`, such as `{{job}}`.
         */
        legend?: string;
        /**
         * Unit of the values: `percent` (a ratio), `seconds`, `bytes`, `requests/second`, `$` …, or a unit id of Grafana.
         */
        unit?: string;
        /**
         * Colours by value, ascending.
         *
         * @minItems 1
         *
         * Items: One threshold.
         */
        thresholds?: {
          /**
           * From this value on, in the unit of the query.
           */
          above: number;
          /**
           * Colour from there, such as `green`, `yellow`, `red`.
           */
          color: string;
        }[];
      }[];
    }[];
  };
}
/**
 * What the document is called.
 */
export interface Metadata {
  /**
   * Lower-case letters, digits and hyphens, at most 63 characters, starting and ending with a letter or digit.
   */
  name: string;
}
/**
 * What the `use` of a service fills in: name to type and default. Stands in expressions and texts as `$name`.
 */
export interface Parameters {
  /**
   * One parameter.
   */
  [k: string]: {
    /**
     * What its values are: a share (`1%`), a duration (`5m`; seconds outside ranges), a number, a text (quoted in PromQL), matchers (`{job="api"}`), or the name of a document, a metric or a label.
     */
    type: 'ratio' | 'duration' | 'number' | 'string' | 'selector' | 'name';
    /**
     * The value where a service gives none. Without it the service must.
     */
    default?: string | number;
    /**
     * What it is for.
     */
    description?: string;
  };
}
