import type { Labels } from './entity.ts';

/** `2.42` as numbers, for comparison. */
export interface Version {
  readonly major: number;
  readonly minor: number;
}

export interface PrometheusTarget {
  readonly version: Version;
  readonly url?: string;
  readonly scrapeIntervalMs: number;
  readonly evaluationIntervalMs: number;
  readonly retentionMs?: number;
  readonly externalLabels: Labels;
  /** What it is started with of `--enable-feature`. */
  readonly features: readonly string[];
  /** `both`: files and resources of Kubernetes beside each other. */
  readonly format: 'files' | 'operator' | 'both';
  readonly operator: OperatorSettings;
}

/** What the resources of Kubernetes carry. */
export interface OperatorSettings {
  /** None: whoever applies the resources chooses it. */
  readonly namespace?: string;
  /** Of every PrometheusRule. */
  readonly labels: Labels;
  /** Of every resource. */
  readonly annotations: Labels;
  /** By which labels the sidecar of Grafana finds dashboards, and the annotation that names their folder. */
  readonly dashboards: { readonly labels: Labels; readonly folderAnnotation: string };
}

export interface AlertmanagerTarget {
  readonly version: Version;
  readonly url?: string;
  readonly secretsDir: string;
  readonly routing: AlertmanagerRouting;
}

/** Whose configuration Alertmanager has: ours alone, one that several projects make together, or somebody else's file. */
export type AlertmanagerRouting =
  | { readonly type: 'own' }
  | { readonly type: 'shared'; readonly name: string }
  | { readonly type: 'external'; readonly file: string };

export interface GrafanaTarget {
  readonly url?: string;
  readonly folder: string;
  /** Names of Grafana data sources by role. */
  readonly datasources: Datasources;
}

export interface Datasources {
  readonly metrics?: string;
  readonly logs?: string;
  readonly traces?: string;
  /** In whose language traces are asked for. */
  readonly tracesType: 'tempo' | 'jaeger';
}

export interface EmailSettings {
  readonly from: string;
  /** `host:port`. */
  readonly smarthost: string;
  readonly authUsername?: string;
  readonly authPassword?: Secret;
  readonly requireTls: boolean;
}

/** A secret's name, never its value: the file `secretsDir/name` holds it. */
export interface Secret {
  readonly secret: string;
}
