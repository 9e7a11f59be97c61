import type { AlertPolicyDocument } from '../../generated/alert-policy.ts';
import { outermostComparison } from '../../promql/comparison.ts';
import { defineCode } from '../../source/code.ts';
import type { Diagnostic } from '../../source/diagnostic.ts';
import { isWritten, type Located, type Path } from '../../source/document.ts';
import { comparable, describeAmount } from '../amount.ts';
import { amount } from '../quantities.ts';

const OWN_COMPARISON = defineCode<{ operator: string }>({
  code: 'policy/comparison-beside-thresholds',
  severity: 'error',
  title: 'an expression with levels compares by itself',
  explain:
    'With `thresholds` the expression is the value that each level compares with its own bound. A comparison of its own would hide the values that it drops from all levels. What only chooses what is looked at belongs after `and`: `value and on (job) traffic > 5`.',
  message: ({ operator }) =>
    `the expression compares by itself with \`${operator}\`, and \`thresholds\` compare its result`,
  help: () => 'leave the comparison to the levels, or write `severity` in place of `thresholds`',
});

const NOT_ONE_BOUND = defineCode<{ severity: string; found: boolean }>({
  code: 'policy/level-without-bound',
  severity: 'error',
  title: 'a level needs one bound',
  explain: 'A level fires above a bound or below one. For a range, write two alerts: each says what is wrong with it.',
  message: ({ severity, found }) =>
    found ? `the level \`${severity}\` has both \`above\` and \`below\`` : `the level \`${severity}\` has no bound`,
  help: ({ found }) => (found ? 'keep one of them' : 'add `above` or `below`, such as `above: 90%`'),
});

const TWO_DIRECTIONS = defineCode<{ property: string; first: string }>({
  code: 'policy/levels-in-two-directions',
  severity: 'error',
  title: 'levels of one alert in two directions',
  explain:
    'The levels of an alert say how bad one thing is. Too much and too little are two things, with two names, texts and runbooks.',
  message: ({ property, first }) => `this level says \`${property}\`, the first one \`${first}\``,
  help: () => 'write two alerts, one for each direction',
});

const REPEATED_SEVERITY = defineCode<{ severity: string }>({
  code: 'policy/level-repeated',
  severity: 'error',
  title: 'two levels with the same severity',
  explain: 'Two levels with the same severity tell the same people the same thing; only the milder bound matters.',
  message: ({ severity }) => `the level \`${severity}\` stands here twice`,
  help: () => 'remove one of the two, or give it another severity',
});

const TWO_MEASURES = defineCode<{ value: string; measure: string; first: string; firstMeasure: string }>({
  code: 'policy/levels-in-two-units',
  severity: 'error',
  title: 'levels that are measured in different units',
  explain: 'All levels judge the same value, so their bounds are amounts of the same thing.',
  message: ({ value, measure, first, firstMeasure }) =>
    `\`${value}\` is a ${measure}, the bound of the first level, \`${first}\`, a ${firstMeasure}`,
  help: () => 'write all bounds in the unit of the expression',
});

export const codes = [OWN_COMPARISON, NOT_ONE_BOUND, TWO_DIRECTIONS, REPEATED_SEVERITY, TWO_MEASURES];

type Document = Located<AlertPolicyDocument>;
type Rule = AlertPolicyDocument['spec']['rules'][number];
type Level = NonNullable<Rule['thresholds']>[number];

/** Which of the two a level has; nothing where it has none or both. */
export function boundOf({
  above,
  below,
}: Level): { property: 'above' | 'below'; written: string | number } | undefined {
  if (above !== undefined && below !== undefined) return undefined;
  if (above !== undefined) return { property: 'above', written: above };
  return below === undefined ? undefined : { property: 'below', written: below };
}

/** A level against the first one. */
function checkBound(document: Document, level: Level, first: Level, path: Path): Diagnostic[] {
  const [own, other] = [boundOf(level), boundOf(first)];
  if (!own) {
    const found = level.above !== undefined;
    const at = found ? document.at([...path, 'below'], 'key') : document.at([...path, 'severity']);
    return [NOT_ONE_BOUND.at(at, { severity: level.severity, found })];
  }
  if (!other || level === first) return [];
  const { property } = own;
  if (property !== other.property) {
    return [TWO_DIRECTIONS.at(document.at([...path, property], 'key'), { property, first: other.property })];
  }
  const [value, firstValue] = [amount(own.written), amount(other.written)];
  if (comparable(value, firstValue)) return [];
  const names = { measure: describeAmount(value), firstMeasure: describeAmount(firstValue) };
  const shown = { value: String(own.written), first: String(other.written) };
  return [TWO_MEASURES.at(document.at([...path, property]), { ...names, ...shown })];
}

/** Severities that an environment has made the same are not the author's mistake. */
function checkRepeated(document: Document, levels: readonly Level[], path: Path): Diagnostic[] {
  const written = (index: number) => isWritten(document, [...path, index, 'severity'], levels[index]!.severity);
  return levels.flatMap(({ severity }, index) => {
    const earlier = levels.findIndex((each) => each.severity === severity);
    if (earlier === index || !written(earlier) || !written(index)) return [];
    const related = [{ span: document.at([...path, earlier, 'severity']), message: 'the first one' }];
    return [REPEATED_SEVERITY.at(document.at([...path, index, 'severity']), { severity }, { related })];
  });
}

/** What is wrong with the levels of a rule. `sound`: whether its expression can be read. */
export function checkThresholds(document: Document, rule: Rule, rulePath: Path, sound: boolean): Diagnostic[] {
  const { thresholds, expr } = rule;
  const [first] = thresholds ?? [];
  if (!thresholds || !first) return [];
  const path = [...rulePath, 'thresholds'];
  const comparison = sound && expr !== undefined ? outermostComparison(expr) : undefined;
  const found = comparison && {
    at: document.within([...rulePath, 'expr'], comparison.start, comparison.end),
    operator: expr!.slice(comparison.start, comparison.end),
  };
  return [
    ...(found ? [OWN_COMPARISON.at(found.at, { operator: found.operator })] : []),
    ...thresholds.flatMap((level, index) => checkBound(document, level, first, [...path, index])),
    ...checkRepeated(document, thresholds, path),
  ];
}
