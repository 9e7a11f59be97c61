import { describeDuration } from '../../base/quantity.ts';
import { enumerate } from '../../base/text.ts';
import { KPI_SERIES } from '../../model/names.ts';
import type { Kpi } from '../../model/types.ts';
import { codeSpan, escapeMarkdown } from '../../output/markdown.ts';
import { GENERATED } from '../target.ts';
import { dashboardSteps, dependents, recordingsOf, surroundings } from './generated-page.ts';
import { type Guide, type Library, serviceTitle } from './library.ts';
import { escalations, glance, referenceView, type Table } from './reference.ts';
import { asking, labelMatcher, type Step } from './step.ts';

/** What templates/runbook/kpi.hbs shows of a KPI whose author names no runbook. */
export function kpiView(library: Library, guide: Guide, kpi: Kpi) {
  const { model } = library;
  return {
    generated: GENERATED,
    source: `KPI ${kpi.name}`,
    title: guide.title,
    overview: `${kpi.title} ${passed(kpi)}.`,
    glance: glance(library, guide),
    description: kpi.description,
    critical: kpi.critical?.text,
    patience: kpi.alert?.atRisk === undefined ? patience(kpi) : undefined,
    atRisk: atRisk(kpi),
    perValue: kpi.groupBy.length === 0 ? undefined : enumerate(kpi.groupBy.map(codeSpan)),
    advice: adviceTable(kpi),
    target: kpi.target?.text,
    unit: kpi.unit,
    category: kpi.category === 'kpi' ? 'key' : kpi.category,
    service: kpi.service === undefined ? undefined : serviceTitle(model, kpi.service),
    about: kpi.service === undefined ? undefined : model.services.get(kpi.service)?.description,
    dependents: dependents(library, kpi.service),
    investigate: [...dashboardSteps(library, guide), ...valueSteps(library, kpi), ...surroundings(model, kpi.service)],
    escalate: escalations(library, guide),
    reference: referenceView(library, guide),
  };
}

function passed({ alert }: Kpi): string {
  if (alert?.atRisk === undefined) return 'has passed its critical threshold';
  return alert.severity === undefined ? 'misses its target' : 'misses its target, or has passed its critical threshold';
}

function patience({ alert }: Kpi): string | undefined {
  return alert && alert.forMs > 0 ? describeDuration(alert.forMs) : undefined;
}

/** When the alert of a missed target fires, and what becomes of it. */
function atRisk(kpi: Kpi): string | undefined {
  if (kpi.alert?.atRisk === undefined) return undefined;
  const time = patience(kpi);
  const missed = time === undefined ? 'as soon as the target is missed' : `once the target has been missed for ${time}`;
  if (kpi.alert.severity === undefined) return `The alert fires ${missed}.`;
  const follows = time === undefined ? 'follows on it' : 'waits as long and follows on it';
  return `A milder alert fires ${missed}. The alert of the critical value ${follows}.`;
}

/** In the order in which the author wrote it. */
function adviceTable({ advice }: Kpi): Table | undefined {
  if (advice.length === 0) return undefined;
  return {
    headings: ['Value', 'What to do'],
    rows: advice.map(({ when, say }) => [codeSpan(when.text), escapeMarkdown(say)]),
  };
}

/** Questions to Prometheus about the value: now, a week ago, and by the author's own query. */
function valueSteps(library: Library, kpi: Kpi): readonly Step[] {
  const { model } = library;
  const label = model.project.labelNames.kpi;
  const own = asking(
    model,
    'What is it made of? Ask for the parts of the query one by one, and by more labels.',
    kpi.query.text,
  );
  if (!recordingsOf(library, label, kpi.name).has(KPI_SERIES.value)) return [own];
  const value = `${KPI_SERIES.value}{${labelMatcher(label, [kpi.name])}}`;
  return [asking(model, 'What is the value now, and what was it a week ago?', value, `${value} offset 1w`), own];
}
