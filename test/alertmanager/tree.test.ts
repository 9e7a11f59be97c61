import { describe, expect, test } from 'vitest';
import { receiversFor, receiversInUse } from '../../src/routing/recipients.ts';
import { routeTree } from '../../src/routing/tree.ts';
import { CHANNELS, model, type Workspace } from './model.ts';

const WORKSPACE: Workspace = {
  severities: [
    { name: 'P1', notify: ['team.page', 'incidents'] },
    { name: 'P2', notify: ['team.mail'] },
    { name: 'P3' },
    { name: 'P4', notify: [] },
  ],
  channels: CHANNELS,
  teams: { ai: { page: 'pager', mail: 'mail' }, web: { mail: 'mail' } },
  defaults: { notify: ['alerts'] },
};

function told(workspace: Workspace, labels: Record<string, string>): readonly string[] {
  return receiversFor(routeTree(model(workspace)), labels);
}

describe('a severity', () => {
  test.each([
    ['tells its channels and the role of the owner', { severity: 'P1', team: 'ai' }, ['incidents+pager']],
    ['tells its channels where the owner lacks the role', { severity: 'P1', team: 'web' }, ['incidents']],
    ['tells its channels where there is no owner', { severity: 'P1' }, ['incidents']],
    ['tells the owner alone', { severity: 'P2', team: 'web' }, ['mail']],
    ['tells the default where the owner is unknown', { severity: 'P2', team: 'nobody-knows' }, ['alerts']],
    ['tells the default where it does not say', { severity: 'P3', team: 'ai' }, ['alerts']],
    ['tells nobody where it says so', { severity: 'P4', team: 'ai' }, ['nobody']],
    ['leaves an unknown one to the default', { severity: 'P9' }, ['alerts']],
  ])('%s', (_, labels, receivers) => {
    expect(told(WORKSPACE, labels)).toEqual(receivers);
  });

  test('gets a route only where it says something', () => {
    const tree = routeTree(model(WORKSPACE));
    expect(tree.children.map(({ severity }) => severity)).toEqual(['P1', 'P2', 'P4']);
  });

  test('gets a route for its own timing and tells the default', () => {
    const [node] = routeTree(model({ ...WORKSPACE, severities: [{ name: 'P1', repeatMs: 1_800_000 }] })).children;
    expect(node).toMatchObject({ channels: ['alerts'], timing: { repeatMs: 1_800_000, groupWaitMs: 10_000 } });
  });
});

describe('the routes of the author', () => {
  const routes = [
    { when: { category: 'model' }, notify: ['tracker'], continue: true },
    { when: { owner: 'ai', severity: 'P2' }, notify: ['hook', 'alerts'] },
  ];

  test('come first, and go on where they say so', () => {
    const labels = { severity: 'P1', team: 'ai', category: 'model' };
    expect(told({ ...WORKSPACE, routes }, labels)).toEqual(['tracker', 'incidents+pager']);
  });

  test('decide alone otherwise, under the labels of the organisation', () => {
    expect(told({ ...WORKSPACE, routes }, { severity: 'P2', team: 'ai' })).toEqual(['alerts+hook']);
  });

  test('keep the timing of the severity that they are about', () => {
    const [any, ofP2] = routeTree(model({ ...WORKSPACE, routes })).children;
    expect(any?.timing).toBeUndefined();
    expect(ofP2?.timing).toEqual({ groupWaitMs: 30_000, groupIntervalMs: 300_000, repeatMs: 14_400_000 });
  });
});

describe('timing', () => {
  const timings = (severities: Workspace['severities']) =>
    routeTree(model({ ...WORKSPACE, severities })).children.map(({ timing }) => timing);

  test('follows from the rank', () => {
    const levels = ['A', 'B', 'C', 'D', 'E'].map((name) => ({ name, notify: ['alerts'] }));
    expect(timings(levels).map((timing) => timing?.groupWaitMs)).toEqual([10_000, 30_000, 300_000, 600_000, 600_000]);
  });

  test('rounds its own repeat up to the interval of the author', () => {
    const [timing] = timings([{ name: 'A', notify: ['alerts'], groupIntervalMs: 420_000 }]);
    expect(timing?.repeatMs).toBe(9 * 420_000);
  });
});

test('receivers are sets of channels, each once, only those in use', () => {
  const routes = [{ when: { category: 'x' }, notify: ['pager', 'incidents'] }];
  const names = receiversInUse(routeTree(model({ ...WORKSPACE, routes }))).map(({ name }) => name);
  expect(names).toEqual(['alerts', 'incidents', 'incidents+pager', 'mail', 'nobody']);
});

test('messages are grouped by the labels of the organisation, each once', () => {
  const defaults = { groupBy: ['service', 'owner', 'team', 'alertname'] };
  expect(routeTree(model({ ...WORKSPACE, defaults })).groupBy).toEqual(['service', 'team', 'alertname']);
});
