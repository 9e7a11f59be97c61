import { PATHS } from '../../model/names.ts';
import type { Model } from '../../model/types.ts';
import type { Artifact } from '../../output/artifact.ts';
import { renderMarkdown } from '../../output/template.ts';
import type { Origin } from '../../source/document.ts';
import type { Target } from '../target.ts';
import { authoredView } from './authored-page.ts';
import { codes, runbookChecks } from './checks.ts';
import { incidentView } from './incident-page.ts';
import { indexView } from './index-page.ts';
import { kpiView } from './kpi-page.ts';
import { buildLibrary, type Guide, type Library } from './library.ts';
import { metricsView } from './metrics-page.ts';
import { sloView } from './slo-page.ts';

const NAME = 'runbook';

/** Pages for people on call: a runbook for every alert, an index, and an incident procedure for every severity. */
export const runbookTarget: Target = {
  name: NAME,
  summary: 'Markdown runbooks, their index, an incident procedure per severity, and the metrics',
  codes,
  check: (model, { rules }) => runbookChecks(model, rules),
  emit(model, { rules }) {
    const library = buildLibrary(model, rules);
    return [
      page(PATHS.runbookIndex, renderMarkdown('runbook/index', indexView(library)), model.project.origin),
      ...library.guides.map((guide) => page(PATHS.runbook(guide.name), guideText(library, guide), guide.origin)),
      ...model.severities.map((severity) => {
        const path = library.incidents.get(severity.name) ?? '';
        return page(path, renderMarkdown('runbook/incident', incidentView(library, severity, path)), severity.origin);
      }),
      ...metricsPage(model),
    ];
  },
};

/** The catalogues for people, where there are any. */
function metricsPage(model: Model): Artifact[] {
  const [first] = model.catalogs.all;
  return first ? [page(PATHS.metrics, renderMarkdown('runbook/metrics', metricsView(model)), first.origin)] : [];
}

function page(path: string, text: string, origin: Origin): Artifact {
  return { path, text, target: NAME, verifier: 'none', origins: new Map([['', origin]]) };
}

function guideText(library: Library, guide: Guide): string {
  const { subject } = guide;
  switch (subject.kind) {
    case 'runbook':
      return renderMarkdown('runbook/authored', authoredView(library, guide, subject.runbook));
    case 'page':
      return subject.page.text;
    case 'slo':
      return renderMarkdown('runbook/slo', sloView(library, guide, subject.slo));
    case 'kpi':
      return renderMarkdown('runbook/kpi', kpiView(library, guide, subject.kpi));
  }
}
