import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toNumber } from '../../src/base/quantity.ts';
import type { ImportOptions } from '../../src/dialects/dialect.ts';
import { metricsDialect } from '../../src/dialects/metrics/metrics.ts';
import { commonPrefix, mostlyPrefix } from '../../src/dialects/metrics/prefix.ts';
import { EXACT_BOUNDS, pageFamilies, writePage } from '../formats/exposition-pages.ts';
import { compiledCatalog } from './compiled.ts';
import { HISTOGRAMS, NODE, OPEN_METRICS, UGLY } from './pages.ts';

function imported(pages: string | readonly string[], options: ImportOptions = {}) {
  const texts = typeof pages === 'string' ? [pages] : pages;
  const sources = texts.map((text, index) => ({ file: { path: `page-${index + 1}`, text } }));
  const [result, found] = metricsDialect.read(sources, options);
  return { text: result?.text, notes: result?.notes, found: found.map(({ code, message }) => `${code}: ${message}`) };
}

const HEADER = '# What is marked with `# guessed` does not stand on the page that this was made from: look it over.\n';

describe('the catalogue of a page', () => {
  it('of node_exporter has its own metrics under their prefix', () => {
    const { text, notes, found } = imported(NODE);
    expect(found).toEqual([]);
    expect(text).toBe(`${HEADER}kind: MetricCatalog
metadata: { name: node }
spec:
  prefix: node_
  metrics:
    cpu_seconds_total:
      type: counter
      unit: seconds # guessed
      labels: [cpu, mode]
      description: Seconds the CPUs spent in each mode.
    filesystem_avail_bytes:
      type: gauge
      unit: bytes # guessed
      labels: [device, fstype, mountpoint]
      description: Filesystem space available to non-root users in bytes.
    filesystem_device_error:
      type: gauge
      labels: [device, fstype, mountpoint]
      description: Whether an error occurred while getting statistics for the given device.
    load1: { type: gauge }
    netstat_Ip_Forwarding: { type: gauge, description: Statistic IpForwarding. } # guessed: type
    scrape_collector_success: { type: gauge, labels: [collector] }
`);
    expect(notes).toEqual([
      'left out: 3 metrics of `go_`, `process_` and `promhttp_`',
      'the names share the prefix `node_`',
    ]);
  });

  it('has the buckets of all series, and says what a page cannot show', () => {
    const { text, found } = imported(HISTOGRAMS, { name: 'latencies', service: 'platform/shop' });
    expect(found).toEqual([]);
    expect(text).toBe(`${HEADER}kind: MetricCatalog
metadata: { name: latencies }
spec:
  service: platform/shop
  prefix: shop_
  metrics:
    request_duration_seconds:
      type: histogram
      unit: seconds # guessed
      buckets: [0.1, 0.5, 2.5, 1000000]
      labels: [method]
      description: How long requests take, from the first byte that comes to the last one that goes
    queue_ms: # left out, too many digits: the buckets 0.30000000000000004
      type: histogram
      unit: milliseconds # guessed
      buckets: [2]
    lookup_seconds: # it has no bucket but +Inf; native histograms do not show in this format
      type: native # guessed
      unit: seconds # guessed
`);
  });

  it('in OpenMetrics has the names that Prometheus stores', () => {
    const { text, notes, found } = imported(OPEN_METRICS);
    expect(found).toEqual([]);
    expect(text).toBe(`kind: MetricCatalog
metadata: { name: shop }
spec:
  prefix: shop_
  metrics:
    requests_total: { type: counter, labels: [code], description: 'Requests "answered", by code: all' }
    answer_size: { type: histogram, unit: bytes, buckets: [100] }
    build_info: { type: info, labels: [version] }
    state: { type: stateset, labels: [shop_state] }
    ages_bucket: { type: gauge, labels: [le] } # part of a gauge histogram
    ages_gcount: { type: gauge } # part of a gauge histogram
    ages_gsum: { type: gauge } # part of a gauge histogram
    errors_total: # no series yet: its labels are not known
      type: counter
      description: Errors, none as yet
      optional: true
`);
    expect(notes).toContain('left out: 2 series names that only say when another series began (`_created`)');
  });

  it('without types is guessed from names, and marked', () => {
    const { text, found } = imported(UGLY);
    expect(found).toEqual([
      'exposition/name-not-held: `shop.dotted.name` is left out: a catalogue holds names of letters, digits, underscores and colons',
    ]);
    expect(text).toBe(`${HEADER}kind: MetricCatalog
metadata: { name: shop }
spec:
  prefix: shop_
  metrics:
    mood: # left out: the labels "__secret"
      type: gauge # guessed
      labels: ["y"]
      description: "The mood: say 'hm', or # no"
    orders_total: { type: counter, labels: [status] } # guessed: type
    wait: { type: histogram, buckets: [1], labels: ["no"] } # guessed: type
    size_bytes: { type: summary, unit: bytes } # guessed: type, unit
    calls: # without honor_labels job becomes exported_job, instance becomes exported_instance
      type: summary # guessed
    version_info: { type: info, labels: [version] } # guessed: type
    disk_percent: { type: gauge, unit: percentage } # guessed: type, unit; left out: the labels "my.label"
`);
  });

  it('keeps comments on their line whatever labels are called', () => {
    const { text } = imported('a{"x\u2028spec: 1"="1","\u0085y"="2"} 1\n');
    expect(text).toContain('    a: { type: gauge } # guessed: type; left out: the labels "x?spec: 1", "?y"\n');
    expect(compiledCatalog(text!)).toMatchObject({ problems: [], metrics: [{ name: 'a' }] });
  });

  it.each([NODE, HISTOGRAMS, OPEN_METRICS, UGLY])('compiles without findings', (page) => {
    const { text } = imported(page);
    const { problems, metrics } = compiledCatalog(text!);
    expect(problems).toEqual([]);
    expect(metrics.length).toBeGreaterThan(2);
  });
});

describe('what is taken', () => {
  it('is chosen by prefix', () => {
    const { text, notes } = imported(NODE, { prefix: 'node_filesystem_' });
    expect(compiledCatalog(text!).metrics.map(({ name }) => name)).toEqual([
      'node_filesystem_avail_bytes',
      'node_filesystem_device_error',
    ]);
    expect(text).toContain('metadata: { name: node-filesystem }\n');
    expect(notes).toEqual(['left out: 7 metrics without the prefix `node_filesystem_`']);
    expect(compiledCatalog(imported(NODE, { prefix: 'go_' }).text!).metrics).toHaveLength(1);
    expect(imported(NODE, { prefix: 'node_load' }).found).toHaveLength(1);
  });

  it('is everything when nothing is to be left out', () => {
    const { text, notes } = imported(NODE, { without: [] });
    expect(compiledCatalog(text!).metrics).toHaveLength(9);
    expect(notes).toEqual(['6 of 9 names begin with `node_`: `--prefix node_` takes only these']);
    expect(text).toContain('metadata: { name: metrics }\nspec:\n  metrics:\n');
    expect(compiledCatalog(imported(NODE, { without: ['node_', 'go_'] }).text!).metrics).toHaveLength(2);
  });

  it('must be something', () => {
    expect(imported('# nothing\n').found).toEqual(['exposition/no-metrics: there is no metric on the page']);
    expect(imported('go_info 1\n').found).toEqual([
      'exposition/no-metrics: all metrics are left out: 1 metric of `go_`',
    ]);
    expect(imported('a 1\n', { prefix: 'b_' })).toMatchObject({
      text: undefined,
      found: ['exposition/no-metrics: all metrics are left out: 1 metric without the prefix `b_`'],
    });
  });

  it('comes from all pages', () => {
    const { text, found } = imported(['# TYPE a gauge\na{x="1"} 1\n', '# TYPE a counter\na{y="1"} 1\nb_total 1\n']);
    expect(found).toEqual(['exposition/types-differ: `a` is a counter here and a gauge on `page-1`']);
    expect(text).toContain(
      '    a: { type: gauge, labels: [x, "y"] }\n    b_total: { type: counter } # guessed: type\n',
    );
    const guess = imported(['a 1\n', '# TYPE a counter\n# HELP a Told\na 1\n']);
    expect(guess.found).toEqual([]);
    expect(guess.text).toContain('    a: { type: counter, description: Told }\n');
  });

  it('is nothing while a page has faults', () => {
    expect(imported(['a 1\n', 'b five\n'])).toEqual({
      text: undefined,
      notes: undefined,
      found: ['exposition/unreadable-line: `five` is no value'],
    });
  });
});

describe('prefixes', () => {
  it.each([
    [['a_b_c', 'a_b_d'], 'a_b_'],
    [['a_b', 'a_b_c'], 'a_'],
    [['a_1', 'a_b'], ''],
    [['a_x_1', 'a_x_b'], 'a_'],
    [['ab', 'ac'], ''],
    [['a_b'], ''],
    [['a:b_c', 'a:b_d'], ''],
    [[], ''],
  ])('of %j is %j', (names, prefix) => {
    expect(commonPrefix(names)).toBe(prefix);
  });

  it('is proposed where most names have it', () => {
    expect(mostlyPrefix(['a_b', 'a_c', 'd_e'])).toEqual({ prefix: 'a_', count: 2 });
    expect(mostlyPrefix(['a_b', 'd_e'])).toBeUndefined();
    expect(mostlyPrefix(['a_b'])).toBeUndefined();
    expect(mostlyPrefix([])).toBeUndefined();
  });
});

/** What a catalogue must say of a page, found in another way than by the importer. */
function expected(families: Parameters<typeof writePage>[0]) {
  return families.map(({ name, type, samples }) => {
    const own = type === 'histogram' ? 'le' : type === 'summary' ? 'quantile' : undefined;
    const labels = samples.flatMap((sample) =>
      Object.entries(sample.labels).flatMap(([label, value]) => (value !== '' && label !== own ? [label] : [])),
    );
    const isNative = type === 'histogram' && samples.filter((sample) => sample.labels.le !== undefined).length === 1;
    return { name, type: isNative ? 'native' : type, labels: [...new Set(labels)].sort() };
  });
}

describe('any page', () => {
  it('becomes a catalogue that compiles and says what the page says', () => {
    fc.assert(
      fc.property(pageFamilies, (families) => {
        const { text, found } = imported(writePage(families), { without: [] });
        expect(found).toEqual([]);
        const { problems, metrics } = compiledCatalog(text!);
        expect(problems, text).toEqual([]);
        expect(metrics.map(({ name, type, labels }) => ({ name, type, labels: [...labels].sort() }))).toEqual(
          expected(families),
        );
        for (const { name, buckets } of metrics.filter(({ type }) => type === 'histogram')) {
          const les = families.find((family) => family.name === name)!.samples.map(({ labels }) => Number(labels.le));
          const written = (buckets ?? []).map(toNumber);
          for (const bound of written) expect(les).toContain(bound);
          expect(written).toEqual(expect.arrayContaining(EXACT_BOUNDS.filter((bound) => les.includes(bound))));
        }
      }),
      { numRuns: 100 },
    );
  });
});
