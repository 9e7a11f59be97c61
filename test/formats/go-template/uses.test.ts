import { describe, expect, test } from 'vitest';
import { usesOf } from '../../../src/formats/go-template/flow.ts';
import { readTemplate } from '../../../src/formats/go-template/read.ts';
import type { TemplateUses } from '../../../src/formats/go-template/uses.ts';

function uses(text: string): TemplateUses {
  const { template, faults } = readTemplate(text);
  expect(faults).toEqual([]);
  return usesOf(template);
}

function labels(text: string): string[] {
  return uses(text).labels.map(({ name, start, end }) => {
    expect(text.slice(start, end)).toBe(name);
    return name;
  });
}

describe('labels', () => {
  test.each([
    ['{{ $labels.job }} {{ .Labels.pod }} {{ $.Labels.ns }}', ['job', 'pod', 'ns']],
    ['{{ with $labels.a }}{{ . }}{{ $labels.b }}{{ else }}{{ .Labels.c }}{{ end }}', ['a', 'b', 'c']],
    ['{{ with $labels }}{{ .a }}{{ end }}', ['a']],
    ['{{ with . }}{{ .Labels.a }}{{ end }}', ['a']],
    ['{{ printf "%s" $labels.a | toUpper }}', ['a']],
    ['{{ index $labels "a/b" }}{{ "c" | index .Labels }}', ['a/b', 'c']],
    ['{{ $x := .Labels }}{{ $x.a }}{{ $y := $x }}{{ $y.b }}', ['a', 'b']],
    ['{{ if $labels.a }}{{ else if eq $labels.b "x" }}{{ end }}', ['a', 'b']],
    ['{{ define "t" }}{{ .a }}{{ end }}{{ template "t" $labels }}{{ template "t" .Labels }}', ['a']],
    ['{{ block "t" . }}{{ .Labels.a }}{{ end }}', ['a']],
    ['{{ $x := args $labels "b" }}{{ $x.arg0.a }}{{ $x.arg1 }}', ['a']],
    ['{{ range query "up" }}{{ .Labels.not }}{{ $labels.a }}{{ end }}', ['a']],
    ['{{ define "t" }}{{ .Labels.not }}{{ end }}nothing', []],
    ['{{ $x := $labels }}{{ if .Value }}{{ $x = $labels }}{{ end }}{{ $x.a }}', ['a']],
  ])('%s', (text, expected) => {
    expect(labels(text)).toEqual(expected);
  });

  test('all at once, where nobody can say which', () => {
    for (const text of [
      '{{ $labels }}',
      '{{ range $k, $v := $labels }}{{ $v }}{{ end }}',
      '{{ index $labels $externalURL }}',
      '{{ . }}',
    ]) {
      expect(uses(text).allLabels).toHaveLength(1);
    }
    expect(uses('{{ len $labels }}{{ $labels.a }}').allLabels).toEqual([]);
  });

  test('external labels', () => {
    const text = '{{ $externalLabels.cluster }}{{ .ExternalLabels.region }}{{ index $externalLabels "a b" }}';
    expect(uses(text).externalLabels.map(({ name }) => name)).toEqual(['cluster', 'region', 'a b']);
    expect(uses(text).labels).toEqual([]);
  });
});

describe('the value', () => {
  test.each([
    ['{{ $value }}', ['raw']],
    ['{{ .Value | humanize }}', ['humanized']],
    ['{{ $v := $value }}{{ humanizePercentage $v }}', ['humanized']],
    ['{{ printf "%.2f" $value }}', ['formatted']],
    ['{{ if gt $value 5.0 }}a{{ end }}', ['tested']],
    ['{{ with $value }}{{ . | humanizeDuration }}{{ end }}', ['tested', 'humanized']],
    ['{{ $labels.value }}', []],
  ])('%s', (text, expected) => {
    expect(uses(text).value.map(({ shown }) => shown)).toEqual(expected);
  });
});

test('PromQL and regular expressions inside, with their characters', () => {
  const text =
    '{{ query "up{job=\\"a\\"} == " }}{{ $q := `sum(` }}{{ query $q }}{{ match "a(" $labels.b }}{{ graphLink "up" }}';
  const { queries, patterns } = uses(text);
  expect(queries.map((query) => [query.function, query.text])).toEqual([
    ['query', 'up{job="a"} == '],
    ['query', 'sum('],
    ['graphLink', 'up'],
  ]);
  expect(patterns.map((pattern) => pattern.text)).toEqual(['a(']);
  for (const { text: inner, pieces } of queries) {
    for (const { at, length, offset } of pieces)
      expect(text.slice(offset, offset + length)).toBe(inner.slice(at, at + length));
  }
  const [dynamic] = uses('{{ query (printf "up{job=%q}" $labels.job) }}').queries;
  expect(dynamic).toMatchObject({ text: 'up{job=%q}', complete: false });
});

test('what makes another text each time', () => {
  expect(uses('{{ now }}{{ query "up" | first | value }}').volatile.map(({ name }) => name)).toEqual(['now', 'query']);
});

describe('what goes wrong when an alert fires', () => {
  test.each([
    ['{{ .Valu }}', ['Valu — the alert has no field `.Valu`']],
    ['{{ $labels.a.b }}', ['b — `$labels.a` is a text, which has no fields']],
    [
      '{{ query "up" | value }}',
      ['query "up" — `value` takes a series here, not the list of series that a query gives'],
    ],
    [
      '{{ (query "up").Value }}',
      ['Value — `(query "up")` is the list of series that a query gives, which has no fields'],
    ],
    ['{{ match "a" }}', ['match — `match` takes 2 arguments and is given 1']],
    ['{{ reReplaceAll "a" "b" $value }}', ['$value — `reReplaceAll` takes a text here, not the value of the alert']],
    ['{{ if gt $value 5 }}x{{ end }}', ['gt — `gt` cannot compare the value of the alert with a whole number']],
    ['{{ if eq $labels.code 500 }}x{{ end }}', ['eq — `eq` cannot compare a text with a whole number']],
    ['{{ template "no" . }}', ['"no" — the template `no` is not defined in this text']],
    ['{{ $x = 1 }}', ['$x — the variable `$x` is not declared here']],
    ['{{ $x := $x }}', ['$x — the variable `$x` is not declared here']],
    ['{{ $value | $labels.x }}', ['$labels.x — `$labels.x` is no function and takes no arguments']],
    ['{{ nil }}', ['nil — `nil` is not a value that can be written']],
    ['{{ printf "%d" $value }}', ['%d — `%d` cannot show the value of the alert']],
    ['{{ printf "%.2f" (humanize $value) }}', ['%.2f — `%.2f` cannot show a text']],
    ['{{ printf "%s" $labels.a $labels.b }}', ['"%s" — `printf` has 1 places in its format and 2 values']],
    ['{{ (toTime $value).Format "15:04" }}{{ printf "%*d" 5 5 }}', []],
  ])('%s', (text, expected) => {
    const { faults } = uses(text);
    expect(faults.map(({ start, end, message }) => `${text.slice(start, end)} — ${message}`)).toEqual(expected);
  });
});
