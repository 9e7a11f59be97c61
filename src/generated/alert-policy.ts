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
     * Service that the alerts are about: their `service` and `owner` labels.
     */
    service?: string;
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
       * The condition in PromQL; the alert fires for each series that it returns.
       */
      expr: string;
      /**
       * How long the condition must hold before the alert fires, such as `5m`.
       */
      for?: string;
      /**
       * Level of the SeverityScale.
       */
      severity: string;
      /**
       * Value of the category label.
       */
      category?: string;
      /**
       * One line for people, Go templates allowed.
       */
      summary?: string;
      /**
       * What is wrong, with the value, Go templates allowed.
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
     * What its values are: a share (`1%`), a duration (`5m`; seconds outside ranges), a number, a text (quoted in PromQL), matchers (`{job="api"}`), or the name of a document.
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
