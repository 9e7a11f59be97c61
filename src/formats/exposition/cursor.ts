/** A place in a line of a page; `end` is where the line ends. */
export interface Cursor {
  readonly text: string;
  at: number;
  readonly end: number;
}

/** What is wrong with a line, and which characters it is about. */
export interface LineFault {
  readonly fault: string;
  readonly help?: string;
  readonly start: number;
  readonly end: number;
}

/** Whether a line could not be read. */
export function isFault(read: object | undefined): read is LineFault {
  return read !== undefined && 'fault' in read;
}

/** A fault about what stands at the cursor, up to the next blank. */
export function faultHere(cursor: Cursor, fault: string, help?: string): LineFault {
  const from = cursor.at;
  const token = peekToken(cursor);
  const end = Math.min(cursor.end, from + Math.max(1, token.length));
  return { fault, start: from, end, ...(help !== undefined && { help }) };
}

/** Spaces and tabs separate; a carriage return is what an editor left at the end of a line. */
export function skipBlanks(cursor: Cursor): void {
  while (cursor.at < cursor.end && ' \t\r'.includes(cursor.text[cursor.at]!)) cursor.at++;
}

export function isAtEnd({ at, end }: Cursor): boolean {
  return at >= end;
}

/** Goes over a character if it is the next one. */
export function take(cursor: Cursor, character: string): boolean {
  if (isAtEnd(cursor) || cursor.text[cursor.at] !== character) return false;
  cursor.at++;
  return true;
}

function peekToken({ text, at, end }: Cursor): string {
  return /^[^ \t\r]*/.exec(text.slice(at, end))![0];
}

/** What stands there up to the next blank; nothing at the end of the line. */
export function takeToken(cursor: Cursor): string {
  const token = peekToken(cursor);
  cursor.at += token.length;
  return token;
}

const METRIC_NAME = /[A-Za-z_:][A-Za-z0-9_:]*/y;

/** A name without quotes; nothing where none begins. Colons belong to metric names only. */
export function takeName(cursor: Cursor): string | undefined {
  METRIC_NAME.lastIndex = cursor.at;
  const name = METRIC_NAME.exec(cursor.text)?.[0];
  if (name !== undefined) cursor.at += name.length;
  return name;
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', '"': '"', '\\': '\\' };

/** Text with `\\`, `\n` and `\"`; any other backslash stands for itself, as in Prometheus. */
export function unescaped(text: string): string {
  return text.includes('\\') ? text.replace(/\\([n"\\])/g, (_, letter: string) => ESCAPES[letter]!) : text;
}

const QUOTED = /"([^"\\\n]*(?:\\[^\n][^"\\\n]*)*)"/y;

/** A text in double quotes; nothing where none begins, or where it does not end in this line. */
export function takeQuoted(cursor: Cursor): string | undefined {
  QUOTED.lastIndex = cursor.at;
  const match = QUOTED.exec(cursor.text);
  if (!match) return undefined;
  cursor.at += match[0].length;
  return unescaped(match[1]!);
}
