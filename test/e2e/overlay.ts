import type { RuleBook } from '../../src/model/rule.ts';
import type {
  AlertPolicy,
  Channel,
  Index,
  Kpi,
  Model,
  Project,
  Receiver,
  RouteDefaults,
  Severity,
} from '../../src/model/types.ts';

/** Where a model is to run instead of where its author runs it. */
export interface Place {
  readonly alertmanagerUrl: string;
  readonly secretsDir: string;
  /** Stands for the channel of this name. */
  channelUrl(channel: string): string;
}

const INTERVAL_MS = 1000;

/** `for`, group waits, group intervals and repeats pass this many times faster. */
const HASTE = 30;

function hurried(ms: number): number {
  return Math.round(ms / HASTE);
}

function each<T extends { readonly name: string }>(index: Index<T>, change: (entity: T) => T): Index<T> {
  const all = index.all.map(change);
  const byName = new Map(all.map((entity) => [entity.name, entity]));
  return { all, get: (name) => byName.get(name) };
}

/**
 * The same model, elsewhere and faster: addresses, secret files and durations change, nothing else. Windows of rates and
 * SLOs stay, because they are part of what is tested.
 */
export function overlay(place: Place): (model: Model) => Model {
  return (model) => ({
    ...model,
    project: movedProject(model.project, place),
    channels: each(model.channels, (channel) => movedChannel(channel, place)),
    severities: model.severities.map(hurriedSeverity),
    routing: { ...model.routing, defaults: hurriedDefaults(model.routing.defaults) },
    alertPolicies: each(model.alertPolicies, hurriedPolicy),
    kpis: each(model.kpis, hurriedKpi),
  });
}

/** The groups that qmon evaluates less often than the others keep up with them. */
export function hurriedRules(book: RuleBook): RuleBook {
  return { ...book, groups: book.groups.map(({ intervalMs: _, ...group }) => group) };
}

function movedProject(project: Project, place: Place): Project {
  return {
    ...project,
    prometheus: { ...project.prometheus, scrapeIntervalMs: INTERVAL_MS, evaluationIntervalMs: INTERVAL_MS },
    alertmanager: { ...project.alertmanager, url: place.alertmanagerUrl, secretsDir: place.secretsDir },
  };
}

/** Slack's and PagerDuty's addresses lie outside the model: in the secret file, and in Alertmanager's own defaults. */
function movedChannel(channel: Channel, place: Place): Channel {
  const moved: Receiver = { type: 'webhook', url: place.channelUrl(channel.name) };
  const stays = channel.receiver.type === 'slack' || channel.receiver.type === 'pagerduty';
  return stays ? channel : { ...channel, receiver: moved };
}

function hurriedDefaults(defaults: RouteDefaults): RouteDefaults {
  return {
    ...defaults,
    groupWaitMs: hurried(defaults.groupWaitMs),
    groupIntervalMs: hurried(defaults.groupIntervalMs),
    repeatMs: hurried(defaults.repeatMs),
  };
}

function hurriedSeverity(severity: Severity): Severity {
  const { groupWaitMs, groupIntervalMs, repeatMs } = severity;
  return {
    ...severity,
    ...(groupWaitMs !== undefined && { groupWaitMs: hurried(groupWaitMs) }),
    ...(groupIntervalMs !== undefined && { groupIntervalMs: hurried(groupIntervalMs) }),
    ...(repeatMs !== undefined && { repeatMs: hurried(repeatMs) }),
  };
}

function hurriedPolicy(policy: AlertPolicy): AlertPolicy {
  return {
    ...policy,
    rules: policy.rules.map((rule) => ({
      ...rule,
      levels: rule.levels.map((level) => ({ ...level, forMs: hurried(level.forMs) })),
    })),
  };
}

function hurriedKpi(kpi: Kpi): Kpi {
  return kpi.alert ? { ...kpi, alert: { ...kpi.alert, forMs: hurried(kpi.alert.forMs) } } : kpi;
}
