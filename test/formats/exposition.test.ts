import { execFileSync, spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readExposition } from '../../src/formats/exposition/read.ts';
import { renderText } from '../../src/report/text.ts';
import { describeWithTools, requireTool } from '../tools.ts';
import { type PageFamily, pageFamilies, writePage } from './exposition-pages.ts';

const OPEN_METRICS = 'application/openmetrics-text; version=1.0.0; charset=utf-8';

function read(text: string, mediaType?: string) {
  const [{ families, isOpenMetrics }, found] = readExposition({ path: 'page', text }, mediaType);
  const shown = families.map(({ samples, ...rest }) => ({
    ...rest,
    samples: samples.map(({ start: _, end: __, labels, ...sample }) => ({
      ...sample,
      labels: Object.fromEntries(labels),
    })),
  }));
  return { families: shown, isOpenMetrics, found };
}

function faults(text: string, mediaType?: string): string[] {
  const [, found] = readExposition({ path: 'page', text }, mediaType);
  return found.map(({ code, message, span }) => `${code} ${span!.file.text.slice(span!.start, span!.end)}: ${message}`);
}

describe('a page in the text format', () => {
  it('is read with its odd spacing, escapes and times', () => {
    const page = [
      '# HELP  a_total \t What\\nis \\\\ counted ',
      '#  TYPE a_total\tcounter',
      '# a comment, # TYPE too',
      '#TYPE a_total gauge',
      '# constructor of things',
      '  a_total { x = "1" , y="a\\"b\\\\c\\nd\\q", } 1e+03 -1395066363000  ',
      '',
      'a_total{} +Inf\r',
      'b NaN',
    ].join('\n');
    const { families, isOpenMetrics, found } = read(page);
    expect(found).toEqual([]);
    expect(isOpenMetrics).toBe(false);
    expect(families).toEqual([
      {
        name: 'a_total',
        type: 'counter',
        help: 'What\nis \\ counted',
        samples: [
          { name: 'a_total', labels: { x: '1', y: 'a"b\\c\nd\\q' }, value: 1000, timestamp: -1395066363000 },
          { name: 'a_total', labels: {}, value: Number.POSITIVE_INFINITY },
        ],
      },
      { name: 'b', samples: [{ name: 'b', labels: {}, value: Number.NaN }] },
    ]);
  });

  it('may have its types behind the samples, and quoted names', () => {
    const { families, found } = read(
      'h_sum 1\n{"my.metric", "a.b"="c"} 2\n# TYPE "my.metric" gauge\n# TYPE h histogram\n',
    );
    expect(found).toEqual([]);
    expect(families).toEqual([
      { name: 'my.metric', type: 'gauge', samples: [{ name: 'my.metric', labels: { 'a.b': 'c' }, value: 2 }] },
      { name: 'h', type: 'histogram', samples: [{ name: 'h_sum', labels: {}, value: 1 }] },
    ]);
  });

  it('is reported line by line where it cannot be read', () => {
    const wrong: readonly (readonly [string, string])[] = [
      ['5', '5: here the name of a metric is expected'],
      ['a', 'a: `a` has no value'],
      ['a five', 'five: `five` is no value'],
      ['a 0x1p2', '0x1p2: `0x1p2` is no value'],
      ['a 1_000', '1_000: `1_000` is no value'],
      ['a 1 1.5', '1.5: `1.5` is no time'],
      ['a 1 2 3', '3: the line goes on behind its end'],
      ['a 1 # {x="1"} 1', '# {x="1"} 1: the line goes on behind its end'],
      ['a{x=1} 1', '1}: the value of the label `x` is not in double quotes'],
      ['a{x="1} 1', '"1}: the value of the label `x` has no closing quote'],
      ['a{x} 1', '}: behind the label name `x` there is no `=`'],
      ['a{x="1"y="2"} 1', 'y="2"}: between two labels there is no comma'],
      ['a{x="1",x="2"} 1', 'x="2": the label `x` is there twice'],
      ['a{x:y="1"} 1', 'x:y=: `x:y` is no label name'],
      ['a{1="1"} 1', '1="1"}: here a label name is expected'],
      ['a{"b"} 1', 'a{"b"}: the metric has two names'],
      ['{"a","b"} 1', '"b": the metric has two names'],
      ['# TYPE a coutner', 'coutner: `coutner` is no type of metric'],
      ['# TYPE a', ': `a` gets no type'],
      ['# HELP', ': behind `HELP` the name of a metric is expected'],
    ];
    for (const [line, fault] of wrong)
      expect(faults(`ok 1\n${line}\nok 2\n`)).toEqual([`exposition/unreadable-line ${fault}`]);
    expect(faults('a{x="1"')).toEqual(['exposition/unreadable-line : the braces of the labels are not closed']);
    expect(faults(wrong.map(([line]) => line).join('\n'))).toHaveLength(wrong.length);
  });

  it('shows the characters', () => {
    const [, found] = readExposition({ path: 'http://shop/metrics', text: 'up 1\nup{job=api} 1\n' });
    expect(renderText(found, { color: false })).toContain(
      'http://shop/metrics:2:8 error  exposition/unreadable-line\n  the value of the label `job` is not in double quotes\n    1 | up 1\n    2 | up{job=api} 1\n      |        ^^^^\n',
    );
  });

  it('keeps the first of two types', () => {
    expect(faults('# TYPE a gauge\n# TYPE a gauge\n# TYPE a counter\na 1\n')).toEqual([
      'exposition/two-types # TYPE a counter: `a` is called a counter here and a gauge above',
    ]);
  });

  it('is told from a page for browsers', () => {
    expect(faults('\n <!DOCTYPE html>\n<html>')).toEqual([
      'exposition/not-metrics <!DOCTYPE: this page begins with `<!DOCTYPE`: it is made for browsers and has no metrics',
    ]);
  });
});

describe('a page in OpenMetrics', () => {
  const page = [
    '# TYPE a counter',
    '# UNIT a seconds',
    '# HELP a Says \\"so\\"',
    'a_total{x="1"} 17.0 1520879607.789 # {trace_id="KO"} 0.67 1520879608.5',
    'a_created{x="1"} 1520872607.123',
    '# TYPE b unknown',
    'b 1 # {} 2',
    '# EOF',
    '',
  ].join('\n');

  it('is read with exemplars and times', () => {
    const { families, isOpenMetrics, found } = read(page);
    expect(found).toEqual([]);
    expect(isOpenMetrics).toBe(true);
    expect(families).toMatchObject([
      {
        name: 'a',
        type: 'counter',
        unit: 'seconds',
        help: 'Says "so"',
        samples: [{ name: 'a_total', labels: { x: '1' }, value: 17, timestamp: 1520879607.789 }, { name: 'a_created' }],
      },
      { name: 'b', type: 'untyped', samples: [{ name: 'b', value: 1, exemplar: { value: 2 } }] },
    ]);
    const [exposition] = readExposition({ path: 'page', text: page });
    expect(exposition.families[0]!.samples[0]!.exemplar).toEqual({
      labels: new Map([['trace_id', 'KO']]),
      value: 0.67,
      timestamp: 1520879608.5,
    });
  });

  it('ends with its last line', () => {
    expect(faults(page, OPEN_METRICS)).toEqual([]);
    expect(faults(page.replace('# EOF\n', ''), OPEN_METRICS)).toEqual([
      'exposition/cut-off : the page does not end with `# EOF`: a part of it is missing',
    ]);
    expect(faults(`${page}c 1\n`, OPEN_METRICS)).toEqual([
      'exposition/unreadable-line c 1: the page goes on behind `# EOF`',
    ]);
    expect(faults('a 1 # 5\n', OPEN_METRICS)[0]).toBe('exposition/unreadable-line 5: the exemplar has no labels');
  });
});

function asRead(families: readonly PageFamily[]) {
  return families.map(({ name, type, help, samples }) => ({
    name,
    type,
    ...(help !== undefined && { help }),
    samples,
  }));
}

describe('any page', () => {
  it('is read as it was written', () => {
    fc.assert(
      fc.property(pageFamilies, (families) => {
        const { families: back, found } = read(writePage(families));
        expect(found).toEqual([]);
        expect(back).toEqual(asRead(families));
      }),
      { numRuns: 300 },
    );
  });

  it('never stops the reader, and every fault lies within it', () => {
    const pieces = fc.constantFrom(
      'a',
      '_total',
      '{',
      '}',
      '"',
      '=',
      ',',
      ' ',
      '\n',
      '#',
      ' TYPE ',
      ' HELP ',
      '1',
      '\\',
      'é',
      '\r',
      'NaN',
      ' EOF',
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 60 }), fc.constantFrom(undefined, OPEN_METRICS), (parts, mediaType) => {
        const text = parts.join('');
        const [, found] = readExposition({ path: 'page', text }, mediaType);
        for (const { span } of found) {
          expect(span!.start).toBeGreaterThanOrEqual(0);
          expect(span!.end).toBeGreaterThanOrEqual(span!.start);
          expect(span!.end).toBeLessThanOrEqual(text.length);
        }
      }),
      { numRuns: 500 },
    );
  });
});

describeWithTools(['promtool'], 'promtool check metrics', () => {
  /** 3 is what it thinks of names; 1 is a page that it cannot read. */
  function isReadable(text: string): boolean {
    const { status, stderr } = spawnSync(requireTool('promtool'), ['check', 'metrics'], {
      input: text,
      encoding: 'utf8',
    });
    expect([0, 1, 3], stderr).toContain(status);
    return status !== 1;
  }

  it('reads the pages that the tests write', () => {
    expect(execFileSync(requireTool('promtool'), ['--version'], { encoding: 'utf8' })).toContain('promtool');
    for (const families of fc.sample(pageFamilies, { numRuns: 20, seed: 5 })) {
      expect(isReadable(writePage(families)), writePage(families)).toBe(true);
    }
  });

  it.each([
    'a five\n',
    'a{x=1} 1\n',
    'a{x="1} 1\n',
    'a{x} 1\n',
    'a 1 1.5\n',
    'a 1 2 3\n',
    '# TYPE a coutner\na 1\n',
    'a{x="1",x="2"} 1\n',
  ])('refuses %s, as we do', (text) => {
    expect(isReadable(text)).toBe(false);
    expect(faults(text)).toHaveLength(1);
  });
});
