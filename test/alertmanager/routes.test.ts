import fc from 'fast-check';
import { expect, test } from 'vitest';
import { receiversFor } from '../../src/routing/recipients.ts';
import { routeTree } from '../../src/routing/tree.ts';
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
  const ours = all.map((labels) => receiversFor(routeTree(built), labels));
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

describeWith('alertmanager', (tool) => {
  test('tells whom qmon says that it tells', async () => {
    await withServer(tool, async (server) => {
      const labels = fc.array(alertLabels, { minLength: 40, maxLength: 40 });
      const property = fc.asyncProperty(workspaces, labels, (workspace, all) => agrees(server, workspace, all));
      await fc.assert(property, { numRuns: 40, interruptAfterTimeLimit: 10_000 });
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
