import { titleCase } from '../../base/text.ts';
import type { TeamDocument } from '../../generated/team.ts';
import type { Team } from '../../model/types.ts';
import { defined, entity } from '../entity.ts';
import type { SpecKind } from '../kind.ts';
import schema from './team.schema.json' with { type: 'json' };

const ROLES = ['page', 'chat', 'mail'] as const;

export const teamKind: SpecKind<TeamDocument, Team> = {
  name: 'Team',
  summary: 'who owns services, and how they are reached',
  schema,
  codes: [],
  count: 'any',
  references: ({ spec = {} }) =>
    ROLES.flatMap((role) => {
      const name = spec[role];
      return name === undefined ? [] : [{ path: ['spec', role], to: 'Channel' as const, name }];
    }),
  check: () => [],
  lower: (document) => {
    const { title, description, ...roles } = document.value.spec ?? {};
    const base = entity(document);
    return { ...base, title: title ?? titleCase(base.name), roles: defined(roles), ...defined({ description }) };
  },
};
