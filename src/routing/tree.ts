import type { CustomRoute, LabelNames, Model, Severity } from '../model/types.ts';
import type { Matcher } from '../promql/selector.ts';
import { channelSet, staticChannels, teamChannels, teamRoles } from './recipients.ts';
import { matcherHolds, type RouteNode } from './route.ts';
import { hasOwnTiming, severityTiming } from './timing.ts';

/**
 * The routing tree of a model: the default route at the root; below it the author's routes in their order, then one
 * route for each severity that says whom to tell. Where recipients are team roles, there is one more route below for each
 * team; those of the default route come last of all.
 */
export function routeTree(model: Model): RouteNode {
  const { defaults, routes, origin } = model.routing;
  const { groupWaitMs, groupIntervalMs, repeatMs } = defaults;
  const node: RouteNode = {
    matchers: [],
    channels: channelSet(staticChannels(defaults.notify)),
    silent: false,
    groupBy: [...new Set(defaults.groupBy.map((label) => organisationLabel(model.project.labelNames, label)))],
    timing: { groupWaitMs, groupIntervalMs, repeatMs },
    continue: false,
    of: 'default',
    roles: teamRoles(defaults.notify),
    origin,
    children: [],
  };
  const above = [
    ...routes.map((route) => customRoute(model, route)),
    ...model.severities.flatMap((severity) => severityRoute(model, severity)),
  ];
  return { ...node, children: [...above, ...teamRoutes(model, defaults.notify, node)] };
}

/** Our own label names as the organisation calls them; any other stays as it is. */
export function organisationLabel(names: LabelNames, label: string): string {
  return Object.hasOwn(names, label) ? names[label as keyof LabelNames] : label;
}

function equals(label: string, value: string): Matcher {
  return { label, operator: '=', value };
}

/** A route of the author's; where it is about one severity it keeps that severity's timing. */
function customRoute(model: Model, route: CustomRoute): RouteNode {
  const matchers = customMatchers(model, route);
  const asked = matchers.find(({ label }) => label === model.project.labelNames.severity)?.value;
  const severity = model.severities.find(({ name }) => name === asked);
  const silent = route.notify.length === 0;
  const node: RouteNode = {
    matchers,
    channels: silent ? [] : withoutTeam(model, route.notify),
    silent,
    ...(severity && { timing: severityTiming(severity) }),
    continue: route.continue,
    of: 'route',
    roles: teamRoles(route.notify),
    origin: route.origin,
    children: [],
  };
  return { ...node, children: teamRoutes(model, route.notify, node) };
}

function customMatchers(model: Model, route: CustomRoute): readonly Matcher[] {
  return Object.entries(route.when).map(([label, value]) =>
    equals(organisationLabel(model.project.labelNames, label), value),
  );
}

/** Nothing for a severity that leaves everything to the default route. */
function severityRoute(model: Model, severity: Severity): readonly RouteNode[] {
  const { name } = severity;
  if (severity.notify === undefined && !hasOwnTiming(severity)) return [];
  const notify = severity.notify ?? model.routing.defaults.notify;
  const silent = severity.notify?.length === 0;
  const node: RouteNode = {
    matchers: [equals(model.project.labelNames.severity, name)],
    channels: silent ? [] : withoutTeam(model, notify),
    silent,
    ...(!silent && { timing: severityTiming(severity) }),
    continue: false,
    of: 'severity',
    severity: name,
    roles: teamRoles(notify),
    origin: severity.part('notify'),
    children: [],
  };
  return [{ ...node, children: teamRoutes(model, notify, node) }];
}

/** Who is told of an alert that has no owner, or one that is no team: never nobody while there is a default. */
function withoutTeam(model: Model, notify: readonly string[]): readonly string[] {
  const channels = staticChannels(notify);
  return channelSet(channels.length > 0 ? channels : staticChannels(model.routing.defaults.notify));
}

/** One route for each team that fills a role of the recipients and is told otherwise than the route above. */
function teamRoutes(model: Model, notify: readonly string[], above: RouteNode): readonly RouteNode[] {
  const { owner } = model.project.labelNames;
  const asked = above.matchers.filter(({ label }) => label === owner);
  return model.teams.all.flatMap((team): RouteNode[] => {
    const own = teamChannels(team, notify);
    const channels = channelSet([...staticChannels(notify), ...own]);
    const possible = asked.every((matcher) => matcherHolds(matcher, { [owner]: team.name }));
    if (!possible || own.length === 0 || channels.join() === above.channels.join()) return [];
    const { of, severity, roles } = above;
    const node: RouteNode = {
      matchers: [equals(owner, team.name)],
      channels,
      silent: false,
      continue: false,
      of,
      roles,
      origin: team.part('metadata', 'name'),
      children: [],
    };
    return [severity === undefined ? node : { ...node, severity }];
  });
}
