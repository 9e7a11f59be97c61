import { ALERTMANAGER_FEATURES } from '../formats/alertmanager.ts';
import { NOBODY } from '../model/names.ts';
import type { Channel, Model, Version } from '../model/types.ts';
import { type AnyCode, defineCode } from '../source/code.ts';
import type { Diagnostic } from '../source/diagnostic.ts';
import { originSpan } from '../source/document.ts';
import { allRoutes, type RouteNode } from './route.ts';

const emailNeedsSettings = defineCode<{ channel: string }>({
  code: 'channel/email-needs-settings',
  severity: 'error',
  title: 'mail without a mail server',
  explain: `A channel sends mail, but the Project does not say from which address and through which server. Write, for
example, \`email: { from: alerts@example.org, smarthost: mail.example.org:587 }\` into the Project.`,
  message: ({ channel }) => `channel \`${channel}\` sends mail, but the Project has no \`email\``,
  help: () => 'add `email` with `from` and `smarthost` to the Project',
});

const needsNewerAlertmanager = defineCode<{ channel: string; since: string; version: string }>({
  code: 'channel/needs-newer-alertmanager',
  severity: 'error',
  title: 'a channel needs a newer Alertmanager',
  explain: `The whole address of a webhook can be a secret only from Alertmanager 0.28 on. Older ones do not know the field,
or (0.26 and 0.27) crash when such a webhook fails.

Put the secret part of the address into a token: \`url\` with the plain address, and \`bearerToken\`, which is sent in the
Authorization header and read from a file by every version. Or raise \`targets.alertmanager.version\` of the Project.`,
  message: ({ channel, since, version }) =>
    `\`urlSecret\` of channel \`${channel}\` needs Alertmanager ${since}, and the Project says \`${version}\``,
  help: ({ since }) =>
    `write \`url\` and, for the secret, \`bearerToken\`; or set \`targets.alertmanager.version\` to "${since}" once it runs`,
});

const reservedName = defineCode({
  code: 'channel/reserved-name',
  severity: 'error',
  title: 'a channel has the name of the receiver that tells nobody',
  explain: `\`${NOBODY}\` is the name of the receiver without any channel, for severities with \`notify: []\`.`,
  message: () => `\`${NOBODY}\` is the name of the receiver that tells nobody`,
  help: () => 'give the channel another name',
});

export const codes: readonly AnyCode[] = [emailNeedsSettings, needsNewerAlertmanager, reservedName];

/** Whether every channel that a route tells can be written for the Alertmanager at hand. */
export function checkChannels(model: Model, tree: RouteNode): readonly Diagnostic[] {
  const used = new Set(allRoutes(tree).flatMap(({ channels }) => channels));
  return model.channels.all.filter(({ name }) => used.has(name)).flatMap((channel) => checkChannel(model, channel));
}

function checkChannel(model: Model, channel: Channel): readonly Diagnostic[] {
  const { receiver, name } = channel;
  if (name === NOBODY) return [reservedName.at(originSpan(channel.part('metadata', 'name')), {})];
  if (receiver.type === 'email' && !model.project.email) {
    return [emailNeedsSettings.at(originSpan(channel.part('spec', 'email')), { channel: name })];
  }
  const { since } = ALERTMANAGER_FEATURES.webhookUrlFile;
  const { version } = model.project.alertmanager;
  if (!('urlSecret' in receiver) || isAtLeast(version, since)) return [];
  const parameters = { channel: name, since: printed(since), version: printed(version) };
  return [needsNewerAlertmanager.at(originSpan(channel.part('spec', 'webhook', 'urlSecret')), parameters)];
}

function isAtLeast(version: Version, since: Version): boolean {
  return version.major > since.major || (version.major === since.major && version.minor >= since.minor);
}

function printed({ major, minor }: Version): string {
  return `${major}.${minor}`;
}
