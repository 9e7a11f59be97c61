// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the braces are those of parameters
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compile } from '../../src/pipeline/compile.ts';
import { parseExpression } from '../../src/promql/parser.ts';
import { parseMatchers, parseSelector } from '../../src/promql/selector.ts';
import { renderText } from '../../src/report/text.ts';
import type { Span } from '../../src/source/span.ts';
import { describeWithTools, versionsOf } from '../tools.ts';

const seed = Number(process.env.FC_SEED ?? 20_261_121);

/** Whether YAML and Prometheus know all characters of a text; neither has lone surrogates. */
function isWritable(text: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: those are what is left out
  return !/\p{Cs}|[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/u.test(text);
}

/** What tries to end a string, a matcher, an expression, a comment, a line of YAML, or to open a Go template. */
const NASTY = [
  '"',
  "'",
  '`',
  '\\',
  '{',
  '}',
  '{{',
  '}}',
  '$',
  '$$',
  '$text',
  '${text}',
  '[[text]]',
  '#',
  '\n',
  '\t',
].concat(['"} or vector(1) #', '{{ $value }}', '{{ .Labels.a }}', ' or up', ',', ')', ']', '%', '😀', 'é', '- ', ': ']);

const texts = fc
  .array(fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...NASTY) }, fc.string({ unit: 'binary', maxLength: 4 })), {
    maxLength: 6,
  })
  .map((parts) => parts.join(''))
  .filter(isWritable);

const PROJECT = `kind: Project
metadata: { name: shop }
---
kind: Channel
metadata: { name: chat }
spec: { slack: { channel: "#shop", apiUrl: { secret: slack-url } } }
---
`;

/** A workspace in which a service takes over one rule for each value. */
function workspace(type: string, values: readonly unknown[], expr: string, more = ''): string {
  const uses = values.map((value, index) => {
    const number = `number: "${index}"`;
    return `    - { policy: shared, as: p${index}, with: { what: ${JSON.stringify(value)}, ${number} } }\n`;
  });
  return `${PROJECT}kind: Service
metadata: { name: checkout }
spec:
  use:
${uses.join('')}---
kind: AlertPolicy
metadata: { name: shared }
spec:
  params: { what: { type: ${type} }, number: { type: string } }
  rules:
    - alert: A
      severity: critical
      expr: ${JSON.stringify(expr)}
      labels: { number: $number }
${more}`;
}

/** The expressions that come out, in the order of the values. */
function expressions(text: string): readonly string[] {
  const [compilations, loose] = compile([{ path: 'specs/a.yaml', text }]);
  const findings = [...loose, ...compilations.flatMap(({ diagnostics }) => diagnostics)];
  expect(renderText(findings, { color: false })).toBe('');
  const alerts = compilations[0]!.rules!.groups.flatMap(({ rules }) => rules);
  const byNumber = alerts.flatMap((rule) => ('alert' in rule ? [[Number(rule.labels.number), rule] as const] : []));
  return byNumber.sort(([left], [right]) => left - right).map(([, { expr }]) => expr.text);
}

describe('a value of a parameter', () => {
  it('is one text, whatever is in it', () => {
    fc.assert(
      fc.property(fc.array(texts, { minLength: 1, maxLength: 5 }), (values) => {
        const found = expressions(workspace('string', values, 'x{a=$what} > 0'));
        found.forEach((expr, index) => {
          const selector = parseSelector(expr.replace(/ > 0$/, ''));
          expect(selector?.matchers.map(({ value }) => value)).toEqual([values[index]]);
        });
      }),
      { numRuns: 150, seed },
    );
  });

  it('is the matchers that it says, and nothing behind them', () => {
    const matcher = fc.tuple(fc.constantFrom('a', 'b', 'c'), fc.constantFrom('=', '!='), texts);
    const comment = fc.constantFrom('', ' # } > 0\n', '\n# "\n', ' ');
    const selectors = fc
      .tuple(fc.array(matcher, { maxLength: 3 }), comment, comment)
      .map(
        ([all, inside, after]) =>
          `{${all.map(([label, operator, value]) => `${label}${operator}${JSON.stringify(value)}${inside}`).join(',')}}${after}`,
      );
    fc.assert(
      fc.property(selectors, (value) => {
        const [expr = ''] = expressions(workspace('selector', [value], 'x{z="1", $what} + x$what > 0'));
        expect(parseExpression(expr, { holes: [] }).faults).toEqual([]);
        const [, first = '', second = ''] = /^x(\{.*\}) \+ x(\{.*\}) > 0$/su.exec(expr) ?? [];
        const wanted = parseMatchers(value)!.map(({ label, operator, value: own }) => [label, operator, own]);
        const seen = (text: string) =>
          parseMatchers(text)?.map(({ label, operator, value: own }) => [label, operator, own]);
        expect(seen(second)).toEqual(wanted);
        expect(seen(first)).toEqual([['z', '=', '1'], ...wanted]);
      }),
      { numRuns: 150, seed },
    );
  });

  it('is one number, and a duration is seconds outside of ranges', () => {
    const number = fc.tuple(fc.integer({ min: -99_999, max: 99_999 }), fc.integer({ min: 0, max: 999 }));
    fc.assert(
      fc.property(number, fc.integer({ min: 1, max: 100_000 }), ([whole, part], seconds) => {
        const value = `${whole}.${part}`;
        const [plain = ''] = expressions(workspace('number', [value], 'x * $what > -$what ^ 2'));
        expect(parseExpression(plain, { holes: [] }).faults).toEqual([]);
        const printed = /^x \* (?:\((-[\d.]+)\)|([\d.]+)) > -(?:\((-[\d.]+)\)|([\d.]+)) \^ 2$/.exec(plain) ?? [];
        expect(printed.slice(1).flatMap((each) => (each === undefined ? [] : [Number(each)]))).toEqual([
          Number(value),
          Number(value),
        ]);
        const [timed] = expressions(workspace('duration', [`${seconds}s`], 'rate(x[$what]) > $what'));
        expect(timed).toMatch(new RegExp(`^rate\\(x\\[[\\dhmsd]+\\]\\) > ${seconds}$`));
      }),
      { numRuns: 80, seed },
    );
  });
});

describe('a finding about a filled text', () => {
  const holes = fc.constantFrom('$what', '${what}', '$number', '$service', '[[what]]', '$selector');
  const pieces = fc.constantFrom(
    'x',
    '{',
    '}',
    '(',
    ')',
    '[',
    ']',
    ' > ',
    ' + ',
    'a=',
    '"',
    ',',
    ' by ',
    '5m',
    '1',
    '#',
    '\\',
  );
  const exprs = fc.array(fc.oneof(holes, pieces), { minLength: 1, maxLength: 10 }).map((parts) => parts.join(''));
  const types = fc.constantFrom('string', 'selector', 'number', 'duration', 'ratio', 'name');
  const values = fc.oneof(texts, fc.constantFrom('5m', '1', '1%', 'a-b', '{a="b"}', '{}'));

  it('is at the text or at the value', () => {
    let found = 0;
    fc.assert(
      fc.property(exprs, types, values, (expr, type, value) => {
        const text = workspace(type, [value], expr, `      summary: ${JSON.stringify(expr)}\n`);
        const [compilations, loose] = compile([{ path: 'specs/a.yaml', text }]);
        const findings = [...loose, ...compilations.flatMap(({ diagnostics }) => diagnostics)];
        const lines = text.split('\n');
        const wanted = /expr:|summary:|policy: shared|params:|alert: A|severity|name: shared/;
        const check = ({ start, end, via = [] }: Span) => {
          expect(start).toBeLessThanOrEqual(end);
          expect(end).toBeLessThanOrEqual(text.length);
          expect(lines[text.slice(0, start).split('\n').length - 1]).toMatch(wanted);
          for (const { span } of via) check(span);
        };
        for (const { span, code } of findings) if (span && /^(promql|parameter)\//.test(code)) check(span);
        found += findings.length;
        expect(renderText(findings, { color: false })).not.toContain('undefined`');
      }),
      { numRuns: 400, seed },
    );
    expect(found).toBeGreaterThan(300);
  });
});

/** A text as an input series of promtool writes it, each character by its number. */
function escaped(text: string): string {
  return [...text].map((each) => `\\U${each.codePointAt(0)!.toString(16).padStart(8, '0')}`).join('');
}

describeWithTools(['promtool'], 'what Prometheus makes of a text', () => {
  const promtools = versionsOf('promtool');

  it.each(promtools.map((each) => [each.version, each.path]))(
    'promtool %s: the series of that value, and the words as they are',
    (_version, path) => {
      const values = fc.sample(texts, { numRuns: 120, seed }).concat(NASTY.filter(isWritable));
      const summary = '      summary: "{$what} {{ $value }} $what{$what"\n';
      const text = workspace('string', values, 'x{a=$what, n=$number} == 1', summary);
      const [[compilation] = [], loose] = compile([{ path: 'specs/a.yaml', text }]);
      expect(renderText([...loose, ...compilation!.diagnostics], { color: false })).toBe('');
      const rules = compilation!.artifacts!.find((each) => each.path === 'prometheus/rules/checkout.yml')!.text;
      const folder = mkdtempSync(join(tmpdir(), 'qmon-parameters-'));
      try {
        writeFileSync(join(folder, 'rules.yml'), rules);
        const expected = values.map((a, index) => ({
          exp_labels: {
            ...(a !== '' && { a }),
            n: String(index),
            number: String(index),
            severity: 'critical',
            service: 'checkout',
          },
          exp_annotations: { summary: `{${a}} 1 ${a}{${a}` },
        }));
        const tests = {
          rule_files: ['rules.yml'],
          tests: [
            {
              input_series: values.map((a, index) => ({
                series: `x{n="${index}",a="${escaped(a)}"}`,
                values: '1 1',
              })),
              alert_rule_test: [{ eval_time: '1m', alertname: 'A', exp_alerts: expected }],
            },
          ],
        };
        writeFileSync(join(folder, 'tests.yml'), JSON.stringify(tests));
        const said = execFileSync(path, ['test', 'rules', 'tests.yml'], { cwd: folder, encoding: 'utf8' });
        expect(said).toContain('SUCCESS');
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
    },
  );
});
