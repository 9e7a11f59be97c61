import { text } from 'node:stream/consumers';
import { serve } from './loopback.ts';

/** A message as the service behind the channel got it: the JSON of a webhook, of Slack or of PagerDuty. */
export interface Message {
  readonly channel: string;
  // biome-ignore lint/suspicious/noExplicitAny: three services, and the tests say what they expect of each.
  readonly body: any;
}

/** One endpoint that stands for every channel. */
export interface Channels {
  readonly received: readonly Message[];
  urlOf(channel: string): string;
  /** PagerDuty's Events API, for all channels: the routing key is the name of the channel. */
  readonly pagerdutyUrl: string;
  close(): Promise<void>;
}

const PAGERDUTY = 'pagerduty';

/** Source: https://developer.pagerduty.com/docs/send-alert-event (202), https://api.slack.com/messaging/webhooks (`ok`) */
const ANSWERS = { pagerduty: [202, '{"status":"success"}'], other: [200, 'ok'] } as const;

export async function startChannels(): Promise<Channels> {
  const received: Message[] = [];
  const server = await serve(async (request, response) => {
    const body = JSON.parse(await text(request));
    const name = (request.url ?? '').slice(1);
    received.push({ channel: name === PAGERDUTY ? body.routing_key : name, body });
    const [status, answer] = name === PAGERDUTY ? ANSWERS.pagerduty : ANSWERS.other;
    response.writeHead(status, { 'Content-Type': 'text/plain' }).end(answer);
  });
  return {
    received,
    urlOf: (channel) => `${server.url}/${channel}`,
    pagerdutyUrl: `${server.url}/${PAGERDUTY}`,
    close: server.close,
  };
}
