import { describe, expect, test } from 'vitest';
import { summarise } from '../../src/report/order.ts';
import { renderText } from '../../src/report/text.ts';
import type { Diagnostic } from '../../src/source/diagnostic.ts';
import type { SourceFile, Span } from '../../src/source/span.ts';

function fileOf(text: string, path = 'specs/checkout/slo.yaml'): SourceFile {
  return { path, text };
}

function spanOf(file: SourceFile, words: string, from = 0): Span {
  const start = file.text.indexOf(words, from);
  return { file, start, end: start + words.length };
}

function finding(span: Span | undefined, more: Partial<Diagnostic> = {}): Diagnostic {
  return {
    code: 'area/what',
    severity: 'error',
    message: 'it is wrong',
    related: [],
    ...(span && { span }),
    ...more,
  };
}

function render(...diagnostics: Diagnostic[]): string {
  return renderText(diagnostics, { color: false });
}

/** The frame alone, without place and message. */
function frame(text: string, start: number, end: number, maxWidth?: number): string {
  const options = { color: false, ...(maxWidth && { maxWidth }) };
  return renderText([finding({ file: fileOf(text), start, end })], options)
    .split('\n')
    .slice(2, -1)
    .join('\n');
}

const SLO = `${'#\n'.repeat(11)}      ratio:
        errors: >-
          sum(rate(http_request_total{code=~"5.."}[$window]))
`;

test('a finding looks as the command-line contract shows it', () => {
  const help = 'did you mean `http_requests_total` (specs/checkout/metrics.yaml:4)?';
  const message = '`http_request_total` is not in the metric catalogue';
  const span = spanOf(fileOf(SLO), 'http_request_total');
  expect(render(finding(span, { code: 'promql/unknown-metric', message, help }))).toBe(`\
specs/checkout/slo.yaml:14:20 error  promql/unknown-metric
  \`http_request_total\` is not in the metric catalogue
   12 |       ratio:
   13 |         errors: >-
   14 |           sum(rate(http_request_total{code=~"5.."}[$window]))
      |                    ^^^^^^^^^^^^^^^^^^
  help: did you mean \`http_requests_total\` (specs/checkout/metrics.yaml:4)?
`);
});

test('everything a finding can carry', () => {
  const file = fileOf('a: 1\nb: 2\na: 3\n');
  const related = [{ span: { file, start: 0, end: 1 }, message: '`a` is written here first' }];
  const cause = { tool: 'promtool', text: 'unexpected <by>\n\tin aggregation\n' };
  expect(
    render(finding(spanOf(file, 'a', 5), { severity: 'warning', message: 'one\ntwo', related, cause, help: 'x\ny' })),
  ).toBe(`\
specs/checkout/slo.yaml:3:1 warning  area/what
  one
  two
    1 | a: 1
    2 | b: 2
    3 | a: 3
      | ^
  promtool says: unexpected <by>
        in aggregation
  specs/checkout/slo.yaml:1:1 \`a\` is written here first
    1 | a: 1
      | ^
  help: x
    y
`);
});

test('a finding about the workspace as a whole has no place', () => {
  expect(render(finding(undefined, { severity: 'info' }))).toBe('info  area/what\n  it is wrong\n');
});

test('nothing to show is nothing', () => {
  expect(render()).toBe('');
});

describe('order', () => {
  const a = fileOf('x: 1\ny: 2\n', 'a.yaml');
  const b = fileOf('x: 1\n', 'b.yaml');

  test('by file, place and code, whatever the order they come in; identical ones once', () => {
    const findings = [
      finding({ file: b, start: 0, end: 1 }),
      finding({ file: a, start: 5, end: 6 }),
      finding({ file: a, start: 0, end: 1 }, { code: 'b/code' }),
      finding({ file: a, start: 0, end: 1 }, { code: 'a/code' }),
      finding(undefined),
      finding({ file: { ...a }, start: 5, end: 6 }),
    ];
    const heads = (text: string) => text.split('\n').filter((line) => /^\S/.test(line));
    expect(heads(render(...findings))).toEqual([
      'error  area/what',
      'a.yaml:1:1 error  a/code',
      'a.yaml:1:1 error  b/code',
      'a.yaml:2:1 error  area/what',
      'b.yaml:1:1 error  area/what',
    ]);
    expect(render(...findings.reverse())).toBe(render(...findings));
  });

  test('a summary counts what is shown', () => {
    const one = finding({ file: a, start: 0, end: 1 });
    expect(summarise([])).toBe('no findings');
    expect(summarise([one, { ...one }, finding(undefined), finding(undefined, { severity: 'warning' })])).toBe(
      '2 errors, 1 warning',
    );
    expect(summarise([finding(undefined, { severity: 'info' })])).toBe('1 info');
  });
});

describe('carets stand below what they mean', () => {
  test.each([
    ['wide characters', 'name: 日本語 x', 'x', '    1 | name: 日本語 x\n      |              ^'],
    ['wide characters marked', 'name: 日本 x', '日本', '    1 | name: 日本 x\n      |       ^^^^'],
    ['emoji', 'a: 👩‍👩‍👧 🇩🇪 ✔️ x', 'x', '    1 | a: 👩‍👩‍👧 🇩🇪 ✔️ x\n      |             ^'],
    ['combining marks', 'a: e\u0301e\u0301 x', 'x', '    1 | a: e\u0301e\u0301 x\n      |       ^'],
    ['half of a character', 'a: 😀 x', '\ude00', '    1 | a: 😀 x\n      |    ^^'],
    ['tabs', '\ta:\tx', 'x', '    1 |     a:  x\n      |         ^'],
    ['control characters', 'a: \x1b[31m x', 'x', '    1 | a: �[31m x\n      |          ^'],
    ['characters that turn the text', 'a: \u202ex', 'x', '    1 | a: �x\n      |     ^'],
    ['a byte order mark', '\ufeffa: x', 'x', '    1 | a: x\n      |    ^'],
  ])('%s', (_, text, words, expected) => {
    const start = text.lastIndexOf(words);
    expect(frame(text, start, start + words.length)).toBe(expected);
  });
});

describe('edges', () => {
  test('an empty file has no frame', () => {
    expect(render(finding({ file: fileOf(''), start: 0, end: 0 }))).toBe(
      'specs/checkout/slo.yaml:1:1 error  area/what\n  it is wrong\n',
    );
  });

  test('an empty span and the end of the file get one caret', () => {
    expect(frame('a:\n', 2, 2)).toBe('    1 | a:\n      |   ^');
    expect(frame('a: [1', 5, 5)).toBe('    1 | a: [1\n      |      ^');
    expect(frame('a: 1\n', 5, 5)).toBe('    1 | a: 1\n    2 |\n      | ^');
    expect(frame('a: 1\n', 99, 200)).toBe('    1 | a: 1\n    2 |\n      | ^');
  });

  test('Windows line ends', () => {
    expect(frame('a: 1\r\nb: 2\r\n', 6, 10)).toBe('    1 | a: 1\n    2 | b: 2\n      | ^^^^');
    expect(frame('a: 1\r\nb: 2\r\n', 4, 6)).toBe('    1 | a: 1\n      |     ^');
  });

  test('a span over several lines marks the first and names the last', () => {
    const text = 'a:\n  b: 1\n  c: 2\nd: 3\n';
    expect(frame(text, 5, 16)).toBe('    1 | a:\n    2 |   b: 1\n      |   ^^^^ … to line 3');
    expect(frame(text, 5, 17)).toBe('    1 | a:\n    2 |   b: 1\n      |   ^^^^ … to line 3');
    expect(frame(text, 5, 10)).toBe('    1 | a:\n    2 |   b: 1\n      |   ^^^^');
  });

  test('many lines need a wider gutter', () => {
    const text = '\n'.repeat(99_999);
    expect(frame(`${text}a`, text.length, text.length + 1)).toBe('   99998 |\n   99999 |\n  100000 | a\n         | ^');
  });
});

describe('long lines', () => {
  const words = Array.from({ length: 40 }, (_, index) => `word${String(index).padStart(2, '0')}`).join(' ');

  test.each([
    ['at the start', 'word00', '    1 | word00 word01 word02 word03 word04 word…\n      | ^^^^^^'],
    ['in the middle', 'word20', '    1 | …ord18 word19 word20 word21 word22 word…\n      |               ^^^^^^'],
    [
      'at the end',
      'word39',
      '    1 | …d34 word35 word36 word37 word38 word39\n      |                                  ^^^^^^',
    ],
  ])('are cut around the caret: %s', (_, word, expected) => {
    const start = words.indexOf(word);
    expect(frame(words, start, start + word.length, 40)).toBe(expected);
  });

  test('are cut at 160 columns if nothing else is said, other lines too', () => {
    const lines = frame(`${words}\n${words}\n`, words.length + 1, words.length + 7).split('\n');
    expect(lines.map((line) => line.length)).toEqual([168, 168, 14]);
    expect(lines[0]).toMatch(/…$/);
  });

  test('of megabytes take no time', () => {
    const text = `a: ${'日'.repeat(3_000_000)}x`;
    const shown = frame(text, text.length - 1, text.length, 20);
    expect(shown).toBe('    1 | …日日日日日日日日x\n      |                  ^');
  });

  test('a marked stretch longer than the room is marked as far as it is shown', () => {
    expect(frame('x'.repeat(100), 0, 100, 10)).toBe(`    1 | ${'x'.repeat(9)}…\n      | ${'^'.repeat(9)}`);
  });
});

test('colours are for terminals', () => {
  const span = spanOf(fileOf('a: 1\n'), '1');
  const shown = renderText([finding(span, { help: 'mend it' })], { color: true });
  expect(shown).toContain('\u001b[31m\u001b[1merror');
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the colours
  expect(shown.replace(/\u001b\[\d+m/g, '')).toBe(render(finding(span, { help: 'mend it' })));
  expect(render(finding(span))).not.toContain('\u001b');
});

test('an author cannot command the terminal', () => {
  const file = fileOf('a: 1\n', 'specs/\u001b[2J.yaml');
  expect(render(finding({ file, start: 0, end: 1 }, { message: 'the value `\u001b[2J`', help: '\u009b' }))).not.toMatch(
    /\p{Cc}(?<!\n)/u,
  );
});
