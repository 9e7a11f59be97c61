import fc from 'fast-check';

/** A text as it is written in YAML, and what it says. */
export interface Scalar {
  readonly value: string;
  /** The lines after the first are indented by the place. */
  readonly written: (indent: string) => string;
}

export interface TestRule {
  readonly kind: 'alert' | 'record';
  readonly name: Scalar;
  readonly expr: Scalar;
  readonly for?: string;
  readonly keepFiringFor?: string;
  readonly labels: Readonly<Record<string, Scalar>>;
  /** Whether the labels are taken over from the first alert of the file and these added. */
  readonly merges: boolean;
  readonly annotations: Readonly<Record<string, Scalar>>;
}

export interface TestGroup {
  readonly interval?: string;
  readonly limit?: number;
  readonly queryOffset?: string;
  readonly labels?: Readonly<Record<string, Scalar>>;
  readonly rules: readonly TestRule[];
}

function blockLines(text: string, indent: string): string {
  return text
    .split('\n')
    .map((line) => (line === '' ? '' : indent + line))
    .join('\n');
}

function styles(value: string): fc.Arbitrary<Scalar> {
  const quotedText = value.replaceAll("'", "''").replaceAll('\n', '\n\n');
  const ways: ((indent: string) => string)[] = [() => JSON.stringify(value)];
  if (!/\n\s/.test(value)) ways.push((indent) => `'${quotedText.replaceAll('\n', `\n${indent}`)}'`);
  if (!/^\s|\n\s*$/.test(value)) ways.push((indent) => `|-\n${blockLines(value, indent)}`);
  if (/^[a-z(][^#:"'\n]*$/i.test(value) && !/\s$/.test(value)) ways.push(() => value);
  if (!value.includes('\n') && !/^\s|\s$/.test(value)) ways.push((indent) => `>-   # folded\n${indent}${value}`);
  return fc.constantFrom(...ways.map((written) => ({ value, written })));
}

/** Texts that programs with other rules read as numbers, truth values, times or dates, written as they are. */
const plain = fc
  .constantFrom('1', '1.10', 'yes', 'off', '0x1F', '1e3', 'true', '007', '.5', '12345678901234567890', '2026-01-02')
  .map((value): Scalar => ({ value, written: () => value }));
const nothing = fc.constantFrom('', '~', 'null').map((text): Scalar => ({ value: '', written: () => text }));

const exprs = fc.oneof(
  fc
    .constantFrom(
      'up == 0',
      'sum by (job) (\n  rate(errors_total[5m])   # bad ones\n)\n  /\nsum by (job) (rate(all_total[5m])) > 0.05',
      'absent(up{job="a", path=~"/x/\\\\d+"})',
      `label_replace(up, "x", "$1", 'y', "(.*)") == 0`,
      'a > on (x) group_left (y) b offset 5m unless c',
      '  up\n    > 1',
    )
    .chain(styles),
  fc.constantFrom('1', '42', '0x10', '1.50', '1e3').map((value): Scalar => ({ value, written: () => value })),
);

const texts = fc
  .constantFrom(
    'Down',
    'It is: {{ $value | humanize }} # of {{ $labels.instance }}',
    'Zeilen\nmit Umbruch, ä und 🌳',
    "don't",
    'a "quoted" \\ text',
    '{{ with query "up" }}{{ . | first | value }}{{ end }}',
  )
  .chain(styles);

const values = fc.oneof({ weight: 3, arbitrary: texts }, plain, nothing);
const durations = fc.constantFrom('0', '0s', '5m', '1h30m', '90s', '100ms', '1w2d', '1y');

function mapping(names: readonly string[], value: fc.Arbitrary<Scalar>) {
  return fc
    .uniqueArray(fc.tuple(fc.constantFrom(...names), value), { maxLength: 3, selector: ([name]) => name })
    .map((entries) => Object.fromEntries(entries));
}

const severity = fc.constantFrom('critical', 'warning').chain(styles);
const labels = mapping(['team', 'long', 'version', 'ON', 'y'], values);

const alert = fc.record(
  {
    kind: fc.constant('alert' as const),
    name: fc.oneof(fc.constantFrom('TreeLost', 'Gate open', 'Burn #1', '火').chain(styles), plain),
    expr: exprs,
    for: durations,
    keepFiringFor: durations,
    labels: fc.tuple(labels, severity).map(([some, level]) => ({ ...some, severity: level })),
    merges: fc.boolean(),
    annotations: mapping(['summary', 'description', 'runbook_url'], values),
  },
  { requiredKeys: ['kind', 'name', 'expr', 'labels', 'merges', 'annotations'] },
);

const record = fc.record({
  kind: fc.constant('record' as const),
  name: fc.constantFrom('job:up:sum', 'trees').chain(styles),
  expr: exprs,
  labels,
  merges: fc.constant(false),
  annotations: fc.constant({}),
});

/** Groups of a rule file; with `modern` those that only Prometheus 3 reads, too. */
export function groups(modern: boolean): fc.Arbitrary<readonly TestGroup[]> {
  const common = { interval: durations, limit: fc.nat(5), rules: fc.array(fc.oneof(alert, record), { maxLength: 5 }) };
  const more = { ...common, queryOffset: durations, labels: mapping(['team', 'group'], values) };
  const group: fc.Arbitrary<TestGroup> = modern
    ? fc.record(more, { requiredKeys: ['rules'] })
    : fc.record(common, { requiredKeys: ['rules'] });
  return fc.array(group, { minLength: 1, maxLength: 3 });
}

function entries(map: Readonly<Record<string, Scalar>>, indent: string): string[] {
  return Object.entries(map).map(([name, { written }]) => `${indent}${name}: ${written(`${indent}  `)}`);
}

function ruleText(rule: TestRule, indent: string, anchor: 'none' | 'define' | 'use'): string {
  const deeper = `${indent}  `;
  const merged = anchor === 'use' && rule.merges;
  const inner = [...(merged ? [`${deeper}<<: *labels`] : []), ...entries(rule.labels, deeper)];
  return [
    `${rule.kind}: ${rule.name.written(deeper)}`,
    `${indent}# a comment`,
    `${indent}expr: ${rule.expr.written(deeper)}`,
    ...(rule.for === undefined ? [] : [`${indent}for: ${rule.for}`]),
    ...(rule.keepFiringFor === undefined ? [] : [`${indent}keep_firing_for: ${rule.keepFiringFor}`]),
    ...(inner.length > 0 ? [`${indent}labels:${anchor === 'define' ? ' &labels' : ''}`, ...inner] : []),
    ...(Object.keys(rule.annotations).length > 0
      ? [`${indent}annotations:`, ...entries(rule.annotations, deeper)]
      : []),
  ].join('\n');
}

/** The first alert of a file, whose labels others take over. */
export function firstAlert(file: readonly TestGroup[]): TestRule | undefined {
  return file.flatMap(({ rules }) => rules).find(({ kind }) => kind === 'alert');
}

/** The groups in YAML, each line after `indent`. */
export function groupsText(file: readonly TestGroup[], indent: string): string {
  const first = firstAlert(file);
  let defined = false;
  const lines = file.map(({ interval, limit, queryOffset, labels: common, rules }, index) => {
    const inside = `${indent}    `;
    const listed = rules.map((rule) => {
      const anchor = rule === first ? 'define' : defined ? 'use' : 'none';
      defined ||= rule === first;
      return `${inside}  - ${ruleText(rule, `${inside}    `, anchor)}`;
    });
    return [
      `${indent}  - name: group ${index}`,
      ...(interval === undefined ? [] : [`${inside}interval: ${interval}`]),
      ...(limit === undefined ? [] : [`${inside}limit: ${limit}`]),
      ...(queryOffset === undefined ? [] : [`${inside}query_offset: ${queryOffset}`]),
      ...(common && Object.keys(common).length > 0 ? [`${inside}labels:`, ...entries(common, `${inside}  `)] : []),
      `${inside}rules:${rules.length === 0 ? ' []' : ''}`,
      ...listed,
    ].join('\n');
  });
  return `${indent}groups:\n${lines.join('\n')}\n`;
}
