import { enumerate } from '../../base/text.ts';
import type { ChannelDocument } from '../../generated/channel.ts';
import type { Channel, Receiver } from '../../model/types.ts';
import { defineCode } from '../../source/code.ts';
import type { Diagnostic } from '../../source/diagnostic.ts';
import type { Located } from '../../source/document.ts';
import { defined, entity } from '../entity.ts';
import type { SpecKind } from '../kind.ts';
import schema from './channel.schema.json' with { type: 'json' };

const RECEIVERS = ['slack', 'pagerduty', 'email', 'webhook'] as const;

const NOT_ONE_RECEIVER = defineCode<{ name: string; found: readonly string[] }>({
  code: 'channel/not-one-receiver',
  severity: 'error',
  title: 'a channel must be exactly one thing',
  explain:
    'A Channel is one way to reach people. Severities and routes may name several channels, so each way gets its own document.',
  message: ({ name, found }) =>
    found.length === 0
      ? `the channel \`${name}\` does not say how people are reached`
      : `the channel \`${name}\` is ${enumerate(found.map((each) => `\`${each}\``))} at once`,
  help: () =>
    `write exactly one of ${enumerate(
      RECEIVERS.map((each) => `\`${each}\``),
      'or',
    )}`,
});

const WEBHOOK_ADDRESS = defineCode<{ name: string }>({
  code: 'channel/webhook-address',
  severity: 'error',
  title: 'a webhook needs exactly one address',
  explain:
    'The address of a webhook stands in the spec (`url`), or in a secret file (`urlSecret`) when it contains a secret.',
  message: ({ name }) => `the webhook of \`${name}\` needs either \`url\` or \`urlSecret\``,
  help: () => 'write one of the two',
});

export const codes = [NOT_ONE_RECEIVER, WEBHOOK_ADDRESS];

type Document = Located<ChannelDocument>;

function check(document: Document): Diagnostic[] {
  const { spec, metadata } = document.value;
  const name = metadata.name;
  const found = RECEIVERS.filter((each) => spec[each] !== undefined);
  if (found.length !== 1) return [NOT_ONE_RECEIVER.at(document.at(['spec'], 'key'), { name, found })];
  if (spec.webhook && (spec.webhook.url === undefined) === (spec.webhook.urlSecret === undefined)) {
    return [WEBHOOK_ADDRESS.at(document.at(['spec', 'webhook'], 'key'), { name })];
  }
  return [];
}

function receiver({ slack, pagerduty, email, webhook }: ChannelDocument['spec']): Receiver {
  if (slack) return { type: 'slack', ...slack };
  if (pagerduty) return { type: 'pagerduty', ...pagerduty };
  if (email) return { type: 'email', ...email };
  const { url, urlSecret, bearerToken } = webhook!;
  const address = urlSecret ? { urlSecret } : { url: url! };
  return { type: 'webhook', ...address, ...defined({ bearerToken }) };
}

export const channelKind: SpecKind<ChannelDocument, Channel> = {
  name: 'Channel',
  summary: 'a way to reach people',
  schema,
  codes,
  count: 'any',
  references: () => [],
  check,
  lower: (document) => {
    const { description, sendResolved, ...spec } = document.value.spec;
    return { ...entity(document), receiver: receiver(spec), ...defined({ description, sendResolved }) };
  },
};
