import { closest } from '../../base/text.ts';
import { parseUnit } from '../../model/unit.ts';
import { GRAFANA_UNITS } from './unit-ids.ts';

/** The units that specs are written in → Grafana's ids. Here `percent` is a ratio, so it wins over Grafana's own `percent`. */
const UNITS: ReadonlyMap<string, string> = new Map(
  (
    [
      ['percentunit', ['percent', 'ratio', '%']],
      ['percent', ['percentage', 'percentage (0-100)']],
      ['none', ['number', 'score', 'index', 'version']],
      ['short', ['count', 'counts']],
      ['bool', ['boolean']],
      ['ns', ['nanoseconds', 'nanosecond']],
      ['µs', ['microseconds', 'microsecond', 'us']],
      ['ms', ['milliseconds', 'millisecond']],
      ['s', ['seconds', 'second']],
      ['m', ['minutes', 'minute']],
      ['h', ['hours', 'hour']],
      ['d', ['days', 'day']],
      ['dateTimeFromNow', ['timestamp']],
      ['bytes', ['byte', 'B']],
      ['bits', ['bit']],
      ['kbytes', ['KiB']],
      ['mbytes', ['MiB']],
      ['gbytes', ['GiB']],
      ['tbytes', ['TiB']],
      ['deckbytes', ['kB', 'KB']],
      ['decmbytes', ['MB']],
      ['decgbytes', ['GB']],
      ['dectbytes', ['TB']],
      ['binBps', ['bytes/s', 'bytes/second', 'B/s']],
      ['bps', ['bits/s', 'bits/second']],
      ['pps', ['packets/s', 'packets/second']],
      ['reqps', ['requests/s', 'requests/second', 'req/s']],
      ['cps', ['events/s', 'events/second', 'counts/second', '1/s']],
      ['ops', ['ops/s', 'ops/second', 'operations/second']],
      ['opm', ['ops/minute', 'operations/minute']],
      ['reqpm', ['requests/minute']],
      ['epm', ['events/minute']],
      ['mps', ['messages/second']],
      ['mpm', ['messages/minute']],
      ['rps', ['reads/second']],
      ['wps', ['writes/second']],
      ['currencyUSD', ['$', 'USD', 'usd', 'dollars']],
      ['currencyEUR', ['€', 'EUR', 'eur', 'euros']],
      ['currencyGBP', ['£', 'GBP', 'gbp', 'pounds']],
      ['currencyJPY', ['¥', 'JPY', 'jpy', 'yen']],
      ['celsius', ['°C']],
      ['volt', ['volts', 'V']],
      ['amp', ['amperes', 'A']],
      ['watt', ['watts', 'W']],
      ['joule', ['joules', 'J']],
      ['lengthm', ['meters', 'metres']],
      ['massg', ['grams']],
      ['hertz', ['Hz']],
    ] as const
  ).flatMap(([id, names]) => names.map((name) => [name, id] as const)),
);

/** Units that a person makes up: `suffix:widgets`. Source: https://grafana.com/docs/grafana/latest/panels-visualizations/configure-standard-options/#unit (Custom units) */
const CUSTOM = /^(prefix|suffix|time|si|count|currency):/;

/** `requests/minute` for `req/min` and `request / m`: two ways to write a rate are one unit. */
function spelledOut(unit: string): string {
  const { measure, noun, per } = parseUnit(unit);
  return measure === 'count' && noun !== undefined && per !== undefined ? `${noun}s/${per}` : unit;
}

/** Whether values are amounts of money, per something or not. */
export function isMoney(unit: string): boolean {
  return parseUnit(unit).measure === 'sum of money';
}

/**
 * The Grafana id for a unit. What neither we nor Grafana know stands behind the number as it is written (`9.5 $/month`);
 * a range in parentheses, `score (0-100)`, is for readers of the spec and is left out.
 */
export function grafanaUnit(unit: string): string {
  const plain = unit.trim();
  const bare = plain.replace(/\s*\([^)]*\)$/, '');
  if (plain === '' || CUSTOM.test(plain)) return plain || 'none';
  const known = UNITS.get(plain) ?? UNITS.get(bare) ?? UNITS.get(spelledOut(bare));
  return known ?? (GRAFANA_UNITS.has(plain) ? plain : `suffix:${bare}`);
}

/** A single word that is no unit but nearly one: the unit that was probably meant. */
export function misspeltUnit(unit: string): string | undefined {
  const isWord = /^[A-Za-z]{3,}$/.test(unit);
  if (!isWord || !grafanaUnit(unit).startsWith('suffix:')) return undefined;
  return closest(
    unit,
    [...UNITS.keys(), ...GRAFANA_UNITS].filter((name) => name.length > 2),
  );
}
