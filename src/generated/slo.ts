// Generated from src/kinds/slo/slo.schema.json by scripts/codegen.mjs: do not edit.

/**
 * What the state of the error budget is called and what it asks for. Above all bounds the status is HEALTHY.
 *
 * @minItems 1
 *
 * Items: One status of the error budget.
 */
export type BudgetPolicy = {
  /**
   * The status holds while at most this share of the budget is left, such as `10%`.
   */
  atMost: string;
  /**
   * Name of the status, such as `WARNING`.
   */
  status: string;
  /**
   * What the team does then.
   */
  action?: string;
}[];

/**
 * A service level objective: what users are promised, over which window, and who hears when it is in danger.
 */
export interface SLODocument {
  /**
   * The version of the spec language; it may be left out.
   */
  apiVersion?: 'qmon/v1';
  /**
   * Makes this document an SLO.
   */
  kind: 'SLO';
  metadata: LabelledMetadata;
  /**
   * A service level objective.
   */
  spec: {
    params?: Parameters;
    /**
     * Service whose users are promised this.
     */
    service: string;
    /**
     * How people call the objective. Default: from the name.
     */
    title?: string;
    /**
     * The promise in a sentence. Default: the title.
     */
    description?: string;
    /**
     * Share of good events that is promised, such as `99.5%`; more than 0 and less than 100.
     */
    objective: string;
    /**
     * Rolling window over which the promise holds, from `1d` to `365d`.
     */
    window: string;
    /**
     * Value of the category label of its alerts.
     */
    category?: string;
    /**
     * How good and bad are told apart, by exactly one of these.
     */
    indicator: {
      /**
       * Events that went wrong (or well) among all events: `total` with either `errors` or `good`.
       */
      ratio?: {
        /**
         * Events that went wrong. A bare selector such as `http_requests_total{code=~"5.."}`, or a whole expression that contains `$window`.
         */
        errors?: string;
        /**
         * Events that went well. A bare selector such as `http_requests_total{code=~"5.."}`, or a whole expression that contains `$window`.
         */
        good?: string;
        /**
         * All events. A bare selector such as `http_requests_total{code=~"5.."}`, or a whole expression that contains `$window`.
         */
        total: string;
      };
      /**
       * Events that are fast enough among all events of a histogram.
       */
      latency?: {
        /**
         * Name of a classic histogram of the catalogue, without `_bucket`.
         */
        histogram: string;
        /**
         * Narrows the events, such as `{language!="test"}`.
         */
        where?: string;
        /**
         * An event is good when it takes at most this long; must be a declared bucket.
         */
        below: string;
      };
      /**
       * Whether a value is as it should be, sampled in slices of time; the objective counts good slices.
       */
      threshold?: {
        /**
         * An expression with one value, such as `avg(false_positive_rate)`.
         */
        query: string;
        /**
         * How the value should be, such as `< 5%`.
         */
        is: string;
        /**
         * Length of a slice, from `1m` to `5m`.
         */
        slice?: string;
      };
    };
    /**
     * Which severities hear of a burning budget. Default: the most severe level pages, the next one gets the tickets.
     */
    alerting?: {
      /**
       * Severity of alerts about a budget that is gone in hours or days. Default: the most severe level.
       */
      page?: string;
      /**
       * Severity of alerts about a budget that will not last the window. Default: the second level, where there is one.
       */
      ticket?: string;
    };
    /**
     * What the state of the error budget is called and what it asks for. Default: what the Project says.
     */
    budgetPolicy?: BudgetPolicy;
    /**
     * Runbook of its alerts. Default: one that qmon writes.
     */
    runbook?: string;
    /**
     * Dashboard of its alerts. Default: the service's SLO dashboard.
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
