import { describeDuration, formatPercent, multiply, rational } from '../../base/quantity.ts';
import type { Slo } from '../../model/types.ts';
import { budgetMs } from '../../slo/budget.ts';
import type { Scene } from './board.ts';
import { markdownLink, runbookPage } from './links.ts';

/** Digits after the point that tell a share apart from an objective: one more than the objective has. */
export function shareDecimals(slo: Slo): number {
  const { denominator } = multiply(slo.objectiveRatio, rational(100));
  let decimals = 0;
  while (10n ** BigInt(decimals) % denominator !== 0n && decimals < 6) decimals++;
  return decimals + 1;
}

/** What is promised, in one sentence. */
export function promise(slo: Slo): string {
  const objective = `${formatPercent(slo.objectiveRatio)} over ${describeDuration(slo.windowMs)}`;
  return `${objective}; the error budget is ${describeDuration(budgetMs(slo))}.`;
}

/** What is promised, what the policy asks for, and where to read on, in Markdown. */
export function sloText(slo: Slo, scene: Scene): string {
  const runbook = runbookPage(scene, { kind: 'SLO', name: slo.name }, slo.runbook);
  const page = slo.dashboard === undefined ? undefined : scene.pages.get(slo.dashboard);
  const policy = slo.budgetPolicy.map(({ atMost, status, action }) => {
    return `- **${status}** at ${formatPercent(atMost)} left or less${action === undefined ? '' : `: ${action}`}`;
  });
  return [
    slo.description,
    `The objective is ${promise(slo)}`,
    policy.join('\n'),
    ...(page ? [`Look at ${markdownLink(scene.model.project, page)}.`] : []),
    ...(runbook === undefined ? [] : [`What to do: [runbook](${runbook}).`]),
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}
