import fc from 'fast-check';
import { stringify, type ToStringOptions } from 'yaml';

const WORDS = fc.constantFrom(
  'a',
  'name',
  'kind',
  'true',
  'null',
  '~',
  '1',
  '0.5',
  '1e3',
  '0x1F',
  '0o7',
  '.inf',
  '-',
  ':',
  '#',
  '- a',
  'a: b',
  'a #b',
  "it's",
  '"q"',
  '\\',
  ' lead',
  'trail ',
  '',
  '\n',
  'two\nlines',
  'end\n',
  'end\n\n',
  '\n\nstart',
  '  in\n    dented\n',
  'ünïcödé',
  '名前',
  '😀',
  '\t',
  'tab\tin',
  '2026-01-01',
  '<<',
  '@x',
  '`y`',
  '%z',
  '!t',
  '&n',
  '*m',
  '{',
  '[',
  '}',
  ', ',
  '? ',
  'sum(rate(http_requests_total{code=~"5.."}[5m])) by (job)',
  '|',
  '>',
  'yes',
  '007',
  '1:30',
  '\u0085',
  '\u2028',
  '\u00a0',
  '\x07',
);

/** Texts that YAML finds hard, and texts of any kind. */
export const hardText = fc.oneof(
  WORDS,
  fc.array(WORDS, { maxLength: 5 }).map((words) => words.join(' ')),
  fc.array(WORDS, { maxLength: 5 }).map((words) => words.join('\n')),
  fc.string({ unit: 'grapheme', maxLength: 12 }),
);

const key = fc.oneof(
  { weight: 5, arbitrary: fc.stringMatching(/^[a-z_]{1,8}$/) },
  {
    weight: 1,
    arbitrary: fc.constantFrom('__proto__', 'constructor', 'toString', 'a b', '1', 'true', 'x: y', '- z', '"k"'),
  },
);

const number = fc.oneof(
  fc.integer({ min: -1_000_000, max: 1_000_000 }),
  fc.tuple(fc.integer({ min: -99_999, max: 99_999 }), fc.constantFrom(10, 100, 1000)).map(([n, d]) => n / d || 0),
);

/** Plain values as they stand in YAML documents. */
export const yamlValue = fc.letrec<{ node: unknown }>((tie) => ({
  node: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    fc.oneof(hardText, number, fc.boolean(), fc.constant(null)),
    fc.array(tie('node'), { maxLength: 4 }),
    fc.array(fc.tuple(key, tie('node')), { maxLength: 4 }).map((pairs) => {
      const object = {};
      for (const [name, value] of pairs) {
        Object.defineProperty(object, name, { value, enumerable: true, configurable: true, writable: true });
      }
      return object;
    }),
  ),
})).node;

const options: fc.Arbitrary<ToStringOptions> = fc.record(
  {
    defaultStringType: fc.constantFrom('PLAIN', 'QUOTE_SINGLE', 'QUOTE_DOUBLE', 'BLOCK_LITERAL', 'BLOCK_FOLDED'),
    collectionStyle: fc.constantFrom('any', 'block', 'flow'),
    indent: fc.constantFrom(1, 2, 3, 4),
    indentSeq: fc.boolean(),
    lineWidth: fc.constantFrom(0, 20, 40, 80),
    minContentWidth: fc.constant(0),
    flowCollectionPadding: fc.boolean(),
    defaultKeyType: fc.constantFrom('PLAIN', 'QUOTE_DOUBLE'),
  },
  { requiredKeys: [] },
) as fc.Arbitrary<ToStringOptions>;

/** Documents as people and programs print them: several styles, line ends, byte order mark. */
export const yamlText = fc
  .tuple(fc.array(fc.tuple(yamlValue, options), { minLength: 1, maxLength: 3 }), fc.boolean(), fc.boolean())
  .map(([documents, windows, marked]) => {
    const text = documents.map(([value, how]) => stringify(value, how)).join('---\n');
    return (marked ? '\ufeff' : '') + (windows ? text.replace(/\n/g, '\r\n') : text);
  });

const SNIPPETS = fc.constantFrom(
  ' ',
  '  ',
  '\n',
  '\t',
  ':',
  ': ',
  '- ',
  '? ',
  '#',
  ' #',
  '"',
  "'",
  '[',
  ']',
  '{',
  '}',
  ',',
  '|\n',
  '>-\n',
  '&a ',
  '*a',
  '!!str ',
  '!x ',
  '---\n',
  '...\n',
  '%YAML 1.2\n',
  '<<: ',
  '\\',
  '\r',
  '\r\n',
  '\ufeff',
  '\0',
  '~',
  '1',
  '1e999',
  '9007199254740993',
  '  - ',
  '\n  ',
);

/** Texts that are nearly YAML. */
export const damagedText = fc
  .tuple(
    yamlText,
    fc.array(fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.nat({ max: 4 }), SNIPPETS), {
      minLength: 1,
      maxLength: 4,
    }),
  )
  .map(([text, damages]) =>
    damages.reduce((damaged, [where, cut, snippet]) => {
      const at = Math.floor(where * damaged.length);
      return damaged.slice(0, at) + snippet + damaged.slice(at + cut);
    }, text),
  );
