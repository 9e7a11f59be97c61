// Generated from src/kinds/environment/environment.schema.json by scripts/codegen.mjs: do not edit.

/**
 * One of the places in which the project runs, with what is different there.
 */
export interface EnvironmentDocument {
  /**
   * The version of the spec language; it may be left out.
   */
  apiVersion?: 'qmon/v1';
  /**
   * Makes this document an Environment.
   */
  kind: 'Environment';
  metadata: Metadata;
  /**
   * What is different in this environment.
   */
  spec?: {
    /**
     * How people call it; stands in the titles of dashboards. Default: its name.
     */
    title?: string;
    /**
     * Labels on every alert of the environment, beside the project's.
     */
    labels?: Labels;
    /**
     * Where people read the runbooks of this environment.
     */
    runbooks?: {
      /**
       * Address under which its runbooks are served. Default: the project's address, a slash, and the name of the environment.
       */
      baseUrl: string;
    };
    /**
     * What is different about its Prometheus, Alertmanager and Grafana; merged into the project's `targets`.
     */
    targets?: Targets;
    /**
     * Severities that weigh differently here: level of the SeverityScale to level. It holds for alerts and for panels that show alerts, one step; routes stay as they are.
     */
    severityMap?: {
      /**
       * The level that such alerts have here.
       */
      [k: string]: string;
    };
    /**
     * Documents that are different here, in order. Each must match something.
     *
     * @minItems 1
     *
     * Items: Which documents, and what is different.
     */
    override?: {
      /**
       * Kind of the documents.
       */
      kind:
        | 'Project'
        | 'Team'
        | 'Service'
        | 'MetricCatalog'
        | 'SLO'
        | 'KPI'
        | 'SeverityScale'
        | 'Channel'
        | 'NotificationPolicy'
        | 'AlertPolicy'
        | 'RuleSet'
        | 'Dashboard'
        | 'Runbook';
      /**
       * Name of the document. Default: every document of the kind.
       */
      name?: string;
      /**
       * Only documents about this service.
       */
      service?: string;
      /**
       * Only documents of this category.
       */
      category?: string;
      /**
       * Merged into the `spec` of the document, whose name and `metadata` stay: mappings key by key, `null` removes, everything else is replaced. In a list of named things, such as `rules`, a mapping changes those whose name is the key.
       */
      set: {};
    }[];
    /**
     * Documents that do not exist here. Each entry must match something.
     *
     * @minItems 1
     *
     * Items: Which documents.
     */
    exclude?: {
      /**
       * Kind of the documents.
       */
      kind: 'Service' | 'MetricCatalog' | 'SLO' | 'KPI' | 'AlertPolicy' | 'RuleSet' | 'Dashboard' | 'Runbook';
      /**
       * Name of the document. Default: every document of the kind.
       */
      name?: string;
      /**
       * Only documents about this service.
       */
      service?: string;
      /**
       * Only documents of this category.
       */
      category?: string;
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
 * The systems that qmon writes for.
 */
export interface Targets {
  /**
   * The Prometheus that evaluates the rules.
   */
  prometheus?: {
    /**
     * Oldest Prometheus that must understand the rules, in quotes.
     */
    version?: string;
    /**
     * Address of Prometheus for people: links and the Grafana data source.
     */
    url?: string;
    /**
     * How often targets are scraped.
     */
    scrapeInterval?: string;
    /**
     * How often rules are evaluated.
     */
    evaluationInterval?: string;
    /**
     * How long samples are kept, such as `35d`; an SLO window must fit in it. Default: it is not checked.
     */
    retention?: string;
    /**
     * Labels that this Prometheus adds to everything it sends out.
     */
    externalLabels?: Labels;
    /**
     * Flags of `--enable-feature` that this Prometheus is started with, as far as they decide which PromQL it reads.
     */
    features?: (
      | 'promql-experimental-functions'
      | 'promql-duration-expr'
      | 'promql-extended-range-selectors'
      | 'promql-binop-fill-modifiers'
      | 'use-start-timestamps'
    )[];
    /**
     * In which form rules and dashboards are written: `files` as Prometheus and Grafana read them; `operator` as resources of Kubernetes instead, a PrometheusRule for each rule file and a ConfigMap for each dashboard, without `prometheus.yml`; `both` beside each other.
     */
    format?: 'files' | 'operator' | 'both';
    /**
     * What the resources of Kubernetes carry; only with `format: operator` or `both`.
     */
    operator?: {
      /**
       * Namespace of the resources. Default: none is written, so that whoever applies them chooses it.
       */
      namespace?: string;
      /**
       * Labels of every PrometheusRule. Prometheus reads only those that its `ruleSelector` finds; the chart kube-prometheus-stack looks for `release` with the name of the release. Default: none.
       */
      labels?: KubernetesLabels;
      /**
       * Annotations of every resource: name to text. Default: none.
       */
      annotations?: {
        /**
         * The annotation's text.
         */
        [k: string]: string;
      };
      /**
       * How the sidecar of Grafana finds the ConfigMaps of the dashboards.
       */
      dashboards?: {
        /**
         * Labels of every ConfigMap; the sidecar reads those that it looks for. Default: `grafana_dashboard: "1"`.
         */
        labels?: KubernetesLabels;
        /**
         * Annotation that carries the Grafana folder; the sidecar must be told its name (`sidecar.dashboards.folderAnnotation`).
         */
        folderAnnotation?: string;
      };
    };
  };
  /**
   * The Alertmanager that notifies people.
   */
  alertmanager?: {
    /**
     * Oldest Alertmanager that must understand the configuration, in quotes.
     */
    version?: string;
    /**
     * Address of Alertmanager: Prometheus sends alerts there, and links lead people there.
     */
    url?: string;
    /**
     * Folder on the Alertmanager machine that holds one file per secret.
     */
    secretsDir?: string;
    /**
     * Whose configuration Alertmanager has: `own`; `shared`, a part of one that several projects make together; or `external`, one that somebody else writes.
     */
    routing?:
      | string
      | {
          /**
           * Name of the shared Alertmanager. Every alert gets the label `project`, the configuration has one branch that takes only alerts with it, and the names of its receivers and templates begin with the project, so that the files of several projects can be joined.
           */
          shared?: string;
          /**
           * The file with that configuration, for people: no configuration is written, and whom alerts reach is not checked.
           */
          external?: string;
        };
  };
  /**
   * The Grafana that shows the dashboards.
   */
  grafana?: {
    /**
     * Address of Grafana for people: alerts link to their dashboards.
     */
    url?: string;
    /**
     * Grafana folder of the dashboards. Default: the project's title.
     */
    folder?: string;
    /**
     * Names of the Grafana data sources by role.
     */
    datasources?: {
      /**
       * Data source of metrics (Prometheus). Default: Grafana's default data source.
       */
      metrics?: string;
      /**
       * Data source of logs: dashboards and runbooks lead there, from a service to its own logs (in Loki, by its selector or by `service_name`). Default: no links.
       */
      logs?: string;
      /**
       * Data source of traces: dashboards and runbooks lead there, from a service to its own traces (by its name). Default: no links.
       */
      traces?: string;
      /**
       * In whose language traces are asked for. Default: jaeger where the name of the data source contains it, otherwise tempo.
       */
      tracesType?: 'tempo' | 'jaeger';
    };
  };
}
/**
 * Labels of a Kubernetes resource: name to value.
 */
export interface KubernetesLabels {
  /**
   * The label's value, at most 63 characters.
   */
  [k: string]: string;
}
