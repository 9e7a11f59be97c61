import type { Group } from '../model/rule.ts';
import type { Project } from '../model/types.ts';
import { guardLabels } from '../routing/shared.ts';

/** Every alert with the labels by which a shared Alertmanager knows whose it is; nothing changes where it is ours alone. */
export function guarded(project: Project, groups: readonly Group[]): readonly Group[] {
  const guard = guardLabels(project);
  if (Object.keys(guard).length === 0) return groups;
  return groups.map((group) => ({
    ...group,
    rules: group.rules.map((rule) =>
      rule.type === 'alert' ? { ...rule, labels: { ...rule.labels, ...guard } } : rule,
    ),
  }));
}
