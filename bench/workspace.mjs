// A realistic workspace of any size: many files, several teams, all three kinds of indicator, hand-written alerts, KPIs.

const TEAMS = 20;

function header(name) {
  const teams = Array.from(
    { length: TEAMS },
    (_, index) => `---
kind: Team
metadata: { name: team-${index} }
spec: { title: Team ${index}, page: pager-${index}, chat: chat-${index} }
---
kind: Channel
metadata: { name: pager-${index} }
spec: { pagerduty: { routingKey: { secret: pager-${index} } } }
---
kind: Channel
metadata: { name: chat-${index} }
spec: { slack: { channel: "#team-${index}", apiUrl: { secret: slack-${index} } } }
`,
  );
  return `kind: Project
metadata: { name: ${name} }
spec:
  labels: { platform: ${name} }
  runbooks: { baseUrl: https://runbooks.example.org }
  targets:
    prometheus: { version: "2.42", url: https://prometheus.example.org, retention: 40d, externalLabels: { cluster: prod } }
    alertmanager: { version: "0.25", url: https://alertmanager.example.org }
    grafana: { url: https://grafana.example.org }
---
kind: SeverityScale
metadata: { name: severities }
spec:
  levels:
    - { name: page, description: Act now, respondWithin: 5m, notify: [team.page, team.chat] }
    - { name: ticket, description: Act soon, respondWithin: 1d, notify: [team.chat] }
${teams.join('')}`;
}

const INDICATORS = [
  () => `{ ratio: { errors: 'http_requests_total{code=~"5.."}', total: http_requests_total } }`,
  (job) => `{ latency: { histogram: ${job}_request_duration_seconds, below: 500ms } }`,
  (job) =>
    `{ ratio: { good: 'sum(rate(${job}_jobs_total{result="ok"}[$window]))', total: 'sum(rate(${job}_jobs_total[$window]))' } }`,
  (job) => `{ threshold: { query: 'max(${job}_queue_depth)', is: "< 1000" } }`,
];

const OBJECTIVES = ['99.9%', '99.5%', '99%', '95%'];

function slo(service, index) {
  const job = service.replace(/-/g, '_');
  return `---
kind: SLO
metadata: { name: ${service}-slo-${index} }
spec:
  service: ${service}
  title: Objective ${index} of ${service}
  description: What users of ${service} are promised, number ${index}
  objective: ${OBJECTIVES[index % OBJECTIVES.length]}
  window: ${index % 3 === 0 ? '7d' : '30d'}
  indicator: ${INDICATORS[index % INDICATORS.length](job)}
`;
}

function service(index, slos) {
  const name = `service-${index}`;
  const job = name.replace(/-/g, '_');
  return `# What ${name} promises and exposes.
kind: Service
metadata: { name: ${name} }
spec:
  title: Service ${index}
  owner: team-${index % TEAMS}
  tier: ${index % 3}
  selector: '{job="${name}"}'
${index > 0 ? `  dependsOn: [service-${Math.floor(index / 2)}]\n` : ''}---
kind: MetricCatalog
metadata: { name: ${name} }
spec:
  service: ${name}
  prefix: ${job}_
  metrics:
    jobs_total: { type: counter, labels: [result], description: Jobs finished }
    queue_depth: { type: gauge, description: Jobs waiting }
    request_duration_seconds: { type: histogram, unit: seconds, buckets: [0.1, 0.5, 1, 2, 5], description: Time to answer }
${Array.from({ length: slos }, (_, each) => slo(name, each)).join('')}---
kind: AlertPolicy
metadata: { name: ${name} }
spec:
  service: ${name}
  rules:
    - alert: Service${index}Down
      expr: |
        up{job="${name}"} == 0
      for: 2m
      severity: page
      summary: "${name} is down"
      description: "{{ $labels.instance }} has been down for 2 minutes"
---
kind: KPI
metadata: { name: ${name}-throughput }
spec:
  service: ${name}
  title: Throughput of ${name}
  query: sum(rate(http_requests_total{job="${name}"}[5m]))
  unit: requests/second
  target: "> 100"
  critical: "< 10"
  alert: { severity: ticket, for: 30m }
`;
}

const SLOS_PER_SERVICE = 10;

/**
 * The files of a workspace with so many SLOs.
 * @returns {[path: string, text: string][]}
 */
export function workspace(slos, name = `bench-${slos}`) {
  const services = Math.ceil(slos / SLOS_PER_SERVICE);
  const files = [['project.yaml', header(name)]];
  for (let index = 0; index < services; index++) {
    const own = Math.min(SLOS_PER_SERVICE, slos - index * SLOS_PER_SERVICE);
    files.push([`services/service-${index}.yaml`, service(index, own)]);
  }
  return files;
}
