import type {
  AlertmanagerReceiver,
  EmailConfig,
  PagerdutyConfig,
  SlackConfig,
  WebhookConfig,
} from '../../formats/alertmanager.ts';
import type { Channel, Model, Receiver, Secret } from '../../model/types.ts';
import type { ReceiverSet } from '../../routing/recipients.ts';
import { isShared } from '../../routing/shared.ts';
import { literal } from '../../rules/value.ts';
import { mailSettings, secretFile } from './mail.ts';
import { templateName } from './messages.ts';

/** A text of the shipped message templates; in a shared configuration each project has its own. */
function template(name: string, { project }: Model): string {
  return `{{ template "${templateName(project, name)}" . }}`;
}

/** Makes one kind of receiver out of a channel. */
interface Writer<Type extends Receiver['type'], Config> {
  readonly section: `${Type}_configs`;
  config(receiver: Extract<Receiver, { type: Type }>, channel: Channel, model: Model): Config;
}

/** Alertmanager's own default differs from receiver to receiver, so it is always written. */
function sendResolved(channel: Channel, model: Model): { send_resolved: boolean } {
  return { send_resolved: channel.sendResolved ?? model.routing.defaults.sendResolved };
}

const slack: Writer<'slack', SlackConfig> = {
  section: 'slack_configs',
  config: (receiver, channel, model) => ({
    ...sendResolved(channel, model),
    api_url_file: secretFile(model, receiver.apiUrl),
    channel: literal(receiver.channel),
    title: template('qmon.title', model),
    text: template('qmon.slack.text', model),
    fallback: template('qmon.title', model),
  }),
};

const pagerduty: Writer<'pagerduty', PagerdutyConfig> = {
  section: 'pagerduty_configs',
  config: (receiver, channel, model) => ({
    ...sendResolved(channel, model),
    routing_key_file: secretFile(model, receiver.routingKey),
    description: template('qmon.title', model),
    details: {
      summary: template('qmon.text', model),
      runbook: template('qmon.runbook', model),
      dashboard: template('qmon.dashboard', model),
      silence: template('qmon.silence', model),
    },
  }),
};

const email: Writer<'email', EmailConfig> = {
  section: 'email_configs',
  config: (receiver, channel, model) => ({
    ...sendResolved(channel, model),
    ...(model.project.email && isShared(model.project) && mailSettings(model, model.project.email, '')),
    to: receiver.to.join(', '),
    headers: { Subject: template('qmon.title', model) },
    html: template('qmon.email.html', model),
    text: template('qmon.text', model),
  }),
};

const webhook: Writer<'webhook', WebhookConfig> = {
  section: 'webhook_configs',
  config: (receiver, channel, model) => ({
    ...sendResolved(channel, model),
    ...('urlSecret' in receiver ? { url_file: secretFile(model, receiver.urlSecret) } : { url: receiver.url }),
    ...(receiver.bearerToken && { http_config: { authorization: bearer(model, receiver.bearerToken) } }),
  }),
};

function bearer(model: Model, token: Secret): { type: 'Bearer'; credentials_file: string } {
  return { type: 'Bearer', credentials_file: secretFile(model, token) };
}

const WRITERS: { [Type in Receiver['type']]: Writer<Type, object> } = { slack, pagerduty, email, webhook };

/** A channel as the section of the receiver where it belongs, and its entry there. */
function entry(channel: Channel, model: Model): { section: string; config: object } {
  // The table pairs every type with its own writer, which the compiler cannot follow through the union.
  const writer = WRITERS[channel.receiver.type] as Writer<never, object>;
  return { section: writer.section, config: writer.config(channel.receiver as never, channel, model) };
}

/** A set of channels as one receiver; without any it tells nobody. */
export function writeReceiver(set: ReceiverSet, model: Model): AlertmanagerReceiver {
  const sections: Record<string, object[]> = {};
  for (const name of set.channels) {
    const channel = model.channels.get(name);
    if (!channel) continue;
    const { section, config } = entry(channel, model);
    sections[section] = [...(sections[section] ?? []), config];
  }
  return { name: set.name, ...sections };
}
