import type { ToolName } from '../../src/verify/tool.ts';
import { type ToolAt, versionsOf } from '../tools.ts';

/** A pair of servers that can be run here. */
export interface Programs {
  readonly prometheus: ToolAt;
  readonly alertmanager: ToolAt;
}

/** What a pair needs. */
export const NEEDED: readonly ToolName[] = ['prometheus', 'alertmanager'];

/** The pair that is used by default, then the newest, where that is another one. */
export function pairsAtHand(): readonly Programs[] {
  const [own, ...others] = versionsOf('prometheus');
  const [ownAlertmanager, ...otherAlertmanagers] = versionsOf('alertmanager');
  if (!own || !ownAlertmanager) return [];
  const prometheus = newest([own, ...others]);
  const alertmanager = newest([ownAlertmanager, ...otherAlertmanagers]);
  const usual = { prometheus: own, alertmanager: ownAlertmanager };
  return prometheus === own ? [usual] : [usual, { prometheus, alertmanager }];
}

function newest(versions: readonly [ToolAt, ...ToolAt[]]): ToolAt {
  const order = new Intl.Collator('en', { numeric: true });
  return versions.reduce((best, each) => (order.compare(each.version, best.version) > 0 ? each : best));
}

/** `Prometheus 2.42.0 and Alertmanager 0.25.0`. */
export function titleOf({ prometheus, alertmanager }: Programs): string {
  return `Prometheus ${prometheus.version} and Alertmanager ${alertmanager.version}`;
}
