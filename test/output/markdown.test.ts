import { describe, expect, test } from 'vitest';
import {
  codeFence,
  codeSpan,
  escapeMarkdown,
  listItem,
  markdownLink,
  markdownTable,
  proseMarkdown,
  tidyMarkdown,
} from '../../src/output/markdown.ts';
import { renderMarkdown } from '../../src/output/template.ts';

describe('escapeMarkdown', () => {
  test.each([
    ['P1_CRITICAL and http_requests_total', 'P1_CRITICAL and http_requests_total'],
    ['_emphasis_ and *stars*', '\\_emphasis\\_ and \\*stars\\*'],
    ['run `kubectl get *` now', 'run `kubectl get *` now'],
    ['a lone ` tick', 'a lone \\` tick'],
    ['Error rate < 5% & rising', 'Error rate < 5% & rising'],
    ['<b>bold</b> &amp;', '\\<b>bold\\</b> \\&amp;'],
    ['[link](x)', '\\[link\\](x)'],
    ['# no heading', '\\# no heading'],
    ['- no list', '\\- no list'],
    ['1. no list', '1\\. no list'],
    ['---', '\\---'],
    ['~~gone~~', '\\~\\~gone\\~\\~'],
    ['C:\\path', 'C:\\\\path'],
    ['two\n  lines', 'two lines'],
  ])('%s', (text, markdown) => {
    expect(escapeMarkdown(text)).toBe(markdown);
  });
});

describe('blocks', () => {
  test('prose keeps paragraphs and lists', () => {
    const text = 'First *words*\nSecond line\n- one\n  more of one\n- two\n\nEnd';
    expect(proseMarkdown(text)).toBe('First \\*words\\*\nSecond line\n\n- one\n  more of one\n- two\n\nEnd');
  });

  test('code survives backticks', () => {
    expect(codeSpan('a `b` c')).toBe('``a `b` c``');
    expect(codeSpan('`b`')).toBe('`` `b` ``');
    expect(codeFence('x\n```\ny\n', 'sh')).toBe('````sh\nx\n```\ny\n````');
  });

  test('tables survive bars, also in code', () => {
    expect(markdownTable(['A'], [['x | y'], ['`a|b`'], ['done \\| already']])).toBe(
      '| A |\n| --- |\n| x \\| y |\n| `a\\|b` |\n| done \\| already |',
    );
  });

  test('links survive brackets and blanks', () => {
    expect(markdownLink('a [b]', 'https://x.org/a (b)')).toBe('[a \\[b\\]](https://x.org/a%20%28b%29)');
  });

  test('list items hold code', () => {
    expect(listItem('10.', 'Do\n\n```sh\nx\n\ny\n```')).toBe('10. Do\n\n    ```sh\n    x\n\n    y\n    ```');
  });

  test('blank lines are put in order, but not in code', () => {
    expect(tidyMarkdown('\n\na  \n\n\n\nb\n```\n\n\nc  \n```\n\n\n')).toBe('a\n\nb\n```\n\n\nc  \n```\n');
  });
});

describe('renderMarkdown', () => {
  test('stops where the data lacks a name that the template uses', () => {
    expect(() => renderMarkdown('runbook/head', { generated: 'x', source: 'x', title: 'x', overview: 'x' })).toThrow(
      'repeats itself over undefined',
    );
    expect(() => renderMarkdown('runbook/head', { generated: 'x', source: 'x', overview: 'x', glance: [] })).toThrow(
      'title',
    );
    expect(() =>
      renderMarkdown('runbook/steps', [{ text: 'x', code: [{ language: 'sh', text: 'x' }], links: [] }]),
    ).toThrow('lacks');
    expect(() => renderMarkdown('runbook/unknown', {})).toThrow('template runbook/unknown is missing');
  });

  test('escapes the words of authors as Markdown, not as HTML', () => {
    const page = renderMarkdown('runbook/head', {
      generated: 'x',
      source: 'x',
      title: `"Fish" & 'chips' *`,
      overview: 'o',
      glance: [],
    });
    expect(page).toContain(`# "Fish" & 'chips' \\*\n`);
  });
});
