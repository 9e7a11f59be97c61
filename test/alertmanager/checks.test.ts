import { describe, expect, test } from 'vitest';
import type { RuleBook } from '../../src/model/rule.ts';
import { codes, routingChecks } from '../../src/routing/checks.ts';
import { CHANNELS, model, rules, type Workspace } from './model.ts';

const SOUND: Workspace = {
  severities: [{ name: 'P1', notify: ['team.page'] }, { name: 'P2' }],
  channels: CHANNELS,
  teams: { ai: { page: 'pager' }, web: {} },
  services: { shop: 'ai', site: 'web' },
  defaults: { notify: ['alerts'] },
};
const P1 = { severity: 'P1', service: 'shop', team: 'ai' };
const RULES = rules(['Down', P1], ['Slow', { ...P1, severity: 'P2' }]);

function findings(workspace: Partial<Workspace>, book: RuleBook = RULES): string[] {
  return routingChecks(model({ ...SOUND, ...workspace }), book).map(
    ({ code, span, message, help }) => `${code} ${span?.file.path}: ${message}; ${help}`,
  );
}

test('a sound workspace has none', () => {
  expect(findings({})).toEqual([]);
});

test('every code has a page and its own name', () => {
  expect(new Set(codes.map(({ code }) => code)).size).toBe(codes.length);
  for (const { explain } of codes) expect(explain.length).toBeGreaterThan(80);
});

describe('who is reached', () => {
  const nowhere = { notify: [] };

  test('a severity without channels, used by an alert, with an empty default', () => {
    expect(findings({ defaults: nowhere })).toEqual([
      expect.stringMatching(
        /^routing\/severity-reaches-nobody SeverityScale\/spec\/levels\/1\/name: severity `P2`.*`Slow`/,
      ),
    ]);
  });

  test('silence on purpose, or no alert, is none', () => {
    const silent = [
      { name: 'P1', notify: ['team.page'] },
      { name: 'P2', notify: [] },
    ];
    expect(findings({ defaults: nowhere, severities: silent })).toEqual([]);
    expect(findings({ defaults: nowhere }, rules(['Down', P1]))).toEqual([]);
  });

  test('an alert without owner, where only owners are told', () => {
    const [finding] = findings({ defaults: nowhere }, rules(['Down', { severity: 'P1' }]));
    expect(finding).toMatch(/severity-reaches-nobody .*`Down`/);
  });

  test('a route by the name of the alert reaches somebody', () => {
    const routes = [{ when: { alertname: 'Slow' }, notify: ['alerts'] }];
    expect(findings({ defaults: nowhere, routes })).toEqual([]);
  });

  test('a route of the author reaches somebody', () => {
    const routes = [{ when: { severity: 'P2' }, notify: ['mail'] }];
    const project = { email: { from: 'a@example.org', smarthost: 'mail:587', requireTls: true } };
    expect(findings({ defaults: nowhere, routes, project })).toEqual([]);
  });

  test('a team lacks a role that an alert of its service needs', () => {
    const book = rules(['Down', { severity: 'P1', service: 'site', team: 'web' }], ['Slow', { ...P1, severity: 'P2' }]);
    expect(findings({}, book)).toEqual([
      'routing/team-lacks-role Service:site/spec/owner: team `web`, which owns `site`, has no `page`, but severity `P1` tells `team.page`; add `page` with the name of a Channel to Team `web`',
    ]);
  });

  test('a role that no team can have', () => {
    const severities = [{ name: 'P1', notify: ['alerts', 'team.pager'] }, { name: 'P2' }];
    expect(findings({ severities })).toEqual([
      expect.stringMatching(
        /^routing\/unknown-role SeverityScale\/spec\/levels\/0\/notify\/1: .*did you mean `team.page`/,
      ),
    ]);
  });
});

describe('routes', () => {
  test('one that comes after a wider one, a severity included', () => {
    const routes = [
      { when: { service: 'shop' }, notify: ['alerts'] },
      { when: { service: 'shop', severity: 'P1' }, notify: ['pager'] },
    ];
    expect(findings({ routes })).toEqual([
      expect.stringMatching(
        /^routing\/unreachable-route NotificationPolicy:routing\/spec\/routes\/1: .*`service="shop"` takes/,
      ),
    ]);
    expect(findings({ routes: [{ when: { severity: 'P1' }, notify: ['pager'] }] })).toEqual([
      expect.stringMatching(/^routing\/unreachable-route SeverityScale\/spec\/levels\/0\/notify: /),
    ]);
  });

  test('one that goes on takes nothing away', () => {
    const routes = [
      { when: { service: 'shop' }, notify: ['alerts'], continue: true },
      { when: { service: 'shop', severity: 'P1' }, notify: ['pager'] },
    ];
    expect(findings({ routes })).toEqual([]);
  });

  test('two that do the same', () => {
    const route = { when: { service: 'shop' }, notify: ['alerts', 'pager'], continue: true };
    const twin = { ...route, notify: ['pager', 'alerts'] };
    expect(findings({ routes: [route, twin] })).toEqual([
      expect.stringMatching(/^routing\/duplicate-route NotificationPolicy:routing\/spec\/routes\/1: /),
    ]);
  });

  test('one that asks for what no alert has', () => {
    expect(findings({ routes: [{ when: { service: 'shpo', region: 'eu' }, notify: ['alerts'] }] })).toEqual([
      'routing/route-matches-no-alert NotificationPolicy:routing/spec/routes/0: no alert has `service="shpo"`; did you mean `shop`?',
    ]);
    expect(findings({ routes: [{ when: { region: 'eu' }, notify: ['alerts'] }] })).toEqual([]);
  });
});

describe('timing', () => {
  test('a repeat that is no multiple of the interval', () => {
    expect(findings({ defaults: { notify: ['alerts'], repeatMs: 720_000 } })).toEqual([
      'routing/repeat-not-multiple NotificationPolicy:routing/spec/default/repeat: `12m` is no multiple of the group interval `5m`, so it repeats after 15m; write `repeat: 15m`, or a `groupInterval` that divides it',
    ]);
    const severities = [{ name: 'P1', notify: ['team.page'], repeatMs: 90_000 }, { name: 'P2' }];
    expect(findings({ severities })).toEqual([
      expect.stringMatching(/^routing\/repeat-not-multiple SeverityScale\/spec\/levels\/0\/repeat: `1m30s`/),
    ]);
  });

  test('an interval of zero', () => {
    expect(findings({ defaults: { notify: ['alerts'], groupIntervalMs: 0 } })).toEqual([
      expect.stringMatching(/^routing\/zero-interval NotificationPolicy:routing\/spec\/default\/groupInterval: /),
    ]);
  });
});

describe('channels', () => {
  test('mail without a server, where it is told', () => {
    expect(findings({ defaults: { notify: ['mail'] } })).toEqual([
      expect.stringMatching(/^channel\/email-needs-settings Channel:mail\/spec\/email: .*`mail`/),
    ]);
  });

  test('a secret address, which only newer versions read', () => {
    expect(findings({ defaults: { notify: ['hook'] } })).toEqual([
      expect.stringMatching(
        /^channel\/needs-newer-alertmanager Channel:hook\/spec\/webhook\/urlSecret: .*0\.28.*`0\.25`.*bearerToken/,
      ),
    ]);
    const project = {
      alertmanager: { version: { major: 0, minor: 28 }, secretsDir: '/s', routing: { type: 'own' as const } },
    };
    expect(findings({ defaults: { notify: ['hook'] }, project })).toEqual([]);
  });

  test('the name of the receiver that tells nobody', () => {
    const channels = { ...CHANNELS, nobody: CHANNELS.alerts };
    expect(findings({ channels, defaults: { notify: ['nobody'] } })).toEqual([
      expect.stringMatching(/^channel\/reserved-name Channel:nobody\/metadata\/name: /),
    ]);
  });
});
