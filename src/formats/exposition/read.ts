import type { Checked, Diagnostic } from '../../source/diagnostic.ts';
import type { SourceFile } from '../../source/span.ts';
import { CUT_OFF, NOT_METRICS, TWO_TYPES, UNREADABLE_LINE } from './codes.ts';
import { type Cursor, isFault, type LineFault, skipBlanks, take } from './cursor.ts';
import type { Exposition, Sample } from './exposition.ts';
import { type Description, familiesOf } from './families.ts';
import { type Metadata, readMetadata } from './metadata.ts';
import { readSample } from './sample.ts';

const OPEN_METRICS = /^application\/openmetrics-text\b/i;
const END_LINE = /(?:^|\n)#[ \t]+EOF\s*$/;

interface Reading {
  readonly file: SourceFile;
  readonly isOpenMetrics: boolean;
  readonly described: Map<string, Description>;
  readonly samples: Sample[];
  readonly found: Diagnostic[];
  hasEnded: boolean;
}

function report({ file, found }: Reading, { fault, help, start, end }: LineFault): void {
  found.push(UNREADABLE_LINE.at({ file, start, end }, { what: fault, ...(help !== undefined && { help }) }));
}

function descriptionOf({ described }: Reading, name: string): Description {
  const known = described.get(name);
  if (known) return known;
  const description = {};
  described.set(name, description);
  return description;
}

/** What was said first counts. */
function note(reading: Reading, metadata: Metadata, start: number, end: number): void {
  if (metadata.says === 'end') reading.hasEnded = true;
  if (metadata.says === 'end' || metadata.says === 'nothing') return;
  const description = descriptionOf(reading, metadata.name);
  if (metadata.says !== 'type') description[metadata.says] ??= metadata.text;
  else if (description.type === undefined) description.type = metadata.type;
  else if (description.type !== metadata.type) {
    const { name, type } = metadata;
    reading.found.push(TWO_TYPES.at({ file: reading.file, start, end }, { name, type, first: description.type }));
  }
}

function readLine(reading: Reading, start: number, end: number): void {
  const cursor: Cursor = { text: reading.file.text, at: start, end };
  skipBlanks(cursor);
  if (cursor.at >= end) return;
  if (reading.isOpenMetrics && reading.hasEnded) {
    report(reading, { fault: 'the page goes on behind `# EOF`', start, end });
  } else if (take(cursor, '#')) {
    const metadata = readMetadata(cursor);
    if (isFault(metadata)) report(reading, metadata);
    else note(reading, metadata, start, end);
  } else {
    const sample = readSample(cursor, reading.isOpenMetrics);
    if (isFault(sample)) report(reading, sample);
    else reading.samples.push(sample);
  }
}

function readLines(reading: Reading): void {
  const { text } = reading.file;
  for (let start = text.startsWith('\ufeff') ? 1 : 0; start < text.length; ) {
    const lineFeed = text.indexOf('\n', start);
    const end = lineFeed === -1 ? text.length : lineFeed;
    readLine(reading, start, end);
    start = end + 1;
  }
}

/**
 * Reads a page in the text format 0.0.4 or in OpenMetrics 1.0. `mediaType` is what the server says; without one the
 * last line tells. Everything that cannot be read is reported at its characters. Native histograms have no form here:
 * of them at most the bucket `+Inf`, the sum and the count are seen.
 * Sources: https://prometheus.io/docs/instrumenting/exposition_formats/,
 * https://prometheus.io/docs/specs/om/open_metrics_spec/
 */
export function readExposition(file: SourceFile, mediaType?: string): Checked<Exposition> {
  const isOpenMetrics = mediaType === undefined ? END_LINE.test(file.text) : OPEN_METRICS.test(mediaType);
  const reading: Reading = { file, isOpenMetrics, described: new Map(), samples: [], found: [], hasEnded: false };
  const markup = /^\s*(<[!?/A-Za-z][^\s>]*)/.exec(file.text);
  if (markup) {
    const start = markup[0].length - markup[1]!.length;
    const span = { file, start, end: markup[0].length };
    return [{ isOpenMetrics, families: [] }, [NOT_METRICS.at(span, { first: markup[1]! })]];
  }
  readLines(reading);
  if (isOpenMetrics && !reading.hasEnded) {
    const end = file.text.length;
    reading.found.push(CUT_OFF.at({ file, start: end, end }, {}));
  }
  return [{ isOpenMetrics, families: familiesOf(reading.described, reading.samples) }, reading.found];
}
