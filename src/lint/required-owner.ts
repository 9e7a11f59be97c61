import type { Model } from '../model/types.ts';
import { defineCode } from '../source/code.ts';
import type { Diagnostic } from '../source/diagnostic.ts';
import { originSpan } from '../source/document.ts';
import type { LintRule } from './rule.ts';

const OWNER_MISSING = defineCode<{ service: string }>({
  code: 'service/owner-missing',
  severity: 'error',
  suppressible: true,
  title: 'a service without an owner',
  explain: 'The Project says `requireOwner: true`: nobody is called for what nobody owns.',
  message: ({ service }) => `the service \`${service}\` has no owner`,
  help: () => 'add `owner`: the team that is called',
});

function ownerless(model: Model): Diagnostic[] {
  if (!model.project.policy.requireOwner) return [];
  return model.services.all
    .filter(({ owner }) => owner === undefined)
    .map((service) => OWNER_MISSING.at(originSpan(service.part('metadata', 'name')), { service: service.name }));
}

/** `policy.requireOwner`: every service names its owner. */
export const requiredOwner: LintRule = { codes: [OWNER_MISSING], needs: [], check: ownerless };
