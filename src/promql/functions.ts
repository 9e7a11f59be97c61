import type { ValueType } from './ast.ts';
import { type Availability, EXPERIMENTAL_FUNCTIONS, FEATURES } from './features.ts';

export interface FunctionSignature extends Availability {
  readonly name: string;
  readonly args: readonly ValueType[];
  /** How many arguments may follow all but the last of `args`: none more (0), up to so many, or any number (-1). */
  readonly variadic: number;
  readonly returns: ValueType;
  /** What it was called before, or is called now. */
  readonly renamed?: string;
}

type Row = readonly [names: string, args: string, returns: ValueType, more?: Partial<FunctionSignature>];

const EXPERIMENTAL = { flag: EXPERIMENTAL_FUNCTIONS };
const OPTIONAL = { variadic: 1 };

/**
 * Every function of Prometheus from 2.42 to 3.16: names, types of the arguments, type of the result.
 * Source: https://github.com/prometheus/prometheus/blob/main/promql/parser/functions.go (Functions); versions: CHANGELOG.md,
 * the section of the version that is named.
 */
const ROWS: readonly Row[] = [
  ['abs absent ceil exp floor ln log10 log2 sgn sqrt', 'vector', 'vector'],
  ['acos acosh asin asinh atan atanh cos cosh sin sinh tan tanh deg rad', 'vector', 'vector'],
  ['sort sort_desc timestamp histogram_count histogram_sum', 'vector', 'vector'],
  ['days_in_month day_of_month day_of_week day_of_year hour minute month year', 'vector', 'vector', OPTIONAL],
  ['absent_over_time avg_over_time count_over_time last_over_time max_over_time min_over_time', 'matrix', 'vector'],
  ['present_over_time stddev_over_time stdvar_over_time sum_over_time', 'matrix', 'vector'],
  ['changes delta deriv idelta increase irate rate resets', 'matrix', 'vector'],
  ['clamp', 'vector scalar scalar', 'vector'],
  ['clamp_max clamp_min', 'vector scalar', 'vector'],
  ['round', 'vector scalar', 'vector', OPTIONAL],
  ['predict_linear', 'matrix scalar', 'vector'],
  ['quantile_over_time', 'scalar matrix', 'vector'],
  ['histogram_quantile', 'scalar vector', 'vector'],
  ['histogram_fraction', 'scalar scalar vector', 'vector'],
  ['label_replace', 'vector string string string string', 'vector'],
  ['label_join', 'vector string string string', 'vector', { variadic: -1 }],
  ['scalar', 'vector', 'scalar'],
  ['vector', 'scalar', 'vector'],
  ['time pi', '', 'scalar'],
  ['histogram_stddev histogram_stdvar', 'vector', 'vector', { since: '2.47' }],
  ['mad_over_time', 'matrix', 'vector', { since: '2.49', ...EXPERIMENTAL }],
  ['sort_by_label sort_by_label_desc', 'vector string', 'vector', { since: '2.49', variadic: -1, ...EXPERIMENTAL }],
  ['histogram_avg', 'vector', 'vector', { since: '2.51' }],
  ['info', 'vector vector', 'vector', { since: '2.55', ...OPTIONAL, ...EXPERIMENTAL }],
  ['holt_winters', 'matrix scalar scalar', 'vector', { gone: '3.0', renamed: 'double_exponential_smoothing' }],
  [
    'double_exponential_smoothing',
    'matrix scalar scalar',
    'vector',
    { since: '3.0', renamed: 'holt_winters', ...EXPERIMENTAL },
  ],
  [
    'ts_of_max_over_time ts_of_min_over_time ts_of_last_over_time',
    'matrix',
    'vector',
    { since: '3.5', ...EXPERIMENTAL },
  ],
  ['first_over_time', 'matrix', 'vector', { since: '3.7', stable: '3.14', ...EXPERIMENTAL }],
  ['ts_of_first_over_time', 'matrix', 'vector', { since: '3.7', ...EXPERIMENTAL }],
  ['histogram_quantiles', 'vector string scalar scalar', 'vector', { since: '3.11', variadic: 9, ...EXPERIMENTAL }],
  ['start end range step', '', 'scalar', { since: '3.12', ...EXPERIMENTAL }],
  ['min_of max_of', 'scalar scalar', 'scalar', { since: '3.13', ...EXPERIMENTAL }],
  ['start_timestamp', 'vector', 'vector', { since: '3.14', flag: 'use-start-timestamps' }],
  ['integral', 'matrix scalar', 'vector', { since: '3.16', ...OPTIONAL, ...EXPERIMENTAL }],
];

function signatures([names, args, returns, more]: Row): FunctionSignature[] {
  const types = args === '' ? [] : (args.split(' ') as ValueType[]);
  return names.split(' ').map((name) => ({ name, args: types, variadic: 0, returns, ...more }));
}

/** Every function by its name, which is written in lower case only. */
export const FUNCTIONS: ReadonlyMap<string, FunctionSignature> = new Map(
  ROWS.flatMap(signatures).map((signature) => [signature.name, signature]),
);

/** Every flag of `--enable-feature` that some part of the language stands behind in some version. */
export const FLAGS: readonly string[] = [
  ...new Set([...FUNCTIONS.values(), ...Object.values<Availability>(FEATURES)].flatMap(({ flag }) => flag ?? [])),
].sort();

/** How many arguments a function takes. */
export function arity({ args, variadic }: FunctionSignature): { readonly least: number; readonly most: number } {
  if (variadic === 0) return { least: args.length, most: args.length };
  const least = args.length - 1;
  return { least, most: variadic < 0 ? Number.POSITIVE_INFINITY : least + variadic };
}

/** The aggregations whose first argument is a parameter, and its type. */
export const AGGREGATION_PARAMETERS: ReadonlyMap<string, ValueType> = new Map<string, ValueType>([
  ...['topk', 'bottomk', 'quantile', 'limitk', 'limit_ratio'].map((name) => [name, 'scalar'] as const),
  ['count_values', 'string'],
]);

/** Aggregations that not every version knows. Source: CHANGELOG.md of Prometheus, 2.54 (#12503). */
export const EXPERIMENTAL_AGGREGATIONS: ReadonlySet<string> = new Set(['limitk', 'limit_ratio']);
