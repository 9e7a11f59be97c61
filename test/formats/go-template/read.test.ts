import { describe, expect, test } from 'vitest';
import { usesOf } from '../../../src/formats/go-template/flow.ts';
import { functionNamed } from '../../../src/formats/go-template/functions.ts';
import { readTemplate } from '../../../src/formats/go-template/read.ts';
import { REAL } from './templates.ts';

/** The stretches that faults point at, with their messages. */
function faultsIn(text: string, version?: { major: number; minor: number }): string[] {
  const { faults } = readTemplate(text, { version });
  return faults.map(({ start, end, message }) => `${text.slice(start, end)} — ${message}`);
}

describe('templates that Prometheus reads', () => {
  test.each(REAL)('%s', (text) => {
    expect(faultsIn(text)).toEqual([]);
  });
});

describe('faults point at what is wrong', () => {
  test.each([
    ['{{ $value }', ['} — an action is closed by `}}`, not by a single `}`']],
    ['{{ $value', ['{{ — `{{` is never closed']],
    ['{{ $labels.job {{ $value }}', ['{ — `{{` inside an action that is not closed']],
    ['{{ $label.job }}', ['$label — the variable `$label` is not defined']],
    ['{{ $value | humanise }}', ['humanise — the function `humanise` does not exist in templates of Prometheus']],
    ['{{ if $value }}x', ['{{ if $value }} — `if` is never closed']],
    ['x{{ end }}', ['end — `end` closes nothing']],
    ['{{ if $value > 5 }}x{{ end }}', ['> — unexpected `>`: templates have no operators']],
    ['{{ $labels.foo-bar }}', ['- — unexpected `-` right after `$labels.foo`']],
    ['{{ printf "%s" $labels.a, $value }}', [', — unexpected `,`: arguments are separated by spaces']],
    ['{{ humanize($value) }}', ['( — a space is missing between `humanize` and `(`']],
    ['{{ (humanize $value }}', ['( — `(` is never closed']],
    ['{{ humanize $value) }}', [') — `)` closes nothing']],
    ['{{ match "\\d" $labels.a }}', ['\\d — unknown escape `\\d` in a string']],
    ["{{ eq $labels.a 'abc' }}", ["'abc' — `'abc'` is not one character"]],
    ['{{ "abc }}', ['" — a string that begins with `"` is never closed']],
    ['{{ 08 }}', ['08 — `08` is no octal number, which a leading 0 makes it']],
    ['{{ 99999999999999999999 }}', ['99999999999999999999 — `99999999999999999999` is too large for an integer']],
    ['{{ 5m }}', ['5m — `5m` is no number']],
    ['{{}}', ['{{}} — the action is empty']],
    ['{{ with }}x{{ end }}', ['with }} — a value is missing in `with`']],
    ['{{ $x := }}', [':= }} — `$x` is given no value']],
    [
      '{{ $value | "x" }}',
      ['"x" — what follows `|` must be a function: it takes the value before as its last argument'],
    ],
    ['{{ | humanize }}', ['| — `|` has nothing before it']],
    ['{{ break }}', ['break — `break` stands outside of any `range`']],
    ['{{/* c */ }}', ['*/ — a comment must be alone in its action']],
    ['{{/* c }}', ['{{/* — a comment is never closed']],
    ['{{ “a” }}', ['“ — unexpected `“` in an action']],
    ['{{ "a".b }}', ['b — `"a"` has no fields']],
    ['{{ template $x }}', ['$x — `template` takes the name of a template in quotes, not `$x`']],
    ['{{ define "x" }}{{ $labels.a }}{{ end }}', ['$labels — the variable `$labels` is not defined']],
    ['{{ if . }}{{ define "x" }}a{{ end }}{{ end }}', ['define — `define` stands inside a block']],
    ['{{ define "x" }}a{{ end }}{{ define "x" }}b{{ end }}', ['"x" — the template `x` is defined twice']],
    ['{{ if . }}a{{ else }}b{{ else }}c{{ end }}', ['else — a second `else` in one block']],
    ['{{ if . }}a{{ else with . }}b{{ end }}', ['with — `else with` cannot follow `if`']],
    ['{{ $x, $y := . }}', [', — too many variables in an action']],
    ['{{ tmpl "x" . }}', ['tmpl — the function `tmpl` does not exist in templates of Prometheus']],
  ])('%s', (text, expected) => {
    expect(faultsIn(text)).toEqual(expected);
  });

  test('all of them, each once', () => {
    expect(
      faultsIn('{{ $a }} {{ b }}\n{{ if c }}{{ $value } }}{{ else }}{{ "\\q" }}{{ end }} {{ end }} {{ with . }}'),
    ).toEqual([
      '$a — the variable `$a` is not defined',
      'b — the function `b` does not exist in templates of Prometheus',
      'c — the function `c` does not exist in templates of Prometheus',
      '} — an action is closed by `}}`, not by a single `}`',
      '\\q — unknown escape `\\q` in a string',
      'end — `end` closes nothing',
      '{{ with . }} — `with` is never closed',
    ]);
  });
});

describe('versions', () => {
  const version = { major: 3, minor: 5 };
  test('functions that came later are refused by older versions', () => {
    expect(faultsIn('{{ toDuration 5 }}', version)).toEqual([
      'toDuration — the function `toDuration` needs Prometheus 3.6, and this one is 3.5',
    ]);
    expect(faultsIn('{{ toDuration 5 }}', { major: 3, minor: 6 })).toEqual([]);
    expect(faultsIn('{{ toDuration 5 }}')).toEqual([]);
    expect(functionNamed('urlQueryEscape')?.since).toEqual({ major: 3, minor: 8 });
  });
  test('`else with` came with Go 1.23', () => {
    const text = '{{ with . }}a{{ else with . }}b{{ end }}';
    expect(faultsIn(text, version)).toEqual([]);
    expect(faultsIn(text, { major: 2, minor: 53 })).toEqual([
      'else with — `else with` needs Prometheus 3.0, and this one is 2.53',
    ]);
  });
});

describe('texts that nobody writes', () => {
  test.each([
    ['(', 100_000, 'parentheses are nested too deeply'],
    ['{{ if . }}', 100_000, 'blocks are nested too deeply'],
  ])('%s, many times, ends in a fault', (piece, times, message) => {
    const text = piece === '(' ? `{{ ${piece.repeat(times)}1${')'.repeat(times)} }}` : piece.repeat(times);
    const { template, faults } = readTemplate(text);
    expect(faults[0]?.message).toBe(message);
    expect(usesOf(template).faults).toEqual([]);
  });
  test('a long text takes time in proportion', () => {
    const text = '{{ $labels.job }} and {{ printf "%.2f" $value }} '.repeat(20_000);
    const { template, faults } = readTemplate(text);
    expect(faults).toEqual([]);
    expect(usesOf(template).labels).toHaveLength(20_000);
  });
});
