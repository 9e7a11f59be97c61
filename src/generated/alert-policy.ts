// Generated from src/kinds/alert-policy/alert-policy.schema.json by scripts/codegen.mjs: do not edit.

/**
 * Hand-written alert rules.
 */
export interface AlertPolicyDocument {
  /**
   * The version of the spec language; it may be left out.
   */
  apiVersion?: 'qmon/v1';
  /**
   * Makes this document an AlertPolicy.
   */
  kind: 'AlertPolicy';
  metadata: LabelledMetadata;
  /**
   * Hand-written alert rules.
   */
  spec: {
    params?: Parameters;
    /**
     * Service that the alerts are about: their `service` and `owner` labels. Or, under `fromLabel`, the label of the series that names it.
     */
    service?:
      | string
      | {
          /**
           * Label whose value says which service an alert is about: the name of a Service, or the value that its `selector` fixes for this label. Service and owner of the alert follow from it.
           */
          fromLabel: string;
        };
    /**
     * How often the rules are evaluated, such as `1m`. Without it: as often as the Project says.
     */
    interval?: string;
    /**
     * The rules, evaluated in this order.
     *
     * @minItems 1
     *
     * Items: One alert rule.
     */
    rules: {
      /**
       * Name of the alert, such as `ServiceDown`.
       */
      alert: string;
      /**
       * The condition in PromQL; the alert fires for each series that it returns. With `thresholds` the value that they judge, without a comparison.
       */
      expr?: string;
      /**
       * Fires while nothing of a metric exists, instead of `expr`.
       */
      absent?: {
        /**
         * The metric, with matchers or without; the matchers of the service's `selector` are added.
         */
        metric: string;
        /**
         * How long nothing of it must have existed before the alert fires, such as `10m`.
         */
        for?: string;
      };
      /**
       * Levels of one value, each with its severity, instead of `severity`: `expr` has no comparison then. All levels share the name of the alert, and the more severe ones silence the others.
       *
       * @minItems 1
       *
       * Items: One level.
       */
      thresholds?: {
        /**
         * Level of the SeverityScale.
         */
        severity: string;
        /**
         * It fires above this value, in the unit of `expr`: a percentage stands for a ratio, a duration for seconds, a size for bytes.
         */
        above?: string | number;
        /**
         * It fires below this value, in the unit of `expr`: a percentage stands for a ratio, a duration for seconds, a size for bytes.
         */
        below?: string | number;
        /**
         * How long the value must be beyond the bound before the alert fires, such as `10m`. Without it: as `for` of the rule says.
         */
        for?: string;
      }[];
      /**
       * How long the condition must hold before the alert fires, such as `5m`; with `thresholds` where a level says nothing else.
       */
      for?: string;
      /**
       * How long the alert goes on firing after its condition has ceased to hold, such as `10m`: gaps in the data then do not resolve it.
       */
      keepFiringFor?: string;
      /**
       * Level of the SeverityScale. Not beside `thresholds`, which have one each.
       */
      severity?: string;
      /**
       * Value of the category label.
       */
      category?: string;
      /**
       * Value of the label `component`: the part of the service that is concerned.
       */
      component?: string;
      /**
       * One line for people, Go templates allowed. With `thresholds` and `absent` qmon writes one where there is none.
       */
      summary?: string;
      /**
       * What is wrong, with the value, Go templates allowed. With `thresholds` and `absent` qmon writes one where there is none.
       */
      description?: string;
      /**
       * Runbook that tells what to do.
       */
      runbook?: string;
      /**
       * Dashboard to look at.
       */
      dashboard?: string;
      /**
       * Further labels of the alert.
       */
      labels?: Labels;
      /**
       * Further annotations of the alert.
       */
      annotations?: Annotations;
    }[];
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
