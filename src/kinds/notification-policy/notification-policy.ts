import type { NotificationPolicyDocument } from '../../generated/notification-policy.ts';
import type { CustomRoute, Entity, RouteDefaults } from '../../model/types.ts';
import type { Located } from '../../source/document.ts';
import { defined, entity } from '../entity.ts';
import type { Reference, SpecKind } from '../kind.ts';
import { optionalDurationMs } from '../quantities.ts';
import schema from './notification-policy.schema.json' with { type: 'json' };

/** A NotificationPolicy as written: what it leaves out, linking fills in. */
export interface LoweredPolicy extends Entity {
  readonly defaults: Partial<RouteDefaults>;
  readonly routes: readonly CustomRoute[];
}

type Document = Located<NotificationPolicyDocument>;

function channels(names: readonly string[] | undefined, ...path: (string | number)[]): Reference[] {
  return (names ?? []).flatMap((name, index) =>
    name.startsWith('team.') ? [] : [{ path: ['spec', ...path, 'notify', index], to: 'Channel', name }],
  );
}

function references({ spec }: NotificationPolicyDocument): Reference[] {
  const routes = spec.routes ?? [];
  return [
    ...channels(spec.default?.notify, 'default'),
    ...routes.flatMap((route, index) => [
      ...channels(route.notify, 'routes', index),
      ...(route.when.severity === undefined
        ? []
        : [
            { path: ['spec', 'routes', index, 'when', 'severity'], to: 'severity' as const, name: route.when.severity },
          ]),
      ...(route.when.service === undefined
        ? []
        : [
            {
              path: ['spec', 'routes', index, 'when', 'service'],
              part: ['spec', 'routes', index],
              to: 'Service' as const,
              name: route.when.service,
            },
          ]),
    ]),
  ];
}

function lower(document: Document): LoweredPolicy {
  const { default: defaults = {}, routes = [] } = document.value.spec;
  return {
    ...entity(document),
    defaults: defined({
      notify: defaults.notify,
      groupBy: defaults.groupBy,
      groupWaitMs: optionalDurationMs(defaults.groupWait),
      groupIntervalMs: optionalDurationMs(defaults.groupInterval),
      repeatMs: optionalDurationMs(defaults.repeat),
      sendResolved: defaults.sendResolved,
      resolveTimeoutMs: optionalDurationMs(defaults.resolveTimeout),
    }),
    routes: routes.map((route, index) => ({
      when: route.when,
      notify: route.notify,
      continue: route.continue ?? false,
      origin: { document, path: ['spec', 'routes', index] },
    })),
  };
}

export const notificationPolicyKind: SpecKind<NotificationPolicyDocument, LoweredPolicy> = {
  name: 'NotificationPolicy',
  summary: 'who is told what no severity decides, and exceptions',
  schema,
  codes: [],
  count: 'at-most-one',
  references,
  check: () => [],
  lower,
};
