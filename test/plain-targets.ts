import type { Project } from '../src/model/types.ts';

/** What a Project that says nothing about its targets comes to: for tests that make models by hand. */
export const PLAIN_TARGETS: Pick<Project, 'alertmanager' | 'grafana' | 'policy' | 'prometheus' | 'severities'> = {
  prometheus: {
    version: { major: 2, minor: 42 },
    scrapeIntervalMs: 15_000,
    evaluationIntervalMs: 30_000,
    externalLabels: {},
    features: [],
    format: 'files',
    operator: {
      labels: {},
      annotations: {},
      dashboards: { labels: { grafana_dashboard: '1' }, folderAnnotation: 'grafana_folder' },
    },
  },
  alertmanager: {
    version: { major: 0, minor: 25 },
    secretsDir: '/etc/alertmanager/secrets',
    routing: { type: 'own' },
  },
  grafana: { folder: 'Shop', datasources: { tracesType: 'tempo' } },
  policy: {
    requireRunbook: [],
    requireOwner: false,
    ownedSeverities: [],
    alerts: [],
    records: [],
    expressions: [],
    groups: [],
  },
  severities: {},
};
