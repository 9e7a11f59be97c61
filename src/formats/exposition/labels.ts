import {
  type Cursor,
  faultHere,
  isAtEnd,
  isFault,
  type LineFault,
  skipBlanks,
  take,
  takeName,
  takeQuoted,
} from './cursor.ts';

/** What stands in braces; a quoted name of the metric may be among it. */
export interface Braces {
  readonly name?: string;
  readonly labels: ReadonlyMap<string, string>;
}

interface Building {
  name: string | undefined;
  readonly labels: Map<string, string>;
}

function readLabelValue(cursor: Cursor, label: string): string | LineFault {
  skipBlanks(cursor);
  const value = takeQuoted(cursor);
  if (value !== undefined) return value;
  return cursor.text[cursor.at] === '"'
    ? faultHere(
        cursor,
        `the value of the label \`${label}\` has no closing quote`,
        'close it; a quote inside is written `\\"`',
      )
    : faultHere(cursor, `the value of the label \`${label}\` is not in double quotes`, `write \`${label}="…"\``);
}

/** `name="value"`, or the quoted name of the metric. Source: https://prometheus.io/docs/specs/om/utf8-metric-names/ */
function readEntry(cursor: Cursor, built: Building): LineFault | undefined {
  const start = cursor.at;
  const quoted = takeQuoted(cursor);
  const label = quoted ?? takeName(cursor);
  if (label === undefined) return faultHere(cursor, 'here a label name is expected');
  skipBlanks(cursor);
  if (!take(cursor, '=')) {
    if (quoted === undefined) return faultHere(cursor, `behind the label name \`${label}\` there is no \`=\``);
    if (built.name !== undefined) return { fault: 'the metric has two names', start, end: cursor.at };
    built.name = quoted;
    return undefined;
  }
  if (quoted === undefined && label.includes(':')) {
    return { fault: `\`${label}\` is no label name`, help: 'colons belong to metric names', start, end: cursor.at };
  }
  const value = readLabelValue(cursor, label);
  if (typeof value !== 'string') return value;
  if (built.labels.has(label)) return { fault: `the label \`${label}\` is there twice`, start, end: cursor.at };
  built.labels.set(label, value);
  return undefined;
}

/** Reads what follows an opening brace, the closing one included. */
export function readBraces(cursor: Cursor): Braces | LineFault {
  const built: Building = { name: undefined, labels: new Map() };
  skipBlanks(cursor);
  while (!take(cursor, '}')) {
    if (isAtEnd(cursor)) return faultHere(cursor, 'the braces of the labels are not closed', 'close them with `}`');
    const fault = readEntry(cursor, built);
    if (isFault(fault)) return fault;
    skipBlanks(cursor);
    if (take(cursor, ',')) skipBlanks(cursor);
    else if (!isAtEnd(cursor) && cursor.text[cursor.at] !== '}')
      return faultHere(cursor, 'between two labels there is no comma');
  }
  return { labels: built.labels, ...(built.name !== undefined && { name: built.name }) };
}
