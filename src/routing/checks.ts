import type { RuleBook } from '../model/rule.ts';
import type { Model } from '../model/types.ts';
import type { AnyCode } from '../source/code.ts';
import type { Diagnostic } from '../source/diagnostic.ts';
import { codes as channelCodes, checkChannels } from './check-channels.ts';
import { checkReach, codes as reachCodes } from './check-reach.ts';
import { checkRoutes, codes as routeCodes } from './check-routes.ts';
import { checkTiming, codes as timingCodes } from './check-timing.ts';
import { routeTree } from './tree.ts';

export const codes: readonly AnyCode[] = [...reachCodes, ...routeCodes, ...timingCodes, ...channelCodes];

/**
 * Everything about who is told that can be seen before anything is emitted: severities that reach nobody, teams without
 * a role that they need, routes without effect, intervals that do not fit, channels that cannot be written.
 */
export function routingChecks(model: Model, rules: RuleBook): readonly Diagnostic[] {
  const tree = routeTree(model);
  return [
    ...checkReach(model, rules, tree),
    ...checkRoutes(model, rules, tree),
    ...checkTiming(model),
    ...checkChannels(model, tree),
  ];
}
