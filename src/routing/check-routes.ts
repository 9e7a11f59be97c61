import { closest, enumerate } from '../base/text.ts';
import type { RuleBook } from '../model/rule.ts';
import type { Labels, Model } from '../model/types.ts';
import type { Matcher } from '../promql/selector.ts';
import { type AnyCode, defineCode } from '../source/code.ts';
import type { Diagnostic } from '../source/diagnostic.ts';
import { originSpan } from '../source/document.ts';
import { receiverName } from './recipients.ts';
import { ALERT_NAME, matcherHolds, type RouteNode, receivedLabels } from './route.ts';
import { labelsInUse } from './shared.ts';

const unreachableRoute = defineCode<{ route: string; earlier: string }>({
  code: 'routing/unreachable-route',
  severity: 'warning',
  title: 'a route can never match',
  explain: `Routes are asked in order: the author's first, then one for each severity. A route without \`continue\` ends the
search. This one comes after a route that takes every alert it could match, so it has no effect.

Put the narrower route first, write \`continue: true\` into the wider one, or remove this one.`,
  message: ({ route, earlier }) =>
    `the route for ${route} never matches: the route for ${earlier} takes all its alerts`,
  help: () => 'put the narrower route first, or write `continue: true` into the one that takes all',
});

const duplicateRoute = defineCode<{ route: string }>({
  code: 'routing/duplicate-route',
  severity: 'warning',
  title: 'two routes do the same',
  explain: `Two routes with the same labels tell the same channels. Alertmanager knows both by the same key and sends one
message, so the second has no effect but to confuse.`,
  message: ({ route }) => `the route for ${route} tells the same channels as an earlier one for the same alerts`,
  help: () => 'remove one of the two',
});

const routeMatchesNoAlert = defineCode<{ route: string; unknown: string | undefined; nearest: string | undefined }>({
  code: 'routing/route-matches-no-alert',
  severity: 'warning',
  title: 'a route matches no alert of the workspace',
  explain: `The route asks for a severity, service, owner, category, SLO, KPI or alert name that no alert of the workspace
has, so it has no effect. Most often the value is misspelt.`,
  message: ({ route, unknown }) =>
    unknown === undefined ? `no alert has ${route} together` : `no alert has ${unknown}`,
  help: ({ nearest }) =>
    nearest === undefined ? 'correct the value, or remove the route' : `did you mean \`${nearest}\`?`,
});

export const codes: readonly AnyCode[] = [unreachableRoute, duplicateRoute, routeMatchesNoAlert];

/** Whether every route that an author wrote has an effect. */
export function checkRoutes(model: Model, rules: RuleBook, tree: RouteNode): readonly Diagnostic[] {
  const alerts = rules.alerts.flatMap(receivedLabels);
  return tree.children.flatMap((route, index) => {
    if (route.of === 'default') return [];
    const shadowed = checkOrder(route, tree.children.slice(0, index));
    return shadowed.length > 0 || route.of === 'severity' ? shadowed : checkEffect(model, alerts, route);
  });
}

/** `severity="P1_CRITICAL"` and `category="model"`. */
export function describeMatchers(matchers: readonly Matcher[]): string {
  return enumerate(matchers.map(({ label, operator, value }) => `\`${label}${operator}"${value}"\``));
}

function isWithin(wide: readonly Matcher[], narrow: readonly Matcher[]): boolean {
  return wide.every((each) =>
    narrow.some(({ label, operator, value }) => {
      return label === each.label && operator === each.operator && value === each.value;
    }),
  );
}

/** A severity's route stands for its whole level; what it says wrong is its `notify`. */
function checkOrder(route: RouteNode, earlier: readonly RouteNode[]): readonly Diagnostic[] {
  const wider = earlier.filter(({ matchers }) => isWithin(matchers, route.matchers));
  const taker = wider.find((each) => !each.continue);
  const twin = wider.find((each) => isTwin(each, route));
  const finding = taker
    ? { code: unreachableRoute, by: taker, message: 'this route takes all its alerts' }
    : twin && { code: duplicateRoute, by: twin, message: 'the earlier route' };
  if (!finding) return [];
  const own = route.severity === undefined ? describeMatchers(route.matchers) : `severity \`${route.severity}\` itself`;
  const names = { route: own, earlier: describeMatchers(finding.by.matchers) };
  const related = [{ span: originSpan(finding.by.origin), message: finding.message }];
  return [finding.code.at(originSpan(route.origin), names, { related })];
}

function isTwin(left: RouteNode, right: RouteNode): boolean {
  const same = left.matchers.length === right.matchers.length;
  return same && receiverName(left.channels) === receiverName(right.channels) && right.children.length === 0;
}

/** Whether a route asks for a severity that the environment turns into another one: it has its effect elsewhere. */
function asksForMapped({ project }: Model, matchers: readonly Matcher[]): boolean {
  const mapped = project.environment?.severityMap ?? {};
  return matchers.some(({ label, value }) => label === project.labelNames.severity && Object.hasOwn(mapped, value));
}

/** Only about labels whose values qmon sets itself; what a series brings along is not known here. */
function checkEffect(model: Model, alerts: readonly Labels[], route: RouteNode): readonly Diagnostic[] {
  const names = new Set([ALERT_NAME, ...labelsInUse(model.project).map(([, label]) => label)]);
  const known = route.matchers.filter(({ label }) => names.has(label));
  const matches = (labels: Labels) => known.every((matcher) => matcherHolds(matcher, labels));
  if (alerts.length === 0 || alerts.some(matches) || asksForMapped(model, known)) return [];
  const wrong = known.find((matcher) => !alerts.some((labels) => matcherHolds(matcher, labels)));
  const values = new Set(alerts.flatMap((labels) => (wrong && labels[wrong.label]) ?? []));
  return [
    routeMatchesNoAlert.at(originSpan(route.origin), {
      route: describeMatchers(known),
      unknown: wrong && describeMatchers([wrong]),
      nearest: wrong && closest(wrong.value, values),
    }),
  ];
}
