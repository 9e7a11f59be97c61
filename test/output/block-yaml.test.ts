import fc from 'fast-check';
import { CORE_SCHEMA, load, YAML11_SCHEMA } from 'js-yaml';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { writeYaml, type YamlValue } from '../../src/output/block-yaml.ts';
import { flowYaml } from '../../src/output/flow-yaml.ts';

type Reader = readonly [name: string, read: (text: string) => unknown];

const readers: readonly Reader[] = [
  ['yaml as 1.1', (text) => parse(text, { version: '1.1' })],
  ['yaml as 1.2', (text) => parse(text, { version: '1.2' })],
  ['js-yaml as 1.1', (text) => load(text, { schema: YAML11_SCHEMA })],
  ['js-yaml as 1.2', (text) => load(text, { schema: CORE_SCHEMA })],
];

/** Own properties alone count: `__proto__` may be a key. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, item) =>
    item !== null && typeof item === 'object' && !Array.isArray(item) ? Object.entries(item) : item,
  );
}

function expectReadBack(value: YamlValue, write: (value: YamlValue) => string = writeYaml): void {
  const text = write(value);
  for (const [name, read] of readers) expect(canonical(read(text)), `${name}\n${text}`).toBe(canonical(value));
}

/** Scraps of which texts are made that some reader takes for something else. */
const scraps = [
  ...['yes', 'No', 'on', 'OFF', 'y', 'N', 'true', 'False', 'null', 'Null', '~', '.inf', '-.INF', '.nan', 'inf', 'NaN'],
  ...[
    '1_000',
    '0x1F',
    '0o17',
    '017',
    '0b101',
    '1:30',
    '190:20:30',
    '1.5',
    '1e3',
    '1E+3',
    '12e03',
    '.5',
    '5.',
    '-1',
    '+1',
    '0',
  ],
  ...['2001-12-14', '2001-12-14t21:59:43.10-05:00', '2001-12-14 21:59:43.10 -5', '5m', '30d', '1h30m', '99.5%'],
  ...[
    '=',
    '<<',
    '-',
    '?',
    ':',
    '#',
    '&a',
    '*a',
    '!t',
    '|',
    '>',
    '%',
    '@',
    '`',
    '{',
    '}',
    '[',
    ']',
    ',',
    '"',
    "'",
    '\\',
  ],
  ...[
    '---',
    '...',
    '--- a',
    ' ',
    '  ',
    '\t',
    '\n',
    '\n\n',
    '\r',
    '\r\n',
    ': ',
    ' #',
    ' : ',
    'a: b',
    'a:',
    '- ',
    '? ',
    'a',
    'word',
  ],
  ...[
    '\u0085',
    '\u2028',
    '\u2029',
    '\ufeff',
    '\u00a0',
    '\u3000',
    '\u0000',
    '\u0007',
    '\u001b',
    '\u007f',
    '\u009f',
    '\ufffe',
    '\uffff',
  ],
  ...[
    '{{ $labels.job }}',
    'sum(rate(x_total{job="a",code=~"5.."}[5m]))',
    'ü',
    '–',
    '漢',
    '🔥',
    '__proto__',
    'constructor',
  ],
];

const texts = fc.oneof(
  fc.constantFrom(...scraps),
  fc
    .array(fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...scraps) }, fc.string({ maxLength: 4 })), {
      maxLength: 6,
    })
    .map((parts) => parts.join('')),
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc.string({ unit: fc.constantFrom(...'0123456789_.:eE+-xobTZ ,'), maxLength: 10 }),
);

const numbers = fc
  .oneof(fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true }))
  .map((number) => (number === 0 ? 0 : number));

const { value: values } = fc.letrec<{ value: YamlValue }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4, depthSize: 'small' },
    texts,
    numbers,
    fc.boolean(),
    fc.constant(null),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(texts, tie('value'), { maxKeys: 4 }),
  ) as fc.Arbitrary<YamlValue>,
}));

describe('writeYaml', () => {
  it('writes rules as the examples of Prometheus are written', () => {
    const document = {
      groups: [
        {
          name: 'checkout',
          interval: '30s',
          rules: [
            {
              record: 'job:errors:rate5m',
              expr: 'sum by (job) (\n  rate(errors_total[5m])\n)',
              labels: { service: 'checkout' },
            },
            {
              alert: 'Down',
              expr: 'up == 0',
              for: '5m',
              annotations: { summary: 'Down: {{ $labels.job }}', note: 'say "x": \\d' },
            },
          ],
        },
      ],
      empty: {},
      none: [],
      nested: [['a', 'b'], [], [{ c: null }]],
    };
    expect(writeYaml(document, { header: 'Generated.\nDo not edit.' })).toBe(`# Generated.
# Do not edit.
groups:
  - name: checkout
    interval: 30s
    rules:
      - record: job:errors:rate5m
        expr: |-
          sum by (job) (
            rate(errors_total[5m])
          )
        labels:
          service: checkout
      - alert: Down
        expr: up == 0
        for: 5m
        annotations:
          summary: "Down: {{ $labels.job }}"
          note: 'say "x": \\d'
empty: {}
none: []
nested:
  - - a
    - b
  - []
  - - c: null
`);
  });

  it.each(scraps)('keeps the text %j, as a value, as a key and in a list', (text) => {
    expectReadBack({ before: 1, value: text, [text]: text, list: [text, [text], { [text]: 1 }], after: 2 });
  });

  it('keeps any text', () => {
    fc.assert(
      fc.property(texts, (text) => expectReadBack({ value: text, list: [text], [text]: null })),
      { numRuns: 1500 },
    );
  });

  it('keeps any plain data', () => {
    fc.assert(
      fc.property(values, (value) => expectReadBack(value)),
      { numRuns: 500 },
    );
  });

  it.each([
    ['a\nb', '|-\n  a\n  b'],
    ['a\n', '|\n  a'],
    ['a\n\n', '|+\n  a\n'],
    [' a\nb', '|2-\n   a\n  b'],
    ['\n a', '|2-\n\n   a'],
    ['\ta\nb', '|2-\n  \ta\n  b'],
    ['a\n\n  \nb', '|-\n  a\n\n    \n  b'],
  ])('writes %j as a literal', (text, expected) => {
    expect(writeYaml({ value: text })).toBe(`value: ${expected}\n`);
    expectReadBack({ value: text, after: [text, text] });
  });

  it.each(['\n', '\n\n', 'a\n ', 'a\n \n', 'a\rb\n', 'a\u2028\n', ' \n '])('writes %j in quotes', (text) => {
    expect(writeYaml({ value: text })).toMatch(/^value: "[^\n]*"\n$/);
    expectReadBack({ value: text, after: [text] });
  });

  it.each([
    [1e21, '1000000000000000000000'],
    [1.5e-7, '0.00000015'],
    [-2.25e22, '-22500000000000000000000'],
    [-0, '0'],
    [0.0144, '0.0144'],
  ])('writes the number %d without an exponent', (number, expected) => {
    expect(writeYaml({ number })).toBe(`number: ${expected}\n`);
  });

  it('leaves out what is undefined', () => {
    expect(writeYaml({ a: undefined, b: { c: undefined }, d: 1 })).toBe('b: {}\nd: 1\n');
  });

  it('gives a key that is longer than readers look for its colon a question mark', () => {
    expectReadBack({ ['k'.repeat(1100)]: { a: ['x'] }, [`${'k'.repeat(1100)}:`]: 'y' });
  });

  it('writes half a surrogate pair as the replacement character, as UTF-8 does', () => {
    expect(writeYaml({ a: 'x\ud83d' })).toBe('a: "x\\uFFFD"\n');
  });

  it('keeps line breaks and control characters out of the header', () => {
    const text = writeYaml({ a: 1 }, { header: 'one\u0085two\u2028\u0007three\r\n\nfour' });
    expect(text).toBe('# one\n# two\n# three\n#\n# four\na: 1\n');
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY, () => 1, 10n])('refuses what is no plain data', (value) => {
    expect(() => writeYaml({ value })).toThrow('internal error');
  });
});

describe('flowYaml', () => {
  it('writes short things as people do', () => {
    const metric = {
      type: 'histogram',
      buckets: [0.1, 1e6],
      labels: ['code', 'on', 'a,b'],
      unit: undefined,
      help: 'a: b',
    };
    expect(flowYaml(metric)).toBe(
      '{ type: histogram, buckets: [0.1, 1000000], labels: [code, "on", "a,b"], help: "a: b" }',
    );
    expect(flowYaml({ a: {}, b: [], c: null, d: false })).toBe('{ a: {}, b: [], c: null, d: false }');
  });

  it('is read back alike by readers of YAML 1.1 and 1.2, on one line', () => {
    fc.assert(
      fc.property(values, (value) => {
        expect(flowYaml(value)).not.toContain('\n');
        expectReadBack(value, flowYaml);
      }),
      { numRuns: 1000 },
    );
  });
});
