import { beforeAll, describe, expect, it } from 'vitest';
import type { Message } from './channels.ts';
import type { Pair } from './pair.ts';
import { ownMetrics } from './prometheus-api.ts';
import { until } from './until.ts';

/** An alert as a webhook of Alertmanager has it. */
interface SentAlert {
  readonly status: 'firing' | 'resolved';
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
}

/** One service goes down and comes back; then all requests to another fail. All must be well before. */
export function tellsPeople(running: () => Pair): void {
  let pair: Pair;
  beforeAll(() => {
    pair = running();
  });

  /** The messages about an alert on one channel, in any of the three forms. */
  function messagesOn(channel: string, alert: string): readonly Message[] {
    return pair.channels.received.filter((message) => {
      return message.channel === channel && JSON.stringify(message.body).includes(alert);
    });
  }

  function tracked(alert: string): readonly SentAlert[] {
    return messagesOn('incident-tracker', alert).flatMap(({ body }) => body.alerts as readonly SentAlert[]);
  }

  function firing(alertname: string): Promise<boolean> {
    const of = (alerts: Awaited<ReturnType<typeof pair.prometheus.alerts>>) =>
      alerts.some(({ labels, state }) => labels.alertname === alertname && state === 'firing');
    return pair.prometheus.alerts().then(of);
  }

  describe('when a service is down', () => {
    beforeAll(() => pair.services.become('qdrant', 'down'));

    it('calls the owner with what is down, how bad it is and what to do', async () => {
      const [alert] = await until('a webhook of ServiceDown', () => {
        const alerts = tracked('ServiceDown');
        return alerts.length > 0 && alerts;
      });
      expect(alert).toMatchObject({
        status: 'firing',
        labels: {
          alertname: 'ServiceDown',
          severity: 'P1_CRITICAL',
          service: 'qdrant',
          owner: 'platform',
          category: 'availability',
          platform: 'quantum-suite',
          cluster: 'production',
          job: 'qdrant',
        },
        annotations: {
          summary: 'qdrant is down',
          description: '100% of the targets of qdrant have been down or missing for over a minute',
          runbook_url: 'https://runbooks.quantum-suite.io/service-down',
          dashboard_url: 'https://grafana.quantum-suite.io/d/quantum-suite-system-health',
        },
      });
    });

    it('pages', async () => {
      const [page] = await until('a page of ServiceDown', () => {
        const pages = messagesOn('pagerduty-platform', 'ServiceDown');
        return pages.length > 0 && pages;
      });
      expect(page?.body).toMatchObject({
        event_action: 'trigger',
        payload: {
          summary: '[P1_CRITICAL] qdrant: ServiceDown',
          custom_details: { runbook: 'https://runbooks.quantum-suite.io/service-down' },
        },
      });
      expect(page?.body.payload.custom_details.summary).toContain('qdrant is down');
    });

    it('meets where incidents are met', async () => {
      const [message] = await until('a message of ServiceDown in Slack', () => {
        const messages = messagesOn('slack-incidents', 'ServiceDown');
        return messages.length > 0 && messages;
      });
      expect(message?.body.channel).toBe('#incidents');
      const { title, text } = message?.body.attachments[0] ?? {};
      expect(title).toBe('[P1_CRITICAL] qdrant: ServiceDown');
      expect(text).toContain('*qdrant is down*');
      expect(text).toContain('<https://runbooks.quantum-suite.io/service-down|Runbook>');
    });

    it('says it once while nothing changes', async () => {
      // Each time that a group is looked at, each of its three channels asks what it has been told.
      const asked = async () => (await ownMetrics(pair.alertmanagerUrl, 'alertmanager_nflog_queries_total'))[0] ?? 0;
      const enough = (await asked()) + 3 * 3;
      await until('Alertmanager has looked at the group three times more', async () => (await asked()) >= enough);
      expect(await firing('ServiceDown')).toBe(true);
      for (const channel of ['pagerduty-platform', 'slack-incidents', 'incident-tracker']) {
        expect(messagesOn(channel, 'ServiceDown')).toHaveLength(1);
      }
    });

    it('says that it is over', async () => {
      pair.services.become('qdrant', 'healthy');
      const resolved = await until('a webhook that resolves ServiceDown', () => {
        return tracked('ServiceDown').find(({ status }) => status === 'resolved');
      });
      expect(resolved.labels.job).toBe('qdrant');
      await until('a page that resolves ServiceDown', () => {
        return messagesOn('pagerduty-platform', 'ServiceDown').some(({ body }) => body.event_action === 'resolve');
      });
      await until('a message that resolves ServiceDown in Slack', () => {
        return messagesOn('slack-incidents', 'RESOLVED [P1_CRITICAL] qdrant: ServiceDown').length > 0;
      });
    });
  });

  describe('when all requests fail', () => {
    const ALERT = 'QagentAvailabilityBudgetBurn';
    beforeAll(() => pair.services.become('qagent', 'failing'));

    it('calls the owner of the promise before its budget is spent', async () => {
      const [alert] = await until(`a webhook of ${ALERT}`, () => {
        const alerts = tracked(ALERT);
        return alerts.length > 0 && alerts;
      });
      expect(alert).toMatchObject({
        status: 'firing',
        labels: {
          severity: 'P1_CRITICAL',
          service: 'qagent',
          owner: 'ai-platform',
          slo: 'qagent-availability',
          window: expect.stringMatching(/^(1|6)h$/),
        },
        annotations: { runbook_url: 'https://runbooks.quantum-suite.io/availability-budget' },
      });
      await until(`a page of ${ALERT}`, () => messagesOn('pagerduty-ai', ALERT).length > 0);
    });

    it('calls nobody else', async () => {
      const told = () => [...new Set(pair.channels.received.map(({ channel }) => channel))].filter(hasHeard).sort();
      const hasHeard = (channel: string) => messagesOn(channel, ALERT).length > 0;
      await until(`three channels know of ${ALERT}`, () => told().length >= 3);
      expect(told()).toEqual(['incident-tracker', 'pagerduty-ai', 'slack-incidents']);
    });

    it('writes no tickets about what it pages for', async () => {
      const matchers = ['severity="P3_MEDIUM"', `alertname="${ALERT}"`];
      const filter = matchers.map((each) => `filter=${encodeURIComponent(each)}`).join('&');
      await until('both tickets are inhibited', async () => {
        const response = await fetch(`${pair.alertmanagerUrl}/api/v2/alerts?${filter}`);
        const alerts = (await response.json()) as readonly { readonly status: { readonly state: string } }[];
        return alerts.filter(({ status }) => status.state === 'suppressed').length === 2;
      });
    });
  });
}
