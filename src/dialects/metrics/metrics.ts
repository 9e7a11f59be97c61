import { enumerate, plural, slug } from '../../base/text.ts';
import { codes as expositionCodes } from '../../formats/exposition/codes.ts';
import { readExposition } from '../../formats/exposition/read.ts';
import { type Diagnostic, hasErrors } from '../../source/diagnostic.ts';
import type { Dialect, ImportOptions, ImportSource } from '../dialect.ts';
import { codes, NAME_NOT_HELD, NO_METRICS, OTHER_TYPE } from './codes.ts';
import { entriesOf, isCatalogName } from './entries.ts';
import type { Entry, Shape } from './entry.ts';
import { commonPrefix, isBelow, mostlyPrefix } from './prefix.ts';
import { shapesOf } from './shapes.ts';
import { catalogYaml } from './write.ts';

/**
 * What programs expose of their run-time and of the scrape itself, all under the same names: in the catalogues of several
 * services they would be the same metrics again and again.
 */
export const OF_EVERY_PROGRAM: readonly string[] = [
  'go_',
  'jvm_',
  'nodejs_',
  'process_',
  'promhttp_',
  'python_',
  'scrape_',
];

/** As many characters as a name may have. */
const LONGEST_NAME = 63;

interface Page {
  readonly source: ImportSource;
  readonly shapes: readonly Shape[];
  readonly creations: readonly string[];
}

function readPages(sources: readonly ImportSource[]): readonly [Page[], Diagnostic[]] {
  const read = sources.map((source) => [source, ...readExposition(source.file, source.mediaType)] as const);
  const pages = read.map(([source, exposition]) => ({ source, ...shapesOf(exposition) }));
  return [pages, read.flatMap(([, , found]) => found)];
}

function placeOf({ source: { file } }: Page, name: string) {
  const at = file.text.indexOf(name);
  return at === -1 ? { file, start: 0, end: 0 } : { file, start: at, end: at + name.length };
}

/** Where the pages contradict each other. */
function disagreements(pages: readonly Page[]): Diagnostic[] {
  const known = new Map<string, { readonly type: string; readonly page: Page }>();
  return pages.flatMap((page) =>
    page.shapes
      .filter(({ isTypeGuessed }) => !isTypeGuessed)
      .flatMap(({ name, type }) => {
        const first = known.get(name);
        if (!first) known.set(name, { type, page });
        if (!first || first.type === type || first.page === page) return [];
        const elsewhere = first.page.source.file.path;
        return [OTHER_TYPE.at(placeOf(page, name), { name, type, first: first.type, elsewhere })];
      }),
  );
}

interface Choice {
  readonly entries: readonly Entry[];
  /** What is not among them, in words. */
  readonly left: readonly string[];
}

function chosen(entries: readonly Entry[], { prefix, without }: ImportOptions): Choice {
  const excluded = without ?? (prefix === undefined ? OF_EVERY_PROGRAM : []);
  const ours = entries.filter(({ name }) => prefix === undefined || isBelow(prefix, name));
  const kept = ours.filter(({ name }) => !excluded.some((each) => name.startsWith(each)));
  const met = excluded.filter((each) => ours.some(({ name }) => name.startsWith(each)));
  const others = entries.length - ours.length;
  const shared = ours.length - kept.length;
  return {
    entries: kept,
    left: [
      ...(others > 0 ? [`${plural(others, 'metric')} without the prefix \`${prefix}\``] : []),
      ...(shared > 0 ? [`${plural(shared, 'metric')} of ${enumerate(met.map((each) => `\`${each}\``))}`] : []),
    ],
  };
}

function nameOf({ name, service }: ImportOptions, prefix: string): string {
  if (name !== undefined) return name;
  const base = service === undefined ? prefix : service.slice(service.lastIndexOf('/') + 1);
  return slug(base).slice(0, LONGEST_NAME).replace(/-+$/, '') || 'metrics';
}

function creationNote(pages: readonly Page[]): string[] {
  const count = new Set(pages.flatMap(({ creations }) => creations)).size;
  return count === 0
    ? []
    : [`left out: ${plural(count, 'series name')} that only say when another series began (\`_created\`)`];
}

function prefixNote({ prefix: asked }: ImportOptions, prefix: string, names: readonly string[]): string[] {
  if (asked !== undefined) return [];
  if (prefix !== '') return [`the names share the prefix \`${prefix}\``];
  const most = mostlyPrefix(names);
  if (!most) return [];
  return [
    `${most.count} of ${names.length} names begin with \`${most.prefix}\`: \`--prefix ${most.prefix}\` takes only these`,
  ];
}

function read(sources: readonly ImportSource[], options: ImportOptions) {
  const [pages, found] = readPages(sources);
  if (hasErrors(found)) return [undefined, found] as const;
  const shapes = pages.flatMap((page) => page.shapes);
  const strange = pages.flatMap((page) =>
    page.shapes
      .filter(({ name }) => !isCatalogName(name))
      .map(({ name }) => NAME_NOT_HELD.at(placeOf(page, name), { name })),
  );
  const { entries, left } = chosen(entriesOf(shapes.filter(({ name }) => isCatalogName(name))), options);
  const diagnostics = [...found, ...strange, ...disagreements(pages)];
  if (entries.length === 0) return [undefined, [...diagnostics, NO_METRICS.at(undefined, { left })]] as const;
  const names = entries.map(({ name }) => name);
  const prefix = options.prefix ?? commonPrefix(names);
  const { service } = options;
  const text = catalogYaml({
    name: nameOf(options, prefix),
    prefix,
    entries,
    ...(service !== undefined && { service }),
  });
  const leftNotes = left.map((what) => `left out: ${what}`);
  return [text, diagnostics, [...leftNotes, ...creationNote(pages), ...prefixNote(options, prefix, names)]] as const;
}

/** A `/metrics` page becomes a MetricCatalog. */
export const metricsDialect: Dialect = {
  name: 'metrics',
  summary: 'a page with metrics (text format or OpenMetrics), from a server or a file → a MetricCatalog',
  codes: [...expositionCodes, ...codes],
  // As Prometheus 3 asks, native histograms apart, which have no text. Source: https://prometheus.io/docs/instrumenting/content_negotiation/
  accept:
    'application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.5,text/plain;version=1.0.0;escaping=allow-utf-8;q=0.4,text/plain;version=0.0.4;q=0.3,*/*;q=0.1',
  read: (sources, options) => {
    const [text, diagnostics, notes = []] = read(sources, options);
    return [text === undefined ? undefined : { text, notes }, diagnostics];
  },
};
