import { enumerate } from '../../base/text.ts';
import type { AlertPolicyDocument } from '../../generated/alert-policy.ts';
import { tokenize } from '../../promql/lexer.ts';
import { parseSelector } from '../../promql/selector.ts';
import { defineCode } from '../../source/code.ts';
import type { Diagnostic } from '../../source/diagnostic.ts';
import type { Located, Path } from '../../source/document.ts';
import { checkExpression, RULE_HOLES } from '../expressions.ts';
import { optionalDurationMs } from '../quantities.ts';
import { checkReturnedLabel, codes as returnedLabelCodes } from '../returned-label.ts';
import { checkThresholds, codes as thresholdCodes } from './thresholds.ts';

const EXACTLY_ONE = defineCode<{ alert: string; choices: readonly string[]; found: boolean }>({
  code: 'policy/exactly-one',
  severity: 'error',
  title: 'a rule needs one of two properties',
  explain:
    'A rule says what it watches by `expr` or by `absent`, and how bad that is by `severity` or, for several levels of one value, by `thresholds`. It needs one of each pair: with none of two it could not fire, with both nobody knew which holds.',
  message: ({ alert, choices, found }) =>
    `\`${alert}\` has ${found ? 'both' : 'neither'} ${enumerate(
      choices.map((each) => `\`${each}\``),
      found ? 'and' : 'nor',
    )}`,
  help: ({ choices, found }) => `${found ? 'keep' : 'add'} one of ${enumerate(choices.map((each) => `\`${each}\``))}`,
});

const NOTHING_TO_COMPARE = defineCode<{ alert: string }>({
  code: 'policy/absent-with-thresholds',
  severity: 'error',
  title: 'levels of something that has no value',
  explain: 'A metric that does not exist has no value, so there are no levels of it. Write `severity` of the rule.',
  message: ({ alert }) => `\`${alert}\` asks for levels of a metric that is absent`,
  help: () => 'write `severity` of the rule in place of `thresholds`',
});

const PATIENCE_OUTSIDE = defineCode<{ value: string }>({
  code: 'policy/for-beside-absent',
  severity: 'error',
  title: '`for` beside `absent`',
  explain: 'How long nothing of a metric must have existed is a part of `absent` itself, which has a default for it.',
  message: ({ value }) => `\`for: ${value}\` stands beside \`absent\``,
  help: ({ value }) => `move it inside: \`absent: { metric: …, for: ${value} }\``,
});

const NO_METRIC = defineCode<{ value: string }>({
  code: 'policy/absent-without-metric',
  severity: 'error',
  title: '`absent` asks for something that is no metric',
  explain:
    '`absent` watches whether series of one metric exist. The matchers of the service are added to those that are written; a whole expression belongs into `expr`, as `absent(…)`.',
  message: ({ value }) => `\`${value}\` is no metric`,
  help: () => 'write the name of a metric, with matchers or without: `http_requests_total{code="200"}`',
});

const SERVICE_UNKNOWN = defineCode<{ label: string; metric: string }>({
  code: 'policy/absent-of-unknown-service',
  severity: 'error',
  title: 'a missing metric does not say whose it is',
  explain:
    'With `service: { fromLabel: job }` the series name the service. Where there is no series, only a matcher can: `up{job="checkout"}`.',
  message: ({ label, metric }) => `where \`${metric}\` is missing, nothing says which \`${label}\` it is about`,
  help: ({ label }) => `add a matcher such as \`{${label}="…"}\`, or write the rule in a policy of one service`,
});

const NO_SINGLE_SERVICE = defineCode<{ label: string }>({
  code: 'policy/selector-without-service',
  severity: 'error',
  title: '$selector in a policy that is about many services',
  explain:
    '`$selector` stands for the matchers of one service. With `service: { fromLabel: job }` the alerts are about whatever service the series name, so there is none to stand for.',
  message: ({ label }) => `\`$selector\` stands for nothing: \`${label}\` of the series says which service is meant`,
  help: () => 'write the matchers here, or name one `service`',
});

export const codes = [
  EXACTLY_ONE,
  NOTHING_TO_COMPARE,
  PATIENCE_OUTSIDE,
  NO_METRIC,
  SERVICE_UNKNOWN,
  NO_SINGLE_SERVICE,
  ...thresholdCodes,
  ...returnedLabelCodes,
];

type Document = Located<AlertPolicyDocument>;
type Rule = AlertPolicyDocument['spec']['rules'][number];

/** The label that names the service, where the author left it to the series. */
export function serviceLabel({ spec }: AlertPolicyDocument): string | undefined {
  return typeof spec.service === 'object' ? spec.service.fromLabel : undefined;
}

function exactlyOne(
  document: Document,
  rule: Rule,
  path: Path,
  ...choices: ['expr' | 'severity', 'absent' | 'thresholds']
) {
  const found = choices.filter((each) => rule[each] !== undefined);
  if (found.length === 1) return [];
  const at = found.length === 0 ? document.at([...path, 'alert']) : document.at([...path, choices[1]], 'key');
  return [EXACTLY_ONE.at(at, { alert: rule.alert, choices, found: found.length > 0 })];
}

function checkAbsent(document: Document, rule: Rule, path: Path): Diagnostic[] {
  const { absent, alert } = rule;
  if (!absent) return [];
  const found: Diagnostic[] = [];
  if (rule.thresholds) found.push(NOTHING_TO_COMPARE.at(document.at([...path, 'thresholds'], 'key'), { alert }));
  if ((optionalDurationMs(rule.for) ?? 0) > 0) {
    found.push(PATIENCE_OUTSIDE.at(document.at([...path, 'for'], 'key'), { value: rule.for! }));
  }
  const place = [...path, 'absent', 'metric'];
  const faults = checkExpression(document, place, absent.metric, []);
  if (faults.length > 0) return [...found, ...faults];
  const selector = parseSelector(absent.metric);
  if (!selector?.metric) return [...found, NO_METRIC.at(document.at(place), { value: absent.metric })];
  const label = serviceLabel(document.value);
  const named = selector.matchers.some((each) => each.label === label && each.operator === '=' && each.value !== '');
  if (label !== undefined && !named) {
    found.push(SERVICE_UNKNOWN.at(document.at(place), { label, metric: absent.metric }));
  }
  return found;
}

/** The expression of a policy whose series name the service: they must have the label, and no service stands for `$selector`. */
function checkServiceLabel(document: Document, expr: string, path: Path): Diagnostic[] {
  const label = serviceLabel(document.value);
  if (label === undefined) return [];
  const holes = tokenize(expr).tokens.filter(({ kind, value }) => kind === 'hole' && value === 'selector');
  if (holes.length > 0) {
    return holes.map(({ start, end }) => NO_SINGLE_SERVICE.at(document.within(path, start, end), { label }));
  }
  return checkReturnedLabel(document, path, expr, label, 'which is to name the service');
}

function checkRule(document: Document, rule: Rule, index: number): Diagnostic[] {
  const path = ['spec', 'rules', index];
  const { expr } = rule;
  const faults = expr === undefined ? [] : checkExpression(document, [...path, 'expr'], expr, RULE_HOLES);
  const sound = expr !== undefined && faults.length === 0;
  return [
    ...exactlyOne(document, rule, path, 'expr', 'absent'),
    ...(rule.absent && rule.thresholds ? [] : exactlyOne(document, rule, path, 'severity', 'thresholds')),
    ...faults,
    ...(sound ? checkServiceLabel(document, expr, [...path, 'expr']) : []),
    ...checkAbsent(document, rule, path),
    ...checkThresholds(document, rule, path, sound),
  ];
}

/** What one AlertPolicy shows to be wrong by itself. */
export function checkAlertPolicy(document: Document): Diagnostic[] {
  return document.value.spec.rules.flatMap((rule, index) => checkRule(document, rule, index));
}
