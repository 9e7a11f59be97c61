// Generated from src/kinds/project/project.schema.json by scripts/codegen.mjs: do not edit.

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
 * The workspace: what holds for everything below its folder, and the systems that qmon writes for.
 */
export interface ProjectDocument {
  /**
   * The version of the spec language; it may be left out.
   */
  apiVersion?: 'qmon/v1';
  /**
   * Makes this document a Project.
   */
  kind: 'Project';
  metadata: Metadata;
  /**
   * What holds for the whole workspace.
   */
  spec?: {
    /**
     * How people call the project. Default: from the name.
     */
    title?: string;
    /**
     * Labels on every alert of the project.
     */
    labels?: Labels;
    /**
     * How the labels that qmon sets are called in your organisation, where they differ from qmon's own names.
     */
    labelNames?: {
      /**
       * Name of the label that carries the severity.
       */
      severity?: string;
      /**
       * Name of the label that carries the service.
       */
      service?: string;
      /**
       * Name of the label that carries the owning team.
       */
      owner?: string;
      /**
       * Name of the label that carries the category.
       */
      category?: string;
      /**
       * Name of the label that carries the SLO.
       */
      slo?: string;
      /**
       * Name of the label that carries the KPI.
       */
      kpi?: string;
      /**
       * Name of the label that carries the project; only alerts for a shared Alertmanager have it.
       */
      project?: string;
      /**
       * Name of the label that carries the environment.
       */
      environment?: string;
    };
    /**
     * Packages of specs in local folders. What they declare is used by name, such as `platform/slack`; nothing else of them has an effect.
     *
     * Items: One package.
     */
    imports?: {
      /**
       * Its folder, as seen from the folder of the Project.
       */
      path: string;
      /**
       * Namespace of its names here: `platform` for `platform/slack`.
       */
      as: string;
      /**
       * How its severities are called here: level of the package to level of this workspace.
       */
      severityMap?: {
        /**
         * Level of this workspace.
         */
        [k: string]: string;
      };
    }[];
    /**
     * SeverityScale of an imported package that holds here. Default: the workspace's own.
     */
    severityScale?: string;
    /**
     * NotificationPolicy of an imported package that holds here. Default: the workspace's own.
     */
    notificationPolicy?: string;
    /**
     * Where people read runbooks.
     */
    runbooks?: {
      /**
       * Address under which the generated runbooks are served; each alert links to `baseUrl/NAME`.
       */
      baseUrl: string;
    };
    targets?: Targets;
    /**
     * How Alertmanager sends mail; needed as soon as a Channel is an email.
     */
    email?: {
      /**
       * Sender address.
       */
      from: string;
      /**
       * Mail server as `host:port`.
       */
      smarthost: string;
      /**
       * User name at the mail server.
       */
      authUsername?: string;
      /**
       * Password at the mail server, as a secret.
       */
      authPassword?: Secret;
      /**
       * Whether the mail server must offer TLS.
       */
      requireTls?: boolean;
    };
    /**
     * Error-budget statuses of every SLO that has none of its own.
     */
    budgetPolicy?: BudgetPolicy;
    /**
     * What qmon insists on in this workspace.
     */
    policy?: {
      /**
       * Severities whose alerts must name a runbook.
       *
       * Items: A severity.
       */
      requireRunbook?: string[];
      /**
       * Whether every service must name an owner; or the severities whose alerts must have one.
       *
       * @minItems 1
       */
      requireOwner?: boolean | string[];
      /**
       * Demands on alerts, each under a name of your own, by which an environment can change it and findings refer to it.
       */
      alerts?: {
        /**
         * One demand. All that its selection leaves must meet all of it.
         */
        [k: string]: {
          /**
           * Only alerts of these severities.
           *
           * @minItems 1
           *
           * Items: A severity.
           */
          severities?: string[];
          /**
           * Only alerts of documents of these kinds.
           *
           * @minItems 1
           *
           * Items: A kind.
           */
          from?: ('SLO' | 'KPI' | 'AlertPolicy' | 'RuleSet')[];
          /**
           * Only alerts of these RuleSets, those in files included. Without it, the names of alerts in files are not judged: others gave them.
           *
           * @minItems 1
           *
           * Items: A RuleSet.
           */
          ruleSets?: string[];
          /**
           * Pattern of their names, in the syntax of RE2, for the whole name. Names that qmon makes for SLOs and KPIs are not judged.
           */
          named?: string;
          /**
           * Labels by name, each with the pattern of its whole value, `.+` for any: the label must be there. The long form is for one that may be missing. Values that are templates are not judged.
           */
          labels?: {
            /**
             * Pattern of the label's value, or `matches` and `required`.
             */
            [k: string]:
              | string
              | {
                  /**
                   * Pattern of the whole value, in the syntax of RE2. Default: any value.
                   */
                  matches?: string;
                  /**
                   * Whether the label must be there.
                   */
                  required?: boolean;
                };
          };
          /**
           * Whether labels other than those may be written. Those that qmon sets itself are always allowed.
           */
          otherLabels?: boolean;
          /**
           * Annotations by name, each with the pattern of its whole value, `.+` for any: the annotation must be there. The long form is for one that may be missing. Values that are templates are not judged.
           */
          annotations?: {
            /**
             * Pattern of the annotation's value, or `matches` and `required`.
             */
            [k: string]:
              | string
              | {
                  /**
                   * Pattern of the whole value, in the syntax of RE2. Default: any value.
                   */
                  matches?: string;
                  /**
                   * Whether the annotation must be there.
                   */
                  required?: boolean;
                };
          };
          /**
           * Whether annotations other than those may be written. Those that qmon sets itself are always allowed.
           */
          otherAnnotations?: boolean;
          /**
           * How long the condition may have to hold. Alerts of SLOs have windows instead and are not judged.
           */
          for?: {
            /**
             * The shortest duration that is allowed.
             */
            min?: string;
            /**
             * The longest duration that is allowed.
             */
            max?: string;
          };
          /**
           * How long alerts of AlertPolicies and RuleSets may go on firing after the condition has ended.
           */
          keepFiringFor?: {
            /**
             * The shortest duration that is allowed.
             */
            min?: string;
            /**
             * The longest duration that is allowed.
             */
            max?: string;
          };
        };
      };
      /**
       * Demands on recording rules of RuleSets, each under a name of your own.
       */
      records?: {
        /**
         * One demand. All that its selection leaves must meet all of it.
         */
        [k: string]: {
          /**
           * Only those of these RuleSets, in files too. Without it, rules in files are not judged: others wrote them.
           *
           * @minItems 1
           *
           * Items: A RuleSet.
           */
          ruleSets?: string[];
          /**
           * Pattern of their names, in the syntax of RE2, for the whole name.
           */
          named?: string;
          /**
           * Labels by name, each with the pattern of its whole value, `.+` for any: the label must be there. The long form is for one that may be missing. Values that are templates are not judged.
           */
          labels?: {
            /**
             * Pattern of the label's value, or `matches` and `required`.
             */
            [k: string]:
              | string
              | {
                  /**
                   * Pattern of the whole value, in the syntax of RE2. Default: any value.
                   */
                  matches?: string;
                  /**
                   * Whether the label must be there.
                   */
                  required?: boolean;
                };
          };
          /**
           * Whether labels other than those may be written. Those that qmon sets itself are always allowed.
           */
          otherLabels?: boolean;
        };
      };
      /**
       * Demands on expressions, each under a name of your own.
       */
      expressions?: {
        /**
         * One demand. All that its selection leaves must meet all of it.
         */
        [k: string]: {
          /**
           * Only expressions of documents of these kinds.
           *
           * @minItems 1
           *
           * Items: A kind.
           */
          from?: ('SLO' | 'KPI' | 'AlertPolicy' | 'RuleSet' | 'Dashboard')[];
          /**
           * Only those of these RuleSets, in files too. Without it, expressions in files are not judged: others wrote them.
           *
           * @minItems 1
           *
           * Items: A RuleSet.
           */
          ruleSets?: string[];
          /**
           * Only selectors of metrics with such names, in the syntax of RE2, for the whole name. Ranges are judged all the same.
           */
          metrics?: string;
          /**
           * Labels that every selector must narrow by `=` or `=~`, each with the pattern of the matcher's text, `.+` for any. Series that rules of the workspace record are not judged.
           */
          matchers?: {
            /**
             * Pattern of the whole text between the quotes.
             */
            [k: string]: string;
          };
          /**
           * The longest range or subquery that authors may write. The windows of SLOs are not judged.
           */
          maxRange?: string;
        };
      };
      /**
       * Demands on groups of rules in RuleSets, each under a name of your own.
       */
      groups?: {
        /**
         * One demand.
         */
        [k: string]: {
          /**
           * Only those of these RuleSets, in files too. Without it, groups in files are not judged: others named them.
           *
           * @minItems 1
           *
           * Items: A RuleSet.
           */
          ruleSets?: string[];
          /**
           * Pattern of their names, in the syntax of RE2, for the whole name.
           */
          named: string;
        };
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
/**
 * A reference to a secret; its value never stands in a spec.
 */
export interface Secret {
  /**
   * Name of the file below `secretsDir` that holds the secret.
   */
  secret: string;
}
