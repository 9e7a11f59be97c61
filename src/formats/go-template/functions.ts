import { closest } from '../../base/text.ts';

/** What a function takes and gives; `any` where it depends. */
export type ValueType =
  | 'string'
  | 'number'
  | 'integer'
  | 'bool'
  | 'sample'
  | 'samples'
  | 'time'
  | 'duration'
  | 'map'
  | 'any';

/** A version of Prometheus. */
export interface Version {
  readonly major: number;
  readonly minor: number;
}

/** A function that templates of alerts may call. */
export interface TemplateFunction {
  readonly name: string;
  /** Types of the arguments that it must have, the value of a pipeline last. For a number a string will do that is one. */
  readonly takes: readonly ValueType[];
  /** Whether more arguments may follow. */
  readonly variadic?: boolean;
  readonly gives: ValueType;
  /** The first version that has it, where that is younger than the oldest that qmon writes for, 2.42. */
  readonly since?: Version;
  /** Whether it writes a number as people read it. */
  readonly humanizes?: boolean;
}

/**
 * What Prometheus adds to Go's templates in texts of alerts.
 * Sources: https://github.com/prometheus/prometheus/blob/main/template/template.go, NewTemplateExpander (signatures);
 * https://github.com/prometheus/prometheus/blob/main/CHANGELOG.md (3.6: `toDuration` and `now`, #16619; 3.8:
 * `urlQueryEscape`, #17403). promtool 2.42 knows all others. `tmpl` is for consoles only.
 */
const OF_PROMETHEUS: readonly TemplateFunction[] = [
  { name: 'query', takes: ['string'], gives: 'samples' },
  { name: 'first', takes: ['samples'], gives: 'sample' },
  { name: 'label', takes: ['string', 'sample'], gives: 'string' },
  { name: 'value', takes: ['sample'], gives: 'number' },
  { name: 'strvalue', takes: ['sample'], gives: 'string' },
  { name: 'sortByLabel', takes: ['string', 'samples'], gives: 'samples' },
  { name: 'humanize', takes: ['number'], gives: 'string', humanizes: true },
  { name: 'humanize1024', takes: ['number'], gives: 'string', humanizes: true },
  { name: 'humanizeDuration', takes: ['number'], gives: 'string', humanizes: true },
  { name: 'humanizePercentage', takes: ['number'], gives: 'string', humanizes: true },
  { name: 'humanizeTimestamp', takes: ['number'], gives: 'string', humanizes: true },
  { name: 'toTime', takes: ['number'], gives: 'time', humanizes: true },
  { name: 'toDuration', takes: ['number'], gives: 'duration', humanizes: true, since: { major: 3, minor: 6 } },
  { name: 'now', takes: [], gives: 'number', since: { major: 3, minor: 6 } },
  { name: 'parseDuration', takes: ['string'], gives: 'number' },
  { name: 'title', takes: ['string'], gives: 'string' },
  { name: 'toUpper', takes: ['string'], gives: 'string' },
  { name: 'toLower', takes: ['string'], gives: 'string' },
  { name: 'match', takes: ['string', 'string'], gives: 'bool' },
  { name: 'reReplaceAll', takes: ['string', 'string', 'string'], gives: 'string' },
  { name: 'graphLink', takes: ['string'], gives: 'string' },
  { name: 'tableLink', takes: ['string'], gives: 'string' },
  { name: 'stripPort', takes: ['string'], gives: 'string' },
  { name: 'stripDomain', takes: ['string'], gives: 'string' },
  { name: 'urlQueryEscape', takes: ['string'], gives: 'string', since: { major: 3, minor: 8 } },
  { name: 'externalURL', takes: [], gives: 'string' },
  { name: 'pathPrefix', takes: [], gives: 'string' },
  { name: 'args', takes: [], variadic: true, gives: 'map' },
  { name: 'safeHtml', takes: ['string'], gives: 'string' },
];

/** What Go's templates have by themselves. Source: https://pkg.go.dev/text/template#hdr-Functions, and funcs.go there */
const OF_GO: readonly TemplateFunction[] = [
  { name: 'and', takes: ['any'], variadic: true, gives: 'any' },
  { name: 'or', takes: ['any'], variadic: true, gives: 'any' },
  { name: 'not', takes: ['any'], gives: 'bool' },
  { name: 'eq', takes: ['any', 'any'], variadic: true, gives: 'bool' },
  { name: 'ne', takes: ['any', 'any'], gives: 'bool' },
  { name: 'lt', takes: ['any', 'any'], gives: 'bool' },
  { name: 'le', takes: ['any', 'any'], gives: 'bool' },
  { name: 'gt', takes: ['any', 'any'], gives: 'bool' },
  { name: 'ge', takes: ['any', 'any'], gives: 'bool' },
  { name: 'len', takes: ['any'], gives: 'integer' },
  { name: 'index', takes: ['any'], variadic: true, gives: 'any' },
  { name: 'slice', takes: ['any'], variadic: true, gives: 'any' },
  { name: 'print', takes: [], variadic: true, gives: 'string' },
  { name: 'printf', takes: ['string'], variadic: true, gives: 'string' },
  { name: 'println', takes: [], variadic: true, gives: 'string' },
  { name: 'html', takes: [], variadic: true, gives: 'string' },
  { name: 'js', takes: [], variadic: true, gives: 'string' },
  { name: 'urlquery', takes: [], variadic: true, gives: 'string' },
  { name: 'call', takes: ['any'], variadic: true, gives: 'any' },
];

/** Every function that templates of alerts may call in some version. */
export const templateFunctions: readonly TemplateFunction[] = [...OF_PROMETHEUS, ...OF_GO];

const byName = new Map(templateFunctions.map((each) => [each.name, each]));

/** The function of a name. */
export function functionNamed(name: string): TemplateFunction | undefined {
  return byName.get(name);
}

/** Whether a version comes before another one. */
export function isBefore(one: Version, other: Version): boolean {
  return one.major === other.major ? one.minor < other.minor : one.major < other.major;
}

/** Functions that other programs know and Prometheus does not, with what to write instead. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  tmpl: 'it is for consoles only: write `template "name" .`',
  default: 'write `or $labels.name "text"`',
  upper: 'write `toUpper`',
  lower: 'write `toLower`',
  replace: 'write `reReplaceAll "pattern" "replacement" text`',
  toJson: 'only Alertmanager has it',
  join: 'only Alertmanager has it',
  add: 'compute it in the expression of the alert',
  sub: 'compute it in the expression of the alert',
  mul: 'compute it in the expression of the alert',
  div: 'compute it in the expression of the alert',
};

/** What is wrong with calling a function of this name in a version (none: the newest), if something is. */
export function functionFault(
  name: string,
  version: Version | undefined,
): { readonly message: string; readonly help?: string | undefined } | undefined {
  const known = byName.get(name);
  if (known?.since && version && isBefore(version, known.since)) {
    const since = `${known.since.major}.${known.since.minor}`;
    const message = `the function \`${name}\` needs Prometheus ${since}, and this one is ${version.major}.${version.minor}`;
    return { message, help: `do without it, or declare Prometheus ${since} once it runs` };
  }
  if (known) return undefined;
  const near = closest(name, byName.keys());
  const instead = Object.hasOwn(ELSEWHERE, name) ? ELSEWHERE[name] : near && `write \`${near}\``;
  return {
    message: `the function \`${name}\` does not exist in templates of Prometheus`,
    help: instead ?? meant(name),
  };
}

function meant(name: string): string {
  return `write \`$labels.${name}\` for a label, \`"${name}"\` for a text, or one of the functions: https://prometheus.io/docs/prometheus/latest/configuration/template_reference/`;
}
