import { type Alert, labelSetsOf } from '../model/rule.ts';
import type { Labels } from '../model/types.ts';
import type { Matcher } from '../promql/selector.ts';
import type { Origin } from '../source/document.ts';
import type { Timing } from './timing.ts';

/** One node of the routing tree, with what it does itself; what it leaves out it takes from the node above. */
export interface RouteNode {
  /** All must hold; none at the root. */
  readonly matchers: readonly Matcher[];
  /** The channels that are told, sorted, each once. */
  readonly channels: readonly string[];
  /** Nobody is told, and the author wrote so. */
  readonly silent: boolean;
  /** Label names under which alerts share a message. */
  readonly groupBy?: readonly string[];
  readonly timing?: Timing;
  /** Whether the siblings after it are asked as well. */
  readonly continue: boolean;
  /** Whose recipients it tells: those of the default route, of a route of the author's, or of a severity. */
  readonly of: 'default' | 'route' | 'severity';
  /** The severity whose own route this is, or is a part of. */
  readonly severity?: string;
  /** The team roles among the recipients, whether or not the route's team fills them. */
  readonly roles: readonly string[];
  /** What the names of its receivers begin with, where several projects share a configuration. */
  readonly scope?: string;
  readonly origin: Origin;
  readonly children: readonly RouteNode[];
}

/** The label that Prometheus sets to the name of the rule. */
export const ALERT_NAME = 'alertname';

/** What Alertmanager may see of an alert, as far as it is known before any series is. */
export function receivedLabels(alert: Alert): readonly Labels[] {
  return labelSetsOf(alert).map((labels) => ({ ...labels, [ALERT_NAME]: alert.alert }));
}

/** Whether one label set satisfies one matcher. A label that is missing is the empty text. Source: Alertmanager, pkg/labels, Matcher.Matches */
export function matcherHolds(matcher: Matcher, labels: Labels): boolean {
  const value = (Object.hasOwn(labels, matcher.label) && labels[matcher.label]) || '';
  switch (matcher.operator) {
    case '=':
      return value === matcher.value;
    case '!=':
      return value !== matcher.value;
    case '=~':
      return anchored(matcher.value).test(value);
    case '!~':
      return !anchored(matcher.value).test(value);
  }
}

function anchored(pattern: string): RegExp {
  return new RegExp(`^(?:${pattern})$`, 's');
}

/**
 * The nodes that decide about an alert: depth first, a node answers for itself where none of its children matches, and
 * a match without `continue` ends the search among the siblings. Source: Alertmanager, dispatch/route.go, Route.Match
 */
export function routesFor(tree: RouteNode, labels: Labels): readonly RouteNode[] {
  if (!tree.matchers.every((matcher) => matcherHolds(matcher, labels))) return [];
  const found: RouteNode[] = [];
  for (const child of tree.children) {
    const below = routesFor(child, labels);
    found.push(...below);
    if (below.length > 0 && !child.continue) break;
  }
  return found.length === 0 ? [tree] : found;
}

/** Every node, the root first, in the order in which they are asked. */
export function allRoutes(tree: RouteNode): readonly RouteNode[] {
  return [tree, ...tree.children.flatMap(allRoutes)];
}
