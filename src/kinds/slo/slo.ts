import { titleOfName } from '../../base/text.ts';
import type { SLODocument } from '../../generated/slo.ts';
import type { EventQuery, Indicator, Slo } from '../../model/types.ts';
import { parseMatchers, parseSelector } from '../../promql/selector.ts';
import type { Located, Path } from '../../source/document.ts';
import { budgetPolicy } from '../budget-policy.ts';
import { defined, entity } from '../entity.ts';
import { operandAt } from '../expressions.ts';
import type { Reference, SpecKind } from '../kind.ts';
import { condition, durationMs, ratio } from '../quantities.ts';
import { checkSlo, codes } from './check.ts';
import schema from './slo.schema.json' with { type: 'json' };

type Spec = SLODocument['spec'];

const DEFAULT_SLICE = '5m';

function references({ spec }: SLODocument): Reference[] {
  const names: [path: Path, to: string, name: string | undefined][] = [
    [['spec', 'service'], 'Service', spec.service],
    [['spec', 'alerting', 'page'], 'severity', spec.alerting?.page],
    [['spec', 'alerting', 'ticket'], 'severity', spec.alerting?.ticket],
    [['spec', 'runbook'], 'Runbook', spec.runbook],
    [['spec', 'dashboard'], 'Dashboard', spec.dashboard],
  ];
  return names.flatMap(([path, to, name]) => (name === undefined ? [] : [{ path, to, name }]));
}

function eventQuery(document: Located, path: Path, text: string): EventQuery {
  const expression = operandAt(document, path, text);
  return { expression, ...defined({ selector: parseSelector(expression.text) }) };
}

function indicator(document: Located, spec: Spec['indicator']): Indicator {
  const path = ['spec', 'indicator'];
  if (spec.ratio) {
    const counts = spec.ratio.errors === undefined ? 'good' : 'errors';
    const at = [...path, 'ratio'];
    return {
      type: 'ratio',
      counts,
      counted: eventQuery(document, [...at, counts], spec.ratio[counts] ?? ''),
      total: eventQuery(document, [...at, 'total'], spec.ratio.total),
    };
  }
  if (spec.latency) {
    const { histogram, where, below } = spec.latency;
    return {
      type: 'latency',
      histogram,
      where: { matchers: where === undefined ? [] : (parseMatchers(where) ?? []) },
      belowMs: durationMs(below),
    };
  }
  const { query, is, slice } = spec.threshold!;
  return {
    type: 'threshold',
    query: operandAt(document, [...path, 'threshold', 'query'], query),
    is: condition(is),
    sliceMs: durationMs(slice ?? DEFAULT_SLICE),
  };
}

function lower(document: Located<SLODocument>): Slo {
  const { spec, metadata } = document.value;
  const base = entity(document);
  const title = spec.title ?? titleOfName(base.name);
  return {
    ...base,
    title,
    description: spec.description ?? title,
    service: spec.service,
    objectiveRatio: ratio(spec.objective),
    windowMs: durationMs(spec.window),
    indicator: indicator(document, spec.indicator),
    alerting: spec.alerting ?? {},
    budgetPolicy: spec.budgetPolicy ? budgetPolicy(spec.budgetPolicy) : [],
    category: spec.category ?? 'slo',
    alertLabels: metadata.labels ?? {},
    alertAnnotations: metadata.annotations ?? {},
    ...defined({ runbook: spec.runbook, dashboard: spec.dashboard }),
  };
}

export const sloKind: SpecKind<SLODocument, Slo> = {
  name: 'SLO',
  summary: 'what users are promised, over which window',
  schema,
  codes,
  count: 'any',
  mapsSeverities: true,
  isShared: true,
  references,
  check: checkSlo,
  lower,
};
