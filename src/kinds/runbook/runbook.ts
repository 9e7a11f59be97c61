import { titleOfName } from '../../base/text.ts';
import type { RunbookDocument } from '../../generated/runbook.ts';
import type { Runbook } from '../../model/types.ts';
import { defined, entity } from '../entity.ts';
import type { Reference, SpecKind } from '../kind.ts';
import schema from './runbook.schema.json' with { type: 'json' };

function references({ spec }: RunbookDocument): Reference[] {
  const service: Reference[] =
    spec.service === undefined ? [] : [{ path: ['spec', 'service'], to: 'Service', name: spec.service }];
  const dashboards = (spec.investigate ?? []).flatMap(({ dashboard }, index): Reference[] =>
    dashboard === undefined
      ? []
      : [{ path: ['spec', 'investigate', index, 'dashboard'], to: 'Dashboard', name: dashboard }],
  );
  return [...service, ...dashboards];
}

export const runbookKind: SpecKind<RunbookDocument, Runbook> = {
  name: 'Runbook',
  summary: 'what to do when an alert fires',
  schema,
  codes: [],
  count: 'any',
  references,
  check: () => [],
  lower: (document) => {
    const { spec } = document.value;
    const base = entity(document);
    return {
      ...base,
      title: spec.title ?? titleOfName(base.name),
      overview: spec.overview,
      symptoms: spec.symptoms ?? [],
      investigate: spec.investigate ?? [],
      causes: spec.causes ?? [],
      resolve: spec.resolve ?? [],
      escalate: spec.escalate ?? [],
      ...defined({ service: spec.service, meaning: spec.meaning, impact: spec.impact }),
    };
  },
};
