import { groupBy } from '../base/order.ts';
import { closest, enumerate, plural } from '../base/text.ts';
import type { Alert, RuleBook } from '../model/rule.ts';
import type { Model, Severity, Team } from '../model/types.ts';
import { type AnyCode, defineCode } from '../source/code.ts';
import type { Diagnostic } from '../source/diagnostic.ts';
import { originSpan } from '../source/document.ts';
import { roleOf, TEAM_ROLES } from './recipients.ts';
import { labelsOf, type RouteNode, routesFor } from './route.ts';

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
  severities: readonly string[];
}>({
  code: 'routing/team-lacks-role',
  severity: 'error',
  title: 'a team lacks the channel by which a severity tells it',
  explain: `A severity says \`notify: [team.page]\`, alerts of it belong to a service of this team, and the team names no
channel for the role \`page\`. Those alerts would not reach the people who own the service.

Name a channel for the role in the Team, or tell another role in the SeverityScale.`,
  message: ({ team, service, role, severities }) => {
    const owner = service === undefined ? `team \`${team}\`` : `team \`${team}\`, which owns \`${service}\`,`;
    return `${owner} has no \`${role}\`, but severity ${quoted(severities)} tells \`team.${role}\``;
  },
  help: ({ team, role }) => `add \`${role}\` with the name of a Channel to Team \`${team}\``,
});

const unknownRole = defineCode<{ role: string }>({
  code: 'routing/unknown-role',
  severity: 'error',
  title: 'a severity tells a team role that does not exist',
  explain: `Teams can be told by the roles \`page\`, \`chat\` and \`mail\`; severities refer to them as \`team.page\`,
\`team.chat\` and \`team.mail\`.`,
  message: ({ role }) => `\`team.${role}\` is no role of a team`,
  help: ({ role }) => {
    const nearest = closest(role, TEAM_ROLES);
    const legal = enumerate(
      TEAM_ROLES.map((each) => `\`team.${each}\``),
      'or',
    );
    return nearest === undefined ? `write ${legal}` : `did you mean \`team.${nearest}\`? Legal are ${legal}`;
  },
});

export const codes: readonly AnyCode[] = [severityReachesNobody, teamLacksRole, unknownRole];

/** Whether every alert reaches somebody, and the team that owns it. */
export function checkReach(model: Model, rules: RuleBook, tree: RouteNode): readonly Diagnostic[] {
  const routed = rules.alerts.map((alert) => ({ alert, routes: routesFor(tree, labelsOf(alert)) }));
  const lost = routed.filter(({ routes }) => !routes.some(({ channels, silent }) => silent || channels.length > 0));
  return [
    ...model.severities.flatMap(checkRoles),
    ...checkLost(
      model,
      lost.map(({ alert }) => alert),
    ),
    ...checkTeams(model, routed),
  ];
}

const SHOWN = 3;

/** `A`, `B`, `C` and 4 more. */
function some(names: readonly string[]): string {
  const shown = names.slice(0, SHOWN).map((name) => `\`${name}\``);
  const rest = names.length - shown.length;
  return rest === 0 ? enumerate(shown) : `${shown.join(', ')} and ${rest} more`;
}

function quoted(names: readonly string[]): string {
  return enumerate(names.map((name) => `\`${name}\``));
}

function checkRoles(severity: Severity): readonly Diagnostic[] {
  return (severity.notify ?? []).flatMap((recipient, index) => {
    const role = roleOf(recipient);
    if (role === undefined || isKnown(role)) return [];
    return [unknownRole.at(originSpan(severity.part('notify', index)), { role })];
  });
}

function isKnown(role: string): boolean {
  return TEAM_ROLES.some((each) => each === role);
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
  readonly routes: readonly RouteNode[];
}

/** A role that the owner of an alert lacks, though the route that the alert takes tells it. */
interface Lack {
  readonly team: Team;
  readonly role: string;
  readonly severity: Severity;
  readonly alert: Alert;
}

function checkTeams(model: Model, routed: readonly Routed[]): readonly Diagnostic[] {
  const lacks = routed.flatMap((each) => lacksOf(model, each));
  const findings = groupBy(lacks, ({ team, role, alert }) => `${alert.service ?? ''} ${team.name} ${role}`);
  return [...findings.values()].map((same) => {
    const { team, role, alert } = same[0]!;
    const severities = [...new Set(same.map(({ severity }) => severity.name))];
    const service = alert.service === undefined ? undefined : model.services.get(alert.service);
    const origin = service ? service.part('spec', 'owner') : alert.origin;
    const related = [
      { span: originSpan(team.part('metadata', 'name')), message: `team \`${team.name}\` is declared here` },
    ];
    return teamLacksRole.at(
      originSpan(origin),
      { team: team.name, service: service?.name, role, severities },
      { related },
    );
  });
}

function lacksOf(model: Model, { alert, routes }: Routed): readonly Lack[] {
  const team = model.teams.get(alert.labels[model.project.labelNames.owner] ?? '');
  if (!team) return [];
  const asked = model.severities.filter(({ name }) => routes.some((route) => route.severity === name));
  return asked.flatMap((severity) =>
    (severity.notify ?? []).flatMap((recipient) => {
      const role = roleOf(recipient);
      const lacks = role !== undefined && isKnown(role) && team.roles[role] === undefined;
      return lacks ? [{ team, role, severity, alert }] : [];
    }),
  );
}
