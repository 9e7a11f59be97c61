// Generated from src/kinds/kpi/kpi.schema.json by scripts/codegen.mjs: do not edit.

/**
 * A number that people watch, with the value it should have.
 */
export interface KPIDocument {
  /**
   * The version of the spec language; it may be left out.
   */
  apiVersion?: 'qmon/v1';
  /**
   * Makes this document a KPI.
   */
  kind: 'KPI';
  metadata: LabelledMetadata;
  /**
   * A number that people watch.
   */
  spec: {
    params?: Parameters;
    /**
     * How people call it. Default: from the name.
     */
    title?: string;
    /**
     * What it tells.
     */
    description?: string;
    /**
     * What it belongs to, such as system, business or cost. Value of the category label.
     */
    category?: string;
    /**
     * Service that it is about.
     */
    service?: string;
    /**
     * The PromQL expression of its value.
     */
    query: string;
    /**
     * Unit of the value: `percent` (the query returns a ratio from 0 to 1), `seconds`, `bytes`, `requests/second`, `$`, `$/month`, `GB/day` … The bounds are read in it.
     */
    unit: string;
    /**
     * Keeps labels of the query: a value, an alert and a line on dashboards for each.
     */
    groupBy?: {
      /**
       * The labels, which the query must return: `sum by (model) (…)`.
       *
       * @minItems 1
       *
       * Items: Name of a label.
       */
      labels: string[];
    };
    /**
     * How it should be, such as `> 90%`.
     */
    target?: string;
    /**
     * When it is critically wrong, such as `< 70%`.
     */
    critical?: string;
    /**
     * What to do at which value: in the runbook that qmon writes, and on the panels.
     *
     * @minItems 1
     *
     * Items: One piece of advice.
     */
    advice?: {
      /**
       * For which values, in the unit of the KPI.
       */
      when: string;
      /**
       * What to do, or where to look.
       */
      say: string;
    }[];
    /**
     * Alerts while the value is critical, or misses its target.
     */
    alert?: {
      /**
       * Severity of the alert that fires while the value is critical; needs `critical`.
       */
      severity?: string;
      /**
       * How long it must be critical, or miss its target, before the alert fires, such as `30m`.
       */
      for?: string;
      /**
       * Severity of a milder alert that fires while the value misses its target; needs `target`. The alert of the critical value silences it.
       */
      atRisk?: string;
    };
    /**
     * Runbook of its alert. Default: one that qmon writes.
     */
    runbook?: string;
    /**
     * Dashboard of its alert. Default: the service's SLO dashboard, where the service has SLOs.
     */
    dashboard?: string;
  };
}
/**
 * What the document is called, and what its alerts carry.
 */
export interface LabelledMetadata {
  /**
   * Lower-case letters, digits and hyphens, at most 63 characters, starting and ending with a letter or digit.
   */
  name: string;
  /**
   * Labels on every alert that comes from this document.
   */
  labels?: Labels;
  /**
   * Annotations on every alert that comes from this document.
   */
  annotations?: Annotations;
}
/**
 * Prometheus labels: name to value.
 */
export interface Labels {
  /**
   * The label's value.
   */
  [k: string]: string;
}
/**
 * Alert annotations: name to text, Go templates allowed.
 */
export interface Annotations {
  /**
   * The annotation's text.
   */
  [k: string]: string;
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
