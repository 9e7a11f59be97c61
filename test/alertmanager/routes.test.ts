import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Team } from '../../src/model/types.ts';
import { routingChecks } from '../../src/routing/checks.ts';
import { receiversFor } from '../../src/routing/recipients.ts';
import { allRoutes, receivedLabels } from '../../src/routing/route.ts';
import { configuredTree } from '../../src/routing/shared.ts';
import { alertmanagerTarget } from '../../src/targets/alertmanager/alertmanager.ts';
import { alertLabels, workspaces } from './arbitrary.ts';
import { CHANNELS, INHIBITING, model, rules } from './model.ts';
import { type Running, start } from './running.ts';
import { describeWith, type Tool, withFolder } from './tools.ts';

const same = (left: unknown, right: unknown) => JSON.stringify(left) === JSON.stringify(right);

/** Whether Alertmanager tells the same receivers as our own route engine. */
async function agrees(server: Running, ...[workspace, all]: [Parameters<typeof model>[0], Record<string, string>[]]) {
  const built = model(workspace);
  const [config] = alertmanagerTarget.emit(built, { rules: rules() });
  await server.load(config!.text);
  const ours = all.map((labels) => receiversFor(configuredTree(built), labels));
  return same(await server.receivers(all), ours);
}

async function withServer(tool: Tool, block: (server: Running) => Promise<void>): Promise<void> {
  await withFolder(async (folder) => {
    const server = await start(tool, folder);
    await block(server).finally(() => server.stop());
  });
}

const burn = { alertname: 'Burn', service: 'shop', cluster: 'eu' };
const slow = { alertname: 'Slow', service: 'shop', instance: 'a', cluster: 'eu' };
/** Each with whether it stays silent. The first two are the sources. */
const SILENCED: readonly (readonly [labels: Record<string, string>, silent: boolean])[] = [
  [{ ...burn, severity: 'P1', slo: 'a' }, false],
  [{ ...slow, severity: 'P2' }, false],
  [{ ...burn, severity: 'P3', slo: 'a' }, true],
  [{ ...burn, severity: 'P3', slo: 'b' }, false],
  [{ ...burn, severity: 'P3', slo: 'a', cluster: 'us' }, false],
  [{ ...burn, severity: 'P3' }, false],
  [{ ...slow, severity: 'P3' }, true],
  [{ ...slow, severity: 'P3', instance: 'b' }, false],
  [{ ...slow, severity: 'P3', alertname: 'Other' }, false],
];

const ROLES = ['page', 'chat', 'mail', 'security'];
const LEVELS: readonly string[][] = [
  ['team.page', 'team.chat'],
  ['team.chat'],
  ['team.mail'],
  ['team.security', 'all'],
];
const TWENTY = Array.from({ length: 20 }, (_, index) => `team-${index + 1}`);

/** Twenty teams with four channels and a service each, four severities, and no route by hand. */
function organisation() {
  const names = TWENTY.flatMap((team) => ROLES.map((role) => `${team}-${role}`));
  const teams = TWENTY.map((team): [string, Team['roles']] => {
    return [team, Object.fromEntries(ROLES.map((role) => [role, `${team}-${role}`]))];
  });
  return model({
    severities: LEVELS.map((notify, index) => ({ name: `P${index + 1}`, notify })),
    channels: Object.fromEntries([...names, 'all'].map((name) => [name, CHANNELS.alerts])),
    teams: Object.fromEntries(teams),
    services: Object.fromEntries(TWENTY.map((team) => [`service-of-${team}`, team])),
    defaults: { notify: ['all'] },
  });
}

const EVERY_ALERT = TWENTY.flatMap((team) =>
  LEVELS.map((_, index) => ({ severity: `P${index + 1}`, team, service: `service-of-${team}` })),
);

/** The channels of a severity, by the roles of the team. */
function channelsOf({ severity, team }: { severity: string; team: string }): string {
  const notify = LEVELS[Number(severity.slice(1)) - 1]!;
  return notify
    .map((recipient) => recipient.replace('team.', `${team}-`))
    .sort()
    .join('+');
}

describeWith('alertmanager', (tool) => {
  test('reaches every team of twenty by the channels of four severities without a route by hand', async () => {
    const built = organisation();
    const book = rules(...EVERY_ALERT.map((labels) => ['Down', labels] as const));
    expect(routingChecks(built, book)).toEqual([]);
    const [config] = alertmanagerTarget.emit(built, { rules: book });
    await withServer(tool, async (server) => {
      await server.load(config!.text);
      const expected = EVERY_ALERT.map((labels) => [channelsOf(labels)]);
      expect(await server.receivers(book.alerts.flatMap(receivedLabels))).toEqual(expected);
    });
    expect(allRoutes(configuredTree(built))).toHaveLength(1 + LEVELS.length * (1 + TWENTY.length));
  });

  test('tells whom qmon says that it tells', async () => {
    await withServer(tool, async (server) => {
      const labels = fc.array(alertLabels, { minLength: 40, maxLength: 40 });
      const property = fc.asyncProperty(workspaces, labels, (workspace, all) => agrees(server, workspace, all));
      await fc.assert(property, { numRuns: 40, interruptAfterTimeLimit: 10_000 });
    });
  });

  test('tells nobody of the alerts of others, and of ours whom qmon says', async () => {
    const shared = { type: 'shared', name: 'company' } as const;
    const { alertmanager } = model({ severities: [] }).project;
    const workspace = {
      severities: [{ name: 'P1', notify: ['pager'] }],
      channels: CHANNELS,
      defaults: { notify: ['alerts'] },
      project: { alertmanager: { ...alertmanager, routing: shared } },
    };
    await withServer(tool, async (server) => {
      const [config] = alertmanagerTarget.emit(model(workspace), { rules: rules() });
      await server.load(config!.text);
      const told = await server.receivers([
        { project: 'shop', severity: 'P1' },
        { project: 'shop' },
        { project: 'bank', severity: 'P1' },
        { severity: 'P1' },
      ]);
      expect(told).toEqual([['shop:pager'], ['shop:alerts'], ['nobody'], ['nobody']]);
    });
  });

  test('silences what is less severe about the same thing, and nothing else', async () => {
    const built = model({ ...INHIBITING, channels: CHANNELS, defaults: { notify: ['alerts'] } });
    const alerts = SILENCED.map(([labels]) => [labels.alertname!, labels] as const);
    const [config] = alertmanagerTarget.emit(built, { rules: rules(...alerts) });
    await withServer(tool, async (server) => {
      await server.load(config!.text);
      expect(await server.inhibited(SILENCED.map(([labels]) => labels))).toEqual(SILENCED.map(([, silent]) => silent));
    });
  });
});
