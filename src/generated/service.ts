// Generated from src/kinds/service/service.schema.json by scripts/codegen.mjs: do not edit.

/**
 * Something that users or other services depend on.
 */
export interface ServiceDocument {
  /**
   * The version of the spec language; it may be left out.
   */
  apiVersion?: 'qmon/v1';
  /**
   * Makes this document a Service.
   */
  kind: 'Service';
  metadata: LabelledMetadata;
  /**
   * Something that users or other services depend on.
   */
  spec?: {
    /**
     * How people call the service. Default: from the name.
     */
    title?: string;
    /**
     * What it is for.
     */
    description?: string;
    /**
     * Team that owns the service; without any Team in the workspace just the value of the owner label.
     */
    owner?: string;
    /**
     * How important the service is; 0 or 1 is the most important. Shown in dashboards and runbooks.
     */
    tier?: number;
    /**
     * Services that this one cannot work without.
     *
     * Items: Name of another document; of an imported one with its namespace, such as `platform/slack-incidents`.
     */
    dependsOn?: string[];
    /**
     * Matchers of the service's series, such as `{job="qagent"}`; added to bare selectors, and available as `$selector` in expressions.
     */
    selector?: string;
    /**
     * Shared policies, SLOs, KPIs, dashboards and rule sets that this service takes over, with its own values.
     *
     * Items: One of `policy`, `slo`, `kpi`, `dashboard` and `ruleSet`, with the values of its parameters.
     */
    use?: {
      /**
       * AlertPolicy to take over.
       */
      policy?: string;
      /**
       * SLO to take over.
       */
      slo?: string;
      /**
       * KPI to take over.
       */
      kpi?: string;
      /**
       * Dashboard to take over.
       */
      dashboard?: string;
      /**
       * RuleSet to take over, such as the mixin of a package.
       */
      ruleSet?: string;
      /**
       * Values of its parameters, by name.
       */
      with?: {
        /**
         * The value, of the parameter's type.
         */
        [k: string]: string | number;
      };
      /**
       * Name of what comes out. Default: the name of the service, a hyphen, and the name of what is taken over.
       */
      as?: string;
    }[];
    /**
     * Links for people: name to address. Shown in dashboards and runbooks.
     */
    links?: {
      /**
       * An address.
       */
      [k: string]: string;
    };
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
