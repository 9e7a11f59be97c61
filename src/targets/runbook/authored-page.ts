import { groupBy, uniqueTexts } from '../../base/order.ts';
import { enumerate } from '../../base/text.ts';
import type { Runbook } from '../../model/types.ts';
import { codeSpan, escapeMarkdown } from '../../output/markdown.ts';
import { GENERATED } from '../target.ts';
import { exploreStep } from './generated-page.ts';
import { dashboardLink, type Guide, type Library, severitiesOf } from './library.ts';
import { escalations, glance, labelOfService, meaningOf, referenceView } from './reference.ts';
import { asking, authored, firingQuery, labelMatcher, needsService, type Step, saying } from './step.ts';

/** What templates/runbook/authored.hbs shows of a Runbook. */
export function authoredView(library: Library, guide: Guide, runbook: Runbook) {
  const { service } = runbook;
  const investigate = runbook.investigate.map((step) => authored(library, step, service));
  const resolve = runbook.resolve.map(({ title, steps }) => ({
    title,
    steps: steps.map((step) => authored(library, step, service)),
  }));
  return {
    generated: GENERATED,
    source: `Runbook ${runbook.name}`,
    title: runbook.title,
    overview: runbook.overview,
    glance: glance(library, guide),
    meaning: runbook.meaning,
    meanings: meanings(guide),
    impact: runbook.impact,
    impacts: impacts(library, guide),
    symptoms: runbook.symptoms,
    servicePrompt: servicePrompt(guide, [...investigate, ...resolve.flatMap(({ steps }) => steps)]),
    investigate: investigate.length > 0 ? investigate : firstLook(library, guide),
    causes: runbook.causes,
    resolve,
    escalate: [...runbook.escalate.map(escapeMarkdown), ...escalations(library, guide)],
    reference: referenceView(library, guide),
  };
}

/** Where the author does not say what it means, the alerts say it themselves; what they say of every service is said once. */
function meanings(guide: Guide): readonly string[] {
  const said = guide.alerts.map((alert) => ({ ...alert, shared: meaningOf(alert, '<service>') }));
  const alike = groupBy(said, ({ alert, shared }) => `${alert}: ${shared}`);
  const lines = [...alike.values()].flatMap((group) => {
    const services = new Set(group.map(({ service }) => service));
    return group.map((each) => [each.alert, services.size > 1 ? each.shared : meaningOf(each)] as const);
  });
  return uniqueTexts(lines.map(([alert, text]) => `**${escapeMarkdown(alert)}**: ${text}`));
}

function impacts({ model }: Library, guide: Guide): readonly string[] {
  return severitiesOf(model, guide.alerts)
    .filter(({ description }) => description !== '')
    .map(({ name, description }) => `**${escapeMarkdown(name)}**: ${escapeMarkdown(description)}`);
}

/** As many services as a reader takes in at once. */
const EXAMPLES = 8;

/** Without a service of its own, a runbook is for whatever the alert is about: only the reader knows. */
function servicePrompt({ services }: Guide, steps: readonly Step[]): { names: string } | undefined {
  if (!needsService(steps)) return undefined;
  const some = services.slice(0, EXAMPLES).map(codeSpan);
  return { names: some.length === 0 ? '' : `, such as ${enumerate(some, 'or')}` };
}

/** What anybody does first, where the author names no steps. */
function firstLook(library: Library, guide: Guide): readonly Step[] {
  const { model } = library;
  const dashboards = uniqueTexts(guide.alerts.flatMap(({ dashboard }) => dashboard ?? []));
  const { service: label } = model.project.labelNames;
  const known = labelOfService(guide) === undefined && guide.services.length > 0;
  const services = known ? [labelMatcher(label, guide.services)] : [];
  return [
    ...dashboards.map((name) => saying(`Look at ${dashboardLink(library, name)}.`)),
    asking(model, 'See what else fires.', firingQuery(...services)),
    ...guide.services.flatMap((name) => {
      const service = model.services.get(name);
      return service ? exploreStep(model, service) : [];
    }),
  ];
}
