import type { Targets } from '../generated/project.ts';
import type { AlertmanagerRouting, Datasources, OperatorSettings, Project } from '../model/types.ts';
import { defined } from './entity.ts';
import { durationMs, optionalDurationMs, version } from './quantities.ts';

/** What holds where nobody says anything; the versions are the oldest that qmon writes for. */
const DEFAULTS = {
  prometheusVersion: '2.42',
  alertmanagerVersion: '0.25',
  scrapeInterval: '15s',
  evaluationInterval: '30s',
  secretsDir: '/etc/alertmanager/secrets',
} as const;

/**
 * What the sidecar of the Grafana chart looks for, in kube-prometheus-stack too; the folder only where the chart's
 * `sidecar.dashboards.folderAnnotation` names the annotation.
 * Source: https://github.com/grafana/helm-charts/blob/main/charts/grafana/README.md (Sidecar for dashboards)
 */
const SIDECAR = { labels: { grafana_dashboard: '1' }, folderAnnotation: 'grafana_folder' } as const;

type Prometheus = NonNullable<Targets['prometheus']>;
type Alertmanager = NonNullable<Targets['alertmanager']>;
type Grafana = NonNullable<Targets['grafana']>;

function operator({ namespace, labels, annotations, dashboards }: Prometheus['operator'] = {}): OperatorSettings {
  return {
    labels: labels ?? {},
    annotations: annotations ?? {},
    dashboards: {
      labels: dashboards?.labels ?? SIDECAR.labels,
      folderAnnotation: dashboards?.folderAnnotation ?? SIDECAR.folderAnnotation,
    },
    ...defined({ namespace }),
  };
}

function prometheus(spec: Prometheus = {}): Project['prometheus'] {
  return {
    version: version(spec.version ?? DEFAULTS.prometheusVersion),
    scrapeIntervalMs: durationMs(spec.scrapeInterval ?? DEFAULTS.scrapeInterval),
    evaluationIntervalMs: durationMs(spec.evaluationInterval ?? DEFAULTS.evaluationInterval),
    externalLabels: spec.externalLabels ?? {},
    features: spec.features ?? [],
    format: spec.format ?? 'files',
    operator: operator(spec.operator),
    ...defined({ url: spec.url, retentionMs: optionalDurationMs(spec.retention) }),
  };
}

function routing(spec: Alertmanager['routing']): AlertmanagerRouting {
  if (typeof spec !== 'object') return { type: 'own' };
  if (spec.shared !== undefined) return { type: 'shared', name: spec.shared };
  return spec.external === undefined ? { type: 'own' } : { type: 'external', file: spec.external };
}

function alertmanager(spec: Alertmanager = {}): Project['alertmanager'] {
  return {
    version: version(spec.version ?? DEFAULTS.alertmanagerVersion),
    secretsDir: (spec.secretsDir ?? DEFAULTS.secretsDir).replace(/(?<=.)\/+$/, ''),
    routing: routing(spec.routing),
    ...defined({ url: spec.url }),
  };
}

function datasources(spec: Grafana['datasources'] = {}): Datasources {
  return { tracesType: /jaeger/i.test(spec.traces ?? '') ? 'jaeger' : 'tempo', ...spec };
}

/** The systems that qmon writes for, with everything that is left to defaults; `title` is that of the project. */
export function loweredTargets(
  targets: Targets = {},
  title: string,
): Pick<Project, 'prometheus' | 'alertmanager' | 'grafana'> {
  return {
    prometheus: prometheus(targets.prometheus),
    alertmanager: alertmanager(targets.alertmanager),
    grafana: {
      folder: targets.grafana?.folder ?? title,
      datasources: datasources(targets.grafana?.datasources),
      ...defined({ url: targets.grafana?.url }),
    },
  };
}
