import fc from 'fast-check';

/** Texts of each type; now and then one of another type stands where it does not belong. */
interface Texts {
  vector: string;
  scalar: string;
  matrix: string;
  text: string;
  any: string;
}

/** One of these texts. */
function oneOf(...texts: readonly string[]): fc.Arbitrary<string> {
  return fc.constantFrom(...texts);
}

const words = oneOf('foo', 'bar_total', 'job:foo:rate5m', 'sum', 'by', 'offset', 'start', 'step', 'fill', 'limitk');
const labels = oneOf('job', 'instance', 'le', 'on', 'by', 'bool', 'start', 'a1', '__name__');
const quoted = oneOf('"job"', '"a.b"', '`x y`', "'é'");
const values = oneOf('"a"', '""', "'b'", '`c`', '"5.."', '"a|b"', '".*"', '".+"', '"(a|b)?"', '"(a"', '"a{2}"');
const durations = oneOf('5m', '1h30m', '30s', '1d', '500ms', '300', '0', '0s', '1e3', '1m1h', '2w');
const numbers = oneOf('1', '0.5', '1e3', '0x1F', 'Inf', 'NaN', '5m', '1_000', '.5', '5.', '08', '1e400');
const spaces = oneOf('', '', '', ' ', '\n', ' # c\n ');

function joined(...parts: readonly (string | fc.Arbitrary<string>)[]): fc.Arbitrary<string> {
  return fc
    .tuple(...parts.flatMap((part) => [typeof part === 'string' ? fc.constant(part) : part]))
    .map((texts) => texts.join(' '));
}

function listOf(item: fc.Arbitrary<string>, open: string, close: string, most = 3): fc.Arbitrary<string> {
  return fc
    .tuple(fc.array(item, { maxLength: most }), fc.boolean())
    .map(([items, comma]) => `${open}${items.join(', ')}${comma && items.length > 0 ? ',' : ''}${close}`);
}

const matcher = fc.oneof(
  { weight: 9, arbitrary: joined(labels, oneOf('=', '!=', '=~', '!~'), values) },
  { weight: 1, arbitrary: joined(quoted, oneOf('=', '=~'), values) },
  { weight: 1, arbitrary: quoted },
);
const braces = listOf(matcher, '{', '}');
const names = fc.oneof({ weight: 9, arbitrary: labels }, { weight: 1, arbitrary: quoted });
const grouping = joined(oneOf('by', 'without', 'BY'), listOf(names, '(', ')'));
const signs = oneOf('', '', '', '', '-', '+');
const offset = joined('offset', signs, durations);
const time = fc.oneof(joined('@', signs, numbers), oneOf('@ start()', '@ end ( )', '@ 1600000000.5'));
const modifiers = fc.oneof(
  { weight: 8, arbitrary: fc.constant('') },
  { weight: 2, arbitrary: offset },
  { weight: 1, arbitrary: time },
  { weight: 1, arbitrary: joined(offset, time) },
  { weight: 1, arbitrary: oneOf('anchored', 'smoothed') },
);
const selector = fc.oneof(
  { weight: 5, arbitrary: words },
  { weight: 3, arbitrary: joined(words, braces) },
  { weight: 1, arbitrary: braces },
);
const range = fc.oneof(
  { weight: 9, arbitrary: joined('[', durations, ']') },
  { weight: 1, arbitrary: joined('[', durations, oneOf('+', '-', '*', '/'), durations, ']') },
);
const step = joined('[', durations, ':', fc.oneof(fc.constant(''), durations), ']');
const matching = fc.oneof(
  { weight: 6, arbitrary: fc.constant('') },
  { weight: 1, arbitrary: fc.constant('bool') },
  { weight: 2, arbitrary: joined(oneOf('on', 'ignoring'), listOf(names, '(', ')')) },
  {
    weight: 2,
    arbitrary: joined(
      oneOf('on', 'ignoring'),
      listOf(names, '(', ')'),
      oneOf('group_left', 'group_right'),
      fc.oneof(fc.constant(''), listOf(names, '(', ')')),
    ),
  },
);
const operators = oneOf('+', '-', '*', '/', '%', '^', '==', '!=', '<', '>', '<=', '>=', 'and', 'or', 'unless', 'atan2');

const calls: readonly (readonly [names: readonly string[], ...args: (keyof Texts)[]])[] = [
  [['abs', 'absent', 'sort', 'histogram_count', 'histogram_stddev', 'histogram_avg', 'timestamp', 'nofunc'], 'vector'],
  [['rate', 'increase', 'avg_over_time', 'mad_over_time', 'first_over_time', 'ts_of_max_over_time'], 'matrix'],
  [['hour', 'month'], 'vector'],
  [['hour', 'time', 'pi']],
  [['clamp_max', 'round'], 'vector', 'scalar'],
  [['clamp'], 'vector', 'scalar', 'scalar'],
  [['histogram_quantile'], 'scalar', 'vector'],
  [['quantile_over_time'], 'scalar', 'matrix'],
  [['predict_linear'], 'matrix', 'scalar'],
  [['holt_winters', 'double_exponential_smoothing'], 'matrix', 'scalar', 'scalar'],
  [['label_replace'], 'vector', 'text', 'text', 'text', 'text'],
  [['label_join', 'sort_by_label'], 'vector', 'text', 'text'],
  [['info'], 'vector', 'vector'],
  [['info'], 'vector'],
  [['vector'], 'scalar'],
];

const { vector, any } = fc.letrec<Texts>((tie: fc.LetrecTypedTie<Texts>): fc.LetrecValue<Texts> => {
  const sloppy = (type: keyof Texts): fc.Arbitrary<string> =>
    fc.oneof({ weight: 19, arbitrary: tie(type) }, { weight: 1, arbitrary: tie('any') });
  const call = (which: (typeof calls)[number]) => {
    const [callees, ...args] = which;
    const texts = args.flatMap((type, index) => (index === 0 ? [sloppy(type)] : [fc.constant(','), sloppy(type)]));
    return joined(oneOf(...callees), '(', ...texts, ')');
  };
  const aggregated = joined('(', sloppy('vector'), ')');
  const plain = oneOf('sum', 'avg', 'count', 'max', 'MIN', 'group', 'stddev');
  const withNumber = oneOf('topk', 'bottomk', 'quantile', 'limitk');
  const parameter = joined('(', sloppy('scalar'), ',', sloppy('vector'), ')');
  return {
    vector: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      joined(selector, modifiers),
      joined(plain, aggregated),
      joined(plain, grouping, aggregated),
      joined(plain, aggregated, grouping),
      joined(withNumber, grouping, parameter),
      joined('count_values', '(', sloppy('text'), ',', sloppy('vector'), ')'),
      fc.constantFrom(...calls).chain(call),
      joined(sloppy('vector'), operators, matching, sloppy('vector')),
      joined(sloppy('vector'), operators, matching, sloppy('scalar')),
      joined('(', sloppy('vector'), ')'),
      joined(oneOf('-', '+'), sloppy('vector')),
    ),
    scalar: fc.oneof(
      { depthSize: 'small' },
      numbers,
      joined('scalar (', sloppy('vector'), ')'),
      joined(sloppy('scalar'), oneOf('+', '*', '^', '>', '> bool'), sloppy('scalar')),
      joined('-', sloppy('scalar')),
    ),
    matrix: fc.oneof(
      { depthSize: 'small' },
      joined(selector, range, modifiers),
      joined(selector, modifiers, range),
      joined('(', sloppy('vector'), ')', step, modifiers),
    ),
    text: fc.oneof(values, quoted),
    any: fc.oneof({ depthSize: 'small' }, tie('scalar'), tie('matrix'), tie('text'), tie('vector')),
  };
});

/** Expressions of every construct of the language: most are valid, some have operands of the wrong type. */
export const expressions: fc.Arbitrary<string> = fc
  .tuple(fc.oneof({ weight: 9, arbitrary: vector }, { weight: 1, arbitrary: any }), spaces)
  .map(([text, space]) => `${space}${text}${space}`);
