import { groupBy, sortedBy, uniqueTexts } from '../../base/order.ts';
import { PATHS, projectSubject } from '../../model/names.ts';
import { type Alert, servicesOf } from '../../model/rule.ts';
import { escapeMarkdown, markdownLink } from '../../output/markdown.ts';
import { GENERATED } from '../target.ts';
import { bySeverity, type Guide, type Library, relativeLink, serviceTitle, severitiesOf } from './library.ts';
import { serviceCell, type Table } from './reference.ts';
import { responseTime } from './wording.ts';

/** What templates/runbook/index.hbs shows: the way in by service, by alert and by severity. */
export function indexView(library: Library) {
  const { model } = library;
  return {
    title: `${model.project.title}: runbooks`,
    generated: GENERATED,
    source: projectSubject(model.project),
    alerts: alertTable(library),
    services: serviceLists(library),
    disabled: disabledTable(library),
    general: library.guides.filter(({ services }) => services.length === 0).map((guide) => guideLine(library, guide)),
    metrics: model.catalogs.all.length === 0 ? undefined : relativeLink(PATHS.runbookIndex, PATHS.metrics),
    incidents: model.severities.map((severity) => {
      const link = markdownLink(
        severity.name,
        relativeLink(PATHS.runbookIndex, library.incidents.get(severity.name) ?? ''),
      );
      const response = responseTime(severity);
      const respond = response === undefined ? '' : ` (respond ${escapeMarkdown(response)})`;
      const description = severity.description === '' ? '' : `: ${escapeMarkdown(severity.description)}`;
      return `${link}${description}${respond}`;
    }),
  };
}

/** Every alert by name once for each severity and runbook, the most severe first. */
function alertTable({ model, rules }: Library): Table | undefined {
  const rows = bySeverity(model, rules.alerts).map((alert) => [
    escapeMarkdown(alert.severity),
    escapeMarkdown(alert.alert),
    serviceCell(model, alert),
    runbookOf(alert),
  ]);
  const distinct = [...new Map(rows.map((row) => [row.join('\0'), row])).values()];
  return distinct.length === 0 ? undefined : { headings: ['Severity', 'Alert', 'Service', 'Runbook'], rows: distinct };
}

/** The page of an alert; for rules of others without one of ours that of their makers. */
function runbookOf({ runbook, source, annotations }: Alert): string {
  if (runbook !== undefined) return markdownLink(runbook, relativeLink(PATHS.runbookIndex, PATHS.runbook(runbook)));
  const theirs = source.kind === 'RuleSet' ? annotations.runbook_url : undefined;
  return theirs !== undefined && /^https?:[^\s{}]+$/.test(theirs) ? markdownLink(theirs, theirs) : '–';
}

/** The alerts that somebody left out of the rules of others, with the reason. */
function disabledTable({ model }: Library): Table | undefined {
  const rows = model.ruleSets.all.flatMap(({ name, files }) =>
    files.flatMap(({ disabled }) =>
      disabled.map(({ alert, reason }) => [escapeMarkdown(alert), escapeMarkdown(name), escapeMarkdown(reason.trim())]),
    ),
  );
  const distinct = [...new Map(rows.map((row) => [row.join('\0'), row])).values()];
  return distinct.length === 0 ? undefined : { headings: ['Alert', 'RuleSet', 'Reason'], rows: distinct };
}

function serviceLists(
  library: Library,
): readonly { title: string; owner: string | undefined; guides: readonly string[] }[] {
  const { model, guides } = library;
  const names = uniqueTexts(guides.flatMap(({ services }) => services));
  const byService = groupBy(
    guides.flatMap((guide) => guide.services.map((service) => ({ service, guide }))),
    ({ service }) => service,
  );
  return sortedBy(
    names,
    (name) => serviceTitle(model, name),
    (name) => name,
  ).map((name) => {
    const owner = model.services.get(name)?.owner;
    return {
      title: serviceTitle(model, name),
      owner: owner === undefined ? undefined : (model.teams.get(owner)?.title ?? owner),
      guides: (byService.get(name) ?? []).map(({ guide }) => guideLine(library, guide, name)),
    };
  });
}

/** A page with the severities of its alerts; below a service, of those that are about it. */
function guideLine({ model }: Library, guide: Guide, service?: string): string {
  const own = guide.alerts.filter(
    (alert) => service === undefined || servicesOf(alert, model.project.labelNames).includes(service),
  );
  const severities = severitiesOf(model, own.length === 0 ? guide.alerts : own).map(({ name }) => escapeMarkdown(name));
  const suffix = severities.length === 0 ? '' : ` (${severities.join(', ')})`;
  return `${markdownLink(guide.title, relativeLink(PATHS.runbookIndex, PATHS.runbook(guide.name)))}${suffix}`;
}
