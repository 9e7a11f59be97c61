import { expect, test } from 'vitest';
import { renderJson, reportOf } from '../../src/report/json.ts';
import type { Diagnostic } from '../../src/source/diagnostic.ts';

const file = { path: 'specs/a.yaml', text: 'a: 1\r\nb: 😀\r\na: 3\r\n' };

const duplicate: Diagnostic = {
  code: 'yaml/duplicate-key',
  severity: 'error',
  message: 'the key `a` is written twice',
  span: { file, start: 13, end: 14 },
  related: [{ span: { file, start: 0, end: 1 }, message: 'here first' }],
  help: 'delete one',
};

const unused: Diagnostic = { code: 'lint/unused', severity: 'warning', message: 'unused', related: [] };

test('the report has exactly the fields of the contract', () => {
  const tools = [{ name: 'promtool', version: '2.42.0', ran: true }];
  expect(JSON.parse(renderJson([{ name: 'shop', diagnostics: [duplicate, unused, duplicate], tools }]))).toEqual({
    version: 1,
    projects: [
      {
        name: 'shop',
        diagnostics: [
          {
            code: 'lint/unused',
            severity: 'warning',
            message: 'unused',
            file: null,
            line: null,
            column: null,
            endLine: null,
            endColumn: null,
            help: null,
            related: [],
          },
          {
            code: 'yaml/duplicate-key',
            severity: 'error',
            message: 'the key `a` is written twice',
            file: 'specs/a.yaml',
            line: 3,
            column: 1,
            endLine: 3,
            endColumn: 2,
            help: 'delete one',
            related: [{ message: 'here first', file: 'specs/a.yaml', line: 1, column: 1, endLine: 1, endColumn: 2 }],
          },
        ],
        tools,
      },
    ],
    summary: { errors: 1, warnings: 1, infos: 0 },
  });
});

test('columns count UTF-16 code units, ends are exclusive, and spans may cross lines', () => {
  const [project] = reportOf([
    { name: 'shop', diagnostics: [{ ...unused, span: { file, start: 9, end: 15 } }], tools: [] },
  ]).projects;
  expect(project!.diagnostics[0]).toMatchObject({ line: 2, column: 4, endLine: 3, endColumn: 3 });
});

test('what several projects or environments share counts once', () => {
  const one = { name: 'one', diagnostics: [duplicate], tools: [] };
  const two = { name: 'two', diagnostics: [duplicate, unused], tools: [] };
  expect(reportOf([one, two]).summary).toEqual({ errors: 1, warnings: 1, infos: 0 });
  expect(renderJson([]).endsWith('}\n')).toBe(true);
});
