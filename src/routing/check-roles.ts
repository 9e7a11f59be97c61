import { uniqueTexts } from '../base/order.ts';
import { closest, enumerate } from '../base/text.ts';
import type { Model } from '../model/types.ts';
import { type AnyCode, defineCode } from '../source/code.ts';
import type { Diagnostic } from '../source/diagnostic.ts';
import { type Origin, originSpan } from '../source/document.ts';
import { roleOf, TEAM_ROLES } from './recipients.ts';

const unknownRole = defineCode<{ role: string; known: readonly string[] }>({
  code: 'routing/unknown-role',
  severity: 'error',
  title: 'a team role that no team has',
  explain: `Teams can be told by the roles \`page\`, \`chat\` and \`mail\`, and by those that a Team declares under \`roles\`.
Severities and routes refer to them as \`team.page\`, \`team.chat\`, \`team.security\`.`,
  message: ({ role }) => `\`team.${role}\` is no role of a team`,
  help: ({ role, known }) => {
    const nearest = closest(role, known);
    const legal = enumerate(
      known.map((each) => `\`team.${each}\``),
      'or',
    );
    return nearest === undefined
      ? `write ${legal}, or declare it under \`roles\` of a Team`
      : `did you mean \`team.${nearest}\`? Legal are ${legal}`;
  },
});

export const codes: readonly AnyCode[] = [unknownRole];

/** Whether a role is one that every Team has a property for. */
export function isUsual(role: string): boolean {
  return TEAM_ROLES.some((each) => each === role);
}

/** Every role that severities and routes may tell: the usual ones, then those that teams declare. */
export function knownRoles({ teams }: Model): readonly string[] {
  const own = teams.all.flatMap(({ roles }) => Object.keys(roles)).filter((role) => !isUsual(role));
  return [...TEAM_ROLES, ...uniqueTexts(own)];
}

/** Where recipients are named: of each level, of the default route, of each route of the author's. */
function lists({
  severities,
  routing,
}: Model): readonly { notify: readonly string[]; at: (index: number) => Origin }[] {
  const { origin, defaults, routes } = routing;
  return [
    ...severities.map(({ notify = [], part }) => ({ notify, at: (index: number) => part('notify', index) })),
    {
      notify: defaults.notify,
      at: (index: number) => ({ ...origin, path: [...origin.path, 'spec', 'default', 'notify', index] }),
    },
    ...routes.map(({ notify, origin: route }) => {
      return { notify, at: (index: number) => ({ ...route, path: [...route.path, 'notify', index] }) };
    }),
  ];
}

/** Whether every team role that is told is one that a team can have. */
export function checkRoles(model: Model): readonly Diagnostic[] {
  const known = knownRoles(model);
  return lists(model).flatMap(({ notify, at }) =>
    notify.flatMap((recipient, index) => {
      const role = roleOf(recipient);
      if (role === undefined || known.includes(role)) return [];
      return [unknownRole.at(originSpan(at(index)), { role, known })];
    }),
  );
}
