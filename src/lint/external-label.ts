import type { Alert, RuleBook } from '../model/rule.ts';
import type { Model } from '../model/types.ts';
import { labelsInUse } from '../routing/shared.ts';
import { authoredTexts } from '../rules/authored.ts';
import { defineCode } from '../source/code.ts';
import type { Diagnostic } from '../source/diagnostic.ts';
import { type Origin, originSpan } from '../source/document.ts';
import type { LintRule } from './rule.ts';

const HIDDEN = defineCode<{ label: string; value: string; external: string }>({
  code: 'rule/external-label',
  severity: 'warning',
  title: 'a label of an alert hides an external label',
  explain:
    'Prometheus adds its external labels to every alert that it sends, but not where the alert has a label of the name. Alertmanager then sees the value of the alert and cannot tell any more which Prometheus sent it: copies of a pair of servers are no longer taken for one, and routes by the label go astray. A label with the same value as the external one changes nothing and is not reported.\n\nSource: Prometheus, notifier/manager.go, relabelAlerts.',
  message: ({ label, value, external }) =>
    `the label \`${label}\` is \`${value}\` here and hides the external label, which is \`${external}\``,
  help: ({ label }) => `remove \`${label}\`, or give it another name`,
});

/** Where an author wrote a label; one that qmon sets comes from the rule as a whole. */
function placeOf(model: Model, alert: Alert, label: string): Origin {
  const written = authoredTexts(model, alert).find(({ part, name }) => part === 'labels' && name === label);
  return written?.origin ?? alert.origin;
}

function check(model: Model, { alerts }: RuleBook): Diagnostic[] {
  const { externalLabels } = model.project.prometheus;
  const external = model.project.part('spec', 'targets', 'prometheus', 'externalLabels');
  const ours = new Set(labelsInUse(model.project).map(([, label]) => label));
  const others = Object.entries(externalLabels).filter(([label]) => !ours.has(label));
  return others.flatMap(([label, outside]) =>
    alerts.flatMap((alert) => {
      const value = alert.labels[label];
      if (value === undefined || value === outside) return [];
      const related = [
        { span: originSpan({ ...external, path: [...external.path, label] }), message: 'the external label' },
      ];
      const extra = alert.foreign ? { related, severity: 'info' as const } : { related };
      return [HIDDEN.at(originSpan(placeOf(model, alert, label)), { label, value, external: outside }, extra)];
    }),
  );
}

/** Labels of alerts that Prometheus would otherwise add itself; those of ours are the affair of `reservedLabel`. */
export const externalLabel: LintRule = { codes: [HIDDEN], needs: [], check };
