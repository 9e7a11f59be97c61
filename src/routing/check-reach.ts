import { groupBy } from '../base/order.ts';
import { enumerate, plural } from '../base/text.ts';
import type { Alert, RuleBook } from '../model/rule.ts';
import type { Labels, Model, Team } from '../model/types.ts';
import { type AnyCode, defineCode } from '../source/code.ts';
import type { Diagnostic } from '../source/diagnostic.ts';
import { originSpan } from '../source/document.ts';
import { isUsual, knownRoles } from './check-roles.ts';
import { describeMatchers } from './check-routes.ts';
import { type RouteNode, receivedLabels, routesFor } from './route.ts';

const severityReachesNobody = defineCode<{ severity: string; alerts: readonly string[] }>({
  code: 'routing/severity-reaches-nobody',
  severity: 'error',
  title: 'alerts of a severity reach no channel',
  explain: `An alert that fires and reaches nobody is worse than none: everybody believes that it is watched. A severity
without \`notify\` leaves its alerts to the default route, and here that has no channel either.

Name a channel in the level's \`notify\` or in \`default.notify\` of the NotificationPolicy. Where nobody is to be told, on
purpose, write \`notify: []\`.`,
  message: ({ severity, alerts }) =>
    `severity \`${severity}\` reaches nobody, but ${plural(alerts.length, 'alert')} ${alerts.length === 1 ? 'has' : 'have'} it: ${some(alerts)}`,
  help: () =>
    'add a channel to `notify` of the level or to `default.notify` of the NotificationPolicy, or write `notify: []` if nobody is to be told',
});

const teamLacksRole = defineCode<{
  team: string;
  service: string | undefined;
  role: string;
  /** Who tells the role, in words. */
  by: readonly string[];
}>({
  code: 'routing/team-lacks-role',
  severity: 'error',
  title: 'a team lacks the channel by which it is to be told',
  explain: `A severity, a route or the default route says \`notify: [team.page]\`, alerts that take it belong to a service of
this team, and the team names no channel for the role \`page\`. Those alerts would not reach the people who own the service.

Name a channel for the role in the Team, or tell another role.`,
  message: ({ team, service, role, by }) => {
    const owner = service === undefined ? `team \`${team}\`` : `team \`${team}\`, which owns \`${service}\`,`;
    return `${owner} has no \`${role}\`, but ${enumerate(by)} ${by.length === 1 ? 'tells' : 'tell'} \`team.${role}\``;
  },
  help: ({ team, role }) =>
    isUsual(role)
      ? `add \`${role}\` with the name of a Channel to Team \`${team}\``
      : `add \`${role}\` with the name of a Channel to the \`roles\` of Team \`${team}\``,
});

export const codes: readonly AnyCode[] = [severityReachesNobody, teamLacksRole];

/** Whether every alert reaches somebody, and the team that owns it. */
export function checkReach(model: Model, rules: RuleBook, tree: RouteNode): readonly Diagnostic[] {
  const routed = rules.alerts.flatMap((alert) =>
    receivedLabels(alert).map((labels) => ({ alert, labels, routes: routesFor(tree, labels) })),
  );
  const lost = routed.filter(({ routes }) => !routes.some(({ channels, silent }) => silent || channels.length > 0));
  return [
    ...checkLost(
      model,
      lost.map(({ alert }) => alert),
    ),
    ...checkTeams(model, tree, routed),
  ];
}

const SHOWN = 3;

/** `A`, `B`, `C` and 4 more. */
function some(names: readonly string[]): string {
  const shown = names.slice(0, SHOWN).map((name) => `\`${name}\``);
  const rest = names.length - shown.length;
  return rest === 0 ? enumerate(shown) : `${shown.join(', ')} and ${rest} more`;
}

function checkLost(model: Model, lost: readonly Alert[]): readonly Diagnostic[] {
  const bySeverity = groupBy(lost, ({ severity }) => severity);
  return model.severities.flatMap((severity) => {
    const alerts = bySeverity.get(severity.name);
    if (!alerts) return [];
    const names = [...new Set(alerts.map(({ alert }) => alert))];
    const related = alerts.slice(0, 1).map((alert) => {
      return { span: originSpan(alert.origin), message: `\`${alert.alert}\` has this severity` };
    });
    return [
      severityReachesNobody.at(
        originSpan(severity.part('name')),
        { severity: severity.name, alerts: names },
        { related },
      ),
    ];
  });
}

interface Routed {
  readonly alert: Alert;
  readonly labels: Labels;
  readonly routes: readonly RouteNode[];
}

/** A role that the owner of an alert lacks, though the route that the alert takes tells it. */
interface Lack {
  readonly team: Team;
  readonly role: string;
  readonly route: RouteNode;
  /** That the alert is about. */
  readonly service: string | undefined;
  readonly alert: Alert;
}

function checkTeams(model: Model, tree: RouteNode, routed: readonly Routed[]): readonly Diagnostic[] {
  const lacks = routed.flatMap((each) => lacksOf(model, each));
  const findings = groupBy(lacks, ({ team, role, service }) => `${service ?? ''} ${team.name} ${role}`);
  return [...findings.values()].map((same) => {
    const { team, role, alert, service: about } = same[0]!;
    const by = [...new Set(same.map(({ route }) => toldBy(tree, route)))];
    const service = about === undefined ? undefined : model.services.get(about);
    const origin = service ? service.part('spec', 'owner') : alert.origin;
    const related = [
      { span: originSpan(team.part('metadata', 'name')), message: `team \`${team.name}\` is declared here` },
    ];
    return teamLacksRole.at(originSpan(origin), { team: team.name, service: service?.name, role, by }, { related });
  });
}

/** Whose recipients a route tells, in words. */
function toldBy(tree: RouteNode, route: RouteNode): string {
  if (route.severity !== undefined) return `severity \`${route.severity}\``;
  if (route.of === 'default') return 'the default route';
  const whole = tree.children.find((each) => each === route || each.children.includes(route)) ?? route;
  return `the route for ${describeMatchers(whole.matchers)}`;
}

function lacksOf(model: Model, { alert, labels, routes }: Routed): readonly Lack[] {
  const names = model.project.labelNames;
  const team = model.teams.get(labels[names.owner] ?? '');
  if (!team) return [];
  const service = alert.serviceFromLabel === undefined ? alert.service : labels[names.service];
  const known = knownRoles(model);
  return routes.flatMap((route) =>
    route.roles
      .filter((role) => known.includes(role) && !Object.hasOwn(team.roles, role))
      .map((role) => ({ team, role, route, service, alert })),
  );
}
