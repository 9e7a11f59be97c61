/** A small workspace that has no finding. */
export function shop(project = 'shop', targets = ''): string {
  return `kind: Project
metadata: { name: ${project} }
${targets}---
kind: Service
metadata: { name: checkout }
spec: { owner: payments, selector: '{job="checkout"}' }
---
kind: SLO
metadata: { name: checkout-availability }
spec:
  service: checkout
  objective: 99.9%
  window: 30d
  indicator:
    ratio: { errors: 'http_requests_total{code=~"5.."}', total: http_requests_total }
---
kind: Channel
metadata: { name: on-call }
spec: { webhook: { url: https://example.org/alerts } }
`;
}

/** A service of its own. */
export function service(name: string): string {
  return `kind: Service
metadata: { name: ${name} }
spec: { owner: payments, selector: '{job="${name}"}' }
---
kind: SLO
metadata: { name: ${name}-availability }
spec:
  service: ${name}
  objective: 99%
  window: 30d
  indicator:
    ratio: { errors: 'requests_total{code=~"5.."}', total: requests_total }
`;
}

/** An error: there is no such service. */
export const BROKEN = `kind: SLO
metadata: { name: broken }
spec:
  service: chekout
  objective: 99%
  window: 30d
  indicator:
    ratio: { errors: errors_total, total: requests_total }
`;

/** A warning: nobody refers to the runbook. */
export const UNUSED = `kind: Runbook
metadata: { name: nobody }
spec: { overview: Nobody refers to this. }
`;

/** A remark: a counter whose name does not say so. */
export const REMARK = `kind: MetricCatalog
metadata: { name: checkout }
spec:
  metrics:
    requests: { type: counter, labels: [code], description: Requests }
`;

/** A Prometheus that is newer than any promtool at hand. */
export const TOMORROW = 'spec: { targets: { prometheus: { version: "3.14" } } }\n';

/** Rules for the Prometheus of tomorrow, which only promtool refuses: in a literal block, folded, and in quotes. */
export const REFUSED = `kind: AlertPolicy
metadata: { name: refused }
spec:
  service: checkout
  rules:
    - alert: Literal
      expr: |
        sum(
          first_over_time(http_requests_total[5m])
        ) > 1
      severity: critical
    - alert: Folded
      expr: >-
        sum by (job)
        (first_over_time(http_errors_total[5m])) > 1
      severity: critical
    - alert: Quoted
      expr: "sum(\\u0066irst_over_time(quoted_total[5m])) > 1"
      severity: critical
`;
