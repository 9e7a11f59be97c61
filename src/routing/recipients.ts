import { uniqueTexts } from '../base/order.ts';
import { NOBODY } from '../model/names.ts';
import type { Labels, Team } from '../model/types.ts';
import { allRoutes, type RouteNode, routesFor } from './route.ts';

/** The roles that every team may fill by a property of its own; severities and routes tell them as `team.page`. */
export const TEAM_ROLES = ['page', 'chat', 'mail'] as const;

const ROLE_PREFIX = 'team.';

/** `team.page` → `page`; nothing for a channel. */
export function roleOf(recipient: string): string | undefined {
  return recipient.startsWith(ROLE_PREFIX) ? recipient.slice(ROLE_PREFIX.length) : undefined;
}

/** The team roles among the recipients. */
export function teamRoles(notify: readonly string[]): readonly string[] {
  return notify.flatMap((recipient) => roleOf(recipient) ?? []);
}

/** The recipients that are channels by themselves. */
export function staticChannels(notify: readonly string[]): readonly string[] {
  return notify.filter((recipient) => roleOf(recipient) === undefined);
}

/** The channels by which a team fills the roles among the recipients; roles that it lacks give none. */
export function teamChannels(team: Team, notify: readonly string[]): readonly string[] {
  return teamRoles(notify).flatMap((role) => (Object.hasOwn(team.roles, role) && team.roles[role]) || []);
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

/** The name of the receiver of a route; in a shared configuration it begins with the project: `shop:slack-alerts`. */
export function receiverOf({ channels, scope }: RouteNode): string {
  const name = receiverName(channels);
  return scope === undefined ? name : `${scope}:${name}`;
}

/** A set of channels in the order in which a route holds them. */
export function channelSet(channels: Iterable<string>): readonly string[] {
  return uniqueTexts(channels);
}

/** The receivers that the tree uses, each once, sorted by name. */
export function receiversInUse(tree: RouteNode): readonly ReceiverSet[] {
  const sets = new Map(allRoutes(tree).map((node) => [receiverOf(node), node.channels]));
  return uniqueTexts(sets.keys()).map((name) => ({ name, channels: sets.get(name) ?? [] }));
}

/** The names of the receivers that are told of an alert, in the order in which Alertmanager lists them. */
export function receiversFor(tree: RouteNode, labels: Labels): readonly string[] {
  return routesFor(tree, labels).map(receiverOf);
}
