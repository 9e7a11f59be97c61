/** An SLO of the service `checkout`, a channel, and a runbook that nobody refers to; a comment may take the place of `# COMMENT`. */
export const LEFT_OVER = `---
kind: SLO
metadata: { name: checkout-availability }
spec:
  service: checkout
  objective: 99%
  window: 30d
  indicator:
    ratio: { errors: 'requests_total{code=~"5.."}', total: requests_total }
---
kind: Channel
metadata: { name: on-call }
spec: { webhook: { url: https://example.org/alerts } }
---
kind: Runbook
metadata: { name: nobody } # COMMENT
spec: { overview: Nobody refers to this. }
`;
