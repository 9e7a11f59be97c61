import fc from 'fast-check';

/** Templates as people write them in annotations and labels of alerts. */
export const REAL: readonly string[] = [
  'plain text',
  'a } and a { and }}',
  '{{ $labels.instance }} of job {{ $labels.job }} has been down for more than 5 minutes.',
  '{{$value}}',
  '{{ .Value | humanize }} requests on {{ .Labels.instance }}',
  '{{ $value | humanizePercentage }} of {{ $labels.namespace }}/{{ $labels.pod }}',
  '{{ printf "%.2f" $value }}%',
  '{{ with $labels.cluster -}}on cluster {{ . }}{{- end }}',
  '{{ if eq $labels.severity "critical" }}now{{ else if ne .Labels.team "" }}soon{{ else }}never{{ end }}',
  '{{ range query "up == 0" }}{{ .Labels.instance }}={{ .Value }} {{ end }}',
  '{{ with query (printf "sum(rate(http_requests_total{job=%q}[5m]))" $labels.job) }}{{ . | first | value | humanize }}{{ end }}',
  '{{ range $i, $s := query "topk(3, up)" }}{{ if $i }}, {{ end }}{{ $s.Labels.job }}{{ else }}none{{ end }}',
  '{{ $labels.instance | reReplaceAll "(.*):\\\\d+" "$1" }}',
  '{{ reReplaceAll `:\\d+$` "" $labels.instance }}',
  '{{ $x := $labels.job }}{{ $x = "b" }}{{ $x | toUpper | title }}',
  '{{ define "line" }}{{ .Labels.job }}: {{ .Value | humanizeDuration }}{{ end }}{{ range query "up" }}{{ template "line" . }}{{ end }}',
  '{{ block "b" . }}{{ .Value }}{{ end }}',
  '{{/* a comment */}}text{{- /* another */ -}}  ',
  '{{ index $labels "app.kubernetes.io/name" }}',
  '{{ (index (query "up") 0).Labels.job }}',
  '{{ (query "up" | first).Value }}',
  '{{ $externalURL }}/graph{{ $externalLabels.cluster }}',
  '{{ if and (gt $value 0.5) (not (match "^test" $labels.env)) }}x{{ end }}',
  '{{ range query "up" }}{{ if eq .Value 1.0 }}{{ continue }}{{ end }}{{ break }}{{ end }}',
  '{{ len "abc" }}{{ print \'a\' 0x1F 1e3 1_000 -0.5 true nil 1+2i }}',
  '{{ (toTime $value).Format "15:04" }}',
  '{{ parseDuration "1h" | humanizeDuration }}{{ stripPort "a:1" }}{{ stripDomain "a.b" }}',
  '{{\n  with $labels.a\n}}{{ $ }}{{ .}}{{end}}',
  '{{ args 1 2 "x" }}{{ $y := args $labels $value }}{{ $y.arg0.job }}',
  'Über {{ $labels.größe }} — “quotes”',
];

const WORDS = [
  '{{',
  '}}',
  '{{-',
  '-}}',
  ' ',
  '$',
  '$labels',
  '$value',
  '.',
  '.Labels',
  '.Value',
  '.job',
  '|',
  '(',
  ')',
  ':=',
  '=',
  ',',
  '"x"',
  '`r`',
  "'c'",
  'if',
  'else',
  'end',
  'with',
  'range',
  'define',
  'template',
  'block',
  'break',
  'continue',
  'nil',
  'true',
  '1',
  '0x',
  '-',
  '-1',
  '1.5.2',
  '08',
  'humanize',
  'humanise',
  'printf',
  'query',
  'first',
  'len',
  '{{ end }}',
  '{{ else }}',
  '{{ if $x }}',
  '$x',
  '$x :=',
  '/*',
  '*/',
  '\\',
  '"',
  '`',
  '{',
  '}',
  '+',
  '>',
  '!',
  '\n',
  'é',
  '“',
  ';',
  '{{ $x := 1 }}',
  '"\\d"',
  "'ab'",
  '.5',
  'tmpl',
  '{{ range .}}',
  '{{ with .}}',
  '{{ else if .}}',
  '{{ else with .}}',
];

const TOKEN = /\{\{-?|-?\}\}|"(?:\\.|[^"\\])*"|`[^`]*`|\$?[\w.]+|:=|\s+|./gs;

/** Templates that somebody mistyped: once or twice a token taken away, put in, replaced or doubled. */
export function mistyped(templates: readonly string[]): fc.Arbitrary<string> {
  const slip = fc.record({
    at: fc.nat(),
    how: fc.constantFrom('remove', 'insert', 'replace', 'double'),
    word: fc.constantFrom(...WORDS),
  });
  return fc
    .record({ text: fc.constantFrom(...templates), slips: fc.array(slip, { minLength: 1, maxLength: 4 }) })
    .map(({ text, slips }) => slips.reduce(slipped, text));
}

function slipped(text: string, { at, how, word }: { at: number; how: string; word: string }): string {
  const tokens = text.match(TOKEN) ?? [];
  const index = at % Math.max(1, tokens.length);
  const put = how === 'insert' || how === 'replace' ? [word] : how === 'double' ? [tokens[index] ?? ''] : [];
  tokens.splice(index, how === 'remove' || how === 'replace' ? 1 : 0, ...put);
  return tokens.join('');
}

const space = fc.constantFrom('', '', ' ', ' ', '  ', '\n', '\t');
const name = fc.constantFrom('job', 'Labels', 'Value', 'a_b', 'x1', 'é');
const variable = fc.constantFrom('$', '$labels', '$value', '$x', '$y', '$externalLabels', '$1');
const known = fc.constantFrom('humanize', 'printf', 'query', 'eq', 'len', 'first', 'now', 'nope', 'tmpl', 'index');
const literal = fc.constantFrom(
  '"s"',
  '`r\n`',
  "'c'",
  "'\\n'",
  "'\\''",
  '"\\x41\\u00e9\\101"',
  '"\\q"',
  "''",
  "'ab'",
  '1',
  '-1',
  '+2',
  '0x1f',
  '0b101',
  '0o17',
  '017',
  '08',
  '1_000',
  '1__0',
  '_1',
  '0x',
  '1.',
  '.5',
  '1e5',
  '1e',
  '1e999',
  '0x1p-2',
  '0x1.8',
  '18446744073709551615',
  '18446744073709551616',
  '-9223372036854775809',
  '1i',
  '1+2i',
  '1+2',
  '1.5i',
  'true',
  'false',
  'nil',
  '3a',
  '0_7',
  '0x_1',
  '1e+3',
  '-.5',
  '-',
  '+',
  '0b12',
  '1i+2i',
  "'\\\"'",
  '"\\\'"',
  '00',
  '0e0',
  '0xep1',
);

const { operand, pipeline } = fc.letrec<{ operand: string; command: string; pipeline: string }>((tie) => ({
  operand: fc.oneof(
    { maxDepth: 3, depthIdentifier: 'operand' },
    literal,
    fc.constant('.'),
    variable,
    known,
    fc.tuple(fc.constantFrom('.', '$labels.', '$.'), name).map((parts) => parts.join('')),
    fc.tuple(name, name).map(([one, other]) => `.${one}.${other}`),
    fc.tuple(space, tie('pipeline'), space).map(([before, inside, after]) => `(${before}${inside}${after})`),
    fc.tuple(tie('pipeline'), name).map(([inside, field]) => `(${inside}).${field}`),
    fc.tuple(literal, name).map(([value, field]) => `${value}.${field}`),
  ),
  command: fc
    .tuple(fc.array(tie('operand'), { minLength: 1, maxLength: 3 }), fc.constantFrom(' ', ' ', ' ', '  ', '\n', ''))
    .map(([operands, gap]) => operands.join(gap)),
  pipeline: fc
    .tuple(
      fc.constantFrom('', '', '', '$x := ', '$x = ', '$x, $y := ', '$x ,$y = ', '$x, ', '$labels.a := '),
      fc.array(tie('command'), { minLength: 0, maxLength: 3 }),
      fc.constantFrom('|', ' | ', ' |'),
    )
    .map(([declared, commands, pipe]) => declared + commands.join(pipe)),
}));

const open = fc.constantFrom('{{', '{{', '{{ ', '{{- ', '{{-', '{{-\n');
const close = fc.constantFrom('}}', '}}', ' }}', ' -}}', '-}}', '\n-}}', '  -}}');

function inAction(inside: fc.Arbitrary<string>): fc.Arbitrary<string> {
  return fc.tuple(open, inside, close).map((parts) => parts.join(''));
}

const { nodes } = fc.letrec<{ node: string; nodes: string; branch: string }>((tie) => ({
  node: fc.oneof(
    { maxDepth: 3, depthIdentifier: 'node' },
    fc.constantFrom('text', ' ', ' a } b ', '\n', '{', '}}'),
    inAction(pipeline),
    inAction(operand),
    inAction(
      fc.constantFrom(
        'break',
        'continue',
        'end',
        'else',
        '/* c */',
        '/* c',
        'template "t"',
        'template "t" .',
        'break 1',
        'else if .',
        'end x',
      ),
    ),
    tie('branch'),
  ),
  nodes: fc.array(tie('node'), { maxLength: 3 }).map((parts) => parts.join('')),
  branch: fc
    .record({
      keyword: fc.constantFrom(
        'if',
        'with',
        'range',
        'range',
        'block "t"',
        'define "t"',
        'define `u`',
        'block',
        'define',
      ),
      value: fc.oneof(fc.constantFrom('.', '$labels', '$i, $e := .', ''), pipeline),
      inside: tie('nodes'),
      otherwise: fc.constantFrom(
        '',
        '',
        '{{else}}',
        '{{ else if . }}',
        '{{ else with $x }}',
        '{{ else with . }}',
        '{{ else range . }}',
      ),
      more: tie('nodes'),
      end: fc.constantFrom('{{end}}', '{{end}}', '{{ end }}', '{{- end -}}', ''),
    })
    .map(({ keyword, value, inside, otherwise, more, end }) => {
      const given = keyword.startsWith('define') && keyword !== 'define' ? '' : ` ${value}`;
      return `{{ ${keyword}${given} }}${inside}${otherwise}${otherwise === '' ? '' : more}${end}`;
    }),
}));

/** Templates from the grammar, with some that are wrong. */
export const generated: fc.Arbitrary<string> = nodes;
