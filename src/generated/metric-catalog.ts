// Generated from src/kinds/metric-catalog/metric-catalog.schema.json by scripts/codegen.mjs: do not edit.

/**
 * Metrics that services expose: the base of checks, units and documentation.
 */
export interface MetricCatalogDocument {
  /**
   * The version of the spec language; it may be left out.
   */
  apiVersion?: 'qmon/v1';
  /**
   * Makes this document a MetricCatalog.
   */
  kind: 'MetricCatalog';
  metadata: Metadata;
  /**
   * Metrics that services expose.
   */
  spec: {
    /**
     * What the metrics have in common.
     */
    description?: string;
    /**
     * Service that exposes the metrics.
     */
    service?: string;
    /**
     * Put before every name below, such as `qagent_`.
     */
    prefix?: string;
    /**
     * The metrics by name, without the prefix.
     */
    metrics: {
      /**
       * One metric.
       */
      [k: string]: {
        /**
         * Type of the metric; `histogram` has buckets, `native` is a native histogram.
         */
        type: 'counter' | 'gauge' | 'histogram' | 'native' | 'summary' | 'info' | 'stateset';
        /**
         * Unit of the value, such as `seconds` or `bytes`.
         */
        unit?: string;
        /**
         * Labels that the metric carries besides `job` and `instance`.
         *
         * Items: A label name.
         */
        labels?: string[];
        /**
         * Upper bounds of a histogram's buckets, in the metric's unit, ascending, without +Inf.
         *
         * @minItems 1
         *
         * Items: An upper bound.
         */
        buckets?: number[];
        /**
         * What the metric measures.
         */
        description?: string;
        /**
         * Whether the metric may be missing.
         */
        optional?: boolean;
      };
    };
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
