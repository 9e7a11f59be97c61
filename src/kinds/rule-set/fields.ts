import { parseDuration } from '../../base/quantity.ts';
import { closest, enumerate } from '../../base/text.ts';
import { defineCode } from '../../source/code.ts';
import type { Diagnostic } from '../../source/diagnostic.ts';
import type { Located, Path } from '../../source/document.ts';

const MALFORMED = defineCode<{ message: string; help: string }>({
  code: 'rule-set/malformed',
  severity: 'error',
  title: 'a rule file that Prometheus would refuse',
  explain: `Prometheus refuses a whole rule file because of one group or rule that is not in order: a field that it does not know, a
rule without \`expr\`, one with both \`record\` and \`alert\`, a duration without a unit, two groups of one name. Mend the file,
or take its source in a version that Prometheus accepts.

Source: https://prometheus.io/docs/prometheus/latest/configuration/recording_rules/ (Configuring rules).`,
  message: ({ message }) => message,
  help: ({ help }) => help,
});

export const codes = [MALFORMED];

export type Mapping = Readonly<Record<string, unknown>>;

/** A value of a rule file, with the list that takes what is wrong with it. */
export interface Field {
  readonly document: Located;
  readonly path: Path;
  readonly value: unknown;
  readonly faults: Diagnostic[];
}

/** Reports that Prometheus would refuse a value (`rule-set/malformed`). */
export function refuse({ document, path, faults }: Field, message: string, help: string): void {
  faults.push(MALFORMED.at(document.at(path), { message, help }));
}

/** The value below a key or at an index. */
export function inside(field: Field, key: string | number): Field {
  const value = (field.value as Record<string | number, unknown>)[key];
  return { ...field, path: [...field.path, key], value };
}

export function isMapping(value: unknown): value is Mapping {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A mapping whose keys are all known; nothing, and a fault, when it is something else. `noun`: `a group`. */
export function mapping(field: Field, noun: string, known: readonly string[]): Mapping | undefined {
  const { document, path, value, faults } = field;
  if (!isMapping(value)) {
    refuse(field, `${noun} is not a mapping`, `write it with ${enumerate(known.slice(0, 2).map(quoted))}`);
    return undefined;
  }
  for (const key of Object.keys(value)) {
    if (known.includes(key)) continue;
    const meant = closest(key, known);
    const help = meant === undefined ? `known here: ${enumerate(known.map(quoted))}` : `did you mean \`${meant}\`?`;
    const message = `Prometheus knows no field \`${key}\` of ${noun}`;
    faults.push(MALFORMED.at(document.at([...path, key], 'key'), { message, help }));
  }
  return value;
}

function quoted(name: string): string {
  return `\`${name}\``;
}

/** The items of a list; an empty value is an empty list. */
export function items(field: Field): readonly Field[] {
  const { value } = field;
  if (value === undefined || value === null) return [];
  if (Array.isArray(value)) return value.map((_, index) => inside(field, index));
  refuse(field, `\`${String(field.path.at(-1))}\` is not a list`, 'write each item after a `-`');
  return [];
}

/** A text; nothing where there is none. */
export function text(field: Field): string | undefined {
  const { value } = field;
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'string') return value;
  refuse(field, `\`${String(field.path.at(-1))}\` is not a text`, 'write one text');
  return undefined;
}

/** Labels or annotations; a name without a value has the empty one. */
export function texts(field: Field): Readonly<Record<string, string>> {
  const { value } = field;
  if (value === undefined || value === null) return {};
  if (!isMapping(value)) {
    refuse(field, `\`${String(field.path.at(-1))}\` is not a mapping`, 'write `name: value` for each');
    return {};
  }
  const entries = Object.keys(value).map((name) => {
    if (name === '' || name === '__name__') {
      refuse(inside(field, name), `\`${name}\` is no name of a label or annotation`, 'give it another name');
    }
    return [name, text(inside(field, name)) ?? ''] as const;
  });
  return Object.fromEntries(entries);
}

/** Source: https://github.com/prometheus/common/blob/main/model/time.go (ParseDuration) */
const DURATION = /^(?:0|(?=.)(?:\d+y)?(?:\d+w)?(?:\d+d)?(?:\d+h)?(?:\d+m)?(?:\d+s)?(?:\d+ms)?)$/;

/** A duration of Prometheus in milliseconds; nothing where there is none. */
export function duration(field: Field): number | undefined {
  const written = text(field);
  if (written === undefined) return undefined;
  const ms = written === '0' ? 0 : DURATION.test(written) ? parseDuration(written) : undefined;
  if (ms !== undefined) return ms;
  const help = 'write whole numbers with their units, largest unit first: `30s`, `5m`, `1h30m`';
  refuse(field, `\`${written}\` is no duration of Prometheus`, help);
  return undefined;
}

/** A whole number; nothing where there is none. */
export function count(field: Field): number | undefined {
  const written = text(field);
  if (written === undefined) return undefined;
  const value = /^[+-]?\d+$/.test(written) ? Number(written) : Number.NaN;
  if (Number.isSafeInteger(value)) return value;
  refuse(field, `\`${written}\` is no whole number`, 'write digits alone, without quotes');
  return undefined;
}
