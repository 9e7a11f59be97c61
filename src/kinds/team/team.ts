import { titleOfName } from '../../base/text.ts';
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
  references: ({ spec = {} }) => [
    ...ROLES.flatMap((role) => {
      const name = spec[role];
      return name === undefined ? [] : [{ path: ['spec', role], to: 'Channel' as const, name }];
    }),
    ...Object.entries(spec.roles ?? {}).map(([role, name]) => {
      return { path: ['spec', 'roles', role], to: 'Channel' as const, name };
    }),
  ],
  check: () => [],
  lower: (document) => {
    const { title, description, roles = {}, ...usual } = document.value.spec ?? {};
    const base = entity(document);
    const all = { ...defined(usual), ...roles };
    return { ...base, title: title ?? titleOfName(base.name), roles: all, ...defined({ description }) };
  },
};
