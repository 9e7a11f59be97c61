import { closest, enumerate } from '../base/text.ts';
import type { Alert, RuleBook } from '../model/rule.ts';
import type { AlertDemand, Labels, Model, Project, RecordDemand, TextDemand, TextDemands } from '../model/types.ts';
import { labelsInUse } from '../routing/shared.ts';
import { authoredTexts } from '../rules/authored.ts';
import { defineCode } from '../source/code.ts';
import type { Diagnostic } from '../source/diagnostic.ts';
import { type Origin, originSpan } from '../source/document.ts';
import type { Span } from '../source/span.ts';
import { alertsIn, demandedBy, isInScope, isJudged, isMeant, recordsIn } from './demands.ts';
import type { LintRule } from './rule.ts';

interface Wrong {
  readonly rule: string;
  readonly noun: 'label' | 'annotation';
  readonly name: string;
  /** Where it is to be written. */
  readonly place: string;
  /** None: it is missing. */
  readonly value?: string;
  /** None: any value will do, or none is allowed. */
  readonly pattern?: string | undefined;
  /** What may be written, where the name itself is not allowed. */
  readonly allowed?: readonly string[];
}

/** Patterns that every value matches. */
const ANY: ReadonlySet<string | undefined> = new Set([undefined, '.+', '.*']);

function missing(place: string, pattern: string | undefined): string {
  return `add it to ${place}${ANY.has(pattern) ? '' : `; its value must match \`${pattern}\``}`;
}

const wording = {
  message: ({ rule, noun, name, value, pattern, allowed }: Wrong) => {
    if (allowed) return `the ${noun} \`${name}\` is not one that the policy allows`;
    if (value === undefined) return `\`${rule}\` has no ${noun} \`${name}\``;
    return `the ${noun} \`${name}\` is \`${value}\`, which does not match \`${pattern}\``;
  },
  help: ({ noun, name, place, value, pattern, allowed }: Wrong) => {
    if (!allowed) return value === undefined ? missing(place, pattern) : 'write a value that matches';
    const near = closest(name, allowed);
    if (near !== undefined) return `did you mean \`${near}\`?`;
    const listed = enumerate(allowed.map((each) => `\`${each}\``));
    return `remove it, or allow it in \`policy\` of the Project${listed === '' ? '' : `; allowed ${noun}s are ${listed}`}`;
  },
};

const LABEL = defineCode<Wrong>({
  ...wording,
  code: 'demand/label',
  severity: 'error',
  title: 'labels are not as the policy of the project demands',
  explain:
    'The Project says in `policy.alerts` or `policy.records` which labels there must be, which values they may have, and with `otherLabels: false` that there are no others. A pattern is a regular expression for the whole value, in the syntax of RE2. Values that are templates are not judged, and labels that qmon sets itself are always allowed.',
});

const ANNOTATION = defineCode<Wrong>({
  ...wording,
  code: 'demand/annotation',
  severity: 'error',
  title: 'annotations are not as the policy of the project demands',
  explain:
    'The Project says in `policy.alerts` which annotations alerts must have, which values they may have, and with `otherAnnotations: false` that there are no others. A pattern is a regular expression for the whole value, in the syntax of RE2. Values that are templates are not judged.',
});

const CODES = { labels: LABEL, annotations: ANNOTATION } as const;
const NOUNS = { labels: 'label', annotations: 'annotation' } as const;

/** The labels or annotations of one rule, and where they are written. */
interface Texts {
  readonly rule: string;
  readonly part: 'labels' | 'annotations';
  /** Where the author writes them. */
  readonly home: string;
  readonly values: Labels;
  readonly origin: Origin;
  /** The value of one of them, where an author wrote it. */
  place(name: string): Span | undefined;
  /** The names that authors wrote, without those that are ours. */
  readonly written: readonly { readonly name: string; readonly at: Span }[];
}

function faultOf({ rule, part, home, values, origin, place }: Texts, { name, matches, required }: TextDemand) {
  const noun = NOUNS[part];
  const value = values[name] ?? '';
  if (value === '') {
    return required
      ? { at: originSpan(origin), parameters: { rule, noun, name, place: home, pattern: matches?.text } }
      : undefined;
  }
  if (!matches || value.includes('{{') || matches.matches(value)) return undefined;
  return {
    at: place(name) ?? originSpan(origin),
    parameters: { rule, noun, name, place: home, value, pattern: matches.text },
  };
}

function inTexts(demand: RecordDemand | AlertDemand, demands: TextDemands, texts: Texts): Diagnostic[] {
  const code = CODES[texts.part];
  const known = demands.texts.map(({ name }) => name);
  const wrong = demands.texts.flatMap((each) => faultOf(texts, each) ?? []);
  const others = demands.others ? [] : texts.written.filter(({ name }) => !known.includes(name));
  return [
    ...wrong.map(({ at, parameters }) => code.at(at, parameters, demandedBy(demand))),
    ...others.map(({ name, at }) =>
      code.at(
        at,
        { rule: texts.rule, noun: NOUNS[texts.part], name, place: texts.home, allowed: known },
        demandedBy(demand),
      ),
    ),
  ];
}

/** Labels and annotations that authors write in properties of their own. */
const PROPERTIES: ReadonlySet<string> = new Set([
  'window',
  'component',
  'summary',
  'description',
  'runbook_url',
  'dashboard_url',
]);

function textsOf(model: Model, alert: Alert, part: 'labels' | 'annotations'): Texts {
  const ours = part === 'labels' ? new Set(labelsInUse(model.project).map(([, label]) => label)) : new Set();
  const authored = authoredTexts(model, alert).filter((each) => each.part === part);
  return {
    rule: alert.alert,
    part,
    home: alert.source.kind === 'SLO' || alert.source.kind === 'KPI' ? `\`metadata.${part}\`` : `\`${part}\``,
    values: alert[part],
    origin: alert.origin,
    place: (name) => authored.filter((each) => each.name === name).map(({ origin }) => originSpan(origin))[0],
    written: authored
      .filter(({ name }) => !ours.has(name) && !PROPERTIES.has(name))
      .map(({ name, origin }) => ({ name, at: origin.document.at(origin.path, 'key') })),
  };
}

function ofAlerts(model: Model, rules: RuleBook): Diagnostic[] {
  const all = alertsIn(rules);
  return model.project.policy.alerts.flatMap((demand) =>
    all
      .filter(({ rule, ruleSet }) => isInScope(demand, ruleSet) && isMeant(demand, rule))
      .flatMap(({ rule }) =>
        (['labels', 'annotations'] as const).flatMap((part) =>
          inTexts(demand, demand[part], textsOf(model, rule, part)),
        ),
      ),
  );
}

function ofRecords({ policy }: Project, rules: RuleBook): Diagnostic[] {
  const all = recordsIn(rules);
  return policy.records.flatMap((demand) =>
    all
      .filter(({ rule, ruleSet }) => isJudged(demand, ruleSet, rule.foreign === true))
      .flatMap(({ rule }) => {
        const { document, path } = rule.origin;
        const place = (name: string) => document.at([...path, 'labels', name]);
        const written = Object.keys(rule.labels).map((name) => ({
          name,
          at: document.at([...path, 'labels', name], 'key'),
        }));
        const { record, labels: values, origin } = rule;
        return inTexts(demand, demand.labels, {
          rule: record,
          part: 'labels',
          home: '`labels`',
          values,
          origin,
          place,
          written,
        });
      }),
  );
}

/** `policy.….labels` and `annotations`: which there are, and their values. */
export const policyTexts: LintRule = {
  codes: [LABEL, ANNOTATION],
  needs: [],
  check: (model, rules) => [...ofAlerts(model, rules), ...ofRecords(model.project, rules)],
};
