import { runbookUrl } from '../model/links.ts';
import type { Alert, Group, Recording } from '../model/rule.ts';
import type { Labels, Model, PlainAlert, PlainGroup, PlainRecord, PlainRuleFile, RuleSet } from '../model/types.ts';
import type { Expression } from '../promql/expression.ts';
import type { Origin } from '../source/document.ts';
import { filledIn } from './selector.ts';

/** Whether a rule stands in a file and not in the RuleSet itself. */
function isForeign(set: RuleSet, { document }: Origin): boolean {
  return document !== set.origin.document;
}

/** The label in which the rules of others carry their severity, whatever it is called here. */
const SEVERITY = 'severity';

/** Third-party expressions stay as they are, to the byte; those that the author wrote have their holes filled in. */
function expression(model: Model, set: RuleSet, expr: Expression): Expression {
  const own = expr.pieces.some(({ document }) => document === set.origin.document);
  return own ? filledIn(expr, set.service === undefined ? undefined : model.services.get(set.service)) : expr;
}

function recording(model: Model, set: RuleSet, { record, expr, labels, origin }: PlainRecord): Recording {
  return {
    type: 'record',
    record,
    expr: expression(model, set, expr),
    labels,
    origin,
    foreign: isForeign(set, origin),
  };
}

/** The level of an alert: the author's choice, the level that the map gives its severity, or its severity as it is. */
function levelOf({ project }: Model, { severityMap }: RuleSet, alert: PlainAlert): string {
  if (alert.severity !== undefined) return alert.severity;
  const written = alert.labels[project.labelNames.severity] ?? alert.labels[SEVERITY] ?? '';
  if (Object.hasOwn(severityMap, written)) return severityMap[written]!;
  return project.environment?.severityMap[written] ?? written;
}

/** The service that an alert names itself, where there is one of the name; otherwise that of its RuleSet. */
function serviceOf(model: Model, set: RuleSet, { labels }: PlainAlert): string | undefined {
  const own = labels[model.project.labelNames.service];
  if (own === undefined) return set.service;
  return model.services.get(own) ? own : undefined;
}

function ownerOf(model: Model, set: RuleSet, alert: PlainAlert): string | undefined {
  const own = alert.labels[model.project.labelNames.owner];
  const service = serviceOf(model, set, alert) ?? set.service;
  return own ?? (service === undefined ? undefined : model.services.get(service)?.owner);
}

/** The alert's own labels in their order, its severity as a level, then what it has none of. */
function labelsOf(model: Model, set: RuleSet, alert: PlainAlert, level: string): Labels {
  const { labels: common, labelNames: names, environment } = model.project;
  const service = set.service === undefined ? undefined : model.services.get(set.service);
  const owner = ownerOf(model, set, alert);
  const added = {
    ...common,
    ...service?.alertLabels,
    ...set.alertLabels,
    ...(environment && { [names.environment]: environment.name }),
    ...(set.service !== undefined && { [names.service]: set.service }),
    ...(owner !== undefined && { [names.owner]: owner }),
  };
  const own = { ...alert.labels, ...(level !== '' && { [names.severity]: level }) };
  const missing = Object.entries(added).filter(([name]) => !Object.hasOwn(own, name));
  return { ...own, ...Object.fromEntries(missing) };
}

function annotationsOf(model: Model, set: RuleSet, { annotations, page }: PlainAlert): Labels {
  const service = set.service === undefined ? undefined : model.services.get(set.service);
  const url = page === undefined ? undefined : runbookUrl(model.project, page);
  const own = { ...annotations, ...(url !== undefined && { runbook_url: url }) };
  const added = Object.entries({ ...service?.alertAnnotations, ...set.alertAnnotations });
  return { ...own, ...Object.fromEntries(added.filter(([name]) => !Object.hasOwn(own, name))) };
}

function alert(model: Model, set: RuleSet, plain: PlainAlert): Alert {
  const severity = levelOf(model, set, plain);
  const labels = labelsOf(model, set, plain, severity);
  const service = serviceOf(model, set, plain);
  const { category: categoryName, owner: ownerName } = model.project.labelNames;
  const [category, owner] = [labels[categoryName], labels[ownerName]];
  return {
    type: 'alert',
    alert: plain.alert,
    expr: expression(model, set, plain.expr),
    forMs: plain.forMs,
    ...(plain.keepFiringForMs > 0 && { keepFiringForMs: plain.keepFiringForMs }),
    labels,
    annotations: annotationsOf(model, set, plain),
    origin: plain.origin,
    foreign: isForeign(set, plain.origin),
    changes: plain.changes,
    severity,
    source: { kind: 'RuleSet', name: set.name },
    ...(service !== undefined && { service }),
    ...(owner !== undefined && { owner }),
    ...(category !== undefined && { category }),
    ...(plain.page !== undefined && { runbook: plain.page }),
  };
}

function group(model: Model, set: RuleSet, file: PlainRuleFile, plain: PlainGroup): Group {
  return {
    ...plain,
    file: { ruleSet: set.name, name: file.name },
    rules: plain.rules.map((rule) => (rule.type === 'alert' ? alert(model, set, rule) : recording(model, set, rule))),
  };
}

/** The groups of each RuleSet as they are in its files, then the author's own; severities are levels of the scale. */
export function ruleSetGroups(model: Model): Group[] {
  return model.ruleSets.all.flatMap((set) =>
    set.files.flatMap((file) => file.groups.map((each) => group(model, set, file, each))),
  );
}
