import { describe, expect, test } from 'vitest';
import { positionAt } from '../../src/source/span.ts';
import { parseYaml } from '../../src/source/yaml.ts';

function read(text: string) {
  const [documents, diagnostics] = parseYaml({ path: 'specs/a.yaml', text });
  return { documents, diagnostics, values: documents.map(({ value }) => value) };
}

/** `code line:column text under the caret` of every finding. */
function findings(text: string): string[] {
  return read(text).diagnostics.map(({ code, span }) => {
    const { line, column } = positionAt(span!.file, span!.start);
    return `${code} ${line}:${column} ${text.slice(span!.start, span!.end)}`;
  });
}

function at(text: string, path: (string | number)[], part?: 'key' | 'value'): string {
  const span = read(text).documents[0]!.at(path, part);
  return text.slice(span.start, span.end);
}

function within(text: string, path: (string | number)[], start: number, end: number): string {
  const span = read(text).documents[0]!.within(path, start, end);
  return text.slice(span.start, span.end);
}

describe('values', () => {
  test('follow the core schema of YAML 1.2: dates, yes and 1:30 are texts', () => {
    const text =
      'a: 2026-01-01\nb: yes\nc: 1:30\nd: 012\ne: 0x10\nf: ~\ng: True\nh: 1e3\ni:\nj: .5\nk: 0o17\nl: 99.5%\n';
    expect(read(text).values).toEqual([
      {
        a: '2026-01-01',
        b: 'yes',
        c: '1:30',
        d: 12,
        e: 16,
        f: null,
        g: true,
        h: 1000,
        i: null,
        j: 0.5,
        k: 15,
        l: '99.5%',
      },
    ]);
  });

  test('infinity and not-a-number are numbers', () => {
    expect(read('[.inf, +.inf, +.Inf, -.INF, .nan, +.nan]').values).toEqual([
      [Infinity, Infinity, Infinity, -Infinity, NaN, '+.nan'],
    ]);
  });

  test('empty documents are left out, and the others keep their number', () => {
    const { documents } = read('# nothing\n---\n---\na: 1\n---\n# nothing\n---\nb: 2\n');
    expect(documents.map(({ value, index }) => [value, index])).toEqual([
      [{ a: 1 }, 1],
      [{ b: 2 }, 3],
    ]);
    expect(documents.map((each) => each.file.text.slice(each.span.start, each.span.end))).toEqual(['a: 1', 'b: 2']);
    expect(read('').values).toEqual([]);
    expect(read('# only a comment').values).toEqual([]);
  });

  test('a key named __proto__ is a key like any other', () => {
    const [value] = read('__proto__: { polluted: true }\n').values as [object];
    expect(Object.keys(value)).toEqual(['__proto__']);
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });

  test('an alias is its value', () => {
    expect(read('a: &x { b: 1 }\nc: *x\nd: [*x]\n').values).toEqual([{ a: { b: 1 }, c: { b: 1 }, d: [{ b: 1 }] }]);
  });

  test('tags of the core schema are obeyed', () => {
    expect(
      read('a: !!str 1\nb: !!int 2\nc: ! 3\nd: !!map {}\ne: !!seq []\nf: !!float 1.5\ng: !!bool true\nh: !!null\n')
        .values,
    ).toEqual([{ a: '1', b: 2, c: '3', d: {}, e: [], f: 1.5, g: true, h: null }]);
  });
});

describe('findings', () => {
  test.each([
    ['a: 1\nb: 2\na: 3\nb: 4\n', ['yaml/duplicate-key 3:1 a', 'yaml/duplicate-key 4:1 b']],
    ['a: 1\n"a": 2\n', ['yaml/duplicate-key 2:1 "a"']],
    ['1: x\n"1": y\n', ['yaml/duplicate-key 2:1 "1"']],
    ['? [a]\n: 1\n', ['yaml/key-not-text 1:3 [']],
    ['? {a: 1}\n: 1\n', ['yaml/key-not-text 1:3 {']],
    ['~: 1\nb: 2\n', ['yaml/key-not-text 1:1 ~']],
    ['a: 1\n: 2\n', ['yaml/key-not-text 2:1 :']],
    ['1.0: x\n', ['yaml/key-not-text 1:1 1.0']],
    ['a: &n x\n*n : 1\n', ['yaml/key-not-text 2:1 *n']],
    ['a: &n { b: 1 }\nc:\n  <<: *n\n', ['yaml/merge-key 3:3 <<']],
    ['a: *nome\n', ['yaml/unknown-alias 1:4 *nome']],
    ['a: &a [*a]\n', ['yaml/recursive-alias 1:8 *a']],
    ['a: 0.1234567890123456\n', ['yaml/number-too-precise 1:4 0.1234567890123456']],
    [
      'a: [9007199254740993, 1e999, 1e-999, 0xFFFFFFFFFFFFFFFF, 1e16]\n',
      [
        'yaml/number-too-precise 1:5 9007199254740993',
        'yaml/number-too-precise 1:23 1e999',
        'yaml/number-too-precise 1:30 1e-999',
        'yaml/number-too-precise 1:38 0xFFFFFFFFFFFFFFFF',
        'yaml/number-too-precise 1:58 1e16',
      ],
    ],
    ['a: [0.123456789012345, 1000000000000000, 0.0, .inf, +.inf, -.INF, .nan, 0e5, "12345678901234567890"]\n', []],
    ['a: !Ref b\n', ['yaml/tag 1:4 !Ref']],
    ['a: !!int x\nb: !!map []\nc: !!seq {}\n', ['yaml/tag 1:4 !!int', 'yaml/tag 2:4 !!map', 'yaml/tag 3:4 !!seq']],
    ['%YAML 1.1\n---\na: 1\n', ['yaml/directive 1:1 %YAML 1.1']],
    ['%YAML 1.2\n---\na: 1\n', []],
    ['a: 1\n...\n%TAG !! tag:example.org,2026:\n---\nb: 2\n', ['yaml/directive 3:1 %TAG !! tag:example.org,2026:']],
  ])('%j', (text, expected) => {
    expect(findings(text)).toEqual(expected);
  });

  test('a duplicate shows the first one', () => {
    const [finding] = read('a: 1\nb: 2\na: 3\n').diagnostics;
    expect(finding).toMatchObject({
      message: 'the key `a` is written twice in this mapping',
      related: [{ span: { start: 0, end: 1 } }],
    });
    expect(read('a: 1\nb: 2\na: 3\n').values).toEqual([{ a: 1, b: 2 }]);
  });

  test('an unknown alias proposes the nearest anchor', () => {
    expect(read('a: &name 1\nb: *nome\n').diagnostics[0]!.help).toBe('did you mean `*name`?');
  });

  test('anchors end with their document', () => {
    expect(findings('a: &x 1\n---\nb: *x\n')).toEqual(['yaml/unknown-alias 3:4 *x']);
  });

  test('an alias bomb is an error and leaves its document out', () => {
    const lines = ['a0: &a0 [x, x, x, x, x, x, x, x, x, x]'];
    for (let level = 1; level < 30; level++) {
      lines.push(
        `a${level}: &a${level} [${Array(10)
          .fill(`*a${level - 1}`)
          .join(', ')}]`,
      );
    }
    const { diagnostics, values } = read(`${lines.join('\n')}\n---\nfine: true\n`);
    expect(diagnostics.map(({ code }) => code)).toEqual(['yaml/too-many-aliases']);
    expect(diagnostics[0]!.message).toContain('100,000');
    expect(values).toEqual([{ fine: true }]);
  });

  test.each(['['.repeat(100_000), '- '.repeat(50_000), '{a: '.repeat(10_000), '? '.repeat(50_000)])(
    'depth %#',
    (text) => {
      expect(read(text).diagnostics.map(({ code }) => code)).toEqual(['yaml/too-deep']);
    },
  );

  test.each([`"\n${'['.repeat(100_000)}`, `: : "\n${'- '.repeat(50_000)}`, `a: 'b\n${'{a: '.repeat(50_000)}`])(
    'depth behind another fault %#',
    (text) => {
      expect(read(text).diagnostics.map(({ code }) => code)).toEqual(['yaml/syntax']);
    },
  );

  test('a file that is far too large is not read', () => {
    expect(read(`a: ${'x'.repeat(20_000_001)}`).diagnostics.map(({ code, message }) => [code, message])).toEqual([
      ['yaml/too-large', 'the file has 21 MB'],
    ]);
  });
});

describe('syntax', () => {
  test.each([
    ['a:\n\tb: 1\n', '2:1 \t', 'a tab is used for indentation'],
    ['a:\n    b: 1\n  c: 2\n', '3:3 c', 'this line is indented differently than the others of its mapping or list'],
    [
      'spec:\n  - name: a\n  expr: b\n',
      '3:3 expr',
      'this line is indented differently than the others of its mapping or list',
    ],
    ['x: 1\na: "open\nb: 2\n', '2:4 "', 'this quote is never closed'],
    ["x: 1\na: 'open\nb: 'two'\n", "2:4 '", 'this quote is never closed'],
    ['a: [1, 2\nb: 3\n', '2:1 b', 'a bracket that was opened before is not closed here'],
    ['description: Note: this is bad\n', '1:14 Note', 'a key stands inside a value: there is a second `: `'],
    ['a: "\\q"\n', '1:5 \\q', 'invalid escape sequence \\q'],
    ['a: `b`\n', '1:4 `', 'a text without quotes cannot begin with ```'],
    ['a: 1\nb\nc: 2\n', '2:1 b', '`b` is not followed by a colon'],
    [
      'a: {{ $labels.job }} is down\n',
      '1:22 is down',
      '`is down` does not belong here: the value before it is complete',
    ],
    ['a: {job="x"} > 1\n', '1:12 }', 'a comma or a colon is missing inside these brackets'],
    ['a: ]\n', '1:4 ]', '`]` does not belong here'],
    ['a: *\n', '1:4 *', 'alias cannot be an empty string'],
  ])('%j', (text, expected, message) => {
    expect(findings(text)[0]).toBe(`yaml/syntax ${expected}`);
    expect(read(text).diagnostics[0]!.message).toBe(message);
  });

  test('places count from the start of the file, behind a byte order mark and other documents', () => {
    expect(findings('\ufeffa: @b\n---\nc: @d\n')).toEqual(['yaml/syntax 1:5 @', 'yaml/syntax 3:4 @']);
  });

  test('every fault of a document, one a line', () => {
    expect(findings('a: @b\nc: `d` `e`\nf: 1\ng: %h\n')).toEqual([
      'yaml/syntax 1:4 @',
      'yaml/syntax 2:4 `',
      'yaml/syntax 4:4 %',
    ]);
  });

  test('a broken document stops only itself, and every one is reported', () => {
    const { values, diagnostics, documents } = read('a: b: c\n---\nfine: [1]\n---\nd: "\n---\nalso: fine\n');
    expect(values).toEqual([{ fine: [1] }, { also: 'fine' }]);
    expect(diagnostics.every(({ code }) => code === 'yaml/syntax')).toBe(true);
    expect(diagnostics.map(({ span }) => positionAt(span!.file, span!.start).line)).toEqual([1, 5]);
    expect(documents.map(({ index }) => index)).toEqual([1, 3]);
    const { start, end, file } = documents[1]!.at(['also']);
    expect(file.text.slice(start, end)).toBe('fine');
  });

  test('what only the yaml package accepts counts, with its positions', () => {
    const text =
      '\ufeffa: "\u0085"\nx: \x7f # js-yaml refuses this character\nb: |2\n   in\n  dented\nc: &n [é, {d: *n2}]\n'.replace(
        ', {d: *n2}',
        '',
      );
    const { values, diagnostics } = read(text);
    expect(diagnostics).toEqual([]);
    expect(values).toEqual([{ a: '\u0085', x: '\x7f', b: ' in\ndented\n', c: ['é'] }]);
    expect(at(text, ['c'])).toBe('[é]');
    expect(at(text, ['b'])).toBe('|2\n   in\n  dented');
    expect(within(text, ['b'], 4, 10)).toBe('dented');
  });
});

const SAMPLE = `kind: SLO   # comment
metadata: { name: "a b", labels: {} , list: [ x, [y] ] }
spec:
  empty:
  text: >-
    folded
    text
  keep: |+
    kept

  list:
  - one
  -
  - two:  2
    three: 'it''s'
`;

describe('positions', () => {
  test.each([
    [['kind'], 'SLO'],
    [['metadata'], '{ name: "a b", labels: {} , list: [ x, [y] ] }'],
    [['metadata', 'name'], '"a b"'],
    [['metadata', 'labels'], '{}'],
    [['metadata', 'list'], '[ x, [y] ]'],
    [['metadata', 'list', 1, 0], 'y'],
    [['spec', 'empty'], ''],
    [['spec', 'text'], '>-\n    folded\n    text'],
    [['spec', 'keep'], '|+\n    kept\n\n'],
    [['spec', 'list', 1], ''],
    [['spec', 'list', 2], "two:  2\n    three: 'it''s'"],
    [['spec', 'list', 2, 'missing'], "two:  2\n    three: 'it''s'"],
    [['spec', 'list', 9], "- one\n  -\n  - two:  2\n    three: 'it''s'"],
    [['kind', 'of', 'magic'], 'SLO'],
  ])('the value at %j', (path, expected) => {
    expect(at(SAMPLE, path)).toBe(expected);
  });

  test.each([
    [['kind'], 'kind'],
    [['metadata', 'labels'], 'labels'],
    [['spec', 'list', 2, 'three'], 'three'],
    [['spec', 'missing'], 'spec'],
    [['spec', 'list', 0], 'one'],
  ])('the key at %j', (path, expected) => {
    expect(at(SAMPLE, path, 'key')).toBe(expected);
  });

  test('nothing is written right after its mark', () => {
    const { documents } = read(SAMPLE);
    expect(documents[0]!.at(['spec', 'empty']).start).toBe(SAMPLE.indexOf('empty:') + 'empty:'.length);
    expect(documents[0]!.at(['spec', 'list', 1]).start).toBe(SAMPLE.indexOf('  -\n') + 3);
  });

  test('an aliased value is the alias; what is inside it is where it is written', () => {
    const text = 'a: &x { b: "c" }\nd: *x\ne: &y text\nf: *y\n';
    expect(at(text, ['d'])).toBe('*x');
    expect(at(text, ['d', 'b'])).toBe('"c"');
    expect(read(text).documents[0]!.within(['f'], 0, 4)).toMatchObject({ start: text.indexOf('text') });
  });

  test('pairs in lists, comments and brackets', () => {
    const text = 'a: [b: 1, {c: 2}: x, # ]\n  "d": [ ], # }\n  ]\n';
    expect(at(text, ['a'])).toBe('[b: 1, {c: 2}: x, # ]\n  "d": [ ], # }\n  ]');
    expect(at(text, ['a', 0])).toBe('b: 1');
    expect(at(text, ['a', 1])).toBe('{c: 2}: x');
    expect(at(text, ['a', 2, 'd'])).toBe('[ ]');
  });

  test('Windows line ends and a byte order mark count', () => {
    const text = '\ufeffa: 1\r\nb: |\r\n  x\r\n  y\r\nc: end\r\n';
    expect(read(text).values).toEqual([{ a: 1, b: 'x\ny\n', c: 'end' }]);
    expect(at(text, ['a'], 'key')).toBe('a');
    expect(at(text, ['b'])).toBe('|\r\n  x\r\n  y');
    expect(within(text, ['b'], 2, 3)).toBe('y');
    expect(at(text, ['c'])).toBe('end');
  });
});

describe('characters', () => {
  test.each([
    ['a: plain\n  text\n', 6, 10, 'text'],
    ['a: plain\n\n  text\n', 6, 10, 'text'],
    ["a: 'it''s here'\n", 5, 9, 'here'],
    ["a: 'it''s here'\n", 2, 3, "''"],
    ['a: "\\u00e9 \\"b\\" \\\n   c"\n', 2, 5, '\\"b\\"'],
    ['a: "\\u00e9 \\"b\\" \\\n   c"\n', 6, 7, 'c'],
    ['a: "\\U0001F600x"\n', 2, 3, 'x'],
    ['a: |\n  one\n\n   two\n', 5, 9, ' two'],
    ['a: |4-\n      one\n    two\n', 6, 9, 'two'],
    ['a: >\n  one\n  two\n\n  three\n', 8, 13, 'three'],
    ['a: >\n  one\n  two\n\n  three\n', 2, 5, 'e\n  t'],
    ['a: >-\n  one\n    two\n  three\n', 4, 9, '  two'],
    ['a: >\n\n  one\n', 1, 4, 'one'],
    ['- # comment\n  a: | # comment |\n    x\n', 0, 1, 'x'],
  ])('%j from %i to %i', (text, start, end, expected) => {
    expect(within(text, text.startsWith('-') ? [0, 'a'] : ['a'], start, end)).toBe(expected);
  });

  test('a stretch past the end is the end, and an empty one a place', () => {
    const [document] = read('a: text\n').documents;
    expect(document!.within(['a'], 9, 12)).toMatchObject({ start: 7, end: 7 });
    expect(document!.within(['a'], 2, 2)).toMatchObject({ start: 5, end: 5 });
    expect(document!.within(['a'], 2, 99)).toMatchObject({ start: 5, end: 7 });
  });

  test('what is no text is taken whole', () => {
    expect(within('a: { b: 1 }\n', ['a'], 0, 1)).toBe('{ b: 1 }');
  });
});
