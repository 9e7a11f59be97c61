import type { RuleBook } from '../model/rule.ts';
import type { Model } from '../model/types.ts';
import { type AnyCode, defineCode } from '../source/code.ts';
import type { Diagnostic } from '../source/diagnostic.ts';
import { originSpan } from '../source/document.ts';
import { codes as channelCodes, checkChannels } from './check-channels.ts';
import { checkLevels, codes as levelCodes } from './check-levels.ts';
import { checkReach, codes as reachCodes } from './check-reach.ts';
import { checkRoles, codes as roleCodes } from './check-roles.ts';
import { checkRoutes, codes as routeCodes } from './check-routes.ts';
import { checkTiming, codes as timingCodes } from './check-timing.ts';
import { routeTree } from './tree.ts';

const notProven = defineCode<{ file: string }>({
  code: 'routing/external-not-proven',
  severity: 'info',
  title: 'somebody else decides whom alerts reach',
  explain: `The Project says that the configuration of Alertmanager is a file that somebody else writes. qmon writes none, and
does not look into that file: whether each alert reaches somebody is not checked.`,
  message: ({ file }) => `whom alerts reach is decided by \`${file}\`, which is not looked into`,
  help: () => 'see to it that the file has a route for every severity and owner of these alerts',
});

export const codes: readonly AnyCode[] = [
  ...reachCodes,
  ...roleCodes,
  ...routeCodes,
  ...timingCodes,
  ...channelCodes,
  ...levelCodes,
  notProven,
];

/**
 * Everything about who is told that can be seen before anything is emitted: severities that reach nobody, teams without
 * a role that they need, routes without effect, intervals that do not fit, channels that cannot be written, levels that
 * do not silence each other. Where somebody else writes the configuration, only misspelt roles.
 */
export function routingChecks(model: Model, rules: RuleBook): readonly Diagnostic[] {
  const { alertmanager } = model.project;
  if (alertmanager.routing.type === 'external') {
    const { file } = alertmanager.routing;
    const at = originSpan(model.project.part('spec', 'targets', 'alertmanager', 'routing', 'external'));
    return [...checkRoles(model), notProven.at(at, { file })];
  }
  const tree = routeTree(model);
  return [
    ...checkRoles(model),
    ...checkReach(model, rules, tree),
    ...checkRoutes(model, rules, tree),
    ...checkTiming(model),
    ...checkChannels(model, tree),
    ...checkLevels(model, rules),
  ];
}
