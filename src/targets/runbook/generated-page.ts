import { uniqueTexts } from '../../base/order.ts';
import { enumerate, titleCase } from '../../base/text.ts';
import { exploreLinks } from '../../model/explore.ts';
import { grafanaUrl } from '../../model/links.ts';
import type { Recording } from '../../model/rule.ts';
import type { Model, Service } from '../../model/types.ts';
import { escapeMarkdown, markdownLink } from '../../output/markdown.ts';
import { dashboardLink, type Guide, type Library, labelKey, serviceTitle } from './library.ts';
import { asking, firingQuery, labelMatcher, type Step, saying } from './step.ts';

/** The recording rules that carry a label, by the name of their series. */
export function recordingsOf({ recordings }: Library, label: string, value: string): ReadonlyMap<string, Recording> {
  return new Map((recordings.get(labelKey(label, value)) ?? []).map((rule) => [rule.record, rule]));
}

/** The first step of every page that qmon writes. */
export function dashboardSteps(library: Library, guide: Guide): readonly Step[] {
  const names = uniqueTexts(
    [...guide.alerts, ...guide.slos, ...guide.kpis].flatMap(({ dashboard }) => dashboard ?? []),
  );
  return names.map((name) =>
    saying(`Open ${dashboardLink(library, name)}: when did it begin, and does it still go on?`),
  );
}

/** What to look at around a service: its dependencies, and what changed. */
export function surroundings(model: Model, service: string | undefined): readonly Step[] {
  const known = service === undefined ? undefined : model.services.get(service);
  if (!known) return [];
  const label = model.project.labelNames.service;
  const links = Object.entries(known.links).map(([name, url]) => markdownLink(name, url));
  const looks = exploreStep(model, known);
  const changed = saying(
    `Find out what changed in ${escapeMarkdown(known.title)} shortly before: deployments, configuration, traffic.`,
  );
  const fires = asking(
    model,
    `See what else fires for ${escapeMarkdown(known.title)}.`,
    firingQuery(labelMatcher(label, [known.name])),
  );
  if (known.dependsOn.length === 0) return [fires, ...looks, { ...changed, links }];
  const titles = enumerate(known.dependsOn.map((name) => escapeMarkdown(serviceTitle(model, name))));
  const below = asking(
    model,
    `See whether the cause lies below: it depends on ${titles}.`,
    firingQuery(labelMatcher(label, known.dependsOn)),
  );
  return [fires, below, ...looks, { ...changed, links }];
}

/** The way to the service's own logs and traces, where Grafana has them and its address is known. */
export function exploreStep({ project }: Model, service: Service): readonly Step[] {
  const links = exploreLinks(project, service).flatMap(({ role, datasource, path }) => {
    const url = grafanaUrl(project, path);
    return url === undefined ? [] : [markdownLink(`${titleCase(role)} in ${datasource}`, url)];
  });
  return links.length === 0 ? [] : [{ ...saying(`See what ${escapeMarkdown(service.title)} itself says.`), links }];
}

/** The services that suffer with a service, in words; nothing where none does. */
export function dependents(library: Library, service: string | undefined): string | undefined {
  const titles = service === undefined ? undefined : library.dependents.get(service);
  return titles && enumerate(titles);
}
