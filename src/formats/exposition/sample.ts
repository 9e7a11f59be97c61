import {
  type Cursor,
  faultHere,
  isAtEnd,
  isFault,
  type LineFault,
  skipBlanks,
  take,
  takeName,
  takeToken,
} from './cursor.ts';
import type { Exemplar, Sample } from './exposition.ts';
import { type Braces, readBraces } from './labels.ts';

/** As Go reads floats, without the forms that Prometheus refuses (hexadecimal, underscores). Source: https://pkg.go.dev/strconv#ParseFloat */
const FINITE = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;
const INFINITE = /^([+-]?)inf(?:inity)?$/i;

/** A number of a page; nothing where it is none. */
export function parseValue(text: string): number | undefined {
  if (FINITE.test(text)) return Number(text);
  const infinite = INFINITE.exec(text);
  if (infinite) return infinite[1] === '-' ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  return /^nan$/i.test(text) ? Number.NaN : undefined;
}

function readValue(cursor: Cursor, of: string): number | LineFault {
  const start = cursor.at;
  const token = takeToken(cursor);
  if (token === '') return { fault: `${of} has no value`, start: Math.max(0, start - 1), end: start };
  const value = parseValue(token);
  if (value !== undefined) return value;
  return {
    fault: `\`${token}\` is no value`,
    help: 'a value is a number, `+Inf`, `-Inf` or `NaN`',
    start,
    end: cursor.at,
  };
}

/** The time is in whole milliseconds in the text format, in seconds in OpenMetrics. */
function readTimestamp(cursor: Cursor, isOpenMetrics: boolean): number | undefined | LineFault {
  if (isAtEnd(cursor) || cursor.text[cursor.at] === '#') return undefined;
  const start = cursor.at;
  const token = takeToken(cursor);
  if (isOpenMetrics ? FINITE.test(token) : /^[+-]?\d+$/.test(token)) return Number(token);
  const unit = isOpenMetrics ? 'seconds' : 'whole milliseconds';
  return {
    fault: `\`${token}\` is no time`,
    help: `behind the value may stand a time in ${unit}`,
    start,
    end: cursor.at,
  };
}

/** `# {trace_id="a"} 0.67 1520879607.789` behind a sample. Source: https://prometheus.io/docs/specs/om/open_metrics_spec/#exemplars */
function readExemplar(cursor: Cursor, isOpenMetrics: boolean): Exemplar | undefined | LineFault {
  skipBlanks(cursor);
  if (isAtEnd(cursor)) return undefined;
  const start = cursor.at;
  if (!isOpenMetrics || !take(cursor, '#')) {
    return {
      fault: 'the line goes on behind its end',
      help: 'only a value and a time follow a name',
      start,
      end: cursor.end,
    };
  }
  skipBlanks(cursor);
  if (!take(cursor, '{')) return faultHere(cursor, 'the exemplar has no labels', 'write `# {trace_id="…"} 0.5`');
  const braces = readBraces(cursor);
  if (isFault(braces)) return braces;
  skipBlanks(cursor);
  const value = readValue(cursor, 'the exemplar');
  if (typeof value !== 'number') return value;
  skipBlanks(cursor);
  const timestamp = readTimestamp(cursor, true);
  if (timestamp !== undefined && typeof timestamp !== 'number') return timestamp;
  skipBlanks(cursor);
  if (!isAtEnd(cursor)) return faultHere(cursor, 'the line goes on behind its exemplar');
  return { labels: braces.labels, value, ...(timestamp !== undefined && { timestamp }) };
}

const NO_BRACES: Braces = { labels: new Map() };

function readSeries(cursor: Cursor): Required<Braces> | LineFault {
  const start = cursor.at;
  const bare = takeName(cursor);
  skipBlanks(cursor);
  const braces = take(cursor, '{') ? readBraces(cursor) : NO_BRACES;
  if (isFault(braces)) return braces;
  const name = bare ?? braces.name;
  if (name === undefined || name === '') {
    return faultHere({ ...cursor, at: start }, 'here the name of a metric is expected', 'write a comment behind `# `');
  }
  if (bare !== undefined && braces.name !== undefined)
    return { fault: 'the metric has two names', start, end: cursor.at };
  return { name, labels: braces.labels };
}

/** Reads `name{label="value"} value time # exemplar`. */
export function readSample(cursor: Cursor, isOpenMetrics: boolean): Sample | LineFault {
  const start = cursor.at;
  const series = readSeries(cursor);
  if (isFault(series)) return series;
  skipBlanks(cursor);
  const value = readValue(cursor, `\`${series.name}\``);
  if (typeof value !== 'number') return value;
  skipBlanks(cursor);
  const timestamp = readTimestamp(cursor, isOpenMetrics);
  if (timestamp !== undefined && typeof timestamp !== 'number') return timestamp;
  const exemplar = readExemplar(cursor, isOpenMetrics);
  if (isFault(exemplar)) return exemplar;
  return {
    ...series,
    value,
    start,
    end: cursor.end,
    ...(timestamp !== undefined && { timestamp }),
    ...(exemplar && { exemplar }),
  };
}
