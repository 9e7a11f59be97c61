import { formatDuration } from '../../base/quantity.ts';
import type {
  AlertmanagerDocument,
  AlertmanagerGlobal,
  AlertmanagerRoute,
  InhibitRule,
} from '../../formats/alertmanager.ts';
import type { RuleBook } from '../../model/rule.ts';
import type { Model } from '../../model/types.ts';
import type { JsonPointer } from '../../output/artifact.ts';
import type { Matcher } from '../../promql/selector.ts';
import { type Inhibition, inhibitions } from '../../routing/inhibition.ts';
import { type ReceiverSet, receiverOf, receiversInUse } from '../../routing/recipients.ts';
import { allRoutes, type RouteNode } from '../../routing/route.ts';
import { configuredTree, isShared } from '../../routing/shared.ts';
import type { Origin } from '../../source/document.ts';
import { mailSettings } from './mail.ts';
import { writeReceiver } from './receiver.ts';

/** The configuration, and where its routes, receivers and inhibitions come from. */
export interface WrittenDocument {
  readonly document: AlertmanagerDocument;
  readonly origins: ReadonlyMap<JsonPointer, Origin>;
}

/** The whole configuration of a model; `templates` are relative to it. */
export function writeDocument(model: Model, rules: RuleBook, templates: readonly string[]): WrittenDocument {
  const tree = configuredTree(model);
  const receivers = receiversInUse(tree);
  const silences = inhibitions(model, rules);
  const document: AlertmanagerDocument = {
    global: writeGlobal(model, tree),
    templates,
    route: writeRoute(tree),
    ...(silences.length > 0 && { inhibit_rules: silences.map(writeInhibition) }),
    receivers: receivers.map((set) => writeReceiver(set, model)),
  };
  const origins = new Map([
    ...routeOrigins(tree, '/route'),
    ...receivers.map((set, index) => [`/receivers/${index}`, receiverOrigin(set, tree, model)] as const),
    ...silences.map(({ origin }, index) => [`/inhibit_rules/${index}`, origin] as const),
  ]);
  return { document, origins };
}

/** In a shared configuration each mail says itself how it is sent: several projects cannot have one sender. */
function writeGlobal(model: Model, tree: RouteNode): AlertmanagerGlobal {
  const timeout = { resolve_timeout: formatDuration(model.routing.defaults.resolveTimeoutMs) };
  const mails = allRoutes(tree).some(({ channels }) =>
    channels.some((name) => model.channels.get(name)?.receiver.type === 'email'),
  );
  const { email } = model.project;
  return mails && email && !isShared(model.project) ? { ...timeout, ...mailSettings(model, email, 'smtp_') } : timeout;
}

/**
 * `severity="P1_CRITICAL"`, in the notation that both matcher parsers of Alertmanager (before and since 0.27) read alike.
 * Source: https://prometheus.io/docs/alerting/latest/configuration/#matcher
 */
function writeMatcher({ label, operator, value }: Matcher): string {
  const escaped = value.replace(/[\\"]/g, '\\$&').replace(/\n/g, '\\n');
  return `${label}${operator}"${escaped}"`;
}

function writeRoute(node: RouteNode): AlertmanagerRoute {
  const { timing } = node;
  return {
    ...(node.matchers.length > 0 && { matchers: node.matchers.map(writeMatcher) }),
    receiver: receiverOf(node),
    ...(node.groupBy && { group_by: node.groupBy }),
    ...(timing && {
      group_wait: formatDuration(timing.groupWaitMs),
      group_interval: formatDuration(timing.groupIntervalMs),
      repeat_interval: formatDuration(timing.repeatMs),
    }),
    ...(node.continue && { continue: true }),
    ...(node.children.length > 0 && { routes: node.children.map(writeRoute) }),
  };
}

function writeInhibition({ source, target, equal }: Inhibition): InhibitRule {
  return { source_matchers: source.map(writeMatcher), target_matchers: target.map(writeMatcher), equal };
}

function routeOrigins(node: RouteNode, pointer: JsonPointer): readonly (readonly [JsonPointer, Origin])[] {
  const below = node.children.flatMap((child, index) => routeOrigins(child, `${pointer}/routes/${index}`));
  return [[pointer, node.origin], ...below];
}

/** A receiver of one channel is that channel; one of several comes from the first route that tells them together. */
function receiverOrigin(set: ReceiverSet, tree: RouteNode, model: Model): Origin {
  const [only, ...more] = set.channels;
  const channel = only !== undefined && more.length === 0 ? model.channels.get(only) : undefined;
  const route = allRoutes(tree).find((each) => receiverOf(each) === set.name);
  return channel?.origin ?? (route ?? tree).origin;
}
