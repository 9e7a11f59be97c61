import { describeDuration } from '../../base/quantity.ts';
import { KPI_SERIES } from '../../model/names.ts';
import type { Kpi } from '../../model/types.ts';
import { GENERATED } from '../target.ts';
import { dashboardSteps, dependents, recordingsOf, surroundings } from './generated-page.ts';
import { type Guide, type Library, serviceTitle } from './library.ts';
import { escalations, glance, referenceView } from './reference.ts';
import { asking, labelMatcher, type Step } from './step.ts';

/** What templates/runbook/kpi.hbs shows of a KPI whose author names no runbook. */
export function kpiView(library: Library, guide: Guide, kpi: Kpi) {
  const { model } = library;
  return {
    generated: GENERATED,
    source: `KPI ${kpi.name}`,
    title: guide.title,
    overview: `${kpi.title} has passed its critical threshold.`,
    glance: glance(library, guide),
    description: kpi.description,
    critical: kpi.critical?.text,
    target: kpi.target?.text,
    unit: kpi.unit,
    patience: kpi.alert && kpi.alert.forMs > 0 ? describeDuration(kpi.alert.forMs) : undefined,
    category: kpi.category === 'kpi' ? 'key' : kpi.category,
    service: kpi.service === undefined ? undefined : serviceTitle(model, kpi.service),
    about: kpi.service === undefined ? undefined : model.services.get(kpi.service)?.description,
    dependents: dependents(library, kpi.service),
    investigate: [...dashboardSteps(library, guide), ...valueSteps(library, kpi), ...surroundings(model, kpi.service)],
    escalate: escalations(library, guide),
    reference: referenceView(library, guide),
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
