import fc from 'fast-check';
import type { Labels } from '../../src/model/types.ts';
import { CHANNELS, PROJECTS, type Workspace } from './model.ts';

const SEVERITIES = ['P1', 'P2', 'P3', 'P4'];
const TEAMS = ['ai', 'web', 'data'];
/** Whatever the two matcher parsers of Alertmanager might read differently. */
const AWKWARD = ['eu', 'a"b', 'c\\d', 'x\ny', '{a="b", c}', 'ü€', ' space ', "it's"];

const channels = (['pager', 'incidents', 'alerts', 'mail', 'tracker'] as const).map((name) => name as string);
const told = [...channels, 'team.page', 'team.chat', 'team.mail', 'team.security'];
const recipients = fc.uniqueArray(fc.constantFrom(...told), { maxLength: 3 });

const severities = fc
  .array(fc.option(recipients, { nil: undefined }), { minLength: 1, maxLength: SEVERITIES.length })
  .map((all) => all.map((notify, rank) => ({ name: SEVERITIES[rank]!, ...(notify && { notify }) })));

const roles = fc.record(
  {
    page: fc.constantFrom(...channels),
    chat: fc.constantFrom(...channels),
    mail: fc.constantFrom(...channels),
    security: fc.constantFrom(...channels),
  },
  { requiredKeys: [] },
);

const when = fc
  .record(
    {
      severity: fc.constantFrom(...SEVERITIES),
      owner: fc.constantFrom(...TEAMS),
      category: fc.constantFrom('model', 'cost'),
      region: fc.constantFrom(...AWKWARD),
    },
    { requiredKeys: [] },
  )
  .filter((labels) => Object.keys(labels).length > 0);

const route = fc.record({
  when: when as fc.Arbitrary<Labels>,
  notify: recipients.filter(({ length }) => length > 0),
  continue: fc.boolean(),
});

/** Any workspace that says whom to tell. */
export const workspaces: fc.Arbitrary<Workspace> = fc.record({
  severities,
  channels: fc.constant(CHANNELS),
  teams: fc.dictionary(fc.constantFrom(...TEAMS), roles, { maxKeys: 3, noNullPrototype: true }),
  defaults: fc.record({ notify: recipients }),
  routes: fc.array(route, { maxLength: 4 }),
  project: fc.constantFrom(...PROJECTS),
});

/** Labels of an alert that meet the routes now and then. */
export const alertLabels: fc.Arbitrary<Labels> = fc.record(
  {
    alertname: fc.constant('Test'),
    severity: fc.constantFrom(...SEVERITIES),
    team: fc.constantFrom(...TEAMS, 'other'),
    category: fc.constantFrom('model', 'cost'),
    region: fc.constantFrom(...AWKWARD),
    project: fc.constantFrom('shop', 'shop', 'other'),
    environment: fc.constantFrom('staging', 'staging', 'production'),
  },
  { requiredKeys: ['alertname'] },
) as fc.Arbitrary<Labels>;
