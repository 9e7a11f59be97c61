import { closest, enumerate } from '../../base/text.ts';
import {
  type Cursor,
  faultHere,
  type LineFault,
  skipBlanks,
  takeName,
  takeQuoted,
  takeToken,
  unescaped,
} from './cursor.ts';
import { EXPOSED_TYPES, type ExposedType } from './exposition.ts';

/** What a line that begins with `#` says. */
export type Metadata =
  | { readonly says: 'type'; readonly name: string; readonly type: ExposedType }
  | { readonly says: 'help' | 'unit'; readonly name: string; readonly text: string }
  | { readonly says: 'end' }
  | { readonly says: 'nothing' };

const KEYWORDS: ReadonlyMap<string, 'help' | 'type' | 'unit'> = new Map([
  ['HELP', 'help'],
  ['TYPE', 'type'],
  ['UNIT', 'unit'],
]);

function typeNamed(word: string): ExposedType | undefined {
  return word === 'unknown' ? 'untyped' : EXPOSED_TYPES.find((type) => type === word);
}

function readType(cursor: Cursor, name: string): Metadata | LineFault {
  const word = cursor.text.slice(cursor.at, cursor.end).trimEnd();
  const type = typeNamed(word);
  if (type) return { says: 'type', name, type };
  const near = closest(word, EXPOSED_TYPES);
  const help = near === undefined ? `write ${enumerate(EXPOSED_TYPES, 'or')}` : `did you mean \`${near}\`?`;
  return faultHere(cursor, word === '' ? `\`${name}\` gets no type` : `\`${word}\` is no type of metric`, help);
}

/** Reads what follows `#`: `HELP name text`, `TYPE name type`, `UNIT name unit`, `EOF`; anything else is a comment. */
export function readMetadata(cursor: Cursor): Metadata | LineFault {
  const before = cursor.at;
  skipBlanks(cursor);
  const keyword = cursor.at > before ? takeToken(cursor) : '';
  skipBlanks(cursor);
  if (keyword === 'EOF' && cursor.at >= cursor.end) return { says: 'end' };
  const says = KEYWORDS.get(keyword);
  if (says === undefined) return { says: 'nothing' };
  const name = takeQuoted(cursor) ?? takeName(cursor);
  if (name === undefined) return faultHere(cursor, `behind \`${keyword}\` the name of a metric is expected`);
  skipBlanks(cursor);
  if (says === 'type') return readType(cursor, name);
  return { says, name, text: unescaped(cursor.text.slice(cursor.at, cursor.end).trimEnd()) };
}
