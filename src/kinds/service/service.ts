import { enumerate, titleOfName } from '../../base/text.ts';
import type { ServiceDocument } from '../../generated/service.ts';
import type { Service } from '../../model/types.ts';
import { parseMatchers } from '../../promql/selector.ts';
import { defineCode } from '../../source/code.ts';
import type { Diagnostic } from '../../source/diagnostic.ts';
import type { Located } from '../../source/document.ts';
import { defined, entity } from '../entity.ts';
import { checkMatchers } from '../expressions.ts';
import type { Reference, SpecKind } from '../kind.ts';
import { templateKind, USED_KINDS, useEntries } from '../uses.ts';
import schema from './service.schema.json' with { type: 'json' };

function references({ spec = {} }: ServiceDocument): Reference[] {
  const owner = spec.owner === undefined ? [] : [{ path: ['spec', 'owner'], to: 'Team' as const, name: spec.owner }];
  const dependencies = (spec.dependsOn ?? []).map((name, index) => ({
    path: ['spec', 'dependsOn', index],
    to: 'Service' as const,
    name,
  }));
  const uses = useEntries({ spec }).map(({ kind, name, path, property }) => ({
    path: [...path, property],
    part: path,
    to: templateKind(kind),
    name,
  }));
  return [...owner, ...dependencies, ...uses];
}

const NOT_ONE_USE = defineCode<{ found: readonly string[] }>({
  code: 'service/use-names-one',
  severity: 'error',
  title: 'an entry of `use` takes over exactly one thing',
  explain: 'Each entry of `use` names one shared document, because the values of `with` belong to its parameters.',
  message: ({ found }) =>
    found.length === 0
      ? 'the entry takes over nothing'
      : `the entry takes over ${enumerate(found.map((each) => `\`${each}\``))} at once`,
  help: () =>
    `write exactly one of ${enumerate(
      Object.keys(USED_KINDS).map((each) => `\`${each}\``),
      'or',
    )}`,
});

function checkUses(document: Located<ServiceDocument>): Diagnostic[] {
  return (document.value.spec?.use ?? []).flatMap((entry, index) => {
    const found = Object.keys(USED_KINDS).filter((property) => Object.hasOwn(entry, property));
    return found.length === 1 ? [] : [NOT_ONE_USE.at(document.at(['spec', 'use', index]), { found })];
  });
}

export const serviceKind: SpecKind<ServiceDocument, Service> = {
  name: 'Service',
  summary: 'what users or other services depend on, and who owns it',
  schema,
  codes: [NOT_ONE_USE],
  count: 'any',
  references,
  check: (document) => {
    const selector = document.value.spec?.selector;
    const faults = selector === undefined ? [] : checkMatchers(document, ['spec', 'selector'], selector);
    return [...faults, ...checkUses(document)];
  },
  lower: (document) => {
    const { spec = {}, metadata } = document.value;
    const base = entity(document);
    return {
      ...base,
      title: spec.title ?? titleOfName(base.name),
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
