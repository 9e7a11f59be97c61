import type { CustomRoute, LabelNames, Model, Severity } from '../model/types.ts';
import type { Matcher } from '../promql/selector.ts';
import { channelSet, staticChannels, teamChannels } from './recipients.ts';
import type { RouteNode } from './route.ts';
import { hasOwnTiming, severityTiming } from './timing.ts';

/**
 * The routing tree of a model: the default route at the root; below it the author's routes in their order, then one
 * route for each severity that says whom to tell, with one below it for each team where it tells team roles.
 */
export function routeTree(model: Model): RouteNode {
  const { defaults, routes, origin } = model.routing;
  const { groupWaitMs, groupIntervalMs, repeatMs } = defaults;
  return {
    matchers: [],
    channels: channelSet(defaults.notify),
    silent: false,
    groupBy: [...new Set(defaults.groupBy.map((label) => organisationLabel(model.project.labelNames, label)))],
    timing: { groupWaitMs, groupIntervalMs, repeatMs },
    continue: false,
    origin,
    children: [
      ...routes.map((route) => customRoute(model, route)),
      ...model.severities.flatMap((severity) => severityRoute(model, severity)),
    ],
  };
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
  return {
    matchers,
    channels: channelSet(route.notify),
    silent: route.notify.length === 0,
    ...(severity && { timing: severityTiming(severity) }),
    continue: route.continue,
    origin: route.origin,
    children: [],
  };
}

function customMatchers(model: Model, route: CustomRoute): readonly Matcher[] {
  return Object.entries(route.when).map(([label, value]) =>
    equals(organisationLabel(model.project.labelNames, label), value),
  );
}

/** Nothing for a severity that leaves everything to the default route. */
function severityRoute(model: Model, severity: Severity): readonly RouteNode[] {
  const { notify, name } = severity;
  if (notify === undefined && !hasOwnTiming(severity)) return [];
  const silent = notify?.length === 0;
  const channels = silent ? [] : withoutTeam(model, notify ?? []);
  const node: RouteNode = {
    matchers: [equals(model.project.labelNames.severity, name)],
    channels,
    silent,
    ...(!silent && { timing: severityTiming(severity) }),
    continue: false,
    severity: name,
    origin: severity.part('notify'),
    children: teamRoutes(model, severity, channels),
  };
  return [node];
}

/** Who is told of an alert that has no owner, or one that is no team: never nobody while there is a default. */
function withoutTeam(model: Model, notify: readonly string[]): readonly string[] {
  const channels = staticChannels(notify);
  return channelSet(channels.length > 0 ? channels : model.routing.defaults.notify);
}

/** One route for each team that fills a role of the severity and is told otherwise than the route above. */
function teamRoutes(model: Model, severity: Severity, above: readonly string[]): readonly RouteNode[] {
  const { notify = [] } = severity;
  return model.teams.all.flatMap((team) => {
    const own = teamChannels(team, notify);
    const channels = channelSet([...staticChannels(notify), ...own]);
    if (own.length === 0 || channels.join() === above.join()) return [];
    const matchers = [equals(model.project.labelNames.owner, team.name)];
    const node = { matchers, channels, silent: false, continue: false, children: [] };
    return [{ ...node, severity: severity.name, origin: team.part('metadata', 'name') }];
  });
}
