// The same alerts of many services, written twice: as one policy that all of them use, and out by hand.

const HEADER = (name) => `kind: Project
metadata: { name: ${name} }
spec:
  runbooks: { baseUrl: https://runbooks.example.org }
  targets: { prometheus: { version: "2.42", url: https://prometheus.example.org, retention: 40d } }
---
kind: Channel
metadata: { name: chat }
spec: { slack: { channel: "#all", apiUrl: { secret: slack } } }
`;

/** Five rules; what stands in braces is a value of the service, as PromQL and as people read it. */
function rules({ service, job, share, sharePromql, slow, slowPromql, hold, severity }) {
  return `  rules:
    - alert: Down
      expr: up{job=${job}} == 0
      for: ${hold}
      severity: ${severity}
      summary: "${service} is down"
      description: "{{ $labels.instance }} of ${service} has been down for ${hold}"
    - alert: Errors
      expr: |
        sum(rate(http_requests_total{job=${job}, code=~"5.."}[${hold}]))
        / sum(rate(http_requests_total{job=${job}}[${hold}])) > ${sharePromql}
      for: ${hold}
      severity: ${severity}
      summary: "More than ${share} of the requests to ${service} fail"
    - alert: Slow
      expr: histogram_quantile(0.99, sum by (le) (rate(http_request_duration_seconds_bucket{job=${job}}[${hold}]))) > ${slowPromql}
      severity: warning
      summary: "One in a hundred requests to ${service} takes longer than ${slow}"
    - alert: Restarts
      expr: changes(process_start_time_seconds{job=${job}}[1h]) > 3
      severity: warning
      summary: "${service} restarts again and again"
    - alert: Memory
      expr: |
        max by (instance) (process_resident_memory_bytes{job=${job}})
        / max by (instance) (process_memory_limit_bytes{job=${job}}) > 0.9
      for: 15m
      severity: warning
      summary: "{{ $labels.instance }} of ${service} is nearly out of memory"
`;
}

const POLICY = `---
kind: AlertPolicy
metadata: { name: golden }
spec:
  params:
    job: { type: string }
    share: { type: ratio, default: 1% }
    slow: { type: duration }
    hold: { type: duration, default: 5m }
    severity: { type: name, default: critical }
${rules({
  service: '$service',
  job: '$job',
  share: '$share',
  sharePromql: '$share',
  slow: '$slow',
  slowPromql: '$slow',
  hold: '$hold',
  severity: '$severity',
})}`;

function service(index, use) {
  const name = `service-${index}`;
  return `kind: Service
metadata: { name: ${name} }
spec:
  selector: '{job="${name}"}'
${use}`;
}

function written(index) {
  const name = `service-${index}`;
  const slow = `${100 + index}ms`;
  const values = {
    service: name,
    job: `"${name}"`,
    share: '2%',
    sharePromql: '0.02',
    slow,
    hold: '5m',
    severity: 'critical',
  };
  return `---
kind: AlertPolicy
metadata: { name: ${name}-golden }
spec:
  service: ${name}
${rules({ ...values, slowPromql: String((100 + index) / 1000) })}`;
}

function environments(count) {
  return Array.from(
    { length: count },
    (_, index) => `---\nkind: Environment\nmetadata: { name: env-${index} }\nspec: {}\n`,
  );
}

/**
 * The files of a workspace in which every service has five alerts.
 * @param {{ services: number, shared: boolean, environments?: number, name?: string }} choice
 * @returns {[path: string, text: string][]}
 */
export function sharedWorkspace({ services, shared, environments: count = 0, name = 'bench' }) {
  const files = Array.from({ length: services }, (_, index) => {
    const values = `{ job: service-${index}, share: 2%, slow: ${100 + index}ms }`;
    const text = shared
      ? service(index, `  use: [{ policy: golden, with: ${values} }]\n`)
      : service(index, '') + written(index);
    return [`services/service-${index}.yaml`, text];
  });
  return [['project.yaml', HEADER(name) + (shared ? POLICY : '') + environments(count).join('')], ...files];
}
