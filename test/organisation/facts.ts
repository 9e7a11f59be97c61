/** What is true of Tarnwick whatever any program makes of it: who owns what, and how people are reached. */

export const CLUSTERS = { production: 'north-1', staging: 'lab-1' } as const;

export type Place = keyof typeof CLUSTERS;

/** The team as alerts name it → the services that it owns; nobody watches the status page. */
export const OWNED: Readonly<Record<string, readonly string[]>> = {
  shipping: ['storefront', 'quotes', 'labels', 'pickups', 'addresses'],
  tracking: ['tracking-api', 'scan-events', 'notifications', 'eta'],
  sorting: ['conveyors', 'scan-gateway', 'load-planner', 'docks'],
  'last-mile': ['routes', 'drivers', 'lockers', 'signatures'],
  billing: ['payments', 'invoicing', 'customs', 'claims'],
  'foundation/sre': ['edge', 'identity', 'postgres', 'broker', 'objects'],
};

/** What is written on the doors: pager keys, rooms, addresses. */
const REACHED: Readonly<Record<string, { page: string; chat: string; mail: string; field?: string }>> = {
  shipping: { page: 'pager shipping-pager-key', chat: 'room #shipping', mail: 'mail shipping@tarnwick.example' },
  tracking: { page: 'pager tracking-pager-key', chat: 'room #tracking', mail: 'mail tracking@tarnwick.example' },
  sorting: {
    page: 'pager sorting-pager-key',
    chat: 'room #sorting',
    mail: 'mail sorting@tarnwick.example',
    field: 'hook https://screens.hubs.tarnwick.example/alerts',
  },
  'last-mile': {
    page: 'pager last-mile-pager-key',
    chat: 'room #last-mile',
    mail: 'mail last-mile@tarnwick.example',
    field: 'hook https://radio.tarnwick.example/alerts',
  },
  billing: { page: 'pager billing-pager-key', chat: 'room #billing', mail: 'mail billing@tarnwick.example' },
  'foundation/sre': { page: 'pager sre-pager-key', chat: 'room #sre', mail: 'mail sre@tarnwick.example' },
};

const INCIDENTS = 'room #incidents';
const SECURITY_DESK = 'hook https://desk.security.example.org/alerts';

/** Who hears of trouble of a team, by how bad it is and of what sort. Nobody is paged, and nobody walks, for staging. */
export function hears(place: Place, team: string, severity: string, category: string | undefined): readonly string[] {
  const own = REACHED[team];
  if (!own) throw new Error(`there is no team ${team}`);
  if (place === 'staging') {
    if (severity === 'P3') return [own.chat];
    if (severity === 'P4') return [own.mail];
    throw new Error(`${severity} in staging`);
  }
  const bySeverity: Readonly<Record<string, readonly string[]>> = {
    P1: [own.page, INCIDENTS],
    P2: [own.page],
    P3: [own.chat],
    P4: [own.mail],
  };
  const besides = [
    ...(category === 'security' ? [SECURITY_DESK] : []),
    ...(category === 'hardware' ? [own.field ?? 'somebody who can walk there'] : []),
  ];
  return [...(bySeverity[severity] ?? [`whoever ${severity} is for`]), ...besides].sort();
}

/** A few alerts with their severities, as those who ordered them remember them. */
export const REMEMBERED: readonly (readonly [alert: string, service: string, severity: Record<Place, string>])[] = [
  ['ServiceDown', 'storefront', { production: 'P1', staging: 'P3' }],
  ['ServiceDown', 'claims', { production: 'P3', staging: 'P4' }],
  ['RequestsFail', 'payments', { production: 'P2', staging: 'P3' }],
  ['ConveyorStopped', 'conveyors', { production: 'P1', staging: 'P3' }],
  ['LockerDoorStuck', 'lockers', { production: 'P3', staging: 'P4' }],
  ['ScansForged', 'scan-events', { production: 'P2', staging: 'P3' }],
  ['HeronMirrorBehind', 'broker', { production: 'P1', staging: 'P3' }],
  ['HeronVersionsDiffer', 'broker', { production: 'P4', staging: 'P4' }],
  ['CustomsJobSuccessAtRisk', 'customs', { production: 'P4', staging: 'P4' }],
  ['QuotesAvailabilityBudgetBurn', 'quotes', { production: 'P1', staging: 'P3' }],
];
