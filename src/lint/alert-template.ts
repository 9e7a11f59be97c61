import { closest, enumerate } from '../base/text.ts';
import type { Range, TemplateFault } from '../formats/go-template/fault.ts';
import { usesOf } from '../formats/go-template/flow.ts';
import { readTemplate } from '../formats/go-template/read.ts';
import type { Embedded, NameUse, TemplateUses } from '../formats/go-template/uses.ts';
import { languageOf } from '../model/language.ts';
import type { Alert, RuleBook } from '../model/rule.ts';
import type { Model } from '../model/types.ts';
import { type Fault, faultDiagnostic } from '../promql/fault.ts';
import { mayReturnLabel, namedLabels } from '../promql/labels.ts';
import { parseExpression } from '../promql/parser.ts';
import { regexFault } from '../promql/regex-syntax.ts';
import { type AuthoredText, authoredTexts } from '../rules/authored.ts';
import { type AnyCode, defineCode } from '../source/code.ts';
import type { Diagnostic, Severity } from '../source/diagnostic.ts';
import type { Span } from '../source/span.ts';
import type { LintRule } from './rule.ts';

const said = {
  message: ({ message }: Said) => message,
  help: ({ help }: Said) => help,
};

interface Said {
  readonly message: string;
  readonly help?: string | undefined;
}

const SYNTAX = defineCode<Said>({
  ...said,
  code: 'template/syntax',
  severity: 'error',
  title: 'a template in a label or annotation is malformed',
  explain:
    'Labels and annotations of alerts are Go templates with the functions of Prometheus. One that cannot be read makes Prometheus refuse the whole rule file. Two braces that are not meant as a template are written `{{ "{{" }}`.\n\nSources: https://pkg.go.dev/text/template, https://prometheus.io/docs/prometheus/latest/configuration/template_reference/.',
});

const FAILS = defineCode<Said>({
  ...said,
  code: 'template/fails',
  severity: 'error',
  title: 'a template fails when its alert fires',
  explain:
    'Prometheus takes the template, and promtool passes it. When the alert fires, its text becomes `<error expanding template: …>` for whoever is woken by it: an unknown field, too few arguments, a function that is given something else than it takes.\n\n```text\n{{ if gt $value 90 }}     whole numbers are not compared with others: write 90.0\n{{ query "up" | value }}  a query gives a list: write query "up" | first | value\n```',
});

const OUTPUT = defineCode<Said>({
  ...said,
  code: 'template/format',
  severity: 'warning',
  title: 'a format that cannot show its value',
  explain:
    'The text of the alert comes out with `%!d(float64=0.5)` or `%!s(MISSING)` in it. The value of an alert is a floating-point number: `%.2f` or `humanize` show it. What `humanize` and the like give is a text: `%s`.\n\nSource: https://pkg.go.dev/fmt#hdr-Printing.',
});

const UNKNOWN_LABEL = defineCode<{
  label: string;
  alert: string;
  own: boolean;
  returned: readonly string[] | undefined;
}>({
  code: 'template/unknown-label',
  severity: 'warning',
  title: 'a template reads a label that the expression does not return',
  explain:
    '`$labels` holds the labels of the series that the expression returns: not those that the rule itself sets, nor the external labels of the server. A label that is not there is the empty text. Aggregations keep only what their `by (…)` lists. Whether a label is there is judged by the expression alone, so only labels that no series can have are reported; one that is asked for with `if` or `with` may be missing.',
  message: ({ label, alert }) =>
    `the expression of \`${alert}\` returns no label \`${label}\`, so the text has a gap here`,
  help: ({ label, own, returned }) => {
    if (own) return 'the rule itself sets this label: write its text instead';
    if (!returned) return 'keep it in the expression, or leave it out here';
    const near = closest(label, returned);
    if (near) return `write \`${near}\``;
    const listed = enumerate(returned.map((name) => `\`${name}\``));
    return `keep it in the expression, which returns ${listed === '' ? 'no labels' : listed}, or leave it out here`;
  },
});

const VOLATILE = defineCode<{ label: string; what: string }>({
  code: 'template/volatile-label',
  severity: 'error',
  title: 'a label that changes with every evaluation',
  explain:
    'An alert is known by its labels. One that holds the value, the time or the result of a query makes a new alert whenever that changes: `for` begins again, the alert never fires or comes and goes, and people are told each time. Annotations may hold all of that.\n\nSource: https://prometheus.io/docs/prometheus/latest/configuration/alerting_rules/.',
  message: ({ label, what }) => `the label \`${label}\` holds ${what}: each change makes another alert`,
  help: () => 'move it to an annotation',
});

const EXTERNAL = defineCode<{ label: string; declared: readonly string[] }>({
  code: 'template/unknown-external-label',
  severity: 'warning',
  title: 'a template reads an external label that is not declared',
  explain:
    '`$externalLabels` holds the external labels of the Prometheus that evaluates the rule: those in `targets.prometheus.externalLabels` of the Project, as far as qmon knows. One that is not there is the empty text.',
  message: ({ label }) => `the external label \`${label}\` is not declared`,
  help: ({ label, declared }) => {
    const near = closest(label, declared);
    return near ? `write \`${near}\`` : `declare it in \`targets.prometheus.externalLabels\` of the Project`;
  },
});

/** One text of one alert. */
interface Place {
  readonly model: Model;
  readonly alert: Alert;
  readonly written: AuthoredText;
}

function spanOf({ written }: Place, start: number, end: number): Span {
  const { document, path } = written.origin;
  return document.within(path, start, end);
}

/** What somebody else wrote is theirs to mend, unless Prometheus would refuse it. */
function softened({ alert, written }: Place): { severity?: Severity } {
  const foreign = alert.foreign === true && written.origin.document === alert.origin.document;
  return foreign ? { severity: 'warning' } : {};
}

const CODES = { parse: SYNTAX, run: FAILS, output: OUTPUT };

function faultOf(place: Place, { kind, start, end, message, help, related }: TemplateFault): Diagnostic {
  const more = related ? [{ span: spanOf(place, related.start, related.end), message: related.message }] : [];
  const severity = kind === 'parse' ? {} : softened(place);
  return CODES[kind].at(spanOf(place, start, end), { message, help }, { ...severity, related: more });
}

/** Names that stand in no condition, nor are asked for in one of the same text. */
function unguarded(uses: readonly NameUse[]): readonly NameUse[] {
  const tested = new Set(uses.filter((use) => use.tested).map(({ name }) => name));
  return uses.filter(({ name }) => !tested.has(name));
}

/** The name of the metric, which comparisons keep. */
const METRIC_NAME = '__name__';

function unknownLabels(place: Place, { labels }: TemplateUses): Diagnostic[] {
  const { expr, alert, labels: own } = place.alert;
  if (/\binfo\s*\(/.test(expr.text)) return [];
  return unguarded(labels).flatMap(({ name, start, end }) => {
    if (name === METRIC_NAME || mayReturnLabel(expr.text, name, () => [name])) return [];
    const returned = namedLabels(expr.text, () => undefined);
    const parameters = { label: name, alert, own: Object.hasOwn(own, name), returned };
    return [UNKNOWN_LABEL.at(spanOf(place, start, end), parameters, softened(place))];
  });
}

function volatile(place: Place, { value, volatile: changing }: TemplateUses): Diagnostic[] {
  if (place.written.part !== 'labels') return [];
  const label = place.written.name;
  const report = ({ start, end }: Range, what: string) =>
    VOLATILE.at(spanOf(place, start, end), { label, what }, softened(place));
  return [
    ...value.filter(({ shown }) => shown !== 'tested').map((use) => report(use, 'the value of the alert')),
    ...changing.map((use) => report(use, use.name === 'now' ? 'the time' : 'the result of a query')),
  ];
}

function unknownExternals(place: Place, { externalLabels }: TemplateUses): Diagnostic[] {
  const declared = Object.keys(place.model.project.prometheus.externalLabels);
  return unguarded(externalLabels)
    .filter(({ name }) => !declared.includes(name))
    .map(({ name, start, end }) => EXTERNAL.at(spanOf(place, start, end), { label: name, declared }, softened(place)));
}

/** The author's characters behind those of a text inside a template. */
function innerSpan(place: Place, { pieces, start, end }: Embedded, from: number, to: number): Span {
  const first = pieces.find(({ at, length }) => from >= at && from < at + length);
  const last = pieces.find(({ at, length }) => to > at && to <= at + length);
  if (!first || !last) return spanOf(place, start, end);
  return spanOf(place, first.offset + from - first.at, last.offset + to - last.at);
}

/** What the Prometheus of the Project finds wrong in a query. */
function queryFaults({ model }: Place, query: string): readonly Fault[] {
  return parseExpression(query, languageOf(model.project.prometheus)).faults;
}

function inQuery(place: Place, query: Embedded): Diagnostic[] {
  if (!query.complete) return [];
  return queryFaults(place, query.text).map((fault) => {
    const found = faultDiagnostic(fault, (start, end) => innerSpan(place, query, start, end));
    return { ...found, ...softened(place) };
  });
}

function inPattern(place: Place, pattern: Embedded): Diagnostic[] {
  const fault = pattern.complete ? regexFault(pattern.text) : undefined;
  if (!fault) return [];
  const at = innerSpan(place, pattern, fault.at, Math.min(fault.at + 1, pattern.text.length));
  const message = `\`${pattern.text}\` is no regular expression that Prometheus reads: ${fault.message}`;
  return [FAILS.at(at, { message, help: fault.help }, softened(place))];
}

interface Reading {
  readonly faults: readonly TemplateFault[];
  readonly uses: TemplateUses;
}

/** What stands in a text: many alerts have the same one from their service or the Project. */
function readOnce(known: Map<string, Reading>, { model, written: { text } }: Place): Reading {
  let reading = known.get(text);
  if (!reading) {
    const { template, faults } = readTemplate(text, { version: model.project.prometheus.version });
    reading = { faults, uses: usesOf(template) };
    known.set(text, reading);
  }
  return reading;
}

function inText(place: Place, { faults, uses }: Reading): Diagnostic[] {
  if (faults.length > 0) return faults.map((fault) => faultOf(place, fault));
  return [
    ...uses.faults.map((fault) => faultOf(place, fault)),
    ...unknownLabels(place, uses),
    ...volatile(place, uses),
    ...unknownExternals(place, uses),
    ...uses.queries.flatMap((query) => inQuery(place, query)),
    ...uses.patterns.flatMap((pattern) => inPattern(place, pattern)),
  ];
}

const codes: readonly AnyCode[] = [SYNTAX, FAILS, OUTPUT, UNKNOWN_LABEL, VOLATILE, EXTERNAL];

function check(model: Model, { alerts }: RuleBook): Diagnostic[] {
  const known = new Map<string, Reading>();
  return alerts.flatMap((alert) =>
    authoredTexts(model, alert)
      .filter(({ exact, text }) => exact && text.includes('{{'))
      .map((written) => ({ model, alert, written }))
      .flatMap((place) => inText(place, readOnce(known, place))),
  );
}

/** Templates in labels and annotations: whether they can be read, run and filled in. */
export const alertTemplate: LintRule = { codes, needs: [], check };
