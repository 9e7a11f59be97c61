import { titleCase } from '../../base/text.ts';
import type { ServiceDocument } from '../../generated/service.ts';
import type { Service } from '../../model/types.ts';
import { parseMatchers } from '../../promql/selector.ts';
import { defined, entity } from '../entity.ts';
import { checkMatchers } from '../expressions.ts';
import type { Reference, SpecKind } from '../kind.ts';
import schema from './service.schema.json' with { type: 'json' };

function references({ spec = {} }: ServiceDocument): Reference[] {
  const owner = spec.owner === undefined ? [] : [{ path: ['spec', 'owner'], to: 'Team' as const, name: spec.owner }];
  const dependencies = (spec.dependsOn ?? []).map((name, index) => ({
    path: ['spec', 'dependsOn', index],
    to: 'Service' as const,
    name,
  }));
  return [...owner, ...dependencies];
}

export const serviceKind: SpecKind<ServiceDocument, Service> = {
  name: 'Service',
  summary: 'what users or other services depend on, and who owns it',
  schema,
  codes: [],
  count: 'any',
  references,
  check: (document) => {
    const selector = document.value.spec?.selector;
    return selector === undefined ? [] : checkMatchers(document, ['spec', 'selector'], selector);
  },
  lower: (document) => {
    const { spec = {}, metadata } = document.value;
    const base = entity(document);
    return {
      ...base,
      title: spec.title ?? titleCase(base.name),
      dependsOn: spec.dependsOn ?? [],
      links: spec.links ?? {},
      alertLabels: metadata.labels ?? {},
      alertAnnotations: metadata.annotations ?? {},
      ...defined({
        description: spec.description,
        owner: spec.owner,
        tier: spec.tier,
        selector: spec.selector === undefined ? undefined : { matchers: parseMatchers(spec.selector) ?? [] },
      }),
    };
  },
};
