import { uniqueTexts } from '../base/order.ts';
import { NOBODY } from '../model/names.ts';
import type { Labels, Team } from '../model/types.ts';
import { allRoutes, type RouteNode, routesFor } from './route.ts';

/** The roles of a team that a severity can tell, as `team.page`. */
export const TEAM_ROLES = ['page', 'chat', 'mail'] as const;

const ROLE_PREFIX = 'team.';

/** `team.page` → `page`; nothing for a channel. */
export function roleOf(recipient: string): string | undefined {
  return recipient.startsWith(ROLE_PREFIX) ? recipient.slice(ROLE_PREFIX.length) : undefined;
}

/** The recipients that are channels by themselves. */
export function staticChannels(notify: readonly string[]): readonly string[] {
  return notify.filter((recipient) => roleOf(recipient) === undefined);
}

/** The channels by which a team fills the roles among the recipients; roles that it lacks give none. */
export function teamChannels(team: Team, notify: readonly string[]): readonly string[] {
  return notify.flatMap((recipient) => {
    const role = roleOf(recipient);
    return (role !== undefined && team.roles[role]) || [];
  });
}

/** A set of channels that is told together. */
export interface ReceiverSet {
  readonly name: string;
  /** Sorted. */
  readonly channels: readonly string[];
}

/** The name of the receiver that tells a set of channels: `pagerduty-ai+slack-incidents`, or `nobody`. */
export function receiverName(channels: readonly string[]): string {
  return channels.length === 0 ? NOBODY : channels.join('+');
}

/** A set of channels in the order in which a route holds them. */
export function channelSet(channels: Iterable<string>): readonly string[] {
  return uniqueTexts(channels);
}

/** The receivers that the tree uses, each once, sorted by name. */
export function receiversInUse(tree: RouteNode): readonly ReceiverSet[] {
  const sets = new Map(allRoutes(tree).map(({ channels }) => [receiverName(channels), channels]));
  return uniqueTexts(sets.keys()).map((name) => ({ name, channels: sets.get(name) ?? [] }));
}

/** The names of the receivers that are told of an alert, in the order in which Alertmanager lists them. */
export function receiversFor(tree: RouteNode, labels: Labels): readonly string[] {
  return routesFor(tree, labels).map(({ channels }) => receiverName(channels));
}
