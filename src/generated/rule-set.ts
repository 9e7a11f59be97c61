// Generated from src/kinds/rule-set/rule-set.schema.json by scripts/codegen.mjs: do not edit.

/**
 * Rules in the form of Prometheus: third-party files taken in and adapted, and one's own.
 */
export interface RuleSetDocument {
  /**
   * The version of the spec language; it may be left out.
   */
  apiVersion?: 'qmon/v1';
  /**
   * Makes this document a RuleSet.
   */
  kind: 'RuleSet';
  metadata: Metadata;
  /**
   * Rules in the form of Prometheus.
   */
  spec: {
    /**
     * Service that the alerts are about. Alerts without a service or owner label of their own get those of this service.
     */
    service?: string;
    /**
     * Rule files to take in, as patterns that count from the folder of the Project: files with `groups`, `PrometheusRule` resources and lists of them, in YAML or JSON. Names, order, labels, annotations and expressions stay as they are.
     *
     * @minItems 1
     *
     * Items: A path; `*` is any text within a folder, `**` any folders.
     */
    files?: string[];
    /**
     * Severities of the rules, each with the level of the SeverityScale that replaces it. A severity that is a level already may be left out.
     */
    severityMap?: {
      /**
       * Level of the SeverityScale.
       */
      [k: string]: string;
    };
    /**
     * Changes to alerts of the files, made in this order.
     *
     * @minItems 1
     *
     * Items: What is changed in the alerts of one name.
     */
    override?: {
      /**
       * Name of the alert; all alerts of the name are changed.
       */
      alert: string;
      /**
       * Only those of the alerts that have these labels in the file, severity included.
       */
      where?: {
        /**
         * The label's value, as it is in the file.
         */
        [k: string]: string;
      };
      /**
       * Leaves the alerts out, and says why. The index of the runbooks and the rule file list them with the reason.
       */
      disable?: string;
      /**
       * How long the condition must hold first.
       */
      for?: string;
      /**
       * How long the alert goes on firing after the condition has ended.
       */
      keepFiringFor?: string;
      /**
       * Level of the SeverityScale.
       */
      severity?: string;
      /**
       * Another condition in PromQL, for exactly one alert.
       */
      expr?: string;
      /**
       * Labels to set, in place of those of the same name.
       */
      labels?: Labels;
      /**
       * Annotations to set, in place of those of the same name.
       */
      annotations?: Annotations;
    }[];
    /**
     * Labels for every alert of this document that has none of the name; recording rules stay as they are.
     */
    labels?: Labels;
    /**
     * Annotations for every alert of this document that has none of the name.
     */
    annotations?: Annotations;
    /**
     * Folder of Markdown pages named after alerts, counted from the folder of the Project: `KubePodCrashLooping.md` or `kube-pod-crash-looping.md`. They are published as they are, and `runbook_url` of their alerts leads to them, whatever it was before.
     */
    runbooks?: string;
    /**
     * Recording rules of one's own, evaluated in this order at the interval of the Project.
     *
     * @minItems 1
     *
     * Items: One recording rule.
     */
    records?: {
      /**
       * Name of the series that is recorded.
       */
      record: string;
      /**
       * What is recorded, in PromQL.
       */
      expr: string;
      /**
       * Labels of the series that is recorded.
       */
      labels?: Labels;
    }[];
    /**
     * Groups of one's own, as they stand in a rule file of Prometheus.
     *
     * @minItems 1
     *
     * Items: Rules that are evaluated together, in this order.
     */
    groups?: {
      /**
       * Name of the group, unique in the document.
       */
      name: string;
      /**
       * How often the rules are evaluated; without it as often as the Project says.
       */
      interval?: string;
      /**
       * How far in the past the rules are evaluated, from Prometheus 2.53 on.
       */
      query_offset?: string;
      /**
       * The most series or alerts that a rule may make; 0 is no limit.
       */
      limit?: number;
      /**
       * Labels for every rule of the group that has none of the name.
       */
      labels?: Labels;
      /**
       * The rules, each either with `record` or with `alert`.
       *
       * @minItems 1
       *
       * Items: A recording rule or an alert.
       */
      rules: {
        /**
         * Name of the series that is recorded.
         */
        record?: string;
        /**
         * Name of the alert.
         */
        alert?: string;
        /**
         * What is recorded, or the condition of the alert, in PromQL.
         */
        expr: string;
        /**
         * How long the condition must hold first.
         */
        for?: string;
        /**
         * How long the alert goes on firing after the condition has ended.
         */
        keep_firing_for?: string;
        /**
         * Labels of the series or of the alert; an alert needs its severity here.
         */
        labels?: Labels;
        /**
         * Annotations of the alert.
         */
        annotations?: Annotations;
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
