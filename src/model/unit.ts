import { DAY_MS, HOUR_MS, MINUTE_MS, ONE, type Rational, rational, SECOND_MS, WEEK_MS } from '../base/quantity.ts';

/** What an amount measures; a bare number and one with words count something. */
export type Measure = 'percentage' | 'sum of money' | 'number of bytes' | 'duration' | 'count';

/** What the values of a query are in. A unit that is not in the tables is a count of something unknown. */
export interface Unit {
  readonly measure: Measure;
  /** How much one of it is in ratios, seconds, bytes or plain numbers: 1/1000 for `ms`, 1000³ for `GB`. */
  readonly scale: Rational;
  /** A currency (`USD`), or what is counted (`request`), where it is known. */
  readonly noun?: string;
  /** What the value is divided by, in the singular: `month`, `GB`, `GB/month`. */
  readonly per?: string;
}

/** Bytes of a unit. Source: IEC 80000-13 (binary prefixes) and the SI prefixes, https://en.wikipedia.org/wiki/Byte#Multiple-byte_units */
export const BYTES: ReadonlyMap<string, bigint> = new Map([
  ['B', 1n],
  ['kB', 1000n],
  ['KB', 1000n],
  ['MB', 1000n ** 2n],
  ['GB', 1000n ** 3n],
  ['TB', 1000n ** 4n],
  ['KiB', 1024n],
  ['MiB', 1024n ** 2n],
  ['GiB', 1024n ** 3n],
  ['TiB', 1024n ** 4n],
]);

/** Ways to write a currency → its code. Source: ISO 4217, https://www.iso.org/iso-4217-currency-codes.html */
export const CURRENCIES: ReadonlyMap<string, string> = new Map([
  ['$', 'USD'],
  ['USD', 'USD'],
  ['usd', 'USD'],
  ['dollars', 'USD'],
  ['currencyUSD', 'USD'],
  ['€', 'EUR'],
  ['EUR', 'EUR'],
  ['eur', 'EUR'],
  ['euros', 'EUR'],
  ['currencyEUR', 'EUR'],
  ['£', 'GBP'],
  ['GBP', 'GBP'],
  ['gbp', 'GBP'],
  ['pounds', 'GBP'],
  ['currencyGBP', 'GBP'],
  ['¥', 'JPY'],
  ['JPY', 'JPY'],
  ['jpy', 'JPY'],
  ['yen', 'JPY'],
  ['currencyJPY', 'JPY'],
]);

/** Words for what is counted → the singular. */
export const COUNTED: ReadonlyMap<string, string> = new Map([
  ...['request', 'event', 'user', 'error', 'score', 'point', 'count', 'operation', 'job', 'message', 'token'].flatMap(
    (noun): [string, string][] => [
      [noun, noun],
      [`${noun}s`, noun],
    ],
  ),
  ...['req', 'reqs'].map((short) => [short, 'request'] as const),
  ...['op', 'ops'].map((short) => [short, 'operation'] as const),
]);

const TIMES: Readonly<Record<string, string>> = {
  s: 'second',
  sec: 'second',
  m: 'minute',
  min: 'minute',
  h: 'hour',
  d: 'day',
  w: 'week',
  mo: 'month',
  y: 'year',
};

/** `second` for `s`, `user` for `users`, `GB` for `GB`: what follows a `/`, so that two ways to write it agree. */
export function singularPer(per: string): string {
  const word = per.trim();
  return TIMES[word] ?? (/^[a-z]{3,}s$/.test(word) ? word.slice(0, -1) : word);
}

function unit(measure: Measure, scale: Rational = ONE, rest: Pick<Unit, 'noun' | 'per'> = {}): Unit {
  return { measure, scale, ...rest };
}

function each(names: string, made: Unit): (readonly [string, Unit])[] {
  return names.split(' ').map((name) => [name, made] as const);
}

const second = (ms: number, fraction = 1) => unit('duration', rational(ms, SECOND_MS * fraction));
const perSecond = (noun?: string) => unit('count', ONE, { per: 'second', ...(noun !== undefined && { noun }) });
const perMinute = (noun?: string) => unit('count', ONE, { per: 'minute', ...(noun !== undefined && { noun }) });
const bytes = (base: number, power: number) => unit('number of bytes', rational(BigInt(base) ** BigInt(power)));

/** Units in the words of specs and the ids of Grafana (see `targets/grafana/unit-ids`). */
const UNITS: ReadonlyMap<string, Unit> = new Map([
  ...each('percent percentunit ratio %', unit('percentage')),
  ...each('percentage', unit('percentage', rational(1, 100))),
  ...each('ns nanosecond nanoseconds', second(1, 1_000_000)),
  ...each('us µs microsecond microseconds', second(1, 1_000)),
  ...each('ms millisecond milliseconds dtdurationms', second(1)),
  ...each('s second seconds dtdurations', second(SECOND_MS)),
  ...each('m minute minutes', second(MINUTE_MS)),
  ...each('h hour hours', second(HOUR_MS)),
  ...each('d day days', second(DAY_MS)),
  ...each('w week weeks', second(WEEK_MS)),
  ...each('byte bytes decbytes', bytes(1, 1)),
  ...[...BYTES].map(([name, size]) => [name, unit('number of bytes', rational(size))] as const),
  ...['kbytes', 'mbytes', 'gbytes', 'tbytes'].flatMap((id, index) => [
    [id, bytes(1024, index + 1)] as const,
    [`dec${id}`, bytes(1000, index + 1)] as const,
  ]),
  ...each('Bps binBps', unit('number of bytes', ONE, { per: 'second' })),
  ...[...CURRENCIES].map(([name, noun]) => [name, unit('sum of money', ONE, { noun })] as const),
  ...[...COUNTED].map(([name, noun]) => [name, unit('count', ONE, { noun })] as const),
  ...each('reqps', perSecond('request')),
  ...each('ops', perSecond('operation')),
  ...each('eps', perSecond('event')),
  ...each('mps', perSecond('message')),
  ...each('cps rps wps iops recps rowsps', perSecond()),
  ...each('reqpm', perMinute('request')),
  ...each('opm', perMinute('operation')),
  ...each('epm', perMinute('event')),
  ...each('mpm', perMinute('message')),
  ...each('cpm rpm wpm recpm rowspm', perMinute()),
]);

/** Reads `percent`, `$/month`, `GB/day`, `requests/minute`, `reqps`; a range in parentheses is for readers of the spec. */
export function parseUnit(text: string): Unit {
  const [base = '', ...pers] = text
    .replace(/\s*\([^)]*\)$/, '')
    .split('/')
    .map((part) => part.trim());
  const known = UNITS.get(pers.length > 0 && base === 'ops' ? 'operations' : base) ?? unit('count');
  return pers.length === 0 ? known : { ...known, per: pers.map(singularPer).join('/') };
}
