import { formatDuration } from '../../base/quantity.ts';
import type { AlertmanagerAddress, PrometheusConfig } from '../../formats/prometheus.ts';
import { PATHS, projectSubject } from '../../model/names.ts';
import type { Model } from '../../model/types.ts';
import type { Artifact } from '../../output/artifact.ts';
import { writeYaml, type YamlValue } from '../../output/block-yaml.ts';
import { GENERATED } from '../target.ts';

/** An address in the parts that Prometheus wants; the default port follows from the scheme, as for a browser. */
function alertmanagerAt(url: string): AlertmanagerAddress {
  const { protocol, hostname, port, pathname } = new URL(url);
  const scheme = protocol === 'https:' ? 'https' : 'http';
  const path = pathname.replace(/\/+$/, '');
  const target = `${hostname}:${port || (scheme === 'https' ? '443' : '80')}`;
  return {
    ...(scheme === 'https' && { scheme }),
    ...(path !== '' && { path_prefix: path }),
    static_configs: [{ targets: [target] }],
  };
}

/** `prometheus.yml`: intervals, external labels, the rule files and where alerts go. Scrape jobs are the reader's own to add. */
export function configFile(model: Model): Artifact {
  const { prometheus, alertmanager } = model.project;
  const labels = prometheus.externalLabels;
  const config: PrometheusConfig = {
    global: {
      scrape_interval: formatDuration(prometheus.scrapeIntervalMs),
      evaluation_interval: formatDuration(prometheus.evaluationIntervalMs),
      ...(Object.keys(labels).length > 0 && { external_labels: labels }),
    },
    rule_files: ['rules/*.yml'],
    ...(alertmanager.url !== undefined && { alerting: { alertmanagers: [alertmanagerAt(alertmanager.url)] } }),
  };
  return {
    path: PATHS.prometheusConfig,
    text: writeYaml(config as unknown as YamlValue, { header: `${GENERATED}\n${projectSubject(model.project)}.` }),
    target: 'prometheus',
    verifier: 'promtool-config',
    origins: new Map([['', model.project.part('spec', 'targets')]]),
  };
}
