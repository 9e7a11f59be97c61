import type { EnvironmentDocument } from '../../generated/environment.ts';
import type { Environment } from '../../model/types.ts';
import { defined, entity } from '../entity.ts';
import type { Reference, SpecKind } from '../kind.ts';
import schema from './environment.schema.json' with { type: 'json' };

/** The levels that alerts get; those that they had are looked up, too. A map of levels that nobody has would do nothing. */
function references({ spec = {} }: EnvironmentDocument): Reference[] {
  return Object.entries(spec.severityMap ?? {}).flatMap(([from, to]): Reference[] => {
    const path = ['spec', 'severityMap', from];
    return [
      { path, to: 'severity', name: from, side: 'key' },
      { path, to: 'severity', name: to },
    ];
  });
}

export const environmentKind: SpecKind<EnvironmentDocument, Environment> = {
  name: 'Environment',
  summary: 'a place in which the project runs, and what is different there',
  schema,
  codes: [],
  count: 'any',
  references,
  check: () => [],
  lower: (document) => {
    const { spec = {} } = document.value;
    const base = entity(document);
    return {
      ...base,
      title: spec.title ?? base.name,
      severityMap: spec.severityMap ?? {},
      ...defined({ runbooksUrl: spec.runbooks?.baseUrl }),
    };
  },
};
