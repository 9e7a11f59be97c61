import { uniqueTexts } from '../../base/order.ts';
import { type Alert, ownersOf as ownersOfAlert } from '../../model/rule.ts';
import type { Channel, Model, Severity } from '../../model/types.ts';
import { codeSpan } from '../../output/markdown.ts';
import { type RouteNode, receivedLabels, routesFor } from '../../routing/route.ts';

/** The channels and team roles that a severity tells, the defaults where it says nothing. */
export function recipientsOf(model: Model, severity: Severity): readonly string[] {
  return severity.notify ?? model.routing.defaults.notify;
}

/** The owners of some alerts. Sorted. */
export function ownersOf(model: Model, alerts: readonly Alert[]): readonly string[] {
  return uniqueTexts(
    alerts.flatMap((alert) => [
      ...ownersOfAlert(alert, model.project.labelNames),
      ...(alert.service === undefined ? [] : (model.services.get(alert.service)?.owner ?? [])),
    ]),
  );
}

/** The channels that hear of some alerts of one severity, by the routes themselves. Sorted; empty: nobody is told. */
export function channelsReached(routes: RouteNode, severity: Severity, alerts: readonly Alert[]): readonly string[] {
  const concerned = alerts.filter((alert) => alert.severity === severity.name);
  return uniqueTexts(
    concerned
      .flatMap(receivedLabels)
      .flatMap((labels) => routesFor(routes, labels).flatMap(({ channels }) => channels)),
  );
}

/** Who knows whom alerts reach, where somebody else writes the configuration of Alertmanager, in Markdown. */
export function decidedElsewhere({ project }: Model): string | undefined {
  const { routing } = project.alertmanager;
  return routing.type === 'external' ? `as ${codeSpan(routing.file)} says` : undefined;
}

/** Where a channel ends, as people know it: `Slack #incidents`. Secrets are never named. */
export function describeChannel(model: Model, name: string): string {
  const channel = model.channels.get(name);
  return channel ? `${name} (${channel.description ?? destination(channel)})` : name;
}

function destination({ receiver }: Channel): string {
  switch (receiver.type) {
    case 'slack':
      return `Slack ${receiver.channel}`;
    case 'pagerduty':
      return 'PagerDuty';
    case 'email':
      return `mail to ${receiver.to.join(', ')}`;
    case 'webhook':
      return 'webhook';
  }
}
