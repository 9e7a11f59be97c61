import { groupBy, uniqueTexts } from '../base/order.ts';
import { enumerate } from '../base/text.ts';
import type { AlertPolicy, Model } from '../model/types.ts';
import { hasValue, servicesByLabel } from '../rules/service-label.ts';
import { defineCode } from '../source/code.ts';
import type { Diagnostic } from '../source/diagnostic.ts';
import { originSpan } from '../source/document.ts';
import type { LintRule } from './rule.ts';

const AMBIGUOUS_SERVICE = defineCode<{ label: string; value: string; services: readonly string[] }>({
  code: 'policy/ambiguous-service',
  severity: 'warning',
  title: 'a label does not tell two services apart',
  explain:
    'With `service: { fromLabel: job }` a service is known by its name or by the value that its `selector` fixes for the label. Where two services have the same value, their alerts all carry the name and the owner of one of them: that whose selector has the value before that of this name, a value before a regular expression, and then the first of the alphabet.',
  message: ({ label, value, services }) =>
    `\`${label}="${value}"\` may be ${enumerate(
      services.map((each) => `\`${each}\``),
      'or',
    )}`,
  help: () => 'name another label in `fromLabel`, or give the services selectors with different values for it',
});

/** Values that several services have; a regular expression is tried with the values of the others. */
function ambiguities(model: Model, policy: AlertPolicy): Diagnostic[] {
  const { serviceFromLabel: label } = policy;
  if (label === undefined) return [];
  const services = servicesByLabel(model, label);
  const patterns = services.filter(({ pattern }) => pattern !== undefined);
  const byValue = groupBy(
    services.flatMap((each) => each.values.map((value) => ({ value, each }))),
    ({ value }) => value,
  );
  return [...byValue].flatMap(([value, same]) => {
    const all = [...same.map(({ each }) => each), ...patterns.filter((each) => hasValue(each, value))];
    const names = uniqueTexts(all.map(({ service }) => service.name));
    if (names.length < 2) return [];
    const related = all.map(({ service }) => ({
      span: originSpan(service.part('metadata', 'name')),
      message: `\`${service.name}\``,
    }));
    const at = originSpan(policy.part('spec', 'service', 'fromLabel'));
    return [AMBIGUOUS_SERVICE.at(at, { label, value, services: names }, { related })];
  });
}

/** Services that the label of `fromLabel` does not tell apart. */
export const ambiguousService: LintRule = {
  codes: [AMBIGUOUS_SERVICE],
  needs: ['Service'],
  check: (model) => model.alertPolicies.all.flatMap((policy) => ambiguities(model, policy)),
};
